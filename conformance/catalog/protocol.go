package catalog

// protocol are the checks of errors, authentication and media types.
func protocol() []Check {
	return []Check{
		{
			ID: "HTP-001", Level: Must, Basis: rfc7644("3.12"), Rule: "R-144", Cause: "error-format",
			Title: "returns 404 with a SCIM error for an unknown id",
			Why:   "The provisioning log shows the error body. HTML helps nobody there.",
			Fix:   "Return a SCIM error object for every error, with status as a string.",
		},
		{
			ID: "HTP-004", Level: Should, Basis: rfc7644("3.12"), Rule: "R-145", Cause: "error-format",
			Title: "uses only RFC 7644 keywords for scimType",
			Why:   "Clients decide what to do by this keyword. A custom keyword tells them nothing.",
			Fix:   "Use a keyword from RFC 7644 table 9, or omit scimType and put the rest in detail.",
		},
		{
			ID: "HTP-002", Level: Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "authentication",
			Title: "rejects requests without a token",
			Why:   "An open endpoint exposes every account.",
			Fix:   "Return 401 with WWW-Authenticate when the token is missing.",
		},
		{
			ID: "HTP-009", Level: Must, Basis: Basis{RFC, "RFC 8725 section 3.3", "https://www.rfc-editor.org/rfc/rfc8725#section-3.3"}, Rule: "R-150", Cause: "authentication",
			Title: "rejects forged tokens that claim to come from Microsoft",
			Why:   "Without a secret, Entra sends its own token. If the signature is not verified, anyone can forge one.",
			Fix:   "Verify signature, issuer, audience and expiry of a JWT with the issuer's published keys. Accept only RS256. Return 401 otherwise.",
		},
		{
			ID: "HTP-003", Level: Must, Basis: rfc7644("3.8"), Rule: "R-82", Cause: "media-type",
			Title: "returns responses with Content-Type application/scim+json",
			Why:   "Microsoft asks for this media type in all responses.",
			Fix:   "Set Content-Type to application/scim+json.",
		},
	}
}
