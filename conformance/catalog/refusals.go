package catalog

// refusals are the checks of requests that PATCH must reject.
func refusals() []Check {
	return []Check{
		{
			ID: "ATT-012", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Title: "applies all operations of a PATCH or none",
			Why:   "After a partial PATCH, nobody knows what the account may do.",
			Fix:   "Apply all operations to a copy. Store the copy only when every operation succeeded.",
		},
		{
			ID: "ATT-023", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-126", Cause: "read-only",
			Title: "rejects the removal of userName",
			Why:   "A user without userName can no longer be found.",
			Fix:   "Return 400 with scimType mutability when a required attribute would lose its value.",
		},
		{
			ID: "ATT-024", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-117", Cause: "read-only",
			Title: "rejects a change of id",
			Why:   "Entra stores the id, so it must never change.",
			Fix:   "Return 400 for an operation on a read-only attribute, preferably with scimType mutability.",
		},
		{
			ID: "ATT-031", Level: Must, Basis: rfc7644("3.12"), Rule: "R-133", Cause: "error-format",
			Title: "rejects a value of the wrong type with 400",
			Why:   "Entra retries a 500 cycle after cycle. A 400 says what to correct.",
			Fix:   "Check the type before you write. Return 400, preferably with scimType invalidValue.",
		},
		{
			ID: "ATT-032", Level: Must, Basis: rfc7644("3.12"), Rule: "R-133", Cause: "error-format",
			Title: "rejects an invalid path with 400",
			Why:   "A success for a path that was not understood goes unnoticed.",
			Fix:   "Parse the path first. If that fails, return 400, preferably with scimType invalidPath.",
		},
		{
			ID: "ATT-033", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-114", Cause: "error-format",
			Title: "handles an empty list of operations without a server error",
			Why:   "Validators send it. A crash looks like an outage.",
			Fix:   "Return 400 invalidSyntax, or return 204 and do nothing.",
		},
	}
}
