package catalog

// protocol are the checks of RFC 7644 errors and access.
func protocol() []Check {
	return []Check{
		{
			ID: "HTP-001", Level: Must, Basis: rfc7644("3.12"), Rule: "R-144", Cause: "error-format",
			Title: "answers for an unknown id with 404 and a SCIM error",
			Why:   "The provisioning log shows the error body; HTML there helps nobody.",
			Fix:   "Answer every error with a SCIM error object, status as a string.",
		},
		{
			ID: "HTP-004", Level: Should, Basis: rfc7644("3.12"), Rule: "R-145", Cause: "error-format",
			Title: "uses only the words of RFC 7644 for scimType",
			Why:   "Clients choose what to do by this word; one of your own tells them nothing.",
			Fix:   "Use a word of RFC 7644 table 9, or leave scimType out and say the rest in detail.",
		},
		{
			ID: "HTP-002", Level: Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "authentication",
			Title: "lets nobody in without a token",
			Why:   "An open endpoint gives away every account.",
			Fix:   "Answer 401 with WWW-Authenticate when the token is missing.",
		},
		{
			ID: "HTP-009", Level: Must, Basis: Basis{RFC, "RFC 8725 section 3.3", "https://www.rfc-editor.org/rfc/rfc8725#section-3.3"}, Rule: "R-150", Cause: "authentication",
			Title: "refuses tokens that say they come from Microsoft and are signed by nobody",
			Why:   "Without a secret Entra sends a token of its own; where its signature is not checked, anybody can write one.",
			Fix:   "Verify signature, issuer, audience and expiry of a JWT with the issuer's published keys, take RS256 only, and answer 401.",
		},
		{
			ID: "HTP-003", Level: Must, Basis: rfc7644("3.8"), Rule: "R-82", Cause: "media-type",
			Title: "labels answers as application/scim+json",
			Why:   "Microsoft asks for this media type in all answers.",
			Fix:   "Set Content-Type to application/scim+json.",
		},
	}
}
