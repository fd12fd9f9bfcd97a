package options

// matchingChoices are the choices about matching and links.
func matchingChoices() []Choice {
	return []Choice{
		{
			Name: "ambiguousMatch", Default: "fail", Rule: "A-34", Evidence: "inferred",
			Meaning: "fail or next: whether several matches by one attribute end the search, or the next matching attribute is tried",
			apply:   choice("fail", "next", func(s *Settings, v bool) { s.Cycle.PastAmbiguity = v }),
		},
		{
			Name: "duplicateSources", Default: "fail", Rule: "A-18", Evidence: "Microsoft page",
			Meaning: "fail or link: whether the second of two source objects that match one target object fails, or is linked to it as well, as in cross-tenant synchronization (E-97)",
			apply:   choice("fail", "link", func(s *Settings, v bool) { s.Cycle.ShareTargets = v }),
		},
		{
			Name: "matchBeforeScope", Default: "false", Rule: "A-22", Evidence: "Microsoft page",
			Meaning: "objects that are not linked are looked for in the target before their scope is told, as the log's sample has it (E-287)",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.MatchFirst = v }),
		},
		{
			Name: "rematchOn404", Default: "false", Rule: "A-17", Evidence: "inferred",
			Meaning: "a linked object that is gone is matched again, and made again, in the same cycle",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.RematchOn404 = v }),
		},
		{
			Name: "rematchOn409", Default: "false", Rule: "A-30", Evidence: "inferred",
			Meaning: "a create that meets a conflict is matched again in the same cycle, not with its retry",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.MatchConflict = v }),
		},
		{
			Name: "rematchOnRename", Default: "false", Rule: "A-29", Evidence: "inferred",
			Meaning: "a linked object whose matching value changed is looked for by the new one, and its link follows what is found",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.MatchRenamed = v }),
		},
		{
			Name: "rematchOnReturn", Default: "false", Rule: "A-35", Evidence: "Microsoft page",
			Meaning: "who comes back into scope is matched anew, as no longer managed (E-220), and does not keep the link",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.MatchReturning = v }),
		},
		{
			Name: "specialCharacters", Default: "none", Rule: "A-19", Evidence: "inferred",
			Meaning: "matching values that hold one of these characters fail (E-98), such as &#+",
			apply: func(s *Settings, v string) error {
				if v != "none" {
					s.Cycle.RefuseCharacters = v
				}
				return nil
			},
		},
	}
}
