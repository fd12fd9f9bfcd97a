package expression

func logicTable() []Function {
	return []Function{
		{
			Name: "CBool", Parameters: parameters("Expression:Condition"), Rule: "E-165", call: cBool,
			Doc:     "Returns True for a true condition or a nonzero value, otherwise False.",
			Example: example(`CBool([attribute1] = [attribute2])`, `True`, "attribute1", "x", "attribute2", "x"),
			Chosen: []string{
				"True and False are case-insensitive; null and any other string return False",
				"a comparison is numeric if one side is a number and the other can be parsed as one, otherwise ordinal; null equals the empty string (E-156)",
			},
		},
		{
			Name: "Coalesce", Parameters: parameters("source..."), Rule: "E-167", call: coalesce,
			Doc:     "Returns the first argument that is not null. The last argument can be a default.",
			Example: example(`Coalesce([mail], [userPrincipalName])`, `"John.Doe@contoso.com"`, "userPrincipalName", "John.Doe@contoso.com"),
			Chosen:  []string{"the empty string is a value and is not ignored"},
		},
		{
			Name: "IgnoreFlowIfNullOrEmpty", Parameters: parameters("Expression:Expression"), Rule: "E-163", call: ignoreFlow,
			Doc:     "Drops the attribute from the flow if the value is null or empty. It must be the outermost function.",
			Example: example(`IgnoreFlowIfNullOrEmpty([department])`, `null`),
			Chosen:  []string{"using it anywhere but as the outermost function is an error"},
		},
		{
			Name: "IIF", Parameters: parameters("condition:Condition", "valueIfTrue", "valueIfFalse"), Rule: "E-178", call: iif, check: checkIIF,
			Doc:     "Returns one of two values, or null if an attribute in the condition is null or empty.",
			Example: example(`IIF([country] = "USA", [country], [department])`, `"Sales"`, "country", "Canada", "department", "Sales"),
			Chosen:  []string{"an attribute in the condition that is null or empty makes the result null; inside IsPresent and similar functions it does not (A-9); option lenientIIF changes both"},
		},
		{
			Name: "IsNull", Parameters: parameters("Expression:Expression"), Rule: "E-181", call: isNull,
			Doc:     "Returns True if the value is null, which means that the attribute is absent.",
			Example: example(`IsNull([displayName])`, `True`),
		},
		{
			Name: "IsNullOrEmpty", Parameters: parameters("Expression:Expression"), Rule: "E-182", call: isNullOrEmpty,
			Doc:     "Returns True if the value is null or the empty string.",
			Example: example(`IsNullOrEmpty([displayName])`, `True`, "displayName", ""),
		},
		{
			Name: "IsPresent", Parameters: parameters("Expression:Expression"), Rule: "E-183", call: isPresent,
			Doc:     "Returns True if the value is neither null nor the empty string.",
			Example: example(`IsPresent([directManager])`, `True`, "directManager", "Ann"),
		},
		{
			Name: "IsString", Parameters: parameters("Expression:Expression"), Rule: "E-184", call: isString,
			Doc:     "Returns True if CStr can convert the value to a string.",
			Example: example(`IsString([employeeId])`, `True`, "employeeId", "4711"),
			Chosen:  []string{"null and a list of several values return False"},
		},
		{
			Name: "Not", Parameters: parameters("source:Boolean"), Rule: "E-191", call: not,
			Doc:     "Returns False for True, and True for any other value.",
			Example: example(`Not([IsSoftDeleted])`, `True`, "IsSoftDeleted", false),
			Chosen:  []string{"True is case-insensitive; null returns True"},
		},
		{
			Name: "Switch", Parameters: parameters("source", "defaultValue?", "switchValue...?"), Rule: "E-179", call: switchValue, check: checkSwitch,
			Doc: "Returns the value after the key that equals the source, otherwise the default. The key \"\" matches null.",
			Example: example(`Switch([IsSoftDeleted], , "False", "True", "True", "False")`,
				`"True"`, "IsSoftDeleted", false),
			Chosen: []string{
				"the key \"\" matches null and the empty string",
				"always reads the current attributes; option switchDeltaDefect reproduces the known defect with unchanged attributes (A-8)",
			},
		},
	}
}
