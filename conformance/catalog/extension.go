package catalog

// extension are the checks of PATCH of the enterprise extension.
func extension() []Check {
	return []Check{
		{
			ID: "ATT-007", Level: Must, Basis: rfc7644("3.10"), Rule: "R-132", Cause: "extension",
			Title: "changes an enterprise attribute by its URN path",
			Why:   "Department and employee number are patched like this.",
			Fix:   "Split the path at the last colon; dots inside the URN separate nothing.",
		},
		{
			ID: "ATT-008", Level: Entra, Basis: validation(), Rule: "R-189", Cause: "manager",
			Title: "takes a manager as a bare id and returns an object with value",
			Why:   "Entra sends the id as a string and needs {\"value\": id} back, or matching breaks.",
			Fix:   "Read a string for manager as manager.value.",
		},
		{
			ID: "ATT-010", Level: Entra, Basis: compatibility(), Rule: "R-185", Cause: "pathless",
			Title: "understands dotted and URN keys in a value without path",
			Why:   "With the feature flag all simple attributes come in one such object.",
			Fix:   "Treat the keys of a path-less value as paths.",
		},
		{
			ID: "ATT-015", Level: Must, Basis: rfc7644("3.5.2.1"), Rule: "R-124", Cause: "extension",
			Title: "takes the enterprise extension as an object in a value without path",
			Why:   "Some clients nest the extension, Entra's flag writes its keys flat; both are in use.",
			Fix:   "Treat a URN key whose value is an object as the container of its attributes.",
		},
		{
			ID: "ATT-025", Level: Must, Basis: rfc7644("3.10"), Rule: "R-132", Cause: "extension",
			Title: "understands a path that begins with the core URN",
			Why:   "Mappings of custom attributes name the core URN in full.",
			Fix:   "Strip the URN of the core schema from paths.",
		},
		{
			ID: "ATT-028", Level: Entra, Basis: microsoft(), Rule: "R-189", Cause: "manager",
			Title: "sets, changes and removes the manager by its path",
			Why:   "Managers change with every reorganisation, and are sent after both users exist.",
			Fix:   "Keep manager.value under the enterprise URN, and let it be replaced and removed.",
		},
		{
			ID: "ATT-029", Level: Entra, Basis: observed("thomaspoignant/scim-patch issue 453", "https://github.com/thomaspoignant/scim-patch/issues/453"), Rule: "R-189", Cause: "manager",
			Title: "removes the manager by a path with a value filter",
			Why:   "Removals in this form were seen from Entra; a refusal stops the whole PATCH.",
			Fix:   "Take manager[value eq \"…\"] for a condition on the one value.",
		},
	}
}
