package profiles

import "github.com/scimdrill/scimdrill/conformance/catalog"

// draft is the IPSIE profile of account life cycles.
func draft(name, level string, rows []Row) Profile {
	return Profile{
		Name: name, Title: "OpenID IPSIE, account life cycle " + level + " (draft 00)",
		Note: "The profile is a draft and may change. The rows are its demands in brief, as read on 2026-11-21. The table is the output of a simulator and no certificate.",
		Source: catalog.Basis{
			Kind: catalog.Observed, Ref: "OpenID IPSIE account lifecycle SCIM profile, draft 00", URL: "https://openid.net/specs/ipsie-al-scim-profile-1_0.html",
		},
		Date: "2026-11-21",
		Rows: rows,
	}
}

// ipsieAL1 is level AL1.
func ipsieAL1() Profile {
	return draft("ipsie-al1", "AL1", []Row{
		{Name: "Deactivate a user by PATCH", Checks: []catalog.ID{"SUR-011", "USR-067"}},
		{Name: "Reactivate a user by PATCH", Checks: []catalog.ID{"ATT-003"}},
		{Name: "Delete a user", Checks: []catalog.ID{"USR-007"}},
		{Name: "Reuse the userName of a deleted user", Checks: []catalog.ID{"USR-008"}},
		{Name: "Read a user by id", Checks: []catalog.ID{"USR-001"}},
		{Name: "Filter by userName", Checks: []catalog.ID{"QRY-001"}},
		{Name: "Filter by externalId", Checks: []catalog.ID{"QRY-004"}},
		{Name: "Filter by emails[value eq …]", Checks: []catalog.ID{"IPS-001"}},
		{Name: "Filter by emails[type eq \"work\" and value eq …]", Checks: []catalog.ID{"IPS-002"}},
	})
}

// ipsieAL2 is what level AL2 adds.
func ipsieAL2() Profile {
	return draft("ipsie-al2", "AL2", []Row{
		{Name: "Users have userName, displayName, active and externalId", Checks: []catalog.ID{"IPS-003"}},
		{Name: "A user needs no password", Checks: []catalog.ID{"IPS-004"}},
		{Name: "Groups have displayName, members and externalId", Checks: []catalog.ID{"IPS-005"}},
		{Name: "A group without members can be created and read", Checks: []catalog.ID{"MEM-001"}},
		{Name: "50 members in one operation", Checks: []catalog.ID{"IPS-006"}},
		{Name: "Filter groups by displayName", Checks: []catalog.ID{"QRY-006"}},
		{Name: "Filter groups by externalId", Checks: []catalog.ID{"QRY-014"}},
		{Name: "Filter groups by members[value eq …]", Checks: []catalog.ID{"IPS-007"}},
		{Name: "Bulk requests", Checks: []catalog.ID{"IPS-008"}},
		{Name: "25 requests per second", Checks: []catalog.ID{"GAL-001"}},
		{Name: "Pages of at most 1,000 resources", Open: "needs more than 1,000 users in the target; look at a page of your largest tenant"},
		{Name: "429 with Retry-After above the limit", Open: "needs an overload, which the checks never cause; see `scimdrill replay --profile max` for a target of your own"},
		{Name: "OAuth client credentials with a JWT", Open: "the checks get a token and cannot see how a client of yours authenticates; attach the metadata of your token endpoint"},
		{Name: "Errors disclose no stack traces, SQL or data of others", Open: "the checks look at the form of errors (HTP-001), not at what their text gives away"},
	})
}
