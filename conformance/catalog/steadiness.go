package catalog

// knownIssues is Microsoft's page of what its service does not do.
func knownIssues() Basis {
	return observed("a manager who is out of scope or comes later", "https://learn.microsoft.com/entra/identity/app-provisioning/known-issues")
}

// steadyUsers are checks that a service passes which does the hundredth user, the second
// request and the unusual name as it does the first.
func steadyUsers() []Check {
	return []Check{
		{
			ID: "USR-034", Level: Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps a control character in a text, or refuses it with 400",
			Why:   "People paste names from anywhere; a 500 is retried for weeks and tells nobody what is wrong.",
			Fix:   "Escape control characters on the way to the database, or answer 400 invalidValue.",
		},
		{
			ID: "USR-035", Level: Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "concurrency",
			Title: "deletes a user once when several ask for it at the same time",
			Why:   "A repeated request can overtake the first one; a 500 makes Entra try again for weeks.",
			Fix:   "Lock the row, or try again inside; answer 204 once and 404 to the others.",
		},
		{
			ID: "USR-036", Level: Must, Basis: rfc7643("2.3.8"), Rule: "R-11", Cause: "create",
			Title: "creates a user whatever the order of the attributes",
			Why:   "The order of keys in JSON means nothing, and it changes with the serializer.",
			Fix:   "Parse the whole object before you look at schemas.",
		},
		{
			ID: "USR-037", Level: Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "uniqueness",
			Title: "refuses a second user of the same userName also where the first is not the oldest",
			Why:   "Two accounts of one name make matching fail for good.",
			Fix:   "Put a unique index on userName, in folded letter case.",
		},
		{
			ID: "USR-038", Level: Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "concurrency",
			Title: "creates one user when several creations of one userName come at the same time",
			Why:   "A request that timed out and its repetition can meet; two accounts stop the user for good.",
			Fix:   "Let a unique index decide, not a look before the insert.",
		},
		{
			ID: "USR-039", Level: Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "keeps a title of 200 signs, or refuses it with 400",
			Why:   "Entra compares what it reads with what it sent; a title that is cut off is sent again in every cycle.",
			Fix:   "Store texts whole, or answer 400 invalidValue for one that is too long.",
		},
		{
			ID: "USR-042", Level: Should, Basis: rfc7643("8.7.1"), Rule: "R-74", Cause: "uniqueness",
			Title: "keeps two users apart who share a private e-mail address",
			Why:   "Families and assistants share addresses; a 409 for a free userName cannot be understood or repaired in Entra.",
			Fix:   "Keep userName unique, and e-mails only where /Schemas says so.",
		},
	}
}

// steadyRenames are the same for names that change.
func steadyRenames() []Check {
	return []Check{
		{
			ID: "USR-040", Level: Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "rename",
			Title: "lets the old userName of a renamed user be given to somebody else",
			Why:   "Names go round in a company; a 409 for a free one stops the new colleague.",
			Fix:   "Compare with the names that are in use now, and bring every index up to date on a rename.",
		},
		{
			ID: "USR-041", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-123", Cause: "rename",
			Title: "takes an update that repeats the user's own userName",
			Why:   "After a restart Entra may send what is there already.",
			Fix:   "Leave the user itself out when you look for conflicts.",
		},
	}
}

// steadyQueries are the same for queries of users.
func steadyQueries() []Check {
	return []Check{
		{
			ID: "QRY-019", Level: Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "hundred",
			Title: "finds and counts more than a hundred users",
			Why:   "A user who is not found is created again, and from the hundred-and-first on that is everybody.",
			Fix:   "Filter in the database, before you cut a page; count with the same condition.",
		},
		{
			ID: "QRY-020", Level: Must, Basis: rfc7643("7"), Rule: "R-71", Cause: "lists",
			Title: "shows a user in a list as in a read by id",
			Why:   "Entra reads a user first by a filter and then by id, and sends what seems to differ.",
			Fix:   "Use one function to write a resource, for lists and for single answers.",
		},
		{
			ID: "QRY-021", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-93", Cause: "letter-case",
			Title: "passes over the letter case of letters outside A to Z too",
			Why:   "Ångström and ÅNGSTRÖM are one person; who is not found is created again.",
			Fix:   "Fold by Unicode, not by ASCII.",
		},
		{
			ID: "QRY-022", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Title: "finds a userName with a plus sign",
			Why:   "ada+test@… is a name; decoded twice it is another one, and the user is created again and again.",
			Fix:   "Decode the query string once.",
		},
		{
			ID: "QRY-023", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Title: "finds a value with a quotation mark and a backslash",
			Why:   "A value in a filter is a JSON string; one that is cut at its first quotation mark finds somebody else, or worse.",
			Fix:   "Parse the value of a filter as a JSON string.",
		},
	}
}

// steadyNames are queries after a rename.
func steadyNames() []Check {
	return []Check{{
		ID: "QRY-024", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "rename",
		Title: "finds a renamed user by the new name only",
		Why:   "Whoever gets the old name next would be matched with the renamed one.",
		Fix:   "Bring the search index up to date in the same transaction.",
	}}
}

// steadyPages are the same for pages.
func steadyPages() []Check {
	return []Check{
		{
			ID: "QRY-017", Level: Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "paging",
			Title: "gives as itemsPerPage the number of resources on the page",
			Why:   "A client that adds it to startIndex skips whom the page did not hold.",
			Fix:   "Set itemsPerPage to the length of Resources.",
		},
		{
			ID: "QRY-018", Level: Should, Basis: rfc7644("3.4.2.4"), Rule: "R-100", Cause: "paging",
			Title: "gives every user once in a walk through the pages",
			Why:   "Account discovery reads everybody; who falls between two pages is missing in the report.",
			Fix:   "Sort by something that does not change, and fetch exactly count rows.",
		},
	}
}

// steadyAttributes are the same for changes of users.
func steadyAttributes() []Check {
	return []Check{
		{
			ID: "ATT-039", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-122", Cause: "steadiness",
			Title: "stores each of three hundred changes that it answers with success",
			Why:   "What was answered with success is never sent again.",
			Fix:   "Answer after the commit, and look at its error.",
		},
		{
			ID: "ATT-040", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "concurrency",
			Title: "loses no change when two of one user come at the same time",
			Why:   "Entra and the people in your own portal change one user at the same time.",
			Fix:   "Change the columns that were named, or read and write under one lock.",
		},
	}
}

// steadyExtension is the same for the enterprise extension.
func steadyExtension() []Check {
	return []Check{
		{
			ID: "ATT-037", Level: Entra, Basis: knownIssues(), Rule: "R-189", Cause: "manager",
			Title: "changes a user whose manager is not there yet",
			Why:   "A manager may come later or never; the rest of the user must not wait.",
			Fix:   "Keep the reference or pass over it; never refuse the user.",
		},
		{
			ID: "ATT-038", Level: Entra, Rule: "R-2", Cause: "letter-case-names",
			Basis: observed("Captain-P-Goldfish/SCIM-SDK#301", "https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/301"),
			Title: "understands the URN of a schema in other letter case",
			Why:   "Admins type the URN into attribute mappings by hand.",
			Fix:   "Fold the letter case of schema URNs before you compare them.",
		},
	}
}

// steadyGroups is the same for groups.
func steadyGroups() []Check {
	return []Check{{
		ID: "MEM-035", Level: Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "rename", Needs: []string{Patch},
		Title: "lets the old name of a renamed group be given to another one",
		Why:   "Teams change names with each other; a 409 for a free name stops the new group.",
		Fix:   "Compare with the names that are in use now, and bring every index up to date on a rename.",
	}}
}

// steadyProtocol are checks of what the target says of itself, and that it says it always.
func steadyProtocol() []Check {
	return []Check{
		{
			ID: "HTP-005", Level: Must, Basis: rfc7644("4"), Rule: "R-58", Cause: "discovery",
			Title: "lists the schemas of users and groups in /Schemas",
			Why:   "Microsoft's validator reads them there, and what it does not find counts as missing.",
			Fix:   "List every schema that a resource of yours can have.",
		},
		{
			ID: "HTP-006", Level: Must, Basis: rfc7643("6"), Rule: "R-56", Cause: "discovery",
			Title: "names extensions in schemaExtensions of the resource type that they extend",
			Why:   "Clients that read resource types look for an endpoint of its own, and miss department and manager.",
			Fix:   "Put the URN of the extension into schemaExtensions of User.",
		},
		{
			ID: "HTP-007", Level: Should, Basis: rfc7643("5"), Rule: "R-54", Cause: "discovery",
			Title: "announces PATCH when it can be used, and only then",
			Why:   "Entra does not read it; other clients do, and fall back to PUT.",
			Fix:   "Set patch.supported to what is true.",
		},
		{
			ID: "HTP-016", Level: Should, Basis: validation(), Rule: "R-179", Cause: "discovery",
			Title: "says in /Schemas of which types e-mails, telephones and addresses can be",
			Why:   "Without canonicalValues Microsoft's validator does not know emails[type eq \"work\"].value, and counts it as missing.",
			Fix:   "Publish canonicalValues for every type that you support.",
		},
		{
			ID: "HTP-008", Level: Must, Basis: rfc7644("3.4.1"), Rule: "R-81", Cause: "steadiness",
			Title: "answers one and the same read three hundred times alike",
			Why:   "One error in a hundred is three hundred errors in an initial cycle of thirty thousand users.",
			Fix:   "Look at the connection pool, the caches and the slowest replica.",
		},
	}
}
