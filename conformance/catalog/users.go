package catalog

// users are the checks of creating, reading, renaming and deleting users.
func users() []Check {
	return []Check{
		{
			ID: "USR-001", Level: Must, Basis: rfc7644("3.3"), Rule: "R-76", Cause: "create",
			Title: "creates a user, returns 201 with its id, and stores the values as sent",
			Why:   "Entra stores the id from this response as its link to the user.",
			Fix:   "Return 201 and the whole resource for POST /Users, and store what was sent.",
		},
		{
			ID: "USR-002", Level: Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "uniqueness",
			Title: "returns 409 for a second user with the same userName",
			Why:   "Without a conflict, the next cycle creates duplicates. A lost response leads to a second account.",
			Fix:   "Check that userName is unique before you insert. Return 409 with scimType uniqueness.",
		},
		{
			ID: "USR-003", Level: Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "letter-case",
			Title: "returns 409 for a second userName that differs only in case",
			Why:   "Entra does not keep the case of user principal names stable.",
			Fix:   "Compare userName case-insensitively when you check uniqueness.",
		},
		{
			ID: "USR-004", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "treats null and empty lists as absent values",
			Why:   "Clients send null or [] for missing values. If the request is rejected, the user is not created.",
			Fix:   "Treat null and [] like a missing attribute.",
		},
		{
			ID: "USR-005", Level: Must, Basis: rfc7643("3.3"), Rule: "R-31", Cause: "extension", Needs: []string{Enterprise},
			Title: "keeps the attributes of the enterprise extension",
			Why:   "Department, employee number and manager are sent in this extension.",
			Fix:   "Store the object under the enterprise URN. Return it, with the URN in schemas.",
		},
		{
			ID: "USR-006", Level: Must, Basis: rfc7643("3.1"), Rule: "R-23", Cause: "client-id",
			Title: "does not adopt an id sent by the client",
			Why:   "Ids chosen by clients can collide with those of other tenants.",
			Fix:   "Ignore id in POST, and generate your own.",
		},
		{
			ID: "USR-007", Level: Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete", Needs: []string{Filter},
			Title: "deletes a user completely: 204, then 404, and no filter match",
			Why:   "A deleted user that can still be found is linked again and regains access.",
			Fix:   "On DELETE, remove the user from reads and queries, and return 204.",
		},
		{
			ID: "USR-008", Level: Should, Basis: rfc7644("3.6"), Rule: "R-136", Cause: "delete",
			Title: "allows the userName of a deleted user to be reused",
			Why:   "An employee who returns after 30 days is created again.",
			Fix:   "Release unique keys when a user is deleted.",
		},
		{
			ID: "USR-009", Level: Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "rename", Needs: []string{Filter, Patch},
			Title: "keeps the id when a user is renamed",
			Why:   "Entra uses the stored id. If the id changes, every later change fails.",
			Fix:   "Use your own id as the key, never userName.",
		},
		{
			ID: "USR-010", Level: Entra, Basis: microsoft(), Rule: "R-178", Cause: "inactive-users", Needs: []string{Filter, Patch},
			Title: "returns inactive users by id and by filter",
			Why:   "A hidden leaver looks like a missing account. The next assignment fails or creates a duplicate.",
			Fix:   "Return users with active false in reads and queries.",
		},
		{
			ID: "USR-011", Level: Must, Basis: rfc7643("3.1"), Rule: "R-24", Cause: "create",
			Title: "returns externalId exactly as it was sent",
			Why:   "Entra compares externalId in each cycle. If it is missing, Entra sends it every time, and matching by it finds nobody.",
			Fix:   "Store externalId as an opaque, case-sensitive string and return it.",
		},
		{
			ID: "USR-012", Level: Must, Basis: rfc7643("3.3"), Rule: "R-31", Cause: "extension", Needs: []string{Enterprise},
			Title: "lists the enterprise extension in schemas when it has values",
			Why:   "A client that reads schemas first ignores an extension that is not listed.",
			Fix:   "Add the URN of each extension with values to schemas.",
		},
		{
			ID: "USR-013", Level: Must, Basis: rfc7643("3.1"), Rule: "R-25", Cause: "client-id",
			Title: "ignores meta sent by a client",
			Why:   "Entra sends meta with resourceType in every create. A target that adopts meta shows unreliable dates.",
			Fix:   "Ignore meta in POST, PUT and PATCH.",
		},
		{
			ID: "USR-014", Level: Must, Basis: rfc7643("4.1.1"), Rule: "R-36", Cause: "password",
			Title: "never returns the password",
			Why:   "Provisioning logs keep responses for a month, and many people can read them.",
			Fix:   "Declare password as writeOnly with returned never, and omit it from every response.",
		},
		{
			ID: "USR-015", Level: Should, Basis: microsoft(), Rule: "R-75", Cause: "unknown-attributes",
			Title: "creates a user with other attributes that tenants map",
			Why:   "Tenants map title, language and time zone. One rejected attribute blocks the whole user.",
			Fix:   "Ignore attributes that you do not store, instead of rejecting the user.",
		},
		{
			ID: "USR-016", Level: Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete", Needs: []string{Patch},
			Title: "returns 404 for every request to a deleted user",
			Why:   "After a 404, Entra matches the user again. A success hides that the link is dead.",
			Fix:   "Look up the user before DELETE, PUT, PATCH and GET, and return 404.",
		},
		{
			ID: "USR-017", Level: Must, Basis: rfc7643("2.4"), Rule: "R-121", Cause: "multi-valued",
			Title: "keeps e-mails of two types side by side",
			Why:   "Tenants map work and other addresses. If one overwrites the other, the sign-in address changes.",
			Fix:   "Store each element of a multi-valued attribute. Use type to tell the elements apart.",
		},
		{
			ID: "USR-018", Level: Must, Basis: rfc7643("4.1.2"), Rule: "R-44", Cause: "verbatim",
			Title: "keeps every part of a work address",
			Why:   "Street, town, region, postal code and country are mapped separately. Each country has its own rules.",
			Fix:   "Store all parts of an address. Do not require one country's formats.",
		},
		{
			ID: "USR-019", Level: Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "returns a telephone number as it was sent",
			Why:   "Entra compares the number it reads with the number it sent. A reformatted number is sent again in every cycle.",
			Fix:   "Store values as sent. Reformat them only where you use them.",
		},
		{
			ID: "USR-020", Level: Entra, Basis: compatibility(), Rule: "R-187", Cause: "string-booleans",
			Title: "accepts a string Boolean inside a list",
			Why:   "Role and e-mail mappings send primary as \"True\". If the create is rejected, the user is missing.",
			Fix:   "Read \"True\" and \"False\" as Booleans at any depth, in POST and in PATCH.",
		},
		{
			ID: "USR-021", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values", Needs: []string{Enterprise},
			Title: "accepts null for the enterprise extension",
			Why:   "A client may send null for the whole extension when department is empty.",
			Fix:   "Treat null like a missing extension.",
		},
		{
			ID: "USR-022", Level: Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps letters from every script",
			Why:   "Names are written in many scripts. A garbled name is sent again in every cycle.",
			Fix:   "Read and write JSON as UTF-8 from end to end, including the database.",
		},
		{
			ID: "USR-023", Level: Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "keeps combining characters as they were sent",
			Why:   "Names typed on a Mac often contain combining accents. A normalized form looks like a change in every cycle.",
			Fix:   "Store the code points as sent. Normalize only for comparison.",
		},
		{
			ID: "USR-024", Level: Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps characters such as / & < in a name",
			Why:   "A display name is free text. A slash or an ampersand has no special meaning.",
			Fix:   "Treat strings as opaque. Do not split or escape them on input.",
		},
		{
			ID: "USR-025", Level: Must, Basis: rfc7644("3.3"), Rule: "R-77", Cause: "create",
			Title: "returns the URL of a new user in Location and meta.location",
			Why:   "A client that follows the URL must reach the same user.",
			Fix:   "Build the URL from the base URL of the request.",
		},
		{
			ID: "USR-026", Level: Must, Basis: rfc7644("3.3"), Rule: "R-22", Cause: "create",
			Title: "keeps two users separate when they share an e-mail",
			Why:   "If a create takes over the account with the same e-mail, somebody else gets that account and its rights.",
			Fix:   "Create a new resource on POST, or return 409. Never link accounts by e-mail.",
		},
		{
			ID: "USR-028", Level: Must, Basis: rfc7643("2.4"), Rule: "R-15", Cause: "primary",
			Title: "never returns two primary e-mails",
			Why:   "With two primary values, each read may pick a different address.",
			Fix:   "Reject a second primary with 400 invalidValue, or keep one.",
		},
		{
			ID: "USR-029", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "rename", Needs: []string{Patch},
			Title: "changes nothing else when a user is renamed",
			Why:   "After a marriage or a domain change, the account must otherwise stay the same.",
			Fix:   "Change only userName. Do not derive active or e-mails from it.",
		},
		{
			ID: "USR-033", Level: Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "client-id", Needs: []string{Filter},
			Title: "returns the same id in every response",
			Why:   "Entra stores the id from the first response permanently and compares it byte for byte.",
			Fix:   "Return the stored id unchanged in create, read, list and update.",
		},
	}
}

// replacing are the checks of PUT.
func replacing() []Check {
	return []Check{
		{
			ID: "USR-031", Level: Must, Basis: rfc7644("3.5.1"), Rule: "R-107", Cause: "put",
			Title: "stores the values sent by PUT",
			Why:   "Entra does not send PUT. Admin scripts and other directories do.",
			Fix:   "On PUT, replace the values of the resource and return it.",
		},
	}
}
