package catalog

// users are the checks of RFC 7644 create and delete.
func users() []Check {
	return []Check{
		{
			ID: "USR-001", Suite: "users", Level: Must, Basis: rfc7644("3.3"), Rule: "R-76", Cause: "create",
			Title: "creates a user, answers 201 with its id, and gives the same values back",
			Why:   "Entra keeps the id of this answer as its link to the user.",
			Fix:   "Answer POST /Users with 201 and the whole resource, and store what was sent.",
		},
		{
			ID: "USR-002", Suite: "users", Level: Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "uniqueness",
			Title: "refuses a second user of the same userName with 409",
			Why:   "Without a conflict the next cycle makes twins, and a lost answer makes a second account.",
			Fix:   "Check userName for uniqueness before you insert, and answer 409 with scimType uniqueness.",
		},
		{
			ID: "USR-003", Suite: "users", Level: Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "letter-case",
			Title: "refuses a second user whose userName differs in letter case only",
			Why:   "Entra does not keep the letter case of user principal names stable.",
			Fix:   "Compare userName without regard to letter case when you check for uniqueness.",
		},
		{
			ID: "USR-004", Suite: "users", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "takes null and empty lists for absent values",
			Why:   "Clients send null or [] for what has no value; a refusal keeps the user out.",
			Fix:   "Treat null and [] like an attribute that was left out.",
		},
		{
			ID: "USR-005", Suite: "users", Level: Must, Basis: rfc7643("3.3"), Rule: "R-31", Cause: "extension",
			Title: "keeps the attributes of the enterprise extension",
			Why:   "Department, employee number and manager travel in this extension.",
			Fix:   "Store the object under the enterprise URN and return it, with the URN in schemas.",
		},
		{
			ID: "USR-006", Suite: "users", Level: Must, Basis: rfc7643("3.1"), Rule: "R-23", Cause: "client-id",
			Title: "does not take over an id that the client sends",
			Why:   "Ids that clients choose can collide with other tenants.",
			Fix:   "Ignore id in POST and make your own.",
		},
		{
			ID: "USR-007", Suite: "users", Level: Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete",
			Title: "forgets a deleted user: 204, then 404, and no filter finds it",
			Why:   "A deleted user that is still found is linked again, and access comes back.",
			Fix:   "On DELETE remove the user from reads and queries and answer 204.",
		},
		{
			ID: "USR-008", Suite: "users", Level: Should, Basis: rfc7644("3.6"), Rule: "R-136", Cause: "delete",
			Title: "lets the userName of a deleted user be used again",
			Why:   "An employee who comes back after 30 days is created anew.",
			Fix:   "Free unique keys when a user is deleted.",
		},
		{
			ID: "USR-009", Suite: "users", Level: Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "rename",
			Title: "keeps the id when a user is renamed",
			Why:   "Entra works with the stored id; a new one makes every later change fail.",
			Fix:   "Use an id of your own as key, never userName.",
		},
		{
			ID: "USR-010", Suite: "users", Level: Entra, Basis: microsoft(), Rule: "R-178", Cause: "inactive-users",
			Title: "keeps users who are not active readable, by id and by filter",
			Why:   "A hidden leaver looks like a missing account; the next assignment fails or makes a twin.",
			Fix:   "Return users with active false in reads and queries.",
		},
	}
}
