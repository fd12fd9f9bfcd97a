package catalog

// memberships are the checks of membership by PATCH.
func memberships() []Check {
	return []Check{
		{
			ID: "MEM-002", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-156", Cause: "members-add",
			Title: "adds a member and keeps the existing ones",
			Why:   "A lost member loses access.",
			Fix:   "Append on add. Never replace the list.",
		},
		{
			ID: "MEM-003", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-158", Cause: "members-add",
			Title: "adds several members in one operation",
			Why:   "The gallery asks for several membership changes in one PATCH.",
			Fix:   "Process every element of the value list.",
		},
		{
			ID: "MEM-004", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-157", Cause: "members-add",
			Title: "accepts an existing member again without duplicating it",
			Why:   "Entra never reads members back, so it sends the same add again.",
			Fix:   "Ignore a member that already exists, and return success.",
		},
		{
			ID: "MEM-005", Level: Entra, Basis: compatibility(), Rule: "R-188", Cause: "members-remove",
			Title: "removes exactly the members that a value list names",
			Why:   "Without the feature flag, Entra removes a member this way.",
			Fix:   "On remove of members with a value list, remove only the listed members.",
		},
		{
			ID: "MEM-006", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-remove",
			Title: "removes exactly the member that a filter selects",
			Why:   "With the feature flag, Entra removes members by members[value eq \"…\"].",
			Fix:   "Support a value filter on members.",
		},
		{
			ID: "MEM-007", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-160", Cause: "members-replace",
			Title: "sets exactly the given members on replace",
			Why:   "Members that remain after a replace keep access they should have lost.",
			Fix:   "Replace the whole list.",
		},
		{
			ID: "MEM-008", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-155", Cause: "members-add",
			Title: "keeps the members when a group is renamed",
			Why:   "A rename in Entra must not remove anyone's access.",
			Fix:   "Change only displayName.",
		},
		{
			ID: "MEM-010", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-163", Cause: "members-add",
			Title: "does not silently drop unknown members",
			Why:   "Entra never reads members back, so a success without effect goes unnoticed.",
			Fix:   "Return an error for an unknown member id, or store it.",
		},
		{
			ID: "MEM-013", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-168", Cause: "members-add",
			Title: "keeps all 150 members of a large group",
			Why:   "Groups with hundreds of members are normal. Writing back a single page truncates them.",
			Fix:   "Never rewrite members from one page of the list.",
		},
		{
			ID: "MEM-016", Level: Must, Basis: rfc7643("4.2"), Rule: "R-170", Cause: "members-add",
			Title: "does not change a member's value in place",
			Why:   "No log records that an edited member became another one.",
			Fix:   "Return 400 mutability for a change to value, $ref or type of a member.",
		},
		{
			ID: "MEM-019", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Title: "adds all members of an operation or none",
			Why:   "After a partial add, nobody knows who has access.",
			Fix:   "Validate all members first, then add them.",
		},
		{
			ID: "MEM-020", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-remove",
			Title: "tolerates the removal of a non-member",
			Why:   "Entra repeats a removal when the response was lost.",
			Fix:   "Return success or 400 noTarget, and change nothing.",
		},
		{
			ID: "MEM-021", Level: Entra, Basis: microsoft(), Rule: "R-190", Cause: "group-names",
			Title: "updates the externalId of a group",
			Why:   "Groups matched by name get their externalId by PATCH.",
			Fix:   "Support PATCH of externalId on groups as on users.",
		},
		{
			ID: "MEM-022", Level: Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Title: "returns 409 or 400 for a rename to another group's name, or allows it",
			Why:   "Entra retries a 500 cycle after cycle. A 409 says what is wrong.",
			Fix:   "Check displayName before you write, and return 409 uniqueness.",
		},
		{
			ID: "MEM-024", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "accepts a member whose $ref is null",
			Why:   "Microsoft's own add example contains a null $ref.",
			Fix:   "Ignore null sub-attributes of a member.",
		},
		{
			ID: "MEM-028", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-160", Cause: "members-remove",
			Title: "removes all members on a remove without a value",
			Why:   "RFC 7644 shows this form for emptying a group.",
			Fix:   "Treat a remove of members without value or filter as a removal of all members.",
		},
		{
			ID: "MEM-029", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-160", Cause: "members-replace",
			Title: "empties the group on a replace with []",
			Why:   "A group must be empty after its last member has left.",
			Fix:   "Treat an empty list as no members.",
		},
		{
			ID: "MEM-030", Level: Should, Basis: microsoft(), Rule: "R-158", Cause: "members-add",
			Title: "adds 101 members in one operation",
			Why:   "Microsoft asks gallery applications for several memberships in one PATCH, without a number. A limit shows only as failures of large groups.",
			Fix:   "Accept as many members in one operation as a group can hold, or document the limit.",
		},
		{
			ID: "MEM-031", Level: Entra, Basis: microsoft(), Rule: "R-192", Cause: "members-add",
			Title: "applies an add and a removal of the same member in order",
			Why:   "One PATCH may contain several changes to a group.",
			Fix:   "Apply each operation to the result of the previous one.",
		},
		{
			ID: "MEM-032", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "pathless",
			Title: "renames a group by a replace without a path and keeps its members",
			Why:   "Microsoft's validator renames groups this way.",
			Fix:   "Merge the attributes of the value into the group. Keep the members.",
		},
		{
			ID: "MEM-033", Level: Entra, Basis: compatibility(), Rule: "R-184", Cause: "letter-case-op",
			Title: "accepts the capitalized ops Add and Remove for members",
			Why:   "Entra sends capitalized ops. Without support for them, no membership ever changes.",
			Fix:   "Fold the case of op before you compare it.",
		},
		{
			ID: "MEM-034", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-156", Cause: "members-add",
			Title: "does not lose members that are added concurrently",
			Why:   "Entra sends requests in parallel and never reads members back. A lost member stays lost.",
			Fix:   "Store memberships individually, or lock the group while you read and write the list.",
		},
	}
}

// memberLists are the checks of membership by PUT.
func memberLists() []Check {
	return []Check{
		{
			ID: "MEM-017", Level: Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "members-replace",
			Title: "sets exactly the given members on PUT",
			Why:   "A PUT that only adds leaves old access in place.",
			Fix:   "Replace the whole list on PUT.",
		},
		{
			ID: "MEM-018", Level: Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "members-replace",
			Title: "empties the group on a PUT with []",
			Why:   "An empty list in a PUT means that the group has no members.",
			Fix:   "Treat an empty list in PUT as no members.",
		},
	}
}
