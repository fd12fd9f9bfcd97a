package reports_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

// gridded is a report of a run in which one attribute failed on one route.
func gridded() *reports.Report {
	return &reports.Report{Conformance: &reports.Conformance{
		Checks: []reports.Check{
			{ID: "USR-045", Level: "MUST", Outcome: reports.Passed},
			{ID: "USR-043", Subject: "title", Level: "MUST", Outcome: reports.Failed, Cause: "create"},
		},
		Grid: &reports.Grid{
			Routes: []reports.Route{{Name: "POST", Check: "USR-043"}, {Name: "filter", Check: "USR-045", Reads: true}},
			Rows: []reports.GridRow{
				{Attribute: "title", Cells: []reports.Outcome{reports.Failed, reports.Passed}},
				{Attribute: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division", Cells: []reports.Outcome{reports.Passed, reports.Blocked}},
			},
		},
	}}
}

// TestGrid looks at the picture of attributes and routes in the page.
func TestGrid(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := reports.WriteHTML(&b, gridded()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`1 cell of 2 × 2 failed`, `<a href="#grid">Attributes</a>`,
		`title="title, POST: Failed (USR-043)"`, `class="cell blocked"`, `>enterprise:2.0:User:division</code>`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	plain := gridded()
	plain.Conformance.Grid = nil
	b.Reset()
	if err := reports.WriteHTML(&b, plain); err != nil || strings.Contains(b.String(), `id="grid"`) {
		t.Errorf("a run without the checks of attributes has a grid (error %v)", err)
	}
}

// TestSteps asks that a finding about a sequence shows all its commands with their numbers.
func TestSteps(t *testing.T) {
	t.Parallel()
	r := gridded()
	r.Conformance.Checks[1] = reports.Check{
		ID: "MOD-001", Level: "MUST", Outcome: reports.Failed, Cause: "order", Sequence: true,
		Exchanges: []reports.Exchange{
			{Method: "POST", URL: "/Users", Status: 201, Curl: "curl -X POST first"}, {Method: "GET", URL: "/Users/1", Status: 200, Curl: "curl second"},
		},
	}
	r.Conformance.Causes = reports.GroupByCause(r.Conformance.Checks, nil)
	for name, wants := range map[string][]string{
		"text":     {"steps    1 curl -X POST first", "         2 curl second"},
		"markdown": {"# 1\ncurl -X POST first\n# 2\ncurl second\n"},
		"html":     {`<ol class="steps"><li>`, "curl -X POST first"},
	} {
		var b strings.Builder
		var err error
		switch name {
		case "text":
			err = reports.WriteText(&b, r, reports.TextOptions{Columns: 80})
		case "markdown":
			err = reports.WriteMarkdown(&b, r)
		default:
			err = reports.WriteHTML(&b, r)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s lacks %q:\n%s", name, want, b.String())
			}
		}
	}
}
