package simulator

// mappingOptions are the choices about attribute mappings.
func mappingOptions() []Option {
	return []Option{
		{
			Name: "defaultOnUpdate", Default: "false", Rule: "A-7", Evidence: "inferred",
			Meaning: "a default stands in for null in an update too, as the Graph reference says, not in a create only",
			set:     boolean(func(s *settings, v bool) { s.defaultOnUpdate = v }),
		},
		{
			Name: "switchDeltaDefect", Default: "false", Rule: "A-8", Evidence: "Microsoft page",
			Meaning: "a Switch with a default clears the target when other attributes changed and those it reads did not (E-179)",
			set:     boolean(func(s *settings, v bool) { s.cycle.SwitchDeltaDefect = v }),
		},
	}
}
