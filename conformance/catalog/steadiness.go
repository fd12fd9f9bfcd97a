package catalog

// knownIssues is Microsoft's page of known issues of the provisioning service.
func knownIssues() Basis {
	return observed("a manager who is out of scope or provisioned later", "https://learn.microsoft.com/entra/identity/app-provisioning/known-issues")
}

// steadyUsers are checks that the hundredth user, a repeated request and an unusual name
// work like the first ones.
func steadyUsers() []Check {
	return []Check{
		{
			ID: "USR-034", Level: Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps a control character in a string, or rejects it with 400",
			Why:   "People paste names from anywhere. A 500 is retried for weeks and tells nobody what is wrong.",
			Fix:   "Escape control characters before you store them, or return 400 invalidValue.",
		},
		{
			ID: "USR-035", Level: Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "concurrency",
			Title: "deletes a user once when several DELETE requests arrive concurrently",
			Why:   "A repeated request can overtake the first. After a 500, Entra retries for weeks.",
			Fix:   "Lock the row, or retry internally. Return 204 once and 404 to the others.",
		},
		{
			ID: "USR-036", Level: Must, Basis: rfc7643("2.3.8"), Rule: "R-11", Cause: "create",
			Title: "creates a user regardless of attribute order",
			Why:   "The order of JSON keys has no meaning and varies by serializer.",
			Fix:   "Parse the whole object before you read schemas.",
		},
		{
			ID: "USR-037", Level: Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "uniqueness",
			Title: "rejects a duplicate userName even if the existing user is not the oldest",
			Why:   "Two accounts with one name break matching permanently.",
			Fix:   "Put a unique index on userName, with case folded.",
		},
		{
			ID: "USR-038", Level: Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "concurrency",
			Title: "creates only one user when several creates with one userName arrive concurrently",
			Why:   "A timed-out request and its retry can overlap. Two accounts block the user permanently.",
			Fix:   "Rely on a unique index, not on a lookup before the insert.",
		},
		{
			ID: "USR-039", Level: Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "keeps a 200-character title, or rejects it with 400",
			Why:   "Entra compares the value it reads with the value it sent. A truncated title is sent again in every cycle.",
			Fix:   "Store strings in full, or return 400 invalidValue for a string that is too long.",
		},
		{
			ID: "USR-042", Level: Should, Basis: rfc7643("8.7.1"), Rule: "R-74", Cause: "uniqueness",
			Title: "allows two users to share a private e-mail address",
			Why:   "Families and assistants share addresses. Nobody can understand or repair a 409 for a free userName in Entra.",
			Fix:   "Keep userName unique. Keep e-mails unique only if /Schemas says so.",
		},
	}
}

// steadyRenames are the steadiness checks for renames.
func steadyRenames() []Check {
	return []Check{
		{
			ID: "USR-040", Level: Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "rename",
			Title: "lets another user take the old userName of a renamed user",
			Why:   "Names are reused in a company. A 409 for a free name blocks the new colleague.",
			Fix:   "Compare only with names in current use, and update every index on a rename.",
		},
		{
			ID: "USR-041", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-123", Cause: "rename",
			Title: "accepts an update that repeats the user's own userName",
			Why:   "After a restart, Entra may send values that are already set.",
			Fix:   "Exclude the user itself when you check for conflicts.",
		},
	}
}

// steadyQueries are the steadiness checks for queries of users.
func steadyQueries() []Check {
	return []Check{
		{
			ID: "QRY-019", Level: Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "hundred",
			Title: "finds and counts more than 100 users",
			Why:   "If a user is not found, Entra creates it again. That affects every user after the first 100.",
			Fix:   "Filter in the database before you cut a page. Count with the same condition.",
		},
		{
			ID: "QRY-020", Level: Must, Basis: rfc7643("7"), Rule: "R-71", Cause: "lists",
			Title: "returns a user in a list as in a read by id",
			Why:   "Entra first reads a user by filter and then by id. It sends every apparent difference.",
			Fix:   "Serialize resources with one function, for lists and for single responses.",
		},
		{
			ID: "QRY-021", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-93", Cause: "letter-case",
			Title: "ignores the case of letters outside A to Z",
			Why:   "Ångström and ÅNGSTRÖM are one person. If a user is not found, Entra creates it again.",
			Fix:   "Fold case by Unicode rules, not only for ASCII.",
		},
		{
			ID: "QRY-022", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Title: "finds a userName that contains a plus sign",
			Why:   "A name such as ada+test@… is valid. Decoded twice, it becomes another one, and Entra creates the user again and again.",
			Fix:   "Decode the query string once.",
		},
		{
			ID: "QRY-023", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Title: "finds a value with a quotation mark and a backslash",
			Why:   "A filter value is a JSON string. Cutting it at the first quotation mark finds another user, or worse.",
			Fix:   "Parse filter values as JSON strings.",
		},
	}
}

// steadyNames are the checks of queries after a rename.
func steadyNames() []Check {
	return []Check{{
		ID: "QRY-024", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "rename",
		Title: "finds a renamed user by the new name only",
		Why:   "Otherwise, the next user with the old name is matched with the renamed user.",
		Fix:   "Update the search index in the same transaction.",
	}}
}

// steadyPages are the steadiness checks for pages.
func steadyPages() []Check {
	return []Check{
		{
			ID: "QRY-017", Level: Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "paging",
			Title: "sets itemsPerPage to the number of resources on the page",
			Why:   "A client that adds itemsPerPage to startIndex skips users that the page did not contain.",
			Fix:   "Set itemsPerPage to the length of Resources.",
		},
		{
			ID: "QRY-018", Level: Should, Basis: rfc7644("3.4.2.4"), Rule: "R-100", Cause: "paging",
			Title: "returns every user once across all pages",
			Why:   "Account discovery reads all users. A user that falls between two pages is missing from the report.",
			Fix:   "Sort by a stable key, and fetch exactly count rows.",
		},
	}
}

// steadyAttributes are the steadiness checks for updates of users.
func steadyAttributes() []Check {
	return []Check{
		{
			ID: "ATT-039", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-122", Cause: "steadiness",
			Title: "stores each of 300 changes that it reports as successful",
			Why:   "Entra never repeats a change that was reported as successful.",
			Fix:   "Respond after the commit, and check its error.",
		},
		{
			ID: "ATT-040", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "concurrency",
			Title: "does not lose concurrent changes to one user",
			Why:   "Entra and people in your own portal change a user at the same time.",
			Fix:   "Update only the named columns, or read and write under one lock.",
		},
	}
}

// steadyExtension is the steadiness checks for the enterprise extension.
func steadyExtension() []Check {
	return []Check{
		{
			ID: "ATT-037", Level: Entra, Basis: knownIssues(), Rule: "R-189", Cause: "manager",
			Title: "updates a user whose manager does not exist yet",
			Why:   "The manager may come later or never. The rest of the update must not wait.",
			Fix:   "Store the reference or ignore it. Never reject the user.",
		},
		{
			ID: "ATT-038", Level: Entra, Rule: "R-2", Cause: "letter-case-names",
			Basis: observed("Captain-P-Goldfish/SCIM-SDK#301", "https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/301"),
			Title: "compares schema URNs case-insensitively",
			Why:   "Admins type the URN into attribute mappings by hand.",
			Fix:   "Fold the case of schema URNs before you compare them.",
		},
	}
}

// steadyGroups is the steadiness checks for groups.
func steadyGroups() []Check {
	return []Check{{
		ID: "MEM-035", Level: Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "rename", Needs: []string{Patch},
		Title: "lets another group take the old name of a renamed group",
		Why:   "Teams swap names. A 409 for a free name blocks the new group.",
		Fix:   "Compare only with names in current use, and update every index on a rename.",
	}}
}

// steadyProtocol are the checks of the discovery endpoints and of repeated reads.
func steadyProtocol() []Check {
	return []Check{
		{
			ID: "HTP-005", Level: Must, Basis: rfc7644("4"), Rule: "R-58", Cause: "discovery",
			Title: "lists the user and group schemas in /Schemas",
			Why:   "Microsoft's validator reads /Schemas. It counts every unlisted schema as missing.",
			Fix:   "List every schema that your resources can have.",
		},
		{
			ID: "HTP-006", Level: Must, Basis: rfc7643("6"), Rule: "R-56", Cause: "discovery",
			Title: "lists an extension in schemaExtensions, not as a resource type of its own",
			Why:   "Clients that read resource types look for a separate endpoint and miss department and manager.",
			Fix:   "Put the extension URN into schemaExtensions of User.",
		},
		{
			ID: "HTP-007", Level: Should, Basis: rfc7643("5"), Rule: "R-54", Cause: "discovery",
			Title: "announces PATCH if and only if PATCH works",
			Why:   "Entra does not read the announcement. Other clients do, and fall back to PUT.",
			Fix:   "Set patch.supported to match what the service supports.",
		},
		{
			ID: "HTP-016", Level: Should, Basis: validation(), Rule: "R-179", Cause: "discovery",
			Title: "lists the types of e-mails, telephones and addresses in /Schemas",
			Why:   "Without canonicalValues, Microsoft's validator does not know emails[type eq \"work\"].value and counts it as missing.",
			Fix:   "Publish canonicalValues for every type that you support.",
		},
		{
			ID: "HTP-008", Level: Must, Basis: rfc7644("3.4.1"), Rule: "R-81", Cause: "steadiness",
			Title: "returns 200 for each of 300 identical reads",
			Why:   "One error in 100 requests means 300 errors in an initial cycle of 30,000 users.",
			Fix:   "Check the connection pool, the caches and the slowest replica.",
		},
	}
}
