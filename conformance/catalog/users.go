package catalog

// users are the checks of create, read, rename and delete of users.
func users() []Check {
	return []Check{
		{
			ID: "USR-001", Level: Must, Basis: rfc7644("3.3"), Rule: "R-76", Cause: "create",
			Title: "creates a user, answers 201 with its id, and gives the same values back",
			Why:   "Entra keeps the id of this answer as its link to the user.",
			Fix:   "Answer POST /Users with 201 and the whole resource, and store what was sent.",
		},
		{
			ID: "USR-002", Level: Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "uniqueness",
			Title: "refuses a second user of the same userName with 409",
			Why:   "Without a conflict the next cycle makes twins, and a lost answer makes a second account.",
			Fix:   "Check userName for uniqueness before you insert, and answer 409 with scimType uniqueness.",
		},
		{
			ID: "USR-003", Level: Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "letter-case",
			Title: "refuses a second user whose userName differs in letter case only",
			Why:   "Entra does not keep the letter case of user principal names stable.",
			Fix:   "Compare userName without regard to letter case when you check for uniqueness.",
		},
		{
			ID: "USR-004", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "takes null and empty lists for absent values",
			Why:   "Clients send null or [] for what has no value; a refusal keeps the user out.",
			Fix:   "Treat null and [] like an attribute that was left out.",
		},
		{
			ID: "USR-005", Level: Must, Basis: rfc7643("3.3"), Rule: "R-31", Cause: "extension", Needs: []string{Enterprise},
			Title: "keeps the attributes of the enterprise extension",
			Why:   "Department, employee number and manager travel in this extension.",
			Fix:   "Store the object under the enterprise URN and return it, with the URN in schemas.",
		},
		{
			ID: "USR-006", Level: Must, Basis: rfc7643("3.1"), Rule: "R-23", Cause: "client-id",
			Title: "does not take over an id that the client sends",
			Why:   "Ids that clients choose can collide with other tenants.",
			Fix:   "Ignore id in POST and make your own.",
		},
		{
			ID: "USR-007", Level: Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete", Needs: []string{Filter},
			Title: "forgets a deleted user: 204, then 404, and no filter finds it",
			Why:   "A deleted user that is still found is linked again, and access comes back.",
			Fix:   "On DELETE remove the user from reads and queries and answer 204.",
		},
		{
			ID: "USR-008", Level: Should, Basis: rfc7644("3.6"), Rule: "R-136", Cause: "delete",
			Title: "lets the userName of a deleted user be used again",
			Why:   "An employee who comes back after 30 days is created anew.",
			Fix:   "Free unique keys when a user is deleted.",
		},
		{
			ID: "USR-009", Level: Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "rename", Needs: []string{Filter, Patch},
			Title: "keeps the id when a user is renamed",
			Why:   "Entra works with the stored id; a new one makes every later change fail.",
			Fix:   "Use an id of your own as key, never userName.",
		},
		{
			ID: "USR-010", Level: Entra, Basis: microsoft(), Rule: "R-178", Cause: "inactive-users", Needs: []string{Filter, Patch},
			Title: "keeps users who are not active readable, by id and by filter",
			Why:   "A hidden leaver looks like a missing account; the next assignment fails or makes a twin.",
			Fix:   "Return users with active false in reads and queries.",
		},
		{
			ID: "USR-011", Level: Must, Basis: rfc7643("3.1"), Rule: "R-24", Cause: "create",
			Title: "gives externalId back exactly as it was sent",
			Why:   "Entra compares externalId in each cycle; where it is missing it is sent again and again, and matching by it finds nobody.",
			Fix:   "Store externalId as an opaque, case-sensitive string and return it.",
		},
		{
			ID: "USR-012", Level: Must, Basis: rfc7643("3.3"), Rule: "R-31", Cause: "extension", Needs: []string{Enterprise},
			Title: "names the enterprise extension in schemas when it has values",
			Why:   "A client that reads schemas first does not look at an extension that is not named.",
			Fix:   "Add the URN of each extension that has values to schemas.",
		},
		{
			ID: "USR-013", Level: Must, Basis: rfc7643("3.1"), Rule: "R-25", Cause: "client-id",
			Title: "passes over meta that a client sends",
			Why:   "Entra sends meta with resourceType in every create; a target that takes it over shows dates that nobody can rely on.",
			Fix:   "Ignore meta in POST, PUT and PATCH.",
		},
		{
			ID: "USR-014", Level: Must, Basis: rfc7643("4.1.1"), Rule: "R-36", Cause: "password",
			Title: "never returns the password",
			Why:   "Provisioning logs keep answers for a month, and many people can read them.",
			Fix:   "Mark password as writeOnly and returned never, and leave it out of every answer.",
		},
		{
			ID: "USR-015", Level: Should, Basis: microsoft(), Rule: "R-75", Cause: "unknown-attributes",
			Title: "creates a user who has the other attributes that tenants map",
			Why:   "Tenants map title, language, time zone; one refused attribute keeps the whole user out.",
			Fix:   "Leave out what you have no room for instead of refusing the user.",
		},
		{
			ID: "USR-016", Level: Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete", Needs: []string{Patch},
			Title: "answers 404 to every request for a deleted user",
			Why:   "Entra takes 404 for \"not there\" and matches again; a success hides that the link is dead.",
			Fix:   "Look the user up before DELETE, PUT, PATCH and GET, and answer 404.",
		},
		{
			ID: "USR-017", Level: Must, Basis: rfc7643("2.4"), Rule: "R-121", Cause: "multi-valued",
			Title: "keeps e-mails of two types side by side",
			Why:   "Tenants map work and other addresses; one that overwrites the other changes the address people sign in with.",
			Fix:   "Store each element of a multi-valued attribute; type tells them apart.",
		},
		{
			ID: "USR-018", Level: Must, Basis: rfc7643("4.1.2"), Rule: "R-44", Cause: "verbatim",
			Title: "keeps a work address part by part",
			Why:   "Street, town, region, postal code and country are mapped one by one, with the rules of each country.",
			Fix:   "Store all parts of addresses; do not demand the formats of one country.",
		},
		{
			ID: "USR-019", Level: Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "returns a telephone number as it was sent",
			Why:   "Entra compares what it reads with what it sent; a number in another form is sent again in every cycle.",
			Fix:   "Store values as they come and bring them into another form only where you use them.",
		},
		{
			ID: "USR-020", Level: Entra, Basis: compatibility(), Rule: "R-187", Cause: "string-booleans",
			Title: "takes a Boolean as a string inside a list, too",
			Why:   "Role and e-mail mappings send primary as \"True\"; a refused create keeps the user out.",
			Fix:   "Read \"True\" and \"False\" as Booleans at any depth, in POST as in PATCH.",
		},
		{
			ID: "USR-021", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values", Needs: []string{Enterprise},
			Title: "takes null for an enterprise extension without values",
			Why:   "A client whose department is empty may send null for the whole extension.",
			Fix:   "Treat null like an extension that was left out.",
		},
		{
			ID: "USR-022", Level: Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps letters of every script",
			Why:   "Names are written in many scripts; a mangled name is sent again in every cycle.",
			Fix:   "Read and write JSON as UTF-8 from end to end, database included.",
		},
		{
			ID: "USR-023", Level: Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "keeps combining characters as they were sent",
			Why:   "Names typed on a Mac often hold combining accents; another form of them looks like a change in every cycle.",
			Fix:   "Store the code points you were sent; compare in a normal form if you must.",
		},
		{
			ID: "USR-024", Level: Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps signs such as / & < in a name",
			Why:   "A display name is free text; a slash or an ampersand in it has no meaning.",
			Fix:   "Treat strings as opaque text: no splitting, no escaping on the way in.",
		},
		{
			ID: "USR-025", Level: Must, Basis: rfc7644("3.3"), Rule: "R-77", Cause: "create",
			Title: "names the address of a new user in Location and meta.location",
			Why:   "Whoever follows the address must reach the same user.",
			Fix:   "Build the address from the base URL that the request came in by.",
		},
		{
			ID: "USR-026", Level: Must, Basis: rfc7644("3.3"), Rule: "R-22", Cause: "create",
			Title: "keeps two users apart who share an e-mail",
			Why:   "A create that takes over the account of the same e-mail gives it, and its rights, to somebody else.",
			Fix:   "Make a new resource on POST, or answer 409; never link to an account by its e-mail.",
		},
		{
			ID: "USR-028", Level: Must, Basis: rfc7643("2.4"), Rule: "R-15", Cause: "primary",
			Title: "never shows two e-mails that are both primary",
			Why:   "With two primaries each read may pick another address.",
			Fix:   "Refuse a second primary with 400 invalidValue, or keep one.",
		},
		{
			ID: "USR-029", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "rename", Needs: []string{Patch},
			Title: "changes nothing else when a user is renamed",
			Why:   "After a marriage or a change of domain the account must go on as it was.",
			Fix:   "Change userName only; neither active nor e-mails follow from it.",
		},
		{
			ID: "USR-033", Level: Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "client-id", Needs: []string{Filter},
			Title: "shows one and the same id on every route",
			Why:   "Entra keeps the id of the first answer for ever and compares it byte for byte.",
			Fix:   "Return the stored id unchanged in create, read, list and update.",
		},
	}
}

// replacing are the checks of PUT.
func replacing() []Check {
	return []Check{
		{
			ID: "USR-031", Level: Must, Basis: rfc7644("3.5.1"), Rule: "R-107", Cause: "put",
			Title: "stores what PUT sends",
			Why:   "Entra does not send PUT; admin scripts and other directories do.",
			Fix:   "On PUT replace the values of the resource and return it.",
		},
	}
}
