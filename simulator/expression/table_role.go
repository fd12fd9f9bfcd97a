package expression

func roleTable() []Function {
	sample := []AppRole{{ID: "1", Value: "Admin", DisplayName: "Administrator"}, {ID: "2", Value: "User", DisplayName: "Member"}}
	return []Function{
		{
			Name: "AppRoleAssignments", Parameters: parameters("source"), Rule: "E-209", call: roleValues, check: checkRole,
			Evidence: EvidenceInferred, Source: pageGraph,
			Doc:     "Returns the values of all app roles of a user. Microsoft Graph lists the function, but no page describes it.",
			Example: example(`AppRoleAssignments([appRoleAssignments])`, `["Admin", "User"]`, roleAttribute, sample),
			Chosen:  []string{"without roles, the result is null"},
		},
		{
			Name: "AppRoleAssignmentsComplex", Parameters: parameters("source"), Rule: "E-161", call: allRoles, check: checkRole,
			Doc: "Returns all app roles of a user, none of them primary. The target only ever gains roles.",
			Example: example(`AppRoleAssignmentsComplex([appRoleAssignments])`,
				`[{"id":"1","value":"Admin","displayName":"Administrator"}, {"id":"2","value":"User","displayName":"Member"}]`, roleAttribute, sample),
			Chosen: []string{"without roles, the result is null"},
		},
		{
			Name: "AssertiveAppRoleAssignmentsComplex", Parameters: parameters("source"), Rule: "E-162", call: assertedRoles, check: checkRole,
			Source: pageAttributes + "#provisioning-a-role-to-a-scim-app",
			Doc:    "Returns all app roles of a user. They replace the roles in the target.",
			Example: example(`AssertiveAppRoleAssignmentsComplex([appRoleAssignments])`,
				`[{"id":"1","value":"Admin","displayName":"Administrator"}, {"id":"2","value":"User","displayName":"Member"}]`, roleAttribute, sample),
			Chosen: []string{"without roles, the result is an empty list, which removes all roles"},
		},
		{
			Name: "SingleAppRoleAssignment", Parameters: parameters("source"), Rule: "E-200", call: singleRole, check: checkRole,
			Doc:     "Returns the display name of the single app role of a user. It is not meant for users with several roles.",
			Example: example(`SingleAppRoleAssignment([appRoleAssignments])`, `"Administrator"`, roleAttribute, sample[:1]),
			Chosen:  []string{"with several roles, the first assigned role is returned, with a warning, or by option severalRoles an error (A-55); without roles, the result is null", "option singleRole returns the value of the role (A-54)"},
		},
	}
}

// graphTable contains further functions in the list of Microsoft Graph, which documents only
// their names and parameters (E-209).
func graphTable() []Function {
	return []Function{
		{
			Name: "IsNothing", Group: GroupLogic, Parameters: parameters("source:Expression"), Rule: "E-209", call: isNull,
			Evidence: EvidenceInferred, Source: pageGraph,
			Doc:     "Returns True if the value is null. Microsoft Graph lists the function, but no page describes it.",
			Example: example(`IsNothing([displayName])`, `True`),
			Chosen:  []string{"treated like IsNull"},
		},
		{
			Name: "Prepend", Group: GroupText, Parameters: parameters("prefix", "source"), Rule: "E-209", call: prependText,
			Evidence: EvidenceInferred, Source: pageGraph,
			Doc:     "Adds the prefix to the start of the source. Microsoft Graph lists the function, but no page describes it.",
			Example: example(`Prepend("SMTP:", [mail])`, `"SMTP:a@contoso.com"`, "mail", "a@contoso.com"),
			Chosen:  []string{"treated as the counterpart of Append: a null source returns null"},
		},
	}
}

// refusedTable contains functions that Microsoft documents for other kinds of provisioning.
func refusedTable() []Function {
	return []Function{
		{
			Name: "SelectUniqueValue", Parameters: parameters("uniqueValueRule1", "uniqueValueRule..."), Rule: "E-199",
			Doc:     "Returns the first value that is unique in the target.",
			Refused: "it works only for HR and API-driven provisioning to Active Directory, where it searches the directory. Use a single rule for the attribute",
		},
	}
}
