package catalog

// attributes are the checks of RFC 7644 PATCH of users.
func attributes() []Check {
	return []Check{
		{
			ID: "ATT-001", Suite: "attributes", Level: Entra, Basis: compatibility(), Rule: "R-184", Cause: "letter-case-op",
			Title: "takes op in capitals: Replace",
			Why:   "Entra writes Add, Replace and Remove; every update depends on it.",
			Fix:   "Fold the letter case of op before you look at it.",
		},
		{
			ID: "ATT-002", Suite: "attributes", Level: Entra, Basis: compatibility(), Rule: "R-187", Cause: "string-booleans",
			Title: "disables a user by active as the string \"False\"",
			Why:   "Without the feature flag leavers are disabled like this; a refusal keeps them active.",
			Fix:   "Read \"True\" and \"False\" as Booleans where the attribute is a Boolean, and store a Boolean.",
		},
		{
			ID: "ATT-003", Suite: "attributes", Level: Entra, Basis: microsoft(), Rule: "R-183", Cause: "patch-support",
			Title: "enables a disabled user again",
			Why:   "A returning employee is enabled by PATCH, never created again.",
			Fix:   "Let active be patched in both directions, like every mapped attribute.",
		},
		{
			ID: "ATT-004", Suite: "attributes", Level: Entra, Basis: observed("better-auth issue 10682", "https://github.com/better-auth/better-auth/issues/10682"), Rule: "R-75", Cause: "unknown-attributes",
			Title: "carries out a deactivation beside an attribute it does not know",
			Why:   "All changes of a user travel in one PATCH; one refusal keeps the leaver active.",
			Fix:   "Ignore attributes outside your schema instead of refusing the whole request.",
		},
		{
			ID: "ATT-005", Suite: "attributes", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-130", Cause: "value-filters",
			Title: "replaces the work e-mail by its type and leaves the others",
			Why:   "This is how Entra changes e-mail, telephone and address.",
			Fix:   "Support value filters in paths, and change only the sub-attribute named.",
		},
		{
			ID: "ATT-006", Suite: "attributes", Level: Entra, Basis: microsoft(), Rule: "R-186", Cause: "value-filters-create",
			Title: "adds a telephone number of a type that is not there yet",
			Why:   "The first number of a user is added through the same filtered path.",
			Fix:   "Create the element that the filter describes when nothing matches.",
		},
		{
			ID: "ATT-007", Suite: "attributes", Level: Must, Basis: rfc7644("3.10"), Rule: "R-132", Cause: "extension",
			Title: "changes an enterprise attribute by its URN path",
			Why:   "Department and employee number are patched like this.",
			Fix:   "Split the path at the last colon; dots inside the URN separate nothing.",
		},
		{
			ID: "ATT-008", Suite: "attributes", Level: Entra, Basis: observed("Microsoft Q&A 188003", "https://learn.microsoft.com/en-us/answers/questions/188003/"), Rule: "R-189", Cause: "manager",
			Title: "takes a manager as a bare id and returns an object with value",
			Why:   "Entra sends the id as a string and needs {\"value\": id} back, or matching breaks.",
			Fix:   "Read a string for manager as manager.value.",
		},
		{
			ID: "ATT-009", Suite: "attributes", Level: Must, Basis: rfc7643("2.1"), Rule: "R-2", Cause: "letter-case-names",
			Title: "compares attribute names without regard to letter case",
			Why:   "Attribute names are spelled as the tenant maps them.",
			Fix:   "Look attribute names up without regard to letter case.",
		},
		{
			ID: "ATT-010", Suite: "attributes", Level: Entra, Basis: compatibility(), Rule: "R-185", Cause: "pathless",
			Title: "understands dotted and URN keys in a value without path",
			Why:   "With the feature flag all simple attributes come in one such object.",
			Fix:   "Treat the keys of a path-less value as paths.",
		},
		{
			ID: "ATT-011", Suite: "attributes", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-113", Cause: "patch-support",
			Title: "carries out several operations in order",
			Why:   "One PATCH holds all changes of a user.",
			Fix:   "Apply each operation to the result of the one before.",
		},
		{
			ID: "ATT-012", Suite: "attributes", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Title: "does all of a PATCH or nothing",
			Why:   "After a half-done PATCH nobody knows what the account is allowed to do.",
			Fix:   "Apply operations to a copy and store it only when all succeeded.",
		},
		{
			ID: "ATT-013", Suite: "attributes", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-125", Cause: "patch-support",
			Title: "removes an attribute",
			Why:   "A value that cannot be removed stays in the application for good.",
			Fix:   "Support remove with a path.",
		},
	}
}
