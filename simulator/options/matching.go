package options

import "github.com/scimdrill/scimdrill/simulator/choice"

// matchingChoices are the choices about matching and links.
func matchingChoices() []Choice {
	return []Choice{
		{
			Name: "ambiguousMatch", Default: "fail", Rule: "A-34", Evidence: "inferred",
			Meaning: "fail or next: whether several matches by one attribute end the search, or the search tries the next attribute",
			Apply:   choice.Either("fail", "next", func(s *Settings, v bool) { s.Cycle.PastAmbiguity = v }),
		},
		{
			Name: "duplicateSources", Default: "fail", Rule: "A-18", Evidence: "Microsoft page",
			Meaning: "fail or link: whether a second source object that matches the same target object fails, or is linked too, as in cross-tenant synchronization (E-97)",
			Apply:   choice.Either("fail", "link", func(s *Settings, v bool) { s.Cycle.ShareTargets = v }),
		},
		{
			Name: "matchBeforeScope", Default: "false", Rule: "A-22", Evidence: "Microsoft page",
			Meaning: "look up unlinked objects in the target before scoping, as in the sample log (E-287)",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.MatchFirst = v }),
		},
		{
			Name: "rematchOn404", Default: "false", Rule: "A-17", Evidence: "inferred",
			Meaning: "match and recreate a missing linked object in the same cycle",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.RematchOn404 = v }),
		},
		{
			Name: "rematchOn409", Default: "false", Rule: "A-30", Evidence: "inferred",
			Meaning: "match again in the same cycle after a create conflict, not at its retry",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.MatchConflict = v }),
		},
		{
			Name: "rematchOnRename", Default: "false", Rule: "A-29", Evidence: "inferred",
			Meaning: "look up a linked object by its changed matching value, and link whatever object is found",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.MatchRenamed = v }),
		},
		{
			Name: "rematchOnReturn", Default: "false", Rule: "A-35", Evidence: "Microsoft page",
			Meaning: "match a returning object as no longer managed (E-220), without its old link",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.MatchReturning = v }),
		},
		{
			Name: "specialCharacters", Default: "none", Rule: "A-19", Evidence: "inferred",
			Meaning: "matching values that contain one of these characters fail (E-98), such as &#+",
			Apply: func(s *Settings, v string) error {
				if v != "none" {
					s.Cycle.RefuseCharacters = v
				}
				return nil
			},
		},
	}
}
