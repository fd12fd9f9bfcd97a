package simulator_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
)

const (
	token  = "token of the endpoint"
	secret = "secret of the client"
)

// people are a user, her manager, and a group with the user.
const people = `{"@odata.type":"#microsoft.graph.user","id":"ada","displayName":"Ada","userPrincipalName":"ada@x.example","mailNickname":"ada","manager@delta":[{"@odata.type":"#microsoft.graph.user","id":"eve"}]}
{"@odata.type":"#microsoft.graph.user","id":"eve","displayName":"Eve","userPrincipalName":"eve@x.example","mailNickname":"eve"}
{"@odata.type":"#microsoft.graph.group","id":"heads","displayName":"Heads","securityEnabled":true,"members@delta":[{"@odata.type":"#microsoft.graph.user","id":"ada"}]}
`

// place is an endpoint on a virtual clock, and a run against it.
func place(t *testing.T, o target.Options) (*target.Target, simulator.Config) {
	t.Helper()
	c := clock.NewVirtual(simulator.Start())
	o.Seed, o.Now = 1, c.Now
	endpoint, err := target.New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(endpoint)
	t.Cleanup(server.Close)
	return endpoint, simulator.Config{
		TenantURL: server.URL, Tenant: strings.NewReader(people), Out: t.TempDir(), Clock: c, TargetNow: c.Now, Cycles: 1,
	}
}

// The zero values run three cycles of a built-in application, and a second run continues from the
// state in Out.
func TestRunWithDefaults(t *testing.T) {
	t.Parallel()
	endpoint, cfg := place(t, target.Options{Token: token})
	cfg.Token, cfg.Cycles = token, 0
	var ended, exchanges int
	cfg.Ended = func(simulator.Cycle) { ended++ }
	cfg.Exchange = func(*exchange.Exchange) { exchanges++ }
	res, err := simulator.Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Cycles) != 3 || ended != 3 || exchanges == 0 || res.Cycles[0].Counts.Created != 3 || res.Status != "Active" || res.Quarantine != "" {
		t.Errorf("%d cycles ended, %d exchanges, result %+v", ended, exchanges, res)
	}
	cfg.Tenant, cfg.Cycles, cfg.Restart = nil, 1, "Full"
	if res, err = simulator.Run(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	if users, _, _ := endpoint.Counts(); users != 2 || res.Cycles[0].Kind != "initial" || res.Cycles[0].Number != 4 {
		t.Errorf("%d users after the restart, cycles %+v", users, res.Cycles)
	}
	for _, name := range []string{"provisioning-log.jsonl", "audit-log.jsonl", "job.json", "journal.jsonl", "exchanges.har", filepath.Join("state", "job.db")} {
		if _, err := os.Stat(filepath.Join(cfg.Out, name)); err != nil {
			t.Error(err)
		}
	}
}

// Escrows name object and member by their ids in the source.
func TestEscrows(t *testing.T) {
	t.Parallel()
	endpoint, cfg := place(t, target.Options{Token: token})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPatch {
			http.Error(w, "{}", http.StatusInternalServerError)
			return
		}
		endpoint.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	cfg.TenantURL, cfg.Token, cfg.Cycles = server.URL, token, 2
	cfg.Changes = strings.NewReader(`{"at":"PT10M","@odata.type":"#microsoft.graph.user","id":"eve","displayName":"Eve Two"}`)
	res, err := simulator.Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range res.Escrows {
		got = append(got, strings.TrimSpace(strings.Join([]string{e.Type, e.ID, e.Part, e.Member}, " ")))
		if e.Code == "" || e.Message == "" || e.First.IsZero() || e.Due.IsZero() {
			t.Errorf("escrow %+v", e)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff([]string{"Group heads member ada", "User ada manager", "User eve object"}, got); diff != "" {
		t.Errorf("escrows (-want +got):\n%s", diff)
	}
}

// Neither token nor client secret is written to a file.
func TestSecretsStayOut(t *testing.T) {
	t.Parallel()
	_, cfg := place(t, target.Options{OAuth: &target.OAuth{ClientID: "entra", ClientSecret: secret, Life: time.Hour}})
	cfg.OAuth = &simulator.OAuth{TokenURL: cfg.TenantURL + "/oauth/token", ClientID: "entra", ClientSecret: secret}
	cfg.Transcript = "all"
	res, err := simulator.Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if res.Cycles[0].Counts.Created != 3 {
		t.Errorf("cycles %+v", res.Cycles)
	}
	err = filepath.WalkDir(cfg.Out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if strings.Contains(string(text), secret) {
			t.Errorf("%s holds the secret", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A refused token puts the job into quarantine, with the reason in Graph's words.
func TestQuarantine(t *testing.T) {
	t.Parallel()
	_, cfg := place(t, target.Options{Token: token})
	cfg.Token = "another one"
	res, err := simulator.Run(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	c := res.Cycles[0]
	if res.Status != "Quarantine" || res.Quarantine != "EncounteredQuarantineException" || !c.Failed || c.Cause == nil || c.Cause.Code == "" ||
		c.Cause.Message == "" {
		t.Errorf("status %s, %s, cycle %+v", res.Status, res.Quarantine, c)
	}
}

// A mistake in the configuration is an error before anything is sent, and names the field.
func TestBadConfig(t *testing.T) {
	t.Parallel()
	for field, spoil := range map[string]func(*simulator.Config){
		"TenantURL":      func(c *simulator.Config) { c.TenantURL = "" },
		"Out":            func(c *simulator.Config) { c.Out = "" },
		"gotoo":          func(c *simulator.Config) { c.Profile = "gotoo" },
		"Config.Schema":  func(c *simulator.Config) { c.Schema = strings.NewReader("{}") },
		"Config.Changes": func(c *simulator.Config) { c.Changes = strings.NewReader("{}") },
		"Config.Tenant":  func(c *simulator.Config) { c.Tenant = strings.NewReader("{}") },
		"Everything":     func(c *simulator.Config) { c.Restart = "Everything" },
		"noSuchOption":   func(c *simulator.Config) { c.Set = map[string]string{"noSuchOption": "1"} },
	} {
		_, cfg := place(t, target.Options{Token: token})
		spoil(&cfg)
		res, err := simulator.Run(t.Context(), cfg)
		if res != nil || err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: result %v, error %v", field, res, err)
		}
	}
}
