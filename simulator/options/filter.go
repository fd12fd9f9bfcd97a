package options

// filterChoices are the choices about the clauses of scoping filters.
func filterChoices() []Choice {
	return []Choice{
		{
			Name: "ampersand", Default: "part", Rule: "A-4", Evidence: "inferred",
			Meaning: "part or entry: whether & and !& look for the attribute anywhere in the filter value, or among its entries between commas",
			apply:   choice("part", "entry", func(s *Settings, v bool) { s.Filters.ListOperand = v }),
		},
		{
			Name: "endsWith", Default: "exact", Rule: "A-5", Evidence: "inferred",
			Meaning: "exact or ignoreCase: whether ENDS_WITH minds case",
			apply:   choice("exact", "ignoreCase", func(s *Settings, v bool) { s.Filters.EndsIgnoringCase = v }),
		},
		{
			Name: "filterNumbers", Default: "refuse", Rule: "A-6", Evidence: "inferred",
			Meaning: "refuse or ignore: whether a filter that compares with no number is refused, or its clause is just never true",
			apply:   choice("refuse", "ignore", func(s *Settings, v bool) { s.Filters.LooseNumbers = v }),
		},
		{
			Name: "notEqualsNull", Default: "false", Rule: "A-40", Evidence: "inferred",
			Meaning: "NOT EQUALS and !& hold for an attribute without a value",
			apply:   boolean(func(s *Settings, v bool) { s.Filters.NullDiffers = v }),
		},
		{
			Name: "regexMatch", Default: "search", Rule: "A-3", Evidence: "inferred",
			Meaning: "search or full: whether REGEX MATCH of a scoping filter matches a part of the value, or has to match all of it",
			apply:   choice("search", "full", func(s *Settings, v bool) { s.Filters.AnchoredPatterns = v }),
		},
		{
			Name: "severalValues", Default: "all", Rule: "A-41", Evidence: "inferred",
			Meaning: "all or any: how many values of an attribute that has several must satisfy a clause",
			apply:   choice("all", "any", func(s *Settings, v bool) { s.Filters.AnyValue = v }),
		},
	}
}
