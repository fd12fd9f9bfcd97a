package profiles

import (
	"fmt"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// validator is the forecast of Microsoft's SCIM Validator: its 31 tests by their names in an export.
func validator() Profile {
	p := Profile{
		Name: catalog.ValidatorPreview, Title: "Forecast of Microsoft's SCIM Validator",
		Note: "Every row is a prediction of a simulator. Only Microsoft's own run counts. Names and requests are those of an export of 2026-02-23; " +
			"a test there makes its own objects, so one that cannot be prepared fails. The forecast assumes that the validator discovers the attributes from /Schemas.",
		Source:   catalog.Basis{Kind: catalog.Microsoft, Ref: "Microsoft's SCIM Validator", URL: "https://learn.microsoft.com/entra/identity/app-provisioning/scim-validator-tutorial"},
		Date:     "2026-11-30",
		Arranged: true,
	}
	const replaced = "Where /Schemas lists no types, the request is known. There, the validator was seen to report the primary value as missing although the response had it " +
		"(Microsoft Q&A 5624709). Where types are listed, the paths are an assumption."
	const managed = "No export with this test is known: the name and the request are assumed, as Entra sends them."
	for i, r := range []struct{ name, note string }{
		{"Create a new User", ""},
		{"Create a duplicate User", ""},
		{"Filter for an existing user", ""},
		{"Filter for a non-existing user", ""},
		{"Filter for an existing user with a different case", ""},
		{"Patch User - Replace Attributes", replaced},
		{"Update User userName", ""},
		{"Patch User - Disable User", ""},
		{"Add Manager", managed},
		{"Replace Manager", managed},
		{"Remove Manager", managed},
		{"Delete a User", ""},
		{"Get group by id excluding members", ""},
		{"Filter for an existing group by displayName excluding members", ""},
		{"Filter for an existing group", ""},
		{"Filter for a non-existing group", ""},
		{"Filter for an existing group with a different case", ""},
		{"Create a new Group", ""},
		{"Create a duplicate Group", "No RFC demands 409 here."},
		{"Patch Group - Replace Attributes", ""},
		{"Update Group displayName", ""},
		{"Patch Group - Add Member", "The test sends replace. How it looks for the member afterwards is not known."},
		{"Patch Group - Remove Member", "How the member gets into the group is not known: it is added by PATCH."},
		{"Delete a Group", ""},
		{"Patch User - Multiple Operations on different attributes", ""},
		{"Patch User - Multiple Operations on same attribute", ""},
		{"Delete a non-existent User", ""},
		{"Delete the same User twice", ""},
		{"Patch Group - Multiple Operations on same attribute", ""},
		{"Delete a non-existent Group", ""},
		{"Delete the same Group twice", ""},
	} {
		kind := "required"
		if i >= 24 {
			kind = "preview"
		}
		p.Rows = append(p.Rows, Row{Name: r.name, Kind: kind, Note: r.note, Checks: []catalog.ID{catalog.ID(fmt.Sprintf("VAL-%03d", i+1))}})
	}
	// What is announced and not kept is sent by the validator and misses in what it reads back.
	p.Rows[0].Checks = append(p.Rows[0].Checks, "SUR-001")
	return p
}
