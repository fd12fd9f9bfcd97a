package expression

func listTable() []Function {
	return []Function{
		{
			Name: "Count", Parameters: parameters("attribute:Expression"), Rule: "E-170", call: count,
			Doc:     "Gives the number of values of an attribute.",
			Example: example(`Count([proxyAddresses])`, `3`, "proxyAddresses", []string{"a", "b", "c"}),
			Chosen:  []string{"null counts 0, a single value 1"},
		},
		{
			Name: "Item", Parameters: parameters("attribute:Expression", "index:Integer"), Rule: "E-185", call: item,
			Doc:     "Gives one value of a multi-valued attribute, counted from 1.",
			Example: example(`Item([proxyAddresses], 1)`, `"SMTP:a@contoso.com"`, "proxyAddresses", []string{"SMTP:a@contoso.com", "smtp:b@contoso.com"}),
			Chosen:  []string{"null stays null; an index outside of the list is an error; a single value is a list of one"},
		},
		{
			Name: "Join", Parameters: parameters("separator", "source..."), Rule: "E-186", call: join,
			Doc:     "Puts texts together with a separator; empty ones leave no trace, a list gives each of its values.",
			Example: example(`Join(", ", "", [surname], [givenName])`, `"Doe, John"`, "surname", "Doe", "givenName", "John"),
			Chosen:  []string{"empty texts leave no trace; if all are empty the result is null"},
		},
		{
			Name: "RemoveDuplicates", Parameters: parameters("attribute:Expression"), Rule: "E-197", call: removeDuplicates,
			Doc:     "Gives each value of a multi-valued attribute once, in order.",
			Example: example(`RemoveDuplicates([proxyAddresses])`, `["a", "b"]`, "proxyAddresses", []string{"a", "b", "a"}),
			Chosen: []string{
				"compares with regard to letter case; the first of equal values stays, in order",
				"null stays null",
			},
		},
		{
			Name: "Split", Parameters: parameters("source", "delimiter"), Rule: "E-201", call: split,
			Doc:     "Makes a list of a text; parts are trimmed, empty ones dropped.",
			Example: example(`Split([extensionAttribute5], ",")`, `["PermissionSetOne", "PermissionSetTwo"]`, "extensionAttribute5", "PermissionSetOne, PermissionSetTwo"),
			Chosen:  []string{"each part is trimmed, empty parts are dropped; null stays null; an empty delimiter is an error"},
		},
	}
}
