package options

import "time"

// scopingChoices are the choices about scope and deprovisioning.
func scopingChoices() []Choice {
	return []Choice{
		{
			Name: "assignmentDelay", Default: "0s", Rule: "E-48", Evidence: "Microsoft page",
			Meaning: "how long an assignment takes to reach the service, such as 3m",
			apply:   span(func(s *Settings, v time.Duration) { s.AssignmentDelay = v }),
		},
		{
			Name: "deleteGroups", Default: "true", Rule: "A-12", Evidence: "inferred",
			Meaning: "a group that leaves scope or is deleted is deleted in the target",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.DeleteGroups = v }),
		},
		{
			Name: "filteredGroups", Default: "scope", Rule: "A-39", Evidence: "inferred",
			Meaning: "scope or none: whether an assigned group that fails its scoping filter still brings its members into scope",
			apply:   choice("scope", "none", func(s *Settings, v bool) { s.Cycle.StrictGroups = v }),
		},
		{
			Name: "skipDefaultAccess", Default: "false", Rule: "E-66", Evidence: "Microsoft page",
			Meaning: "an assignment with the role Default Access gives no scope, as before July 2020",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.SkipDefaultAccess = v }),
		},
		{
			Name: "skipOutOfScopeAll", Default: "false", Rule: "A-13", Evidence: "inferred",
			Meaning: "with skipOutOfScopeDeletions, blocked and soft-deleted accounts stay as they are too",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.SkipOutOfScopeAll = v }),
		},
		{
			Name: "skipOutOfScopeDeletions", Default: "false", Rule: "E-219", Evidence: "Microsoft page",
			Meaning: "accounts that are unassigned or filtered out are left as they are (A-13)",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.SkipOutOfScope = v }),
		},
		{
			Name: "unsecuredGroups", Default: "none", Rule: "A-20", Evidence: "inferred",
			Meaning: "none or scope: whether an assigned group that is not security-enabled is in scope with its members (E-63)",
			apply:   choice("none", "scope", func(s *Settings, v bool) { s.Cycle.UnsecuredGroups = v }),
		},
		{
			Name: "softDeleteUnassigns", Default: "false", Rule: "A-31", Evidence: "inferred",
			Meaning: "a user in the recycle bin is not managed any more, so its later deletion is not passed on",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.BinUnassigns = v }),
		},
		{
			Name: "supportsSoftDelete", Default: "profile", Rule: "A-12", Evidence: "inferred",
			Meaning: "the target knows inactive users: true, false (they are deleted, E-218), or as the profile says",
			apply: func(s *Settings, v string) error {
				if s.SoftDeleteSet = v != "profile"; !s.SoftDeleteSet {
					return nil
				}
				return boolean(func(s *Settings, v bool) { s.Cycle.SoftDelete = v })(s, v)
			},
		},
	}
}
