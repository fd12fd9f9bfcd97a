package catalog

// memberships are the checks of RFC 7644 groups and membership.
func memberships() []Check {
	return []Check{
		{
			ID: "MEM-001", Suite: "memberships", Level: Must, Basis: rfc7643("4.2"), Rule: "R-153", Cause: "create",
			Title: "creates a group without members",
			Why:   "Entra creates every group empty and adds members later.",
			Fix:   "Accept a group with members [] or none.",
		},
		{
			ID: "MEM-002", Suite: "memberships", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-156", Cause: "members-add",
			Title: "adds a member and keeps those that were there",
			Why:   "A lost member is lost access.",
			Fix:   "Append on add; never replace the list.",
		},
		{
			ID: "MEM-003", Suite: "memberships", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-158", Cause: "members-add",
			Title: "adds several members in one operation",
			Why:   "The gallery asks for several membership changes in one PATCH.",
			Fix:   "Take every element of the value list.",
		},
		{
			ID: "MEM-004", Suite: "memberships", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-157", Cause: "members-add",
			Title: "takes a member that is there already without a second entry",
			Why:   "Members are never read back, so the same add comes again.",
			Fix:   "Ignore a member that is there, and answer with success.",
		},
		{
			ID: "MEM-005", Suite: "memberships", Level: Entra, Basis: compatibility(), Rule: "R-188", Cause: "members-remove",
			Title: "removes exactly the members that a value list names",
			Why:   "Without the feature flag this is how one member is removed.",
			Fix:   "On remove of members with a value list remove those, and only those.",
		},
		{
			ID: "MEM-006", Suite: "memberships", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-remove",
			Title: "removes exactly the member that a filter selects",
			Why:   "With the feature flag members are removed by members[value eq \"…\"].",
			Fix:   "Support a value filter on members.",
		},
		{
			ID: "MEM-007", Suite: "memberships", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-160", Cause: "members-replace",
			Title: "sets the members exactly on replace",
			Why:   "Members that stay after a replace keep access they lost.",
			Fix:   "Replace the whole list.",
		},
		{
			ID: "MEM-008", Suite: "memberships", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-155", Cause: "members-add",
			Title: "keeps the members when a group is renamed",
			Why:   "A rename in Entra must not cost anybody access.",
			Fix:   "Change displayName only.",
		},
		{
			ID: "MEM-009", Suite: "memberships", Level: Must, Basis: rfc7644("3.9"), Rule: "R-169", Cause: "projection",
			Title: "leaves members out on excludedAttributes=members, and nothing else",
			Why:   "Every read of a group asks so; large groups time out otherwise.",
			Fix:   "Honour excludedAttributes, and do not load what is excluded.",
		},
		{
			ID: "MEM-010", Suite: "memberships", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-163", Cause: "members-add",
			Title: "does not lose a member it cannot find without a word",
			Why:   "Success without effect is never noticed, since members are not read back.",
			Fix:   "Answer with an error when a member id is unknown, or store it.",
		},
		{
			ID: "MEM-011", Suite: "memberships", Level: Should, Basis: rfc7643("2.3.7"), Rule: "R-165", Cause: "members-remove",
			Title: "removes a deleted user from its groups",
			Why:   "A dangling member comes back to life with the next user of that id.",
			Fix:   "Remove memberships when a user is deleted.",
		},
		{
			ID: "MEM-012", Suite: "memberships", Level: Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Title: "refuses a second group of the same displayName with 409",
			Why:   "Groups are matched by name, which must be unique.",
			Fix:   "Check displayName of groups for uniqueness and answer 409.",
		},
		{
			ID: "MEM-013", Suite: "memberships", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-168", Cause: "members-add",
			Title: "keeps all 150 members of a larger group",
			Why:   "Groups of hundreds are normal; a page that is written back truncates them.",
			Fix:   "Never rewrite members from a page of them.",
		},
	}
}
