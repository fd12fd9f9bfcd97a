package simulator

import "time"

// scopingOptions are the choices about scope, matching and deprovisioning.
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
			Name: "specialCharacters", Default: "none", Rule: "A-19", Evidence: "inferred",
			Meaning: "matching values that hold one of these characters fail (E-98), such as &#+",
			set: func(s *settings, v string) error {
				if v != "none" {
					s.cycle.RefuseCharacters = v
				}
				return nil
			},
		},
		{
			Name: "regexMatch", Default: "search", Rule: "A-3", Evidence: "inferred",
			Meaning: "search or full: whether REGEX MATCH of a scoping filter matches a part of the value, or has to match all of it",
			set:     choice("search", "full", func(s *settings, v bool) { s.filters.AnchoredPatterns = v }),
		},
		{
			Name: "rematchOn404", Default: "false", Rule: "A-17", Evidence: "inferred",
			Meaning: "a linked object that is gone is matched again, and made again, in the same cycle",
			set:     boolean(func(s *settings, v bool) { s.cycle.RematchOn404 = v }),
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
