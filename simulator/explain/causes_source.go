package explain

// matchingCauses concern the search for the object in the endpoint.
func matchingCauses() []Cause {
	return []Cause{
		{
			Key: Conflict, What: "The endpoint already has such an object, and the service did not find it.",
			Why:   "The query for the matching attribute found nothing, and then the endpoint responded with 409. The name belongs to an object that the query does not find: it differs in value, is disabled, or is hidden.",
			Rules: []string{"E-102", "E-242", "A-30"},
			Remedies: []Remedy{
				{Endpoint, "Find the existing object. Return disabled objects in queries, and compare userName without regard to letter case."},
				{Mapping, "Match by the attribute that the endpoint keeps unique."},
				{Entra, "If the other object is a leftover, remove it, then provision on demand."},
			},
		},
		{
			Key: DuplicateTarget, What: "Several objects in the endpoint match, so the service writes to none.",
			Why:   "The query for the matching attribute returned more than one object.",
			Rules: []string{"E-96", "A-34"},
			Remedies: []Remedy{
				{Endpoint, "Remove the duplicates, keep the attribute unique, and let eq compare whole values."},
				{Mapping, "Match by an attribute that is unique."},
			},
		},
		{
			Key: DuplicateSource, What: "Two objects in Entra match the same object in the endpoint.",
			Why:   "The object is already linked to another one, so the second one fails.",
			Rules: []string{"E-97", "A-18"},
			Remedies: []Remedy{
				{Entra, "Give the two users different values, or remove one of them from scope."},
				{Mapping, "Match by an attribute that differs for every user."},
			},
		},
		{
			Key: Gone, What: "The object that the service created or matched no longer exists in the endpoint.",
			Why:   "The service keeps the id from the first match. The endpoint responds to that id with 404, and the service does not create the object again.",
			Rules: []string{"E-103", "A-17", "E-271"},
			Remedies: []Remedy{
				{Endpoint, "Keep ids constant, also after a restore, and return disabled objects by id."},
				{Entra, "Restart the job through Graph with resetScope Full. The restart in the portal keeps the links."},
			},
		},
		{
			Key: NoMatchingValue, What: "The object has no value for a matching attribute, so it was not even looked for.",
			Why:   "The source attribute of every matching attribute is empty.",
			Rules: []string{"E-93", "E-94"},
			Remedies: []Remedy{
				{Entra, "Fill in the attribute of the object."},
				{Mapping, "Match by an attribute that every object has, or map it from an expression with a fallback."},
			},
		},
		{
			Key: NoJoin, What: "The object to join was not found.",
			Why:      "This reason belongs to cloud sync. The SCIM service does not give it.",
			Rules:    []string{"E-317"},
			Remedies: []Remedy{{Entra, "Check the matching attribute of the configuration."}},
		},
		{
			Key: MatchingCharacter, What: "The matching value has a character that cannot be sent in a query.",
			Why:      "The code belongs to this simulator. An option says which characters fail.",
			Rules:    []string{"E-98", "A-19"},
			Remedies: []Remedy{{Mapping, "Remove such characters with Replace in the mapping of the matching attribute."}},
		},
		{
			Key: NotAdopted, What: "The object was in the endpoint before this run, so this simulator left it alone.",
			Why:      "Entra would link it and write the differences. The code belongs to this simulator.",
			Rules:    []string{"E-96"},
			Remedies: []Remedy{{Entra, "Nothing is wrong there. Pass --adopt-existing to the simulation."}},
		},
	}
}

// mappingCauses concern the values of attributes.
func mappingCauses() []Cause {
	return []Cause{
		{
			Key: RequiredValue, What: "A required attribute has no value.",
			Why:   "The mapping gives nothing for an attribute that the target requires, or an invalid value. The object is not created.",
			Rules: []string{"E-325", "E-93"},
			Remedies: []Remedy{
				{Entra, "Fill in the attribute of the object."},
				{Mapping, "Add a default value, or an expression with a fallback, such as Coalesce([mail], [userPrincipalName])."},
				{Endpoint, "Do not mark the attribute as required if it may be missing."},
			},
		},
		{
			Key: SeveralValues, What: "An attribute with one value got several.",
			Why:      "The mapping gives a list for an attribute of the target that holds one value.",
			Rules:    []string{"E-128"},
			Remedies: []Remedy{{Mapping, "Choose one value, for example with Item or a path with a filter."}},
		},
		{
			Key: SeveralRoles, What: "The user has several roles of the application, and the mapping allows one.",
			Why:      "SingleAppRoleAssignment fails for a user with two roles, also when both come from groups.",
			Rules:    []string{"E-145"},
			Remedies: []Remedy{{Entra, "Assign one role to the user, directly and by groups together."}, {Mapping, "Use AppRoleAssignmentsComplex, if the endpoint takes several roles."}},
		},
		{
			Key: NoAttribute, What: "The mapping names an attribute that the target does not have.",
			Why:      "The attribute is not in the schema of the target.",
			Rules:    []string{"E-325"},
			Remedies: []Remedy{{Mapping, "Correct the name, or add the attribute to the list of the target's attributes."}},
		},
		{
			Key: MappingError, What: "An expression of the mapping could not be evaluated.",
			Why:      "A function got a value that it cannot take. The code belongs to this simulator; Entra words it differently.",
			Rules:    []string{"A-32"},
			Remedies: []Remedy{{Mapping, "Try the expression with `scimdrill expression eval`, and guard it against missing values."}},
		},
		{
			Key: FilterError, What: "A scoping filter could not be evaluated.",
			Why:      "Its pattern takes too long. The code belongs to this simulator.",
			Rules:    []string{"E-84"},
			Remedies: []Remedy{{Mapping, "Simplify the pattern of the scoping filter."}},
		},
		{
			Key: Reference, What: "A manager or member is not provisioned, so the object was written without it.",
			Why:   "The referenced object is out of scope, failed, or comes later. The service does not come back for it on its own if it was out of scope.",
			Rules: []string{"E-44", "E-45", "E-137"},
			Remedies: []Remedy{
				{Entra, "Bring the referenced user or group into scope, then restart provisioning."},
				{Mapping, "Remove the mapping of the reference, if the endpoint does not need it."},
			},
		},
	}
}

// scopeCauses are objects that the service leaves alone on purpose.
func scopeCauses() []Cause {
	return []Cause{
		{
			Key: Held, What: "The change was held back, because too many accounts would be disabled or deleted.",
			Why:      "Accidental deletion prevention is on, and the cycle exceeded its threshold.",
			Rules:    []string{"E-225", "E-227", "A-15"},
			Remedies: []Remedy{{Entra, "If the deletions are wanted, press Allow deletes. If not, put the users back into scope, then restart provisioning."}},
		},
		{
			Key: Unassigned, What: "The object is not assigned to the application.",
			Why:      "The scope is assigned users and groups, and neither the user nor one of its direct groups is assigned. Nested groups do not count.",
			Rules:    []string{"E-60", "E-61", "E-62", "E-67"},
			Remedies: []Remedy{{Entra, "Assign the user, or a group of which it is a direct member. Or set the scope to all users and groups."}},
		},
		{
			Key: Inactive, What: "The user is blocked or deleted in Entra.",
			Why:      "A user who is disabled in Entra is not created. One that was provisioned before is disabled.",
			Rules:    []string{"E-67", "E-69"},
			Remedies: []Remedy{{Entra, "Enable the user (accountEnabled), if the account is wanted."}},
		},
		{
			Key: NoRole, What: "The assignment gives no entitlement.",
			Why:      "The role of the assignment does not count, or the group is not security-enabled.",
			Rules:    []string{"E-63", "E-66", "E-67", "A-20"},
			Remedies: []Remedy{{Entra, "Assign a role other than Default Access, or use a security-enabled group."}},
		},
		{
			Key: Filtered, What: "The object does not pass a scoping filter.",
			Why:      "Clauses of a group are joined by AND, and groups by OR. A missing value fails every clause except IS NULL.",
			Rules:    []string{"E-75", "E-76", "A-40"},
			Remedies: []Remedy{{Mapping, "Change the scoping filter (Mappings > Source object scope). `scimdrill scope eval` tries a clause."}, {Entra, "Or correct the attribute of the object."}},
		},
		{
			Key: OutOfScope, What: "The object is out of scope.",
			Why:      "It is unassigned, without entitlement, or inactive. The entry does not say which.",
			Rules:    []string{"E-67", "E-317"},
			Remedies: []Remedy{{Entra, "Provision the object on demand: its scoping step names the reason."}},
		},
		{
			Key: Configured, What: "The configuration keeps the service from writing.",
			Why:      "An action (Create, Update, Delete) is switched off, SkipOutOfScopeDeletions is set, or another mapping concerns the object.",
			Rules:    []string{"E-115", "E-219", "E-317", "A-36"},
			Remedies: []Remedy{{Mapping, "Switch on the action under Mappings > Target object actions, if the change is wanted."}},
		},
		{
			Key: SkippedUntold, What: "The object was skipped, and the file does not say why.",
			Why:      "The reason of a skip stands in its steps, and the file has none.",
			Rules:    []string{"E-317", "E-319"},
			Remedies: []Remedy{{Entra, "Download the log as JSON, or give all three files of the CSV download."}},
		},
	}
}

// doneCauses need no change.
func doneCauses() []Cause {
	return []Cause{
		{
			Key: Unknown, What: "The reason is unknown to scimdrill.",
			Why: "Its code is not among the documented ones and was not seen before.",
		},
		{
			Key: LeftOut, What: "The object was created without an attribute that the service does not export with a create.",
			Why:   "The target attribute is neither of a core schema nor of an extension whose URN has the documented form. The next cycle writes it.",
			Rules: []string{"A-63", "W-39"},
			Remedies: []Remedy{
				{Mapping, "Call the target attribute urn:ietf:params:scim:schemas:extension:NAME:2.0:User:attribute, and map to it."},
				{Endpoint, "Accept a user without the attribute, and the PATCH that follows."},
			},
		},
		{Key: Created, What: "The object was created in the endpoint.", Why: "It is in scope, and the query for its matching attribute found nothing.", Rules: []string{"E-95", "E-96"}},
		{Key: Updated, What: "The object was changed in the endpoint.", Why: "Its mapped values differ from those in the endpoint.", Rules: []string{"E-3", "A-28"}},
		{Key: Disabled, What: "The user was disabled in the endpoint.", Why: "It is blocked or deleted in Entra, or it left scope.", Rules: []string{"E-69", "A-12"}},
		{Key: Deleted, What: "The object was deleted in the endpoint.", Why: "It was deleted permanently in Entra, or the target has no soft delete, or it is a group that left scope.", Rules: []string{"E-216", "A-12", "A-31"}},
		{Key: NoChange, What: "Nothing had to be written.", Why: "The mapped values are the same on both sides. A change of an attribute that is not mapped has this result too.", Rules: []string{"E-317", "A-28"}},
	}
}
