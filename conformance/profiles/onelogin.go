package profiles

import "github.com/scimdrill/scimdrill/conformance/catalog"

// onelogin is the profile of OneLogin's provisioning.
func onelogin() Profile {
	return Profile{
		Name: catalog.OneLogin, Title: "Requests of OneLogin's provisioning", Foreign: true,
		Note: "The rows are the steps of a simulator. OneLogin documents little, and hardly a request was captured: what is only reported or inferred warns. " +
			"The table is no verdict of OneLogin's.",
		Source: catalog.Basis{Kind: catalog.Vendor, Ref: "OneLogin's developer pages on SCIM", URL: "https://developers.onelogin.com/scim"},
		Date:   "2026-11-21",
		Rows: []Row{
			{Name: "Enable the connection", Checks: []catalog.ID{"ONL-001"}},
			{Name: "Match a user", Checks: []catalog.ID{"ONL-002"}},
			{Name: "Create a user from a template", Checks: []catalog.ID{"ONL-010", "ONL-011", "ONL-012", "ONL-013", "ONL-014", "ONL-015"}},
			{Name: "Update a user", Checks: []catalog.ID{"ONL-020", "ONL-021"}},
			{Name: "Suspend a user", Checks: []catalog.ID{"ONL-022"}},
			{Name: "Delete a user", Checks: []catalog.ID{"ONL-003"}},
			{Name: "Refresh entitlements", Checks: []catalog.ID{"ONL-030"}},
			{Name: "Create a group", Checks: []catalog.ID{"ONL-031"}},
			{Name: "Set memberships", Checks: []catalog.ID{"ONL-032", "ONL-033"}},
		},
	}
}
