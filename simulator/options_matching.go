package simulator

// matchingOptions are the choices about matching and links.
func matchingOptions() []Option {
	return []Option{
		{
			Name: "ambiguousMatch", Default: "fail", Rule: "A-34", Evidence: "inferred",
			Meaning: "fail or next: whether several matches by one attribute end the search, or the next matching attribute is tried",
			set:     choice("fail", "next", func(s *settings, v bool) { s.cycle.PastAmbiguity = v }),
		},
		{
			Name: "duplicateSources", Default: "fail", Rule: "A-18", Evidence: "Microsoft page",
			Meaning: "fail or link: whether the second of two source objects that match one target object fails, or is linked to it as well, as in cross-tenant synchronization (E-97)",
			set:     choice("fail", "link", func(s *settings, v bool) { s.cycle.ShareTargets = v }),
		},
		{
			Name: "matchBeforeScope", Default: "false", Rule: "A-22", Evidence: "Microsoft page",
			Meaning: "objects that are not linked are looked for in the target before their scope is told, as the log's sample has it (E-287)",
			set:     boolean(func(s *settings, v bool) { s.cycle.MatchFirst = v }),
		},
		{
			Name: "rematchOn404", Default: "false", Rule: "A-17", Evidence: "inferred",
			Meaning: "a linked object that is gone is matched again, and made again, in the same cycle",
			set:     boolean(func(s *settings, v bool) { s.cycle.RematchOn404 = v }),
		},
		{
			Name: "rematchOn409", Default: "false", Rule: "A-30", Evidence: "inferred",
			Meaning: "a create that meets a conflict is matched again in the same cycle, not with its retry",
			set:     boolean(func(s *settings, v bool) { s.cycle.MatchConflict = v }),
		},
		{
			Name: "rematchOnRename", Default: "false", Rule: "A-29", Evidence: "inferred",
			Meaning: "a linked object whose matching value changed is looked for by the new one, and its link follows what is found",
			set:     boolean(func(s *settings, v bool) { s.cycle.MatchRenamed = v }),
		},
		{
			Name: "rematchOnReturn", Default: "false", Rule: "A-35", Evidence: "Microsoft page",
			Meaning: "who comes back into scope is matched anew, as no longer managed (E-220), and does not keep the link",
			set:     boolean(func(s *settings, v bool) { s.cycle.MatchReturning = v }),
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
	}
}
