package catalog

// userQueries are the checks of queries for users.
func userQueries() []Check {
	return []Check{
		{
			ID: "QRY-001", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Title: "finds a user by userName and returns no others",
			Why:   "Entra looks up every user by this query first. Two results block the user.",
			Fix:   "Apply the filter. Return a ListResponse with only the matches.",
		},
		{
			ID: "QRY-002", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-93", Cause: "letter-case",
			Title: "compares userName case-insensitively",
			Why:   "If a user is not found, Entra creates it. That ends in a conflict in every cycle.",
			Fix:   "Fold case on both sides when you filter by userName.",
		},
		{
			ID: "QRY-003", Level: Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "filter",
			Title: "returns 200 with an empty list for a query without matches",
			Why:   "A 404 puts the whole job into quarantine.",
			Fix:   "Return 200 with totalResults 0.",
		},
		{
			ID: "QRY-004", Level: Entra, Basis: microsoft(), Rule: "R-178", Cause: "filter",
			Title: "finds a user by externalId and returns no others",
			Why:   "Many tenants match by externalId. If the filter is ignored, Entra updates the wrong user.",
			Fix:   "Support filters on every attribute that can be used for matching, or return 400 invalidFilter.",
		},
		{
			ID: "QRY-005", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-89", Cause: "filter",
			Title: "supports `and` in filters",
			Why:   "Entra uses `eq` and `and`. Reference checks combine two conditions.",
			Fix:   "Support `and` between comparisons.",
		},
		{
			ID: "QRY-007", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-91", Cause: "filter",
			Title: "rejects an invalid filter with 400 invalidFilter",
			Why:   "An unfiltered list returned for an invalid filter is taken for matches.",
			Fix:   "Return 400 with scimType invalidFilter when a filter cannot be parsed.",
		},
		{
			ID: "QRY-008", Level: Entra, Basis: microsoft(), Rule: "E-101", Cause: "filter",
			Title: "finds a user by work e-mail",
			Why:   "Tenants may match by e-mail instead of userName.",
			Fix:   "Support emails[type eq \"work\"].value eq \"…\" in filters.",
		},
		{
			ID: "QRY-010", Level: Entra, Basis: compatibility(), Rule: "R-84", Cause: "query-parameters",
			Title: "ignores the flag aadOptscim062020 in the URL",
			Why:   "Admins append the flag to the tenant URL, so any request may contain it.",
			Fix:   "Ignore unknown query parameters.",
		},
		{
			ID: "QRY-011", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-87", Cause: "letter-case-names",
			Title: "accepts USERNAME Eq in a filter",
			Why:   "Names and operators are spelled as in the tenant's mapping.",
			Fix:   "Compare attribute names and operators in filters case-insensitively.",
		},
	}
}

// groupQueries are the checks of queries for groups.
func groupQueries() []Check {
	return []Check{
		{
			ID: "QRY-006", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter",
			Title: "finds a group by displayName and returns no others",
			Why:   "Entra matches groups by name. A wrong match mixes the members of two groups.",
			Fix:   "Apply filters to groups as to users.",
		},
		{
			ID: "QRY-014", Level: Entra, Basis: microsoft(), Rule: "R-167", Cause: "filter",
			Title: "finds a group by externalId and returns no others",
			Why:   "Tenants may match groups by externalId, so that renames do not matter.",
			Fix:   "Support filters on externalId of groups as well as on displayName.",
		},
		{
			ID: "QRY-015", Level: Entra, Basis: microsoft(), Rule: "W-21", Cause: "filter",
			Title: "supports membership queries by id and members",
			Why:   "Microsoft documents the filter id eq \"…\" and members eq \"…\" as an alternative to reading a large group. Older jobs send it.",
			Fix:   "Support `and` between id and members in group filters.",
		},
	}
}

// paging are the checks of pages.
func paging() []Check {
	return []Check{
		{
			ID: "QRY-009", Level: Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging",
			Title: "applies startIndex and count",
			Why:   "Account discovery pages through all users.",
			Fix:   "Count from 1, and never return more than count. Set totalResults to the true total.",
		},
		{
			ID: "QRY-016", Level: Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging",
			Title: "treats a negative count as 0",
			Why:   "A client that counts down must get an empty page, not a crash.",
			Fix:   "Treat count below 0 as 0, and startIndex below 1 as 1.",
		},
	}
}

// projections are the checks of attributes and excludedAttributes.
func projections() []Check {
	return []Check{
		{
			ID: "QRY-012", Level: Must, Basis: rfc7643("7"), Rule: "R-70", Cause: "projection",
			Title: "returns id even if it is excluded",
			Why:   "Without the id, there is nothing to link to.",
			Fix:   "Always return id and schemas.",
		},
		{
			ID: "QRY-013", Level: Must, Basis: rfc7644("3.9"), Rule: "R-102", Cause: "projection",
			Title: "omits only the user attributes that excludedAttributes names",
			Why:   "Clients exclude attributes that are large or private.",
			Fix:   "Apply excludedAttributes to users as to groups.",
		},
	}
}
