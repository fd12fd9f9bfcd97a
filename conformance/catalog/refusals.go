package catalog

// refusals are the checks of what a PATCH must not do.
func refusals() []Check {
	return []Check{
		{
			ID: "ATT-012", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Title: "does all of a PATCH or nothing",
			Why:   "After a half-done PATCH nobody knows what the account is allowed to do.",
			Fix:   "Apply operations to a copy and store it only when all succeeded.",
		},
		{
			ID: "ATT-023", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-126", Cause: "read-only",
			Title: "refuses to remove userName",
			Why:   "A user without userName cannot be found any more.",
			Fix:   "Answer 400 when a required attribute would lose its value, with scimType mutability.",
		},
		{
			ID: "ATT-024", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-117", Cause: "read-only",
			Title: "refuses to change the id",
			Why:   "The id is what Entra keeps; nobody may change it.",
			Fix:   "Answer 400 to an operation on a read-only attribute, best with scimType mutability.",
		},
		{
			ID: "ATT-031", Level: Must, Basis: rfc7644("3.12"), Rule: "R-133", Cause: "error-format",
			Title: "refuses a value of the wrong type with 400",
			Why:   "A 500 is tried again cycle after cycle; a 400 says what to correct.",
			Fix:   "Check the type before you write, and answer 400, best with scimType invalidValue.",
		},
		{
			ID: "ATT-032", Level: Must, Basis: rfc7644("3.12"), Rule: "R-133", Cause: "error-format",
			Title: "refuses a path it cannot read with 400",
			Why:   "Success for a path that was not understood is never noticed.",
			Fix:   "Parse the path first, and answer 400 when that fails, best with scimType invalidPath.",
		},
		{
			ID: "ATT-033", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-114", Cause: "error-format",
			Title: "answers an empty list of operations without an error of its own",
			Why:   "Validators send it; a crash there looks like an outage.",
			Fix:   "Answer 400 invalidSyntax, or 204 and do nothing.",
		},
	}
}
