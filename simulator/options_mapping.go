package simulator

// mappingOptions are the choices about attribute mappings.
func mappingOptions() []Option {
	return []Option{
		{
			Name: "defaultOnUpdate", Default: "false", Rule: "A-7", Evidence: "inferred",
			Meaning: "a default stands in for null in an update too, as the Graph reference says, not in a create only",
			set:     boolean(func(s *settings, v bool) { s.defaultOnUpdate = v }),
		},
	}
}
