package simulator

// filterOptions are the choices about the clauses of scoping filters.
func filterOptions() []Option {
	return []Option{
		{
			Name: "ampersand", Default: "part", Rule: "A-4", Evidence: "inferred",
			Meaning: "part or entry: whether & and !& look for the attribute anywhere in the filter value, or among its entries between commas",
			set:     choice("part", "entry", func(s *settings, v bool) { s.filters.ListOperand = v }),
		},
		{
			Name: "endsWith", Default: "exact", Rule: "A-5", Evidence: "inferred",
			Meaning: "exact or ignoreCase: whether ENDS_WITH minds case",
			set:     choice("exact", "ignoreCase", func(s *settings, v bool) { s.filters.EndsIgnoringCase = v }),
		},
		{
			Name: "filterNumbers", Default: "refuse", Rule: "A-6", Evidence: "inferred",
			Meaning: "refuse or ignore: whether a filter that compares with no number is refused, or its clause is just never true",
			set:     choice("refuse", "ignore", func(s *settings, v bool) { s.filters.LooseNumbers = v }),
		},
		{
			Name: "notEqualsNull", Default: "false", Rule: "A-40", Evidence: "inferred",
			Meaning: "NOT EQUALS and !& hold for an attribute without a value",
			set:     boolean(func(s *settings, v bool) { s.filters.NullDiffers = v }),
		},
		{
			Name: "regexMatch", Default: "search", Rule: "A-3", Evidence: "inferred",
			Meaning: "search or full: whether REGEX MATCH of a scoping filter matches a part of the value, or has to match all of it",
			set:     choice("search", "full", func(s *settings, v bool) { s.filters.AnchoredPatterns = v }),
		},
		{
			Name: "severalValues", Default: "all", Rule: "A-41", Evidence: "inferred",
			Meaning: "all or any: how many values of an attribute that has several must satisfy a clause",
			set:     choice("all", "any", func(s *settings, v bool) { s.filters.AnyValue = v }),
		},
	}
}
