package simulator

import "time"

// scopingOptions are the choices about scope and deprovisioning.
func scopingOptions() []Option {
	return []Option{
		{
			Name: "assignmentDelay", Default: "0s", Rule: "E-48", Evidence: "Microsoft page",
			Meaning: "how long an assignment takes to reach the service, such as 3m",
			set:     span(func(s *settings, v time.Duration) { s.assignmentDelay = v }),
		},
		{
			Name: "deleteGroups", Default: "true", Rule: "A-12", Evidence: "inferred",
			Meaning: "a group that leaves scope or is deleted is deleted in the target",
			set:     boolean(func(s *settings, v bool) { s.cycle.DeleteGroups = v }),
		},
		{
			Name: "filteredGroups", Default: "scope", Rule: "A-39", Evidence: "inferred",
			Meaning: "scope or none: whether an assigned group that fails its scoping filter still brings its members into scope",
			set:     choice("scope", "none", func(s *settings, v bool) { s.cycle.StrictGroups = v }),
		},
		{
			Name: "skipDefaultAccess", Default: "false", Rule: "E-66", Evidence: "Microsoft page",
			Meaning: "an assignment with the role Default Access gives no scope, as before July 2020",
			set:     boolean(func(s *settings, v bool) { s.cycle.SkipDefaultAccess = v }),
		},
		{
			Name: "skipOutOfScopeAll", Default: "false", Rule: "A-13", Evidence: "inferred",
			Meaning: "with skipOutOfScopeDeletions, blocked and soft-deleted accounts stay as they are too",
			set:     boolean(func(s *settings, v bool) { s.cycle.SkipOutOfScopeAll = v }),
		},
		{
			Name: "skipOutOfScopeDeletions", Default: "false", Rule: "E-219", Evidence: "Microsoft page",
			Meaning: "accounts that are unassigned or filtered out are left as they are (A-13)",
			set:     boolean(func(s *settings, v bool) { s.cycle.SkipOutOfScope = v }),
		},
		{
			Name: "unsecuredGroups", Default: "none", Rule: "A-20", Evidence: "inferred",
			Meaning: "none or scope: whether an assigned group that is not security-enabled is in scope with its members (E-63)",
			set:     choice("none", "scope", func(s *settings, v bool) { s.cycle.UnsecuredGroups = v }),
		},
		{
			Name: "softDeleteUnassigns", Default: "false", Rule: "A-31", Evidence: "inferred",
			Meaning: "a user in the recycle bin is not managed any more, so its later deletion is not passed on",
			set:     boolean(func(s *settings, v bool) { s.cycle.BinUnassigns = v }),
		},
		{
			Name: "supportsSoftDelete", Default: "profile", Rule: "A-12", Evidence: "inferred",
			Meaning: "the target knows inactive users: true, false (they are deleted, E-218), or as the profile says",
			set: func(s *settings, v string) error {
				if s.softDeleteSet = v != "profile"; !s.softDeleteSet {
					return nil
				}
				return boolean(func(s *settings, v bool) { s.cycle.SoftDelete = v })(s, v)
			},
		},
	}
}
