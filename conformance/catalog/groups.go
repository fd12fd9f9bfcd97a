package catalog

// groups are the checks of groups themselves.
func groups() []Check {
	return []Check{
		{
			ID: "MEM-001", Level: Entra, Basis: microsoft(), Rule: "R-153", Cause: "create",
			Title: "creates a group without members",
			Why:   "Entra creates every group empty and adds members later.",
			Fix:   "Accept a group with members [] or none.",
		},
		{
			ID: "MEM-009", Level: Must, Basis: rfc7644("3.9"), Rule: "R-169", Cause: "projection", Needs: []string{Filter},
			Title: "leaves members out on excludedAttributes=members, and nothing else",
			Why:   "Every read of a group asks so; large groups time out otherwise.",
			Fix:   "Honour excludedAttributes, and do not load what is excluded.",
		},
		{
			ID: "MEM-011", Level: Should, Basis: rfc7643("2.3.7"), Rule: "R-165", Cause: "members-remove",
			Title: "removes a deleted user from its groups",
			Why:   "A dangling member comes back to life with the next user of that id.",
			Fix:   "Remove memberships when a user is deleted.",
		},
		{
			ID: "MEM-012", Level: Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Title: "refuses a second group of the same displayName with 409",
			Why:   "Groups are matched by name, which must be unique.",
			Fix:   "Check displayName of groups for uniqueness and answer 409.",
		},
		{
			ID: "MEM-014", Level: Entra, Basis: microsoft(), Rule: "W-43", Cause: "group-names",
			Title: "takes a group whose schemas name a second URN",
			Why:   "Microsoft's own example of a create names a URN of its own beside the core schema.",
			Fix:   "Ignore schema URNs that you do not know.",
		},
		{
			ID: "MEM-015", Level: Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps a group name with signs and spaces",
			Why:   "Groups are called \"R&D / EMEA (ext.)\".",
			Fix:   "Treat displayName as opaque text.",
		},
		{
			ID: "MEM-023", Level: Must, Basis: rfc7643("4.2"), Rule: "R-51", Cause: "references",
			Title: "tells a group that is a member from a user",
			Why:   "A nested group that is taken for a user gives its id to the wrong account.",
			Fix:   "Return type Group and a $ref to /Groups, or refuse nested groups with 400.",
		},
		{
			ID: "MEM-025", Level: Must, Basis: rfc7643("4.2"), Rule: "R-51", Cause: "references",
			Title: "shows members by addresses that lead to them",
			Why:   "Whoever follows $ref must reach the user.",
			Fix:   "Build $ref from the base URL that the request came in by.",
		},
		{
			ID: "MEM-026", Level: Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete", Needs: []string{Filter},
			Title: "deletes a group and leaves its members",
			Why:   "A group that leaves the scope is deleted, its users stay.",
			Fix:   "Answer 204, then 404, and touch no user.",
		},
	}
}
