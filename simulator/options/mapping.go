package options

// mappingChoices are the choices about attribute mappings.
func mappingChoices() []Choice {
	return []Choice{
		{
			Name: "defaultOnUpdate", Default: "false", Rule: "A-7", Evidence: "inferred",
			Meaning: "a default replaces null in updates as well as creates, as the Graph reference says",
			apply:   boolean(func(s *Settings, v bool) { s.Mapping.DefaultOnUpdate = v }),
		},
		{
			Name: "lenientIIF", Default: "false", Rule: "A-9", Evidence: "inferred",
			Meaning: "evaluate IIF even when an attribute in its condition is null",
			apply:   boolean(func(s *Settings, v bool) { s.LenientIIF = v }),
		},
		{
			Name: "mappingErrors", Default: "fail", Rule: "A-32", Evidence: "inferred",
			Meaning: "fail or omit: whether an attribute that cannot be evaluated fails its object, or is omitted with a warning",
			apply:   choice("fail", "omit", func(s *Settings, v bool) { s.Mapping.OmitFailed = v }),
		},
		{
			Name: "readBeforeUpdate", Default: "true", Rule: "A-28", Evidence: "Microsoft page",
			Meaning: "an update reads the target object and writes the differences; false writes the source changes without a read",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.UnreadUpdates = !v }),
		},
		{
			Name: "switchDeltaDefect", Default: "false", Rule: "A-8", Evidence: "Microsoft page",
			Meaning: "a Switch with a default clears the target when only attributes that it does not read have changed (E-179)",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.SwitchDeltaDefect = v }),
		},
	}
}
