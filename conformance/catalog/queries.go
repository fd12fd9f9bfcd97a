package catalog

// userQueries are the checks of queries for users.
func userQueries() []Check {
	return []Check{
		{
			ID: "QRY-001", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Title: "finds a user by userName and nobody else",
			Why:   "Every first contact with a user is this query; two results stop the user.",
			Fix:   "Apply the filter; return a ListResponse with the matches only.",
		},
		{
			ID: "QRY-002", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-93", Cause: "letter-case",
			Title: "compares userName without regard to letter case",
			Why:   "A user that is not found is created, and that ends in a conflict each cycle.",
			Fix:   "Fold letter case on both sides when you filter userName.",
		},
		{
			ID: "QRY-003", Level: Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "filter",
			Title: "answers a query without a match with 200 and an empty list",
			Why:   "A 404 here puts the whole job in quarantine.",
			Fix:   "Answer 200 with totalResults 0.",
		},
		{
			ID: "QRY-004", Level: Entra, Basis: microsoft(), Rule: "R-178", Cause: "filter",
			Title: "finds a user by externalId and nobody else",
			Why:   "Many tenants match by externalId; a filter that is ignored updates the wrong user.",
			Fix:   "Filter by every attribute that can be a matching attribute, or answer 400 invalidFilter.",
		},
		{
			ID: "QRY-005", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-89", Cause: "filter",
			Title: "understands and in a filter",
			Why:   "Entra uses eq and and; reference checks join two conditions.",
			Fix:   "Support and between comparisons.",
		},
		{
			ID: "QRY-007", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-91", Cause: "filter",
			Title: "refuses a filter it cannot read with 400 invalidFilter",
			Why:   "An unfiltered list in answer to a bad filter is taken for matches.",
			Fix:   "Answer 400 with scimType invalidFilter when a filter cannot be parsed.",
		},
		{
			ID: "QRY-008", Level: Entra, Basis: microsoft(), Rule: "E-101", Cause: "filter",
			Title: "finds a user by the work e-mail",
			Why:   "Tenants may match by e-mail instead of userName.",
			Fix:   "Support emails[type eq \"work\"].value eq \"…\" in filters.",
		},
		{
			ID: "QRY-010", Level: Entra, Basis: compatibility(), Rule: "R-84", Cause: "query-parameters",
			Title: "passes over the flag aadOptscim062020 in the URL",
			Why:   "Admins put the flag behind the tenant URL, and it can reach you in any request.",
			Fix:   "Ignore query parameters that you do not know.",
		},
		{
			ID: "QRY-011", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-87", Cause: "letter-case-names",
			Title: "understands USERNAME Eq in a filter",
			Why:   "Names and operators are spelled as the tenant maps them.",
			Fix:   "Compare attribute names and operators of filters without regard to letter case.",
		},
	}
}

// groupQueries are the checks of queries for groups.
func groupQueries() []Check {
	return []Check{
		{
			ID: "QRY-006", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter",
			Title: "finds a group by displayName and nobody else",
			Why:   "Groups are matched by name; a wrong match mixes the members of two groups.",
			Fix:   "Apply the filter on groups as on users.",
		},
		{
			ID: "QRY-014", Level: Entra, Basis: microsoft(), Rule: "R-167", Cause: "filter",
			Title: "finds a group by externalId and nobody else",
			Why:   "Groups may be matched by externalId, so that a rename does not matter.",
			Fix:   "Filter groups by externalId as well as by displayName.",
		},
		{
			ID: "QRY-015", Level: Entra, Basis: microsoft(), Rule: "W-21", Cause: "filter",
			Title: "answers whether somebody is a member by id and members",
			Why:   "Microsoft's page lets a client ask id eq \"…\" and members eq \"…\" instead of reading a large group; older jobs do.",
			Fix:   "Support and between id and members in filters of groups.",
		},
	}
}

// paging are the checks of pages.
func paging() []Check {
	return []Check{
		{
			ID: "QRY-009", Level: Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging",
			Title: "keeps to startIndex and count",
			Why:   "Account discovery pages through all users.",
			Fix:   "Count from 1 and never return more than count; totalResults is the true total.",
		},
		{
			ID: "QRY-016", Level: Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging",
			Title: "takes a negative count for 0",
			Why:   "A client that counts down must get an empty page, no crash.",
			Fix:   "Take count below 0 for 0, and startIndex below 1 for 1.",
		},
	}
}

// projections are the checks of attributes and excludedAttributes.
func projections() []Check {
	return []Check{
		{
			ID: "QRY-012", Level: Must, Basis: rfc7643("7"), Rule: "R-70", Cause: "projection",
			Title: "returns the id whatever is excluded",
			Why:   "Without the id there is nothing to link to.",
			Fix:   "Always return id and schemas.",
		},
		{
			ID: "QRY-013", Level: Must, Basis: rfc7644("3.9"), Rule: "R-102", Cause: "projection",
			Title: "leaves out of a user what excludedAttributes names, and nothing else",
			Why:   "Clients leave out what is large or private.",
			Fix:   "Apply excludedAttributes to users as to groups.",
		},
	}
}
