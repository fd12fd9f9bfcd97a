package profiles

import (
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// The kinds of Okta's apps: one of the integration wizard, and one of the catalogue or a template.
const (
	wizard    = "aiw"
	catalogue = "oin"
)

// okta are the profiles of Okta's provisioning: of both kinds of apps, and of each.
func okta() []Profile {
	both := Profile{
		Name: catalog.Okta, Title: "Requests of Okta's provisioning", Foreign: true,
		Note: "The rows are the steps of a simulator that sends what Okta documents or was seen to send. An app of the integration wizard (aiw) writes by PUT, " +
			"an app of the catalogue (oin) by PATCH as well. The table is no verdict of Okta's: only Okta's own run and review count.",
		Source: catalog.Basis{Kind: catalog.Vendor, Ref: "Okta's reference of SCIM 2.0, and captured requests", URL: "https://developer.okta.com/docs/api/openapi/okta-scim/guides/scim-20"},
		Date:   "2026-11-21",
		Rows: []Row{
			{Name: "Test the connection", Checks: []catalog.ID{"OKT-001"}},
			{Name: "Test the connection, with Import Groups", Checks: []catalog.ID{"OKT-002"}},
			{Name: "Wrong credentials", Checks: []catalog.ID{"OKT-003"}},
			{Name: "Errors that a task can quote", Checks: []catalog.ID{"OKT-004"}},
			{Name: "Assign a user: match", Checks: []catalog.ID{"OKT-010", "OKT-018"}},
			{Name: "Assign a user: create", Checks: []catalog.ID{"OKT-011", "OKT-012", "OKT-013", "OKT-014", "OKT-015", "OKT-016"}},
			{Name: "Assign a user who is there", Checks: []catalog.ID{"OKT-017"}},
			{Name: "Update a user", Checks: []catalog.ID{"OKT-020", "OKT-021", "OKT-022", "OKT-023", "OKT-024"}},
			{Name: "Rename a user", Checks: []catalog.ID{"OKT-025"}},
			{Name: "Deactivate a user by PATCH", Kind: catalogue, Checks: []catalog.ID{"OKT-030"}},
			{Name: "Deactivate a user by PUT", Kind: wizard, Checks: []catalog.ID{"OKT-033"}},
			{Name: "Find an inactive user", Checks: []catalog.ID{"OKT-031"}},
			{Name: "Reactivate a user by PATCH", Kind: catalogue, Checks: []catalog.ID{"OKT-032", "OKT-035"}},
			{Name: "Reactivate a user by PUT", Kind: wizard, Checks: []catalog.ID{"OKT-034"}},
			{Name: "Change a password", Kind: catalogue, Checks: []catalog.ID{"OKT-036"}},
			{Name: "Push a group: match", Checks: []catalog.ID{"OKT-040"}},
			{Name: "Push a group: create and add", Kind: catalogue, Checks: []catalog.ID{"OKT-041", "OKT-051"}},
			{Name: "Push a group: create and put", Kind: wizard, Checks: []catalog.ID{"OKT-042"}},
			{Name: "Push members and name by PUT", Kind: wizard, Checks: []catalog.ID{"OKT-043", "OKT-044"}},
			{Name: "Rename a group by PATCH", Kind: catalogue, Checks: []catalog.ID{"OKT-045"}},
			{Name: "Use the old name of a group", Checks: []catalog.ID{"OKT-046"}},
			{Name: "Push changes of members by PATCH", Kind: catalogue, Checks: []catalog.ID{"OKT-050", "OKT-054", "OKT-055", "OKT-056"}},
			{Name: "Push now", Kind: catalogue, Checks: []catalog.ID{"OKT-052", "OKT-053"}},
			{Name: "Unlink and delete a group", Checks: []catalog.ID{"OKT-047"}},
			{Name: "Import users", Checks: []catalog.ID{"OKT-060", "OKT-061", "OKT-062"}},
			{Name: "Import groups", Checks: []catalog.ID{"OKT-063"}},
		},
	}
	return []Profile{both, kindOf(both, wizard, "an app of the integration wizard"), kindOf(both, catalogue, "an app of the catalogue")}
}

// kindOf is the part of a profile that concerns one kind of app.
func kindOf(p Profile, kind, what string) Profile {
	p.Name, p.Title = p.Name+"-"+kind, p.Title+", as "+what
	p.Rows = slices.DeleteFunc(slices.Clone(p.Rows), func(r Row) bool { return r.Kind != "" && r.Kind != kind })
	return p
}
