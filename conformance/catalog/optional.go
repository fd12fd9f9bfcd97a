package catalog

func rfc9865(section string) Basis {
	return Basis{RFC, "RFC 9865 section " + section, "https://www.rfc-editor.org/rfc/rfc9865#section-" + section}
}

// optionalQueries are checks of what a target announces, or may refuse.
func optionalQueries() []Check {
	return []Check{
		{
			ID: "QRY-025", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-89", Cause: "filter",
			Title: "binds and more tightly than or, or refuses a filter with or",
			Why:   "Entra sends no or; a filter that finds too many or too few is worse than one that is refused.",
			Fix:   "Give and a higher precedence than or, or answer 400 invalidFilter.",
		},
		{
			ID: "QRY-026", Level: Must, Basis: rfc7644("3.4.2.3"), Rule: "R-98", Cause: "optional",
			Title: "sorts by displayName without regard to letter case, when it announces sorting",
			Why:   "Entra does not sort; a client that trusts the announcement reads a wrong order.",
			Fix:   "Apply sortBy and sortOrder with the case rule of the attribute, or announce sort.supported false.",
		},
		{
			ID: "QRY-027", Level: Must, Basis: rfc9865("2"), Rule: "R-174", Cause: "optional",
			Title: "gives every user once in a walk by cursors that ends, when it announces them",
			Why:   "A walk that begins again or never ends stops the discovery of accounts.",
			Fix:   "Let a cursor name the place behind the last resource, and leave nextCursor out on the last page.",
		},
	}
}

// optionalProtocol are the same for entity tags and bulk requests.
func optionalProtocol() []Check {
	return []Check{
		{
			ID: "HTP-012", Level: Must, Basis: rfc7644("3.14"), Rule: "R-149", Cause: "optional", Needs: []string{Patch},
			Title: "refuses a change with an If-Match of an older version, when it announces entity tags",
			Why:   "Whoever sends If-Match wants to lose no change of somebody else.",
			Fix:   "Compare If-Match with the version now, and answer 412.",
		},
		{
			ID: "HTP-010", Level: Must, Basis: rfc7644("3.7.2"), Rule: "R-139", Cause: "optional", Needs: []string{GroupsHere},
			Title: "resolves a bulkId in the members of a group, when it announces bulk requests",
			Why:   "A group and its members made in one request come out without them.",
			Fix:   "Put the id of what an operation made in the place of its bulkId everywhere, or announce bulk.supported false.",
		},
		{
			ID: "HTP-011", Level: Must, Basis: rfc7644("3.7.4"), Rule: "R-142", Cause: "optional",
			Title: "refuses a bulk request with more operations than it announces",
			Why:   "What lies behind the limit is lost when nobody says so.",
			Fix:   "Answer 413 when there are more than bulk.maxOperations.",
		},
	}
}
