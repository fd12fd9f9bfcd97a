package conformance_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// wanted is how many checks on attributes and groups must differ in what they kill.
const wanted = 60

// TestMatrix runs every check on every defect (make mutate). Each declared killer must
// catch its defect, nothing may survive, no check may be without a kill, and the whole
// matrix with its summary is a golden file.
func TestMatrix(t *testing.T) {
	if !*whole && !*update {
		t.Skip("the whole matrix runs with -matrix (make mutate); TestKillers runs the declared part of it")
	}
	m := matrix{kills: map[string][]string{}}
	for _, d := range target.Catalog() {
		if *only != "" && !regexp.MustCompile(*only).MatchString(d.ID) {
			continue
		}
		c := judged(t, d)
		ids := caught(c)
		m.row(d, ids)
		for _, id := range d.Killers {
			if !slices.Contains(ids, id) {
				t.Errorf("%s is declared to catch %s and does not", id, d.ID)
			}
		}
		judge(t, d, c)
	}
	for _, d := range m.survivors {
		t.Errorf("the defect %s survives", d)
	}
	if *only != "" {
		t.Logf("defect × check:\n%s", m.rows.String())
		return
	}
	for _, id := range m.idle() {
		if _, known := unkilled()[id]; !known {
			t.Errorf("the check %s kills nothing", id)
		}
	}
	if n := m.distinct(); n < wanted {
		t.Errorf("%d checks on attributes and groups differ in what they kill, want %d", n, wanted)
	}
	t.Logf("defect × check:\n%s", m.text())
	golden(t, "kill_matrix.golden", m.text())
}

// judged is a run of every check on a defect, and one under the profile of each other client whose checks
// are declared to find it.
func judged(t *testing.T, d target.Defect) *reports.Conformance {
	t.Helper()
	_, where := serve(t, d.ID)
	c := run(t, where, conformance.Options{Steps: stepsFor(d)})
	for _, profile := range foreign() {
		if !slices.ContainsFunc(d.Killers, func(id string) bool { return belongs(id, profile) }) {
			continue
		}
		_, where := serve(t, d.ID)
		for _, check := range run(t, where, conformance.Options{Profiles: []string{profile}}).Checks {
			if belongs(check.ID, profile) {
				c.Checks = append(c.Checks, check)
			}
		}
	}
	c.Summary = reports.Summarize(c.Checks)
	return c
}

// belongs reports whether a check runs under one profile only.
func belongs(id, profile string) bool {
	check, _ := suites.Lookup(catalog.ID(id))
	return check.Profile == profile
}

// unkilled are the checks that no defect of the reference target can show here, and why.
func unkilled() map[string]string {
	const asked = "only asked if the caller says what is required or mapped"
	const covered = "what it asks is found first by the check of every attribute, which then blocks it or fails beside it"
	const survey = "the survey stops for it, or names it before: its endpoints are those of fixtures/stranger"
	const unannounced = "no defect takes an attribute out of the schema: its endpoints are the reduced schemas of fixtures/stranger"
	const groups = "no listed defect breaks the list of groups alone without ending the survey"
	const late = "a defect that depends on time would slow all others down: its endpoints are those of TestLag"
	return map[string]string{
		"SUR-004": unannounced, "SUR-006": late, "SUR-012": asked, "SUR-013": asked, "SUR-014": asked, "USR-005": covered, "USR-015": covered,
		"SUR-010": survey, "SUR-011": survey,
		"OKT-063": groups, "ONL-030": groups,
	}
}

// stepsFor is how many random requests the model sends to find a defect, or 0 for those of a default run.
func stepsFor(d target.Defect) int {
	if strings.HasPrefix(d.ID, "ORD-") {
		return 2000
	}
	return 0
}

// matrix is what killed what.
type matrix struct {
	rows      strings.Builder
	defects   int
	survivors []string
	kills     map[string][]string // of a check
}

func (m *matrix) row(d target.Defect, ids []string) {
	m.defects++
	fmt.Fprintf(&m.rows, "%-7s %s\n", d.ID, strings.Join(ids, " "))
	if len(ids) == 0 {
		m.survivors = append(m.survivors, d.ID)
	}
	for _, id := range ids {
		m.kills[id] = append(m.kills[id], d.ID)
	}
}

// idle are the checks without a kill.
func (m *matrix) idle() []string {
	var ids []string
	for _, c := range suites.All() {
		if (c.Profile == "" || c.Foreign() && len(c.Subjects) == 0) && len(m.kills[string(c.ID)]) == 0 {
			ids = append(ids, string(c.ID))
		}
	}
	return ids
}

// distinct counts the checks on attributes and groups; those that kill the same count once.
func (m *matrix) distinct() int {
	sets := map[string]bool{}
	for _, c := range suites.Checks() {
		if kills := m.kills[string(c.ID)]; c.About != catalog.Protocol && len(kills) > 0 {
			sets[strings.Join(kills, " ")] = true
		}
	}
	return len(sets)
}

// text is the matrix with its summary.
func (m *matrix) text() string {
	about := 0
	for _, c := range suites.Checks() {
		if c.About != catalog.Protocol {
			about++
		}
	}
	list := func(ids []string) string {
		if len(ids) == 0 {
			return "none"
		}
		return strings.Join(ids, " ")
	}
	return fmt.Sprintf(`%s
checks:           %d, of them %d on attributes and groups
distinct kills:   %d sets among those on attributes and groups
defects:          %d
survivors:        %s
without a kill:   %s
`, m.rows.String(), len(suites.Checks()), about, m.distinct(), m.defects, list(m.survivors), list(m.idle()))
}

// judge looks at the verdict on a defect: it fails, and says why in words; where no
// requirement forbids the defect, it warns.
func judge(t *testing.T, d target.Defect, c *reports.Conformance) {
	t.Helper()
	failed, warned := 0, 0
	for _, check := range c.Checks {
		switch check.Outcome {
		case reports.Failed:
			failed++
		case reports.Warned:
			warned++
		case reports.Errored:
			t.Errorf("%s on %s is errored: %s", check.ID, d.ID, check.Actual)
		case reports.Passed, reports.Skipped, reports.Blocked:
		}
		if check.Outcome.Finding() {
			complete(t, d.ID, check)
		}
	}
	code := reports.ExitCode(&reports.Report{Conformance: c})
	switch {
	case d.Warns == "" && (failed == 0 || code != reports.ExitFailed):
		t.Errorf("%s: %d checks fail and the exit code is %d, want a failure", d.ID, failed, code)
	case d.Warns != "" && (failed > 0 || warned == 0 || code != reports.ExitOK):
		t.Errorf("%s: %d checks fail, %d warn, the exit code is %d; want warnings only: %s", d.ID, failed, warned, code, d.Warns)
	}
}

// complete holds a finding to what its reader needs, in words without dumps.
func complete(t *testing.T, defect string, check reports.Check) {
	t.Helper()
	for what, text := range map[string]string{"expected": check.Expected, "actual": check.Actual, "why": check.Why, "fix": check.Fix, "cause": check.Cause} {
		if text == "" || strings.Contains(text, "0xc0") || strings.Contains(text, "<*") || strings.Contains(text, "map[") {
			t.Errorf("%s on %s: %s is empty or a dump: %q", check.ID, defect, what, text)
		}
	}
	if len(check.Exchanges) == 0 || len(check.References) == 0 || check.References[0].URL == "" || len(check.Basis) == 0 || check.Basis[0].Date == "" {
		t.Errorf("%s on %s lacks an exchange, a link, or a dated basis", check.ID, defect)
	}
}

// canaries are checks that are run on every defect beside its killers: that they still
// find what the golden matrix says, and nothing else, shows that it is up to date.
func canaries() []string {
	return []string{
		"USR-001", "USR-002", "USR-007", "USR-011", "USR-022", "QRY-001", "QRY-004", "QRY-009", "SUR-001", "SUR-002", "SUR-003", "ATT-002", "ATT-005",
		"ATT-008", "ATT-010", "ATT-012", "ATT-020", "ATT-031", "MEM-002", "MEM-005", "MEM-009", "MEM-020", "HTP-001",
	}
}

// TestKillers runs the declared killers and the canaries on each defect and compares
// with the golden matrix.
func TestKillers(t *testing.T) {
	known := killed(t)
	for _, d := range target.Catalog() {
		ids := slices.Compact(slices.Sorted(slices.Values(slices.Concat(d.Killers, canaries()))))
		_, where := serve(t, d.ID)
		c := run(t, where, conformance.Options{Checks: ids, Steps: stepsFor(d)})
		got := caught(c)
		want := slices.DeleteFunc(slices.Clone(known[d.ID]), func(id string) bool { return !slices.Contains(ids, id) })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: what was found differs from the matrix (-matrix +found); make mutate shows all, make golden rewrites it:\n%s", d.ID, diff)
		}
		for _, id := range d.Killers {
			if !slices.Contains(got, id) {
				t.Errorf("%s is declared to catch %s and does not", id, d.ID)
			}
		}
		if len(d.Killers) == 0 {
			t.Errorf("the defect %s declares no check that catches it", d.ID)
		}
		judge(t, d, c)
	}
}
