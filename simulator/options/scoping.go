package options

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/choice"
)

// scopingChoices are the choices about scope and deprovisioning.
func scopingChoices() []Choice {
	return []Choice{
		{
			Name: "assignmentDelay", Default: "0s", Rule: "E-48", Evidence: "Microsoft page",
			Meaning: "duration until an assignment reaches the service, such as 3m",
			Apply:   choice.Span(func(s *Settings, v time.Duration) { s.AssignmentDelay = v }),
		},
		{
			Name: "deleteGroups", Default: "true", Rule: "A-12", Evidence: "inferred",
			Meaning: "delete a group in the target when it leaves scope or is deleted",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.DeleteGroups = v }),
		},
		{
			Name: "filteredGroups", Default: "scope", Rule: "A-39", Evidence: "inferred",
			Meaning: "scope or none: whether an assigned group that fails its scoping filter still brings its members into scope",
			Apply:   choice.Either("scope", "none", func(s *Settings, v bool) { s.Cycle.StrictGroups = v }),
		},
		{
			Name: "skipDefaultAccess", Default: "false", Rule: "E-66", Evidence: "Microsoft page",
			Meaning: "an assignment with the role Default Access brings nothing into scope, as before July 2020",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.SkipDefaultAccess = v }),
		},
		{
			Name: "skipOutOfScopeAll", Default: "false", Rule: "A-13", Evidence: "inferred",
			Meaning: "with skipOutOfScopeDeletions, also leave blocked and soft-deleted accounts unchanged",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.SkipOutOfScopeAll = v }),
		},
		{
			Name: "skipOutOfScopeDeletions", Default: "false", Rule: "E-219", Evidence: "Microsoft page",
			Meaning: "leave accounts unchanged when they are unassigned or filtered out (A-13). Some users report it without the setting, from 2019 to 2024",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.SkipOutOfScope = v }),
		},
		{
			Name: "unsecuredGroups", Default: "none", Rule: "A-20", Evidence: "inferred",
			Meaning: "none or scope: whether an assigned group that is not security-enabled is in scope, with its members (E-63)",
			Apply:   choice.Either("none", "scope", func(s *Settings, v bool) { s.Cycle.UnsecuredGroups = v }),
		},
		{
			Name: "softDeleteUnassigns", Default: "false", Rule: "A-31", Evidence: "inferred",
			Meaning: "a user in the recycle bin is no longer managed, so its later deletion is not provisioned. Some users report this, from 2019 to 2024",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.BinUnassigns = v }),
		},
		{
			Name: "supportsSoftDelete", Default: "profile", Rule: "A-12", Evidence: "inferred",
			Meaning: "true, false or profile: whether the target supports inactive users; with false, users are deleted instead (E-218)",
			Apply: func(s *Settings, v string) error {
				if s.SoftDeleteSet = v != "profile"; !s.SoftDeleteSet {
					return nil
				}
				return choice.Boolean(func(s *Settings, v bool) { s.Cycle.SoftDelete = v })(s, v)
			},
		},
	}
}
