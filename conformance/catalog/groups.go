package catalog

// groups are the checks of groups themselves.
func groups() []Check {
	return []Check{
		{
			ID: "MEM-001", Level: Entra, Basis: microsoft(), Rule: "R-153", Cause: "create",
			Title: "creates a group without members",
			Why:   "Entra creates every group empty and adds members later.",
			Fix:   "Accept a group with members [] or without members.",
		},
		{
			ID: "MEM-009", Level: Must, Basis: rfc7644("3.9"), Rule: "R-169", Cause: "projection", Needs: []string{Filter},
			Title: "omits only members for excludedAttributes=members",
			Why:   "Every group read uses this parameter. Otherwise, large groups time out.",
			Fix:   "Apply excludedAttributes, and do not load excluded attributes.",
		},
		{
			ID: "MEM-011", Level: Should, Basis: rfc7643("2.3.7"), Rule: "R-165", Cause: "members-remove",
			Title: "removes a deleted user from its groups",
			Why:   "A dangling member comes back with the next user that gets the same id.",
			Fix:   "Remove memberships when a user is deleted.",
		},
		{
			ID: "MEM-012", Level: Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Title: "returns 409 for a second group with the same displayName",
			Why:   "Entra matches groups by name, so names must be unique.",
			Fix:   "Check that a group's displayName is unique, and return 409.",
		},
		{
			ID: "MEM-014", Level: Entra, Basis: microsoft(), Rule: "W-43", Cause: "group-names",
			Title: "accepts a group with a second schema URN",
			Why:   "Microsoft's own create example lists a custom URN beside the core schema.",
			Fix:   "Ignore unknown schema URNs.",
		},
		{
			ID: "MEM-015", Level: Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps special characters and spaces in a group name",
			Why:   "Groups have names such as \"R&D / EMEA (ext.)\".",
			Fix:   "Treat displayName as an opaque string.",
		},
		{
			ID: "MEM-023", Level: Must, Basis: rfc7643("4.2"), Rule: "R-51", Cause: "references",
			Title: "identifies a nested group as a group, not as a user",
			Why:   "If a nested group is taken for a user, its id points to the wrong account.",
			Fix:   "Return type Group and a $ref to /Groups, or reject nested groups with 400.",
		},
		{
			ID: "MEM-025", Level: Must, Basis: rfc7643("4.2"), Rule: "R-51", Cause: "references",
			Title: "returns member references that lead to the members",
			Why:   "A client that follows $ref must reach the user.",
			Fix:   "Build $ref from the base URL of the request.",
		},
		{
			ID: "MEM-026", Level: Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete", Needs: []string{Filter},
			Title: "deletes a group and keeps its members",
			Why:   "When a group leaves the scope, Entra deletes it. Its users stay.",
			Fix:   "Return 204, then 404. Do not touch any user.",
		},
	}
}
