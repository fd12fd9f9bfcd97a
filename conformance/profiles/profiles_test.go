package profiles_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/profiles"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
)

// TestProfilesAreComplete: every row is decided by checks that exist, by a fact, or says who decides
// it, and every check of a profile decides a row.
func TestProfilesAreComplete(t *testing.T) {
	t.Parallel()
	for _, p := range profiles.All() {
		names := map[string]bool{}
		for _, r := range p.Rows {
			if names[r.Name] {
				t.Errorf("%s: %q is there twice", p.Name, r.Name)
			}
			names[r.Name] = true
			if len(r.Checks) == 0 && r.Open == "" {
				t.Errorf("%s: nothing decides %q", p.Name, r.Name)
			}
			for _, id := range r.Checks {
				if _, ok := suites.Lookup(id); !ok {
					t.Errorf("%s: %q names the unknown check %s", p.Name, r.Name, id)
				}
			}
		}
		if !strings.Contains(p.Note, "simulator") && !strings.Contains(p.Note, "prediction") || p.Source.URL == "" || p.Date == "" {
			t.Errorf("%s does not say what it is worth: %q, %+v %s", p.Name, p.Note, p.Source, p.Date)
		}
	}
	for _, c := range suites.All() {
		if c.Profile != "" && c.Profile != catalog.Leavers && len(profiles.Of(c.ID)) == 0 {
			t.Errorf("%s decides no row of a profile", c.ID)
		}
	}
	if p, _ := profiles.Lookup("validator-preview"); len(p.Rows) != 31 {
		t.Errorf("the validator has %d tests, want 31", len(p.Rows))
	}
}

// TestDecide: what a row says follows from all its checks and their subjects.
func TestDecide(t *testing.T) {
	t.Parallel()
	check := func(id string, outcome reports.Outcome) reports.Check {
		return reports.Check{ID: id, Outcome: outcome, Expected: "this", Actual: "that", SkipReason: "lacks it"}
	}
	known := check("USR-002", reports.Skipped)
	known.Accepted = &reports.Accepted{Found: reports.Failed}
	for _, c := range []struct {
		name     string
		arranged bool
		any      bool
		checks   []reports.Check
		want     reports.RowVerdict
	}{
		{"all pass", false, false, []reports.Check{check("USR-001", reports.Passed), check("USR-002", reports.Passed)}, reports.RowPassed},
		{"one fails", false, false, []reports.Check{check("USR-001", reports.Passed), check("USR-002", reports.Failed)}, reports.RowFailed},
		{"one warns", false, false, []reports.Check{check("USR-001", reports.Warned), check("USR-002", reports.Passed)}, reports.RowFailed},
		{"known", false, false, []reports.Check{check("USR-001", reports.Passed), known}, reports.RowFailed},
		{
			"one subject fails", false, false,
			[]reports.Check{check("USR-001", reports.Passed), check("USR-001", reports.Failed), check("USR-002", reports.Passed)},
			reports.RowFailed,
		},
		{"one is not asked", false, false, []reports.Check{check("USR-001", reports.Passed), check("USR-002", reports.Skipped)}, reports.RowPassed},
		{"none is asked", false, false, []reports.Check{check("USR-001", reports.Skipped), check("USR-002", reports.Skipped)}, reports.RowSkipped},
		{"blocked", false, false, []reports.Check{check("USR-001", reports.Blocked), check("USR-002", reports.Passed)}, reports.RowOpen},
		{"blocked where tests arrange", true, false, []reports.Check{check("USR-001", reports.Blocked), check("USR-002", reports.Passed)}, reports.RowFailed},
		{"errored", true, false, []reports.Check{check("USR-001", reports.Errored), check("USR-002", reports.Passed)}, reports.RowOpen},
		{"not run", false, false, nil, reports.RowOpen},
		{"any", false, true, []reports.Check{check("USR-001", reports.Failed), check("USR-002", reports.Passed)}, reports.RowPassed},
	} {
		p := profiles.Profile{Arranged: c.arranged, Rows: []profiles.Row{{Name: "row", Checks: []catalog.ID{"USR-001", "USR-002"}, Any: c.any}}}
		if got := p.Table(c.checks, nil).Rows[0]; got.Verdict != c.want || got.Why == "" || len(got.Rules) == 0 {
			t.Errorf("%s: %+v, want %s", c.name, got, c.want)
		}
	}
	p := profiles.Profile{Rows: []profiles.Row{{Name: "row", Fact: profiles.Credentials, Open: "nobody knows"}}}
	if r := p.Table(nil, nil).Rows[0]; r.Verdict != reports.RowOpen || r.Why != "nobody knows" {
		t.Errorf("without the fact: %+v", r)
	}
	seen := map[string]reports.TableRow{profiles.Credentials: {Verdict: reports.RowPassed, Why: "seen"}}
	if r := p.Table(nil, seen).Rows[0]; r.Verdict != reports.RowPassed || r.Why != "seen" {
		t.Errorf("with the fact: %+v", r)
	}
}
