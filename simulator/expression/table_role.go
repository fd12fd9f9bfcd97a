package expression

func roleTable() []Function {
	sample := []AppRole{{ID: "1", Value: "Admin", DisplayName: "Administrator"}, {ID: "2", Value: "User", DisplayName: "Member"}}
	return []Function{
		{
			Name: "AppRoleAssignments", Parameters: parameters("source"), Rule: "E-209", call: roleValues, check: checkRole,
			Evidence: EvidenceInferred, Source: pageGraph,
			Doc:     "Gives the values of all app roles of a user; Microsoft Graph lists it, no page describes it.",
			Example: example(`AppRoleAssignments([appRoleAssignments])`, `["Admin", "User"]`, roleAttribute, sample),
			Chosen:  []string{"no roles give null"},
		},
		{
			Name: "AppRoleAssignmentsComplex", Parameters: parameters("source"), Rule: "E-161", call: allRoles, check: checkRole,
			Doc: "Gives all app roles of a user, none of them primary; roles are only ever added in the target.",
			Example: example(`AppRoleAssignmentsComplex([appRoleAssignments])`,
				`[{"id":"1","value":"Admin","displayName":"Administrator"}, {"id":"2","value":"User","displayName":"Member"}]`, roleAttribute, sample),
			Chosen: []string{"no roles give null"},
		},
		{
			Name: "AssertiveAppRoleAssignmentsComplex", Parameters: parameters("source"), Rule: "E-162", call: assertedRoles, check: checkRole,
			Source: pageAttributes + "#provisioning-a-role-to-a-scim-app",
			Doc:    "Gives all app roles of a user; the target's roles are replaced by them.",
			Example: example(`AssertiveAppRoleAssignmentsComplex([appRoleAssignments])`,
				`[{"id":"1","value":"Admin","displayName":"Administrator"}, {"id":"2","value":"User","displayName":"Member"}]`, roleAttribute, sample),
			Chosen: []string{"no roles give an empty list, which takes all roles away"},
		},
		{
			Name: "SingleAppRoleAssignment", Parameters: parameters("source"), Rule: "E-200", call: singleRole, check: checkRole,
			Doc:     "Gives the value of the one app role of a user; not meant for users with several.",
			Example: example(`SingleAppRoleAssignment([appRoleAssignments])`, `"Admin"`, roleAttribute, sample[:1]),
			Chosen:  []string{"of several roles the first by the time of assignment, with a warning; no roles give null"},
		},
	}
}

// graphTable holds what the function list of Microsoft Graph has besides, without
// saying more than names and parameters (E-209).
func graphTable() []Function {
	return []Function{
		{
			Name: "IsNothing", Group: GroupLogic, Parameters: parameters("source:Expression"), Rule: "E-209", call: isNull,
			Evidence: EvidenceInferred, Source: pageGraph,
			Doc:     "Gives True if the value is null; Microsoft Graph lists it, no page describes it.",
			Example: example(`IsNothing([displayName])`, `True`),
			Chosen:  []string{"it is taken for IsNull"},
		},
		{
			Name: "Prepend", Group: GroupText, Parameters: parameters("prefix", "source"), Rule: "E-209", call: prependText,
			Evidence: EvidenceInferred, Source: pageGraph,
			Doc:     "Puts the prefix before the source; Microsoft Graph lists it, no page describes it.",
			Example: example(`Prepend("SMTP:", [mail])`, `"SMTP:a@contoso.com"`, "mail", "a@contoso.com"),
			Chosen:  []string{"it is taken for the counterpart of Append: a source that is null stays null"},
		},
	}
}

// refusedTable holds what Microsoft documents for other kinds of provisioning.
func refusedTable() []Function {
	return []Function{
		{
			Name: "SelectUniqueValue", Parameters: parameters("uniqueValueRule1", "uniqueValueRule..."), Rule: "E-199",
			Doc:     "Gives the first value that is unique in the target.",
			Refused: "it works for HR and API-driven provisioning to Active Directory only, where it searches the directory; give the attribute one rule",
		},
	}
}
