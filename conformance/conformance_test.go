package conformance_test

import (
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

var (
	update = flag.Bool("update", false, "rewrite the golden files")
	only   = flag.String("defects", "", "with -matrix, only the defects whose id matches, without the golden file")
	whole  = flag.Bool("matrix", false, "run every check on every defect, not only declared killers and canaries")
)

// serve starts a reference target with defects.
func serve(t *testing.T, defects ...string) (*target.Target, conformance.Target) {
	t.Helper()
	return serveWith(t, target.Options{Defects: defects})
}

// serveWith starts a reference target of two tenants, and gives the one that is graded.
func serveWith(t *testing.T, o target.Options) (*target.Target, conformance.Target) {
	t.Helper()
	h := tenants(t, o)
	return h.Tenant("contoso"), reach(t, h)
}

func tenants(t *testing.T, o target.Options) *target.Tenants {
	t.Helper()
	o.Seed, o.Now = 1, time.Now
	h, err := target.NewTenants(o, map[string]string{"contoso": "secret", "fabrikam": "another"})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// reach serves two tenants, the first of which is graded.
func reach(t *testing.T, h http.Handler) conformance.Target {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return conformance.Target{
		URL: server.URL, Header: http.Header{"Authorization": {"Bearer secret"}}, OtherTenant: http.Header{"Authorization": {"Bearer another"}},
		Sender: exchange.NewSender(server.Client(), exchange.Limits{Timeout: 10 * time.Second}, time.Now),
		Redact: exchange.NewRedactor("secret", "another"),
	}
}

func run(t *testing.T, where conformance.Target, o conformance.Options) *reports.Conformance {
	t.Helper()
	o.RunID = "rtest"
	c, err := conformance.Run(t.Context(), where, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func caught(c *reports.Conformance) []string {
	ids := []string{}
	for _, check := range c.Checks {
		if check.Outcome.Finding() {
			ids = append(ids, check.ID)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids) // a check with subjects has several findings
	return ids
}

func TestReferencePasses(t *testing.T) {
	h, where := serve(t)
	for _, random := range []int64{0, 7} {
		c := run(t, where, conformance.Options{Random: random})
		for _, check := range c.Checks {
			if check.Outcome != reports.Passed {
				t.Errorf("%s %s: expected %s; actual %s", check.ID, check.Outcome, check.Expected, check.Actual)
			}
		}
		if len(c.Checks) != len(suites.Checks()) {
			t.Errorf("%d checks ran of %d in the catalogue", len(c.Checks), len(suites.Checks()))
		}
		if users, groups, _ := h.Counts(); users+groups != 0 {
			t.Errorf("%d users and %d groups were left behind", users, groups)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestFindingsSpeakPlainly(t *testing.T) {
	_, where := serve(t, "MRM-01")
	c := run(t, where, conformance.Options{Checks: []string{"mem-005"}})
	if len(c.Checks) != 1 {
		t.Fatalf("%d checks ran, want 1", len(c.Checks))
	}
	got := c.Checks[0]
	said := regexp.MustCompile(`^it has 0 members: 2 missing, 0 unexpected, 0 duplicated after PATCH /Groups/[0-9a-f-]{36}$`)
	if got.Outcome != reports.Failed || !said.MatchString(got.Actual) {
		t.Errorf("%s: %s", got.Outcome, got.Actual)
	}
	if len(got.Exchanges) == 0 || strings.Contains(got.Exchanges[0].Curl, "secret") || got.Why == "" || got.Fix == "" {
		t.Errorf("the finding lacks exchange, why or fix, or shows the token: %+v", got)
	}
}

func TestVerdicts(t *testing.T) {
	_, where := serve(t, "CAS-01")
	outcome := func(profiles ...string) reports.Outcome {
		return run(t, where, conformance.Options{Profiles: profiles, Checks: []string{"ATT-001"}}).Checks[0].Outcome
	}
	if got := []reports.Outcome{outcome("rfc"), outcome("entra"), outcome()}; !slices.Equal(got,
		[]reports.Outcome{reports.Warned, reports.Failed, reports.Failed}) {
		t.Errorf("an ENTRA requirement under rfc, entra and both: %v", got)
	}
}

// TestDeadTarget: a closed port gives one sentence, and no verdict.
func TestDeadTarget(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	url := server.URL
	server.Close()
	sender := exchange.NewSender(&http.Client{}, exchange.Limits{Timeout: time.Second}, time.Now)
	c := run(t, conformance.Target{URL: url, Sender: sender}, conformance.Options{Checks: []string{"USR-001", "QRY-003"}})
	for _, check := range c.Checks {
		if check.Outcome != reports.Blocked {
			t.Errorf("%s is %s on a closed port, want blocked", check.ID, check.Outcome)
		}
	}
	if !strings.Contains(c.Stopped, "the target gives no response") || reports.ExitCode(&reports.Report{Conformance: c}) != reports.ExitBroken {
		t.Errorf("a closed port: %q", c.Stopped)
	}
}

func TestEqualRuns(t *testing.T) {
	var runs [2]string
	for i := range runs {
		_, where := serve(t, "MRM-01", "CAS-05")
		c := run(t, where, conformance.Options{})
		b, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		runs[i] = strings.ReplaceAll(string(b), where.URL, "URL")
	}
	// The target's meta times are real, and their digits count in the length.
	varying := regexp.MustCompile(`"Content-Length","value":"\d+"|\\"(created|lastModified)\\":\\"20[^Z]*Z`)
	strip := func(s string) string { return varying.ReplaceAllString(s, "") }
	if strip(runs[0]) != strip(runs[1]) {
		t.Error("two runs give different reports")
	}
}

func TestBadOptions(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]conformance.Options{
		"profile": {Profiles: []string{"galery"}}, "check": {Checks: []string{"USR-999"}}, "feature": {Features: []string{"bulk"}},
		"level": {Levels: []string{"MAYBE"}}, "filter": {LabelFilter: "(("},
		"nothing": {Checks: []string{"USR-001"}, Levels: []string{"ENTRA"}},
	} {
		if _, err := conformance.Select(o); err == nil {
			t.Errorf("a bad %s was accepted", name)
		}
	}
	for filter, want := range map[string]string{
		"suite:membership && !level:SHOULD": `unknown label "suite:membership"; hint: did you mean suite:memberships?`,
		"level:MUST && /no such suite/":     conformance.ErrNothing.Error(),
	} {
		if _, err := conformance.Select(conformance.Options{LabelFilter: filter}); err == nil || err.Error() != want {
			t.Errorf("label filter %s: %v", filter, err)
		}
	}
}

// without wraps a target that answers some requests in another way.
func without(t *testing.T, other func(w http.ResponseWriter, r *http.Request) bool) conformance.Target {
	t.Helper()
	h := tenants(t, target.Options{})
	return reach(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !other(w, r) {
			h.ServeHTTP(w, r)
		}
	}))
}

func outcomes(c *reports.Conformance) map[reports.Outcome]int {
	n := map[reports.Outcome]int{}
	for _, check := range c.Checks {
		n[check.Outcome]++
	}
	return n
}

// TestMissingFeatures skips what a target neither has nor declares, and says why. What it
// declares and does not have is one finding.
func TestMissingFeatures(t *testing.T) {
	gone := func(paths ...string) conformance.Target {
		return without(t, func(w http.ResponseWriter, r *http.Request) bool {
			if slices.ContainsFunc(paths, func(p string) bool { return strings.HasPrefix(r.URL.Path, p) }) {
				http.NotFound(w, r)
				return true
			}
			return false
		})
	}
	c := run(t, gone("/Groups", "/ResourceTypes", "/Schemas"), conformance.Options{Profiles: []string{"groups"}})
	i := slices.IndexFunc(c.Checks, func(c reports.Check) bool { return c.ID == "MEM-001" })
	want := "the target does not support groups: GET /Groups?count=1 returned status 404"
	if why := c.Checks[i].SkipReason; c.Checks[i].SkipFeature != "groups" || !strings.HasPrefix(why, want) {
		t.Errorf("without /Groups, MEM-001 is %s: %q", c.Checks[i].Outcome, why)
	}
	if n := outcomes(c); n[reports.Failed] != 0 || n[reports.Blocked] != 0 || n[reports.Skipped] < 30 {
		t.Errorf("without /Groups and its declaration: %v", n)
	}
	c = run(t, gone("/Groups"), conformance.Options{Profiles: []string{"groups"}})
	if n := outcomes(c); n[reports.Failed] != 1 || n[reports.Blocked] < 30 || len(c.Causes) != 1 || c.Causes[0].Checks[0] != "SUR-002" ||
		len(c.Causes[0].Blocked) != n[reports.Blocked] {
		t.Errorf("without /Groups, which is declared: %v, %+v", n, c.Causes)
	}
	where := without(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/ServiceProviderConfig" {
			_, _ = w.Write([]byte(`{"patch":{"supported":false}}`))
			return true
		}
		return false
	})
	if n := outcomes(run(t, where, conformance.Options{Profiles: []string{"rfc"}, Features: []string{"patch"}})); n[reports.Passed] != 0 ||
		n[reports.Skipped] == 0 {
		t.Errorf("PATCH is declared not to be there, and under rfc: %v", n)
	}
	if n := outcomes(run(t, where, conformance.Options{Profiles: []string{"entra"}, Checks: []string{"ATT-001"}})); n[reports.Passed] != 1 {
		t.Errorf("PATCH is declared not to be there, and under entra: %v", n)
	}
}

// TestEvidence: a cause shows the deciding request and response with redacted headers, and each
// check has a duration.
func TestEvidence(t *testing.T) {
	_, where := serve(t, "CAS-05")
	timed := map[string]bool{}
	c := run(t, where, conformance.Options{
		Checks: []string{"QRY-002", "USR-001", "USR-003"}, Timing: func(d reports.CheckTiming) { timed[d.Check] = d.Seconds > 0 },
	})
	for _, check := range c.Checks {
		if !timed[check.Key()] && check.Outcome != reports.Skipped {
			t.Errorf("%s has no duration", check.Key())
		}
	}
	if len(c.Causes) == 0 {
		t.Fatal("CAS-05 has no cause")
	}
	evidence := c.Causes[0].Evidence
	if evidence == nil || !slices.Contains(evidence.RequestHeader, reports.Header{Name: "Authorization", Value: "Bearer REDACTED"}) ||
		!slices.Contains(evidence.ResponseHeader, reports.Header{Name: "Content-Type", Value: "application/scim+json"}) {
		t.Errorf("the evidence of %q is %+v", c.Causes[0].Title, evidence)
	}
}

func TestProfilesSelect(t *testing.T) {
	t.Parallel()
	count := func(profiles ...string) int {
		selected, err := conformance.Select(conformance.Options{Profiles: profiles})
		if err != nil {
			t.Fatal(err)
		}
		return len(selected)
	}
	all, attributes, groups := count("rfc", "entra"), count("attributes"), count("groups")
	if all != len(suites.Checks()) || attributes < 60 || groups < 30 || attributes+groups >= all {
		t.Errorf("%d checks in all, %d on attributes, %d on groups", all, attributes, groups)
	}
	if one, err := conformance.Select(conformance.Options{Checks: []string{"att-005[emails|PATCH replace]"}}); err != nil || len(one) != 1 {
		t.Errorf("the long form of an id selects %v, %v", one, err)
	}
}

// TestLostSetUpIsOneCause: where no user can be made there is one thing to fix first.
func TestLostSetUpIsOneCause(t *testing.T) {
	where := without(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost && r.URL.Path == "/Users" {
			http.Error(w, "no", http.StatusForbidden)
			return true
		}
		return false
	})
	c := run(t, where, conformance.Options{})
	if len(c.Causes) == 0 || c.Causes[0].Key != "no-users" || len(c.Causes) > 4 || len(c.Causes[0].Blocked) < 50 {
		t.Errorf("the first of %d causes is %+v", len(c.Causes), c.Causes[0])
	}
}
