package options

// mappingChoices are the choices about attribute mappings.
func mappingChoices() []Choice {
	return []Choice{
		{
			Name: "defaultOnUpdate", Default: "false", Rule: "A-7", Evidence: "inferred",
			Meaning: "a default stands in for null in an update too, as the Graph reference says, not in a create only",
			apply:   boolean(func(s *Settings, v bool) { s.Mapping.DefaultOnUpdate = v }),
		},
		{
			Name: "lenientIIF", Default: "false", Rule: "A-9", Evidence: "inferred",
			Meaning: "IIF is evaluated also when an attribute of its condition is null",
			apply:   boolean(func(s *Settings, v bool) { s.LenientIIF = v }),
		},
		{
			Name: "mappingErrors", Default: "fail", Rule: "A-32", Evidence: "inferred",
			Meaning: "fail or omit: whether an attribute that cannot be evaluated fails its object, or is left out with a warning",
			apply:   choice("fail", "omit", func(s *Settings, v bool) { s.Mapping.OmitFailed = v }),
		},
		{
			Name: "readBeforeUpdate", Default: "true", Rule: "A-28", Evidence: "Microsoft page",
			Meaning: "an update compares with what the target has; false writes what changed in the source, without a read",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.UnreadUpdates = !v }),
		},
		{
			Name: "switchDeltaDefect", Default: "false", Rule: "A-8", Evidence: "Microsoft page",
			Meaning: "a Switch with a default clears the target when other attributes changed and those it reads did not (E-179)",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.SwitchDeltaDefect = v }),
		},
	}
}
