package catalog

// memberships are the checks of membership by PATCH.
func memberships() []Check {
	return []Check{
		{
			ID: "MEM-002", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-156", Cause: "members-add",
			Title: "adds a member and keeps those that were there",
			Why:   "A lost member is lost access.",
			Fix:   "Append on add; never replace the list.",
		},
		{
			ID: "MEM-003", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-158", Cause: "members-add",
			Title: "adds several members in one operation",
			Why:   "The gallery asks for several membership changes in one PATCH.",
			Fix:   "Take every element of the value list.",
		},
		{
			ID: "MEM-004", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-157", Cause: "members-add",
			Title: "takes a member that is there already without a second entry",
			Why:   "Members are never read back, so the same add comes again.",
			Fix:   "Ignore a member that is there, and answer with success.",
		},
		{
			ID: "MEM-005", Level: Entra, Basis: compatibility(), Rule: "R-188", Cause: "members-remove",
			Title: "removes exactly the members that a value list names",
			Why:   "Without the feature flag this is how one member is removed.",
			Fix:   "On remove of members with a value list remove those, and only those.",
		},
		{
			ID: "MEM-006", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-remove",
			Title: "removes exactly the member that a filter selects",
			Why:   "With the feature flag members are removed by members[value eq \"…\"].",
			Fix:   "Support a value filter on members.",
		},
		{
			ID: "MEM-007", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-160", Cause: "members-replace",
			Title: "sets the members exactly on replace",
			Why:   "Members that stay after a replace keep access they lost.",
			Fix:   "Replace the whole list.",
		},
		{
			ID: "MEM-008", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-155", Cause: "members-add",
			Title: "keeps the members when a group is renamed",
			Why:   "A rename in Entra must not cost anybody access.",
			Fix:   "Change displayName only.",
		},
		{
			ID: "MEM-010", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-163", Cause: "members-add",
			Title: "does not lose a member it cannot find without a word",
			Why:   "Success without effect is never noticed, since members are not read back.",
			Fix:   "Answer with an error when a member id is unknown, or store it.",
		},
		{
			ID: "MEM-013", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-168", Cause: "members-add",
			Title: "keeps all 150 members of a larger group",
			Why:   "Groups of hundreds are normal; a page that is written back truncates them.",
			Fix:   "Never rewrite members from a page of them.",
		},
		{
			ID: "MEM-016", Level: Must, Basis: rfc7643("4.2"), Rule: "R-170", Cause: "members-add",
			Title: "does not let the value of a member be changed in its place",
			Why:   "A member that becomes another one by an edit is in no log.",
			Fix:   "Answer 400 mutability to a change of value, $ref or type of a member.",
		},
		{
			ID: "MEM-019", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Title: "adds all members of an operation or none",
			Why:   "After a half-done add nobody knows who has access.",
			Fix:   "Check all members first, then add them.",
		},
		{
			ID: "MEM-020", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-remove",
			Title: "takes the removal of somebody who is not a member without harm",
			Why:   "Removals come again after a lost answer.",
			Fix:   "Answer with success, or 400 noTarget, and change nothing.",
		},
		{
			ID: "MEM-021", Level: Entra, Basis: microsoft(), Rule: "R-190", Cause: "group-names",
			Title: "lets externalId of a group be changed",
			Why:   "Groups that are matched by name get their externalId by PATCH.",
			Fix:   "Let externalId be patched on groups as on users.",
		},
		{
			ID: "MEM-022", Level: Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Title: "answers a rename onto the name of another group with 409 or 400, or allows it",
			Why:   "A 500 is tried again cycle after cycle; 409 says what is wrong.",
			Fix:   "Check displayName before you write, and answer 409 uniqueness.",
		},
		{
			ID: "MEM-024", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "takes a member whose $ref is null",
			Why:   "Microsoft's own example of an add holds $ref null.",
			Fix:   "Ignore null sub-attributes of a member.",
		},
		{
			ID: "MEM-028", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-160", Cause: "members-remove",
			Title: "removes all members by a remove without a value",
			Why:   "RFC 7644 shows this form for emptying a group.",
			Fix:   "Take a remove of members without value and filter for all.",
		},
		{
			ID: "MEM-029", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-160", Cause: "members-replace",
			Title: "empties the group on a replace with []",
			Why:   "A group whose last member left must be empty.",
			Fix:   "Take an empty list for no members.",
		},
		{
			ID: "MEM-030", Level: Should, Basis: microsoft(), Rule: "R-158", Cause: "members-add",
			Title: "adds 101 members in one operation",
			Why:   "Microsoft asks gallery applications for several memberships in one PATCH, and names no number; a limit shows as failures of large groups only.",
			Fix:   "Take as many members in an operation as your groups hold, or document the limit.",
		},
		{
			ID: "MEM-031", Level: Entra, Basis: microsoft(), Rule: "R-192", Cause: "members-add",
			Title: "carries out an add and a removal of one member in order",
			Why:   "Several changes of one group may travel in one PATCH.",
			Fix:   "Apply each operation to the result of the one before.",
		},
		{
			ID: "MEM-032", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "pathless",
			Title: "renames a group by a replace without path and keeps its members",
			Why:   "Microsoft's validator renames groups in this form.",
			Fix:   "Merge the attributes of the value into the group; members stay.",
		},
		{
			ID: "MEM-033", Level: Entra, Basis: compatibility(), Rule: "R-184", Cause: "letter-case-op",
			Title: "takes Add and Remove of members in capitals",
			Why:   "Entra writes op in capitals; without it no membership ever changes.",
			Fix:   "Fold the letter case of op before you look at it.",
		},
		{
			ID: "MEM-034", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-156", Cause: "members-add",
			Title: "loses no member when several are added at the same time",
			Why:   "Entra sends requests in parallel and never reads members back; a lost one stays lost.",
			Fix:   "Store memberships one by one, or lock the group while you read and write the list.",
		},
	}
}

// memberLists are the checks of membership by PUT.
func memberLists() []Check {
	return []Check{
		{
			ID: "MEM-017", Level: Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "members-replace",
			Title: "sets the members exactly on PUT",
			Why:   "A PUT that only adds leaves access behind.",
			Fix:   "Replace the whole list on PUT.",
		},
		{
			ID: "MEM-018", Level: Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "members-replace",
			Title: "empties the group on a PUT with []",
			Why:   "A PUT with an empty list says that nobody is a member.",
			Fix:   "Take an empty list in PUT for no members.",
		},
	}
}
