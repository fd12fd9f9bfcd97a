package catalog

func rfc9865(section string) Basis {
	return Basis{RFC, "RFC 9865 section " + section, "https://www.rfc-editor.org/rfc/rfc9865#section-" + section}
}

// optionalQueries are the checks of query features that are optional.
func optionalQueries() []Check {
	return []Check{
		{
			ID: "QRY-025", Level: Must, Basis: rfc7644("3.4.2.2"), Rule: "R-89", Cause: "filter",
			Title: "gives `and` precedence over `or`, or rejects filters with `or`",
			Why:   "Entra never sends `or`. A filter with too many or too few matches is worse than a rejected one.",
			Fix:   "Give `and` a higher precedence than `or`, or return 400 invalidFilter.",
		},
		{
			ID: "QRY-026", Level: Must, Basis: rfc7644("3.4.2.3"), Rule: "R-98", Cause: "optional",
			Title: "sorts by displayName case-insensitively, if it announces sorting",
			Why:   "Entra does not sort. A client that trusts the announcement gets the wrong order.",
			Fix:   "Apply sortBy and sortOrder with the attribute's case rule, or announce sort.supported as false.",
		},
		{
			ID: "QRY-027", Level: Must, Basis: rfc9865("2"), Rule: "R-174", Cause: "optional",
			Title: "returns every user once by cursor and then stops, if it announces cursors",
			Why:   "If paging restarts or never ends, account discovery stops.",
			Fix:   "Let a cursor mark the position after the last resource. Omit nextCursor on the last page.",
		},
	}
}

// optionalProtocol are the checks of entity tags and bulk requests.
func optionalProtocol() []Check {
	return []Check{
		{
			ID: "HTP-012", Level: Must, Basis: rfc7644("3.14"), Rule: "R-149", Cause: "optional", Needs: []string{Patch},
			Title: "rejects a change whose If-Match names an older version, if it announces entity tags",
			Why:   "A client sends If-Match to avoid overwriting other changes.",
			Fix:   "Compare If-Match with the current version, and return 412.",
		},
		{
			ID: "HTP-010", Level: Must, Basis: rfc7644("3.7.2"), Rule: "R-139", Cause: "optional", Needs: []string{GroupsHere},
			Title: "resolves a bulkId in group members, if it announces bulk requests",
			Why:   "Otherwise, a group created together with its members ends up without them.",
			Fix:   "Replace every bulkId with the id of the created resource, or announce bulk.supported as false.",
		},
		{
			ID: "HTP-011", Level: Must, Basis: rfc7644("3.7.4"), Rule: "R-142", Cause: "optional",
			Title: "rejects a bulk request with more operations than it announces",
			Why:   "Operations beyond the limit are lost if no error is returned.",
			Fix:   "Return 413 when a request exceeds bulk.maxOperations.",
		},
	}
}
