package expression

func textTable() []Function {
	return []Function{
		{
			Name: "Append", Parameters: parameters("source", "suffix"), Rule: "E-160", call: appendText,
			Doc:     "Adds the suffix to the end of the source. null returns null.",
			Example: example(`Append([userPrincipalName], ".test")`, `"John.Doe@contoso.com.test"`, "userPrincipalName", "John.Doe@contoso.com"),
			Chosen:  []string{"null returns null; a null suffix adds nothing"},
		},
		{
			Name: "InStr", Parameters: parameters("value1", "value2", "start?:Integer", "compareType?:CompareType"), Rule: "E-180", call: inStr,
			Doc:     "Returns the position of value2 in value1, counted from 1, or 0 if not found.",
			Example: example(`InStr("The quick brown fox", "quick")`, `5`),
			Chosen: []string{
				"start defaults to 1, and compareType to vbBinaryCompare",
				"null or not found returns 0; a start below 1 is an error",
			},
		},
		{
			Name: "Left", Parameters: parameters("String", "NumChars:Integer"), Rule: "E-187", call: left,
			Doc:     "Returns the first characters of a string. A negative number returns the whole string. null returns the empty string.",
			Example: example(`Left("John Doe", 3)`, `"Joh"`),
		},
		{
			Name: "Len", Parameters: parameters("String"), Rule: "E-188", call: length,
			Doc:     "Returns the length in UTF-16 units, or 0 for null.",
			Example: example(`Len("John Doe")`, `8`),
			Chosen:  []string{"counts UTF-16 units, as .NET does; null returns 0"},
		},
		{
			Name: "Mid", Parameters: parameters("source", "start:Integer", "length:Integer"), Rule: "E-189", call: mid,
			Doc:     "Returns part of a string, from a position counted from 1.",
			Example: example(`Append(Mid([givenName], 1, 3), Mid([surname], 1, 5))`, `"JohDoe"`, "givenName", "John", "surname", "Doe"),
			Chosen: []string{
				"null returns null; a start past the end returns the empty string",
				"a start below 1 and a negative length are errors",
			},
		},
		{
			Name: "NormalizeDiacritics", Parameters: parameters("source"), Rule: "E-190", call: normalizeDiacritics,
			Doc:     "Replaces accented letters with plain letters.",
			Example: example(`NormalizeDiacritics([givenName])`, `"Zoe"`, "givenName", "Zoë"),
			Chosen: []string{
				"null returns null; letters that the page does not list are kept, but œ becomes oe (E-205)",
				"a letter with two marks that the page does not list is kept, as users report too, or by option diacritics loses both (A-60)",
			},
		},
		{
			Name: "PCase", Parameters: parameters("source", "wordSeparators?"), Rule: "E-194", call: properCase,
			Doc:     "Converts the first letter of each word to upper case and the others to lower case.",
			Example: example(`PCase([lastName], " '-")`, `"Pinto-De'Silva"`, "lastName", "PINTO-DE'SILVA"),
			Chosen:  []string{"null returns null; an apostrophe starts a new word only if it is a separator, as in .NET"},
		},
		{
			Name: "Redact", Parameters: parameters("value"), Rule: "E-196", call: redact,
			Doc:     "Passes the value to the target and shows [Redact] in logs.",
			Example: example(`Redact([userPrincipalName])`, redactedText, "userPrincipalName", "John.Doe@contoso.com"),
			Chosen:  []string{"a value built with Redact is redacted completely"},
		},
		{
			Name: "Replace", Rule: "E-198", call: replace, check: checkReplace,
			Parameters: parameters("source", "Find?", "RegularExpression?", "RegularExpressionGroupName?", "Replacement?", "ReplacementPropertyName?", "Template?"),
			Doc:        "Replaces a string or the matches of a regular expression, or inserts the source into a template (E-206).",
			Example:    example(`Replace([mail], "@contoso.com", , , "", , )`, `"john.doe"`, "mail", "john.doe@contoso.com"),
			Chosen: []string{
				"null returns null, unless another attribute supplies the value",
				"the documents disagree on ReplacementPropertyName; the provisioning page is followed (E-206)",
				"a match that takes longer than one second is an error",
			},
		},
		{
			Name: "StripSpaces", Parameters: parameters("source"), Rule: "E-202", call: stripSpaces,
			Doc:     "Removes every space (U+0020).",
			Example: example(`StripSpaces("A B C")`, `"ABC"`),
			Chosen:  []string{"null returns null; other white space is kept"},
		},
		{
			Name: "ToLower", Parameters: parameters("source", "culture?"), Rule: "E-203", call: toLower,
			Doc:     "Converts a string to lower case by the rules of a culture. The default is the invariant culture.",
			Example: example(`ToLower([mail])`, `"john.smith@contoso.com"`, "mail", "John.Smith@Contoso.com"),
			Chosen:  []string{"null returns null; letters are mapped one by one; only Turkish and Azeri have special rules"},
		},
		{
			Name: "ToUpper", Parameters: parameters("source", "culture?"), Rule: "E-203", call: toUpper,
			Doc:     "Converts a string to upper case by the rules of a culture. The default is the invariant culture.",
			Example: example(`ToUpper([country])`, `"DE"`, "country", "de"),
			Chosen:  []string{"null returns null; letters are mapped one by one; only Turkish and Azeri have special rules"},
		},
		{
			Name: "Trim", Parameters: parameters("source"), Rule: "E-209", call: trim, Evidence: EvidenceInferred, Source: pageGraph,
			Doc:     "Removes white space from both ends. Microsoft's own mappings use the function, but no page describes it.",
			Example: example(`Trim([department])`, `"Sales"`, "department", " Sales "),
			Chosen:  []string{"null returns null"},
		},
		{
			Name: "Word", Parameters: parameters("String", "WordNumber:Integer", "Delimiters"), Rule: "E-204", call: word,
			Doc:     "Returns the n-th word of a string. Each character of the delimiters separates words.",
			Example: example(`Word("The quick brown fox", 3, " ")`, `"brown"`),
			Chosen:  []string{"consecutive delimiters do not create empty words"},
		},
	}
}
