package catalog

// attributes are the checks of PATCH for users.
func attributes() []Check {
	return []Check{
		{
			ID: "ATT-001", Level: Entra, Basis: compatibility(), Rule: "R-184", Cause: "letter-case-op",
			Title: "accepts the capitalized op Replace",
			Why:   "Entra sends Add, Replace and Remove. Every update depends on them.",
			Fix:   "Fold the case of op before you compare it.",
		},
		{
			ID: "ATT-002", Level: Entra, Basis: compatibility(), Rule: "R-187", Cause: "string-booleans", Needs: []string{Filter},
			Title: "disables a user when active is the string \"False\"",
			Why:   "Without the feature flag, Entra disables leavers this way. If the request is rejected, they stay active.",
			Fix:   "Read \"True\" and \"False\" as Booleans for Boolean attributes, and store a Boolean.",
		},
		{
			ID: "ATT-003", Level: Entra, Basis: microsoft(), Rule: "R-183", Cause: "patch-support",
			Title: "re-enables a disabled user",
			Why:   "Entra enables a returning employee by PATCH and never creates the user again.",
			Fix:   "Let PATCH change active in both directions, like every mapped attribute.",
		},
		{
			ID: "ATT-004", Level: Entra, Basis: observed("better-auth issue 10682", "https://github.com/better-auth/better-auth/issues/10682"), Rule: "R-75", Cause: "unknown-attributes",
			Title: "applies a deactivation sent together with an unknown attribute",
			Why:   "Entra sends all changes to a user in one PATCH. If one attribute causes a rejection, the leaver stays active.",
			Fix:   "Ignore attributes outside your schema instead of rejecting the whole request.",
		},
		{
			ID: "ATT-005", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-130", Cause: "value-filters",
			Title: "replaces the work e-mail selected by type and keeps the others",
			Why:   "Entra changes e-mail addresses, telephone numbers and postal addresses this way.",
			Fix:   "Support value filters in paths. Change only the named sub-attribute.",
		},
		{
			ID: "ATT-006", Level: Entra, Basis: microsoft(), Rule: "R-186", Cause: "value-filters-create",
			Title: "adds a telephone number whose type does not exist yet",
			Why:   "Entra uses the same filtered path to add a user's first number.",
			Fix:   "If nothing matches the filter, create the element that it describes.",
		},
		{
			ID: "ATT-009", Level: Must, Basis: rfc7643("2.1"), Rule: "R-2", Cause: "letter-case-names",
			Title: "compares attribute names case-insensitively",
			Why:   "Attribute names are spelled as in the tenant's mapping.",
			Fix:   "Look up attribute names case-insensitively.",
		},
		{
			ID: "ATT-011", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-113", Cause: "patch-support",
			Title: "applies several operations in order",
			Why:   "One PATCH contains all changes to a user.",
			Fix:   "Apply each operation to the result of the previous one.",
		},
		{
			ID: "ATT-013", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-125", Cause: "patch-support",
			Title: "removes an attribute",
			Why:   "A value that cannot be removed stays in the application forever.",
			Fix:   "Support remove with a path.",
		},
		{
			ID: "ATT-014", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "pathless",
			Title: "applies a replace without a path and keeps other attributes",
			Why:   "Microsoft's validator sends changes in this form. So does Entra with the feature flag.",
			Fix:   "Merge the attributes of the value into the resource.",
		},
		{
			ID: "ATT-016", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-120", Cause: "patch-support",
			Title: "accepts add for an attribute without a value",
			Why:   "Entra sends add whenever the last read showed no value.",
			Fix:   "Treat add on a single-valued attribute like replace.",
		},
		{
			ID: "ATT-017", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-120", Cause: "patch-support",
			Title: "overwrites an existing value on add",
			Why:   "Entra does not use add and replace consistently.",
			Fix:   "Overwrite the value on add. Never insert a second one.",
		},
		{
			ID: "ATT-018", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-123", Cause: "unchanged",
			Title: "keeps lastModified when the value is already set",
			Why:   "A false change triggers more synchronization downstream.",
			Fix:   "Compare before you write. Keep meta when nothing changed.",
		},
		{
			ID: "ATT-019", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-118", Cause: "primary",
			Title: "moves primary when another e-mail becomes primary",
			Why:   "With two primary values, each read may pick a different address.",
			Fix:   "When one value becomes primary, set primary to false on the others.",
		},
		{
			ID: "ATT-020", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-121", Cause: "primary",
			Title: "adds a second e-mail and leaves the first unchanged and primary",
			Why:   "The sign-in address must not follow the last write.",
			Fix:   "Append the element as sent. Do not make it primary.",
		},
		{
			ID: "ATT-021", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-131", Cause: "value-filters-create",
			Title: "does not report success for a replace whose filter matched nothing, unless it created the value",
			Why:   "A success without effect goes unnoticed.",
			Fix:   "Return 400 noTarget, or create the element as Entra expects.",
		},
		{
			ID: "ATT-022", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-130", Cause: "value-filters",
			Title: "changes one part of an address and keeps the others",
			Why:   "Entra patches street, town and postal code separately.",
			Fix:   "Write only the sub-attribute that the path names.",
		},
		{
			ID: "ATT-026", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "clears an attribute that is set to null",
			Why:   "A value that cannot be cleared stays in the application forever.",
			Fix:   "Treat a replace with null as a remove.",
		},
		{
			ID: "ATT-027", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "clears a list that is set to []",
			Why:   "Clients send an empty list when a user no longer has a telephone number.",
			Fix:   "Treat a replace with an empty list as a remove.",
		},
		{
			ID: "ATT-030", Level: Entra, Basis: microsoft(), Rule: "R-183", Cause: "inactive-users",
			Title: "updates a disabled user",
			Why:   "Leavers are renamed, moved and re-enabled, all by PATCH.",
			Fix:   "Allow every change regardless of active.",
		},
		{
			ID: "ATT-035", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-126", Cause: "value-filters",
			Title: "removes only the value that a filter selects",
			Why:   "Removing the private address must keep the work address.",
			Fix:   "Remove exactly the elements that match the filter.",
		},
		{
			ID: "ATT-036", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-129", Cause: "patch-support",
			Title: "changes one part of the name and keeps the others",
			Why:   "A new family name must not delete the given name.",
			Fix:   "Merge the given sub-attributes into the complex value.",
		},
	}
}
