package catalog

// extension are the checks of PATCH for the enterprise extension.
func extension() []Check {
	return []Check{
		{
			ID: "ATT-007", Level: Must, Basis: rfc7644("3.10"), Rule: "R-132", Cause: "extension",
			Title: "changes an enterprise attribute by its URN path",
			Why:   "Entra patches department and employee number this way.",
			Fix:   "Split the path at the last colon. Dots inside the URN are not separators.",
		},
		{
			ID: "ATT-008", Level: Entra, Basis: validation(), Rule: "R-189", Cause: "manager",
			Title: "accepts a manager as a bare id and returns an object with value",
			Why:   "Entra sends the id as a string and needs {\"value\": id} back. Otherwise, matching fails.",
			Fix:   "Read a string manager as manager.value.",
		},
		{
			ID: "ATT-010", Level: Entra, Basis: compatibility(), Rule: "R-185", Cause: "pathless",
			Title: "accepts dotted and URN keys in a value without a path",
			Why:   "With the feature flag, all simple attributes arrive in one such object.",
			Fix:   "Treat the keys of a value without a path as paths.",
		},
		{
			ID: "ATT-015", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-124", Cause: "extension",
			Title: "accepts the enterprise extension as an object in a value without a path",
			Why:   "Some clients nest the extension. Entra's flag writes flat keys. Both forms are in use.",
			Fix:   "If the value of a URN key is an object, read that schema's attributes from it.",
		},
		{
			ID: "ATT-025", Level: Must, Basis: rfc7644("3.10"), Rule: "R-132", Cause: "extension",
			Title: "accepts a path that begins with the core URN",
			Why:   "Mappings of custom attributes spell out the core URN.",
			Fix:   "Strip the core schema URN from paths.",
		},
		{
			ID: "ATT-028", Level: Entra, Basis: microsoft(), Rule: "R-189", Cause: "manager",
			Title: "sets, changes and removes the manager by its path",
			Why:   "Managers change with every reorganisation. Entra sends the manager after both users exist.",
			Fix:   "Store manager.value under the enterprise URN, and let PATCH replace and remove it.",
		},
		{
			ID: "ATT-029", Level: Entra, Basis: observed("thomaspoignant/scim-patch issue 453", "https://github.com/thomaspoignant/scim-patch/issues/453"), Rule: "R-189", Cause: "manager",
			Title: "removes the manager by a path with a value filter",
			Why:   "Entra was observed to send removals in this form. A rejection stops the whole PATCH.",
			Fix:   "Treat manager[value eq \"…\"] as a condition on the single value.",
		},
	}
}
