package expression

func logicTable() []Function {
	return []Function{
		{
			Name: "CBool", Parameters: parameters("Expression:Condition"), Rule: "E-165", call: cBool,
			Doc:     "Gives True for a true condition and for a value that is not zero, else False.",
			Example: example(`CBool([attribute1] = [attribute2])`, `True`, "attribute1", "x", "attribute2", "x"),
			Chosen: []string{
				"True and False count in any letter case; null and any other text give False",
				"a comparison is numeric when one side is a number and the other can be read as one, else ordinal; null counts as the empty text (E-156)",
			},
		},
		{
			Name: "Coalesce", Parameters: parameters("source..."), Rule: "E-167", call: coalesce,
			Doc:     "Gives the first argument that is not null; the last one may be a default.",
			Example: example(`Coalesce([mail], [userPrincipalName])`, `"John.Doe@contoso.com"`, "userPrincipalName", "John.Doe@contoso.com"),
			Chosen:  []string{"the empty text is a value and not passed over"},
		},
		{
			Name: "IgnoreFlowIfNullOrEmpty", Parameters: parameters("Expression:Expression"), Rule: "E-163", call: ignoreFlow,
			Doc:     "Drops the attribute from the flow if the value is null or empty; only as the outermost function.",
			Example: example(`IgnoreFlowIfNullOrEmpty([department])`, `null`),
			Chosen:  []string{"only as the outermost function; elsewhere it is an error"},
		},
		{
			Name: "IIF", Parameters: parameters("condition:Condition", "valueIfTrue", "valueIfFalse"), Rule: "E-178", call: iif, check: checkIIF,
			Doc:     "Gives one of two values; null where an attribute of the condition is null or empty.",
			Example: example(`IIF([country] = "USA", [country], [department])`, `"Sales"`, "country", "Canada", "department", "Sales"),
			Chosen:  []string{"an attribute of the condition that is null or empty makes the result null, also under IsPresent and its relatives (A-9); option lenientIIF evaluates it"},
		},
		{
			Name: "IsNull", Parameters: parameters("Expression:Expression"), Rule: "E-181", call: isNull,
			Doc:     "Gives True if the value is null: the attribute is absent.",
			Example: example(`IsNull([displayName])`, `True`),
		},
		{
			Name: "IsNullOrEmpty", Parameters: parameters("Expression:Expression"), Rule: "E-182", call: isNullOrEmpty,
			Doc:     "Gives True if the value is null or the empty text.",
			Example: example(`IsNullOrEmpty([displayName])`, `True`, "displayName", ""),
		},
		{
			Name: "IsPresent", Parameters: parameters("Expression:Expression"), Rule: "E-183", call: isPresent,
			Doc:     "Gives True if the value is neither null nor the empty text.",
			Example: example(`IsPresent([directManager])`, `True`, "directManager", "Ann"),
		},
		{
			Name: "IsString", Parameters: parameters("Expression:Expression"), Rule: "E-184", call: isString,
			Doc:     "Gives True if CStr can make a text of the value.",
			Example: example(`IsString([employeeId])`, `True`, "employeeId", "4711"),
			Chosen:  []string{"null gives False, and so does a list of several values"},
		},
		{
			Name: "Not", Parameters: parameters("source:Boolean"), Rule: "E-191", call: not,
			Doc:     "Gives False for True, and True for anything else.",
			Example: example(`Not([IsSoftDeleted])`, `True`, "IsSoftDeleted", false),
			Chosen:  []string{"True counts in any letter case; null gives True"},
		},
		{
			Name: "Switch", Parameters: parameters("source", "defaultValue?", "switchValue...?"), Rule: "E-179", call: switchValue, check: checkSwitch,
			Doc: "Gives the value behind the key that equals the source, else the default; the key \"\" matches null.",
			Example: example(`Switch([IsSoftDeleted], , "False", "True", "True", "False")`,
				`"True"`, "IsSoftDeleted", false),
			Chosen: []string{
				"the key \"\" matches null as well as the empty text",
				"always sees the current attributes; option switchDeltaDefect reproduces the known defect with unchanged ones (A-8)",
			},
		},
	}
}
