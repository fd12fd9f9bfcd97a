package expression

func listTable() []Function {
	return []Function{
		{
			Name: "Count", Parameters: parameters("attribute:Expression"), Rule: "E-170", call: count,
			Doc:     "Returns the number of values of an attribute.",
			Example: example(`Count([proxyAddresses])`, `3`, "proxyAddresses", []string{"a", "b", "c"}),
			Chosen:  []string{"null counts as 0, a single value as 1"},
		},
		{
			Name: "Item", Parameters: parameters("attribute:Expression", "index:Integer"), Rule: "E-185", call: item,
			Doc:     "Returns one value of a multi-valued attribute, by its index from 1.",
			Example: example(`Item([proxyAddresses], 1)`, `"SMTP:a@contoso.com"`, "proxyAddresses", []string{"SMTP:a@contoso.com", "smtp:b@contoso.com"}),
			Chosen:  []string{"null returns null; an index outside the list is an error; a single value is a list of one"},
		},
		{
			Name: "Join", Parameters: parameters("separator", "source..."), Rule: "E-186", call: join,
			Doc:     "Joins strings with a separator. Empty strings are ignored. A list adds each of its values.",
			Example: example(`Join(", ", "", [surname], [givenName])`, `"Doe, John"`, "surname", "Doe", "givenName", "John"),
			Chosen:  []string{"empty strings are ignored; if all are empty, the result is null"},
		},
		{
			Name: "RemoveDuplicates", Parameters: parameters("attribute:Expression"), Rule: "E-197", call: removeDuplicates,
			Doc:     "Returns each value of a multi-valued attribute once, in order.",
			Example: example(`RemoveDuplicates([proxyAddresses])`, `["a", "b"]`, "proxyAddresses", []string{"a", "b", "a"}),
			Chosen: []string{
				"comparison is case-sensitive; the first of equal values is kept, in order",
				"null returns null",
			},
		},
		{
			Name: "Split", Parameters: parameters("source", "delimiter"), Rule: "E-201", call: split,
			Doc:     "Splits a string into a list. Parts are trimmed, and empty parts are dropped.",
			Example: example(`Split([extensionAttribute5], ",")`, `["PermissionSetOne", "PermissionSetTwo"]`, "extensionAttribute5", "PermissionSetOne, PermissionSetTwo"),
			Chosen:  []string{"parts are trimmed, and empty parts are dropped; null returns null; an empty delimiter is an error"},
		},
	}
}
