package catalog

// queries are the checks of RFC 7644 queries.
func queries() []Check {
	return []Check{
		{
			ID: "QRY-001", Suite: "queries", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Title: "finds a user by userName and nobody else",
			Why:   "Every first contact with a user is this query; two results stop the user.",
			Fix:   "Apply the filter; return a ListResponse with the matches only.",
		},
		{
			ID: "QRY-002", Suite: "queries", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-93", Cause: "letter-case",
			Title: "compares userName without regard to letter case",
			Why:   "A user that is not found is created, and that ends in a conflict each cycle.",
			Fix:   "Fold letter case on both sides when you filter userName.",
		},
		{
			ID: "QRY-003", Suite: "queries", Level: Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "filter",
			Title: "answers a query without a match with 200 and an empty list",
			Why:   "A 404 here puts the whole job in quarantine.",
			Fix:   "Answer 200 with totalResults 0.",
		},
		{
			ID: "QRY-004", Suite: "queries", Level: Entra, Basis: microsoft(), Rule: "R-178", Cause: "filter",
			Title: "finds a user by externalId and nobody else",
			Why:   "Many tenants match by externalId; a filter that is ignored updates the wrong user.",
			Fix:   "Filter by every attribute that can be a matching attribute, or answer 400 invalidFilter.",
		},
		{
			ID: "QRY-005", Suite: "queries", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-89", Cause: "filter",
			Title: "understands and in a filter",
			Why:   "Entra uses eq and and; reference checks join two conditions.",
			Fix:   "Support and between comparisons.",
		},
		{
			ID: "QRY-006", Suite: "queries", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter",
			Title: "finds a group by displayName and nobody else",
			Why:   "Groups are matched by name; a wrong match mixes the members of two groups.",
			Fix:   "Apply the filter on groups as on users.",
		},
		{
			ID: "QRY-007", Suite: "queries", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-91", Cause: "filter",
			Title: "refuses a filter it cannot read with 400 invalidFilter",
			Why:   "An unfiltered list in answer to a bad filter is taken for matches.",
			Fix:   "Answer 400 with scimType invalidFilter when a filter cannot be parsed.",
		},
		{
			ID: "QRY-008", Suite: "queries", Level: Entra, Basis: microsoft(), Rule: "E-101", Cause: "filter",
			Title: "finds a user by the work e-mail",
			Why:   "Tenants may match by e-mail instead of userName.",
			Fix:   "Support emails[type eq \"work\"].value eq \"…\" in filters.",
		},
		{
			ID: "QRY-009", Suite: "queries", Level: Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging",
			Title: "keeps to startIndex and count",
			Why:   "Account discovery pages through all users.",
			Fix:   "Count from 1 and never return more than count; totalResults is the true total.",
		},
	}
}
