package catalog

// attributes are the checks of RFC 7644 PATCH of users.
func attributes() []Check {
	return []Check{
		{
			ID: "ATT-001", Level: Entra, Basis: compatibility(), Rule: "R-184", Cause: "letter-case-op",
			Title: "takes op in capitals: Replace",
			Why:   "Entra writes Add, Replace and Remove; every update depends on it.",
			Fix:   "Fold the letter case of op before you look at it.",
		},
		{
			ID: "ATT-002", Level: Entra, Basis: compatibility(), Rule: "R-187", Cause: "string-booleans", Needs: []string{Filter},
			Title: "disables a user by active as the string \"False\"",
			Why:   "Without the feature flag leavers are disabled like this; a refusal keeps them active.",
			Fix:   "Read \"True\" and \"False\" as Booleans where the attribute is a Boolean, and store a Boolean.",
		},
		{
			ID: "ATT-003", Level: Entra, Basis: microsoft(), Rule: "R-183", Cause: "patch-support",
			Title: "enables a disabled user again",
			Why:   "A returning employee is enabled by PATCH, never created again.",
			Fix:   "Let active be patched in both directions, like every mapped attribute.",
		},
		{
			ID: "ATT-004", Level: Entra, Basis: observed("better-auth issue 10682", "https://github.com/better-auth/better-auth/issues/10682"), Rule: "R-75", Cause: "unknown-attributes",
			Title: "carries out a deactivation beside an attribute it does not know",
			Why:   "All changes of a user travel in one PATCH; one refusal keeps the leaver active.",
			Fix:   "Ignore attributes outside your schema instead of refusing the whole request.",
		},
		{
			ID: "ATT-005", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-130", Cause: "value-filters",
			Title: "replaces the work e-mail by its type and leaves the others",
			Why:   "This is how Entra changes e-mail, telephone and address.",
			Fix:   "Support value filters in paths, and change only the sub-attribute named.",
		},
		{
			ID: "ATT-006", Level: Entra, Basis: microsoft(), Rule: "R-186", Cause: "value-filters-create",
			Title: "adds a telephone number of a type that is not there yet",
			Why:   "The first number of a user is added through the same filtered path.",
			Fix:   "Create the element that the filter describes when nothing matches.",
		},
		{
			ID: "ATT-009", Level: Must, Basis: rfc7643("2.1"), Rule: "R-2", Cause: "letter-case-names",
			Title: "compares attribute names without regard to letter case",
			Why:   "Attribute names are spelled as the tenant maps them.",
			Fix:   "Look attribute names up without regard to letter case.",
		},
		{
			ID: "ATT-011", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-113", Cause: "patch-support",
			Title: "carries out several operations in order",
			Why:   "One PATCH holds all changes of a user.",
			Fix:   "Apply each operation to the result of the one before.",
		},
		{
			ID: "ATT-013", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-125", Cause: "patch-support",
			Title: "removes an attribute",
			Why:   "A value that cannot be removed stays in the application for good.",
			Fix:   "Support remove with a path.",
		},
		{
			ID: "ATT-014", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "pathless",
			Title: "carries out a replace without path and leaves the rest alone",
			Why:   "Microsoft's validator and the feature flag send changes in this form.",
			Fix:   "Merge the attributes of the value into the resource.",
		},
		{
			ID: "ATT-016", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-120", Cause: "patch-support",
			Title: "takes add for an attribute without a value",
			Why:   "Entra sends add whenever the last read showed no value.",
			Fix:   "Treat add on an attribute with one value like replace.",
		},
		{
			ID: "ATT-017", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-120", Cause: "patch-support",
			Title: "takes add for an attribute that has a value and overwrites it",
			Why:   "Add and replace are not used consistently by Entra.",
			Fix:   "Overwrite the value on add; never insert a second one.",
		},
		{
			ID: "ATT-018", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-123", Cause: "unchanged",
			Title: "leaves lastModified alone when the value is there already",
			Why:   "Changes that are none start synchronizations of their own downstream.",
			Fix:   "Compare before you write, and keep meta when nothing changed.",
		},
		{
			ID: "ATT-019", Level: Must, Basis: rfc7644("3.5.2"), Rule: "R-118", Cause: "primary",
			Title: "moves primary when another e-mail becomes primary",
			Why:   "With two primaries each read may pick another address.",
			Fix:   "Set primary of the other values to false when one becomes true.",
		},
		{
			ID: "ATT-020", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-121", Cause: "primary",
			Title: "adds a second e-mail without touching the first, which stays primary",
			Why:   "The address people sign in with must not follow the last write.",
			Fix:   "Append the element as it is; promote nothing.",
		},
		{
			ID: "ATT-021", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-131", Cause: "value-filters-create",
			Title: "does not report success for a replace by a filter that matched nothing, unless it made the value",
			Why:   "Success without effect is never noticed.",
			Fix:   "Answer 400 noTarget, or create the element as Entra expects.",
		},
		{
			ID: "ATT-022", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-130", Cause: "value-filters",
			Title: "changes one part of an address and keeps the others",
			Why:   "Entra patches street, town and postal code one by one.",
			Fix:   "Write only the sub-attribute that the path names.",
		},
		{
			ID: "ATT-026", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "unassigns an attribute that is set to null",
			Why:   "A value that cannot be cleared stays in the application for good.",
			Fix:   "Take null in replace for remove.",
		},
		{
			ID: "ATT-027", Level: Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "unassigns a list that is set to []",
			Why:   "An empty list is how a client says that nobody has a telephone any more.",
			Fix:   "Take an empty list in replace for remove.",
		},
		{
			ID: "ATT-030", Level: Entra, Basis: microsoft(), Rule: "R-183", Cause: "inactive-users",
			Title: "changes a user who is disabled",
			Why:   "Leavers are renamed, moved and enabled again; all of that is PATCH.",
			Fix:   "Allow every change whatever active is.",
		},
		{
			ID: "ATT-035", Level: Must, Basis: rfc7644("3.5.2.2"), Rule: "R-126", Cause: "value-filters",
			Title: "removes the value that a filter selects, and only that",
			Why:   "Removing the private address must leave the work address.",
			Fix:   "Remove exactly the elements that match the filter.",
		},
		{
			ID: "ATT-036", Level: Must, Basis: rfc7644("3.5.2.3"), Rule: "R-129", Cause: "patch-support",
			Title: "changes one part of the name and keeps the others",
			Why:   "A new family name must not cost the given name.",
			Fix:   "Merge the sub-attributes that are given into the complex value.",
		},
	}
}
