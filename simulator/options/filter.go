package options

import "github.com/scimdrill/scimdrill/simulator/choice"

// filterChoices are the choices about the clauses of scoping filters.
func filterChoices() []Choice {
	return []Choice{
		{
			Name: "ampersand", Default: "part", Rule: "A-4", Evidence: "inferred",
			Meaning: "part or entry: whether & and !& search the whole filter value for the attribute, or compare it with each comma-separated entry",
			Apply:   choice.Either("part", "entry", func(s *Settings, v bool) { s.Filters.ListOperand = v }),
		},
		{
			Name: "certOperator", Default: "refuse", Rule: "A-64", Evidence: "reported",
			Meaning: "refuse or never: whether a filter with the operator Valid Cert Match, which users report and no page describes, is refused, or nobody passes it",
			Apply:   choice.Either("refuse", "never", func(s *Settings, v bool) { s.Filters.NoCertificate = v }),
		},
		{
			Name: "endsWith", Default: "exact", Rule: "A-5", Evidence: "inferred",
			Meaning: "exact or ignoreCase: whether ENDS_WITH is case-sensitive",
			Apply:   choice.Either("exact", "ignoreCase", func(s *Settings, v bool) { s.Filters.EndsIgnoringCase = v }),
		},
		{
			Name: "filterNumbers", Default: "refuse", Rule: "A-6", Evidence: "inferred",
			Meaning: "refuse or ignore: whether a numeric comparison with a non-number is an error, or its clause is never true",
			Apply:   choice.Either("refuse", "ignore", func(s *Settings, v bool) { s.Filters.LooseNumbers = v }),
		},
		{
			Name: "notEqualsNull", Default: "false", Rule: "A-40", Evidence: "inferred",
			Meaning: "NOT EQUALS and !& are true for an attribute without a value",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Filters.NullDiffers = v }),
		},
		{
			Name: "presentOperator", Default: "isNotNull", Rule: "A-61", Evidence: "reported",
			Meaning: "isNotNull or refuse: whether a filter with the operator Present, which users report and no page describes, is evaluated as IS NOT NULL, or refused",
			Apply:   choice.Either("isNotNull", "refuse", func(s *Settings, v bool) { s.Filters.RefusePresent = v }),
		},
		{
			Name: "regexMatch", Default: "search", Rule: "A-3", Evidence: "inferred",
			Meaning: "search or full: whether REGEX MATCH in a scoping filter may match part of the value, or must match all of it",
			Apply:   choice.Either("search", "full", func(s *Settings, v bool) { s.Filters.AnchoredPatterns = v }),
		},
		{
			Name: "severalValues", Default: "all", Rule: "A-41", Evidence: "inferred",
			Meaning: "all or any: how many values of a multi-valued attribute must satisfy a clause",
			Apply:   choice.Either("all", "any", func(s *Settings, v bool) { s.Filters.AnyValue = v }),
		},
	}
}
