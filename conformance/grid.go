package conformance

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
	"github.com/scimdrill/scimdrill/reports"
)

// routes are the ways to write and read attributes, and the checks that take every attribute by them.
func routes() []reports.Route {
	return []reports.Route{
		{Name: "POST", Check: "USR-043"},
		{Name: "PUT", Check: "USR-047"},
		{Name: "PATCH add", Check: "ATT-016"},
		{Name: "PATCH replace", Check: "ATT-041"},
		{Name: "PATCH remove", Check: "ATT-013"},
		{Name: "add without a path", Check: "ATT-042"},
		{Name: "replace without a path", Check: "ATT-014"},
		{Name: "path with the URN", Check: "ATT-025"},
		{Name: "Entra", Check: "ATT-043"},
		{Name: "Entra with the flag", Check: "ATT-044"},
		{Name: "response to POST", Check: "USR-044", Reads: true},
		{Name: "response to PUT", Check: "USR-048", Reads: true},
		{Name: "response to PATCH", Check: "ATT-045", Reads: true},
		{Name: "filter", Check: "USR-045", Reads: true},
		{Name: "list", Check: "USR-046", Reads: true},
	}
}

// grid puts the findings about single attributes on the routes of a run. It is nil if no check of them ran.
func grid(v *survey.Survey, checks []reports.Check) *reports.Grid {
	g := &reports.Grid{}
	of := map[string][]reports.Check{}
	for _, c := range checks {
		of[c.ID] = append(of[c.ID], c)
	}
	for _, r := range routes() {
		if len(of[r.Check]) > 0 {
			g.Routes = append(g.Routes, r)
		}
	}
	for _, name := range attributes(v) {
		row := reports.GridRow{Attribute: name}
		for _, r := range g.Routes {
			row.Cells = append(row.Cells, cell(of[r.Check], name))
		}
		g.Rows = append(g.Rows, row)
	}
	if len(g.Routes) == 0 || len(g.Rows) == 0 {
		return nil
	}
	return g
}

// attributes are those of users that the target keeps. Parts of one element stand for their list.
func attributes(v *survey.Survey) []string {
	var out []string
	for _, a := range v.Users.Attributes {
		name := a.Path
		if a.Listed || strings.Contains(name, "[") {
			name = resource.Top(name)
		}
		if a.Kept() && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// cell is the outcome of an attribute among the entries of one check: the worst of those about it. A check
// that failed for others only has passed for it.
func cell(entries []reports.Check, name string) reports.Outcome {
	out := reports.Passed
	for _, c := range entries {
		switch {
		case c.Subject == "" && (c.Outcome == reports.Blocked || c.Outcome == reports.Skipped || c.Outcome == reports.Errored):
			return c.Outcome
		case c.Subject != "" && about(c.Subject, name):
			out = c.Outcome
		}
	}
	return out
}

// about reports whether the subject of a finding is an attribute, a part of it, or what it is a part of.
func about(subject, name string) bool {
	subject, name = strings.ToLower(subject), strings.ToLower(name)
	within := func(long, short string) bool {
		rest, ok := strings.CutPrefix(long, short)
		return ok && (rest == "" || strings.ContainsAny(rest[:1], ".:["))
	}
	return within(subject, name) || within(name, subject)
}
