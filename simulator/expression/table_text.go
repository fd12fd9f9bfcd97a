package expression

func textTable() []Function {
	return []Function{
		{
			Name: "Append", Parameters: parameters("source", "suffix"), Rule: "E-160", call: appendText,
			Doc:     "Puts the suffix behind the source; null stays null.",
			Example: example(`Append([userPrincipalName], ".test")`, `"John.Doe@contoso.com.test"`, "userPrincipalName", "John.Doe@contoso.com"),
			Chosen:  []string{"null stays null; a suffix that is null adds nothing"},
		},
		{
			Name: "InStr", Parameters: parameters("value1", "value2", "start?:Integer", "compareType?:CompareType"), Rule: "E-180", call: inStr,
			Doc:     "Gives the position of value2 in value1, counted from 1, and 0 if it is not there.",
			Example: example(`InStr("The quick brown fox", "quick")`, `5`),
			Chosen: []string{
				"start is 1 and compareType vbBinaryCompare if they are not given",
				"null or not found gives 0; a start below 1 is an error",
			},
		},
		{
			Name: "Left", Parameters: parameters("String", "NumChars:Integer"), Rule: "E-187", call: left,
			Doc:     "Gives the first characters of a text; all of it for a negative number, the empty text for null.",
			Example: example(`Left("John Doe", 3)`, `"Joh"`),
		},
		{
			Name: "Len", Parameters: parameters("String"), Rule: "E-188", call: length,
			Doc:     "Gives the length in UTF-16 units; 0 for null.",
			Example: example(`Len("John Doe")`, `8`),
			Chosen:  []string{"counts UTF-16 units, as .NET does; null gives 0"},
		},
		{
			Name: "Mid", Parameters: parameters("source", "start:Integer", "length:Integer"), Rule: "E-189", call: mid,
			Doc:     "Gives a part of a text from a position counted from 1.",
			Example: example(`Append(Mid([givenName], 1, 3), Mid([surname], 1, 5))`, `"JohDoe"`, "givenName", "John", "surname", "Doe"),
			Chosen: []string{
				"null stays null; a start past the end gives the empty text",
				"a start below 1 and a negative length are errors",
			},
		},
		{
			Name: "NormalizeDiacritics", Parameters: parameters("source"), Rule: "E-190", call: normalizeDiacritics,
			Doc:     "Replaces accented letters by plain ones.",
			Example: example(`NormalizeDiacritics([givenName])`, `"Zoe"`, "givenName", "Zoë"),
			Chosen:  []string{"null stays null; letters that the page does not list stay, except that œ becomes oe (E-205)"},
		},
		{
			Name: "PCase", Parameters: parameters("source", "wordSeparators?"), Rule: "E-194", call: properCase,
			Doc:     "Writes the first letter of each word in upper case and the others in lower case.",
			Example: example(`PCase([lastName], " '-")`, `"Pinto-De'Silva"`, "lastName", "PINTO-DE'SILVA"),
			Chosen:  []string{"null stays null; an apostrophe does not begin a word unless it is among the separators, as in .NET"},
		},
		{
			Name: "Redact", Parameters: parameters("value"), Rule: "E-196", call: redact,
			Doc:     "Lets the value flow to the target and shows [Redact] in logs.",
			Example: example(`Redact([userPrincipalName])`, redactedText, "userPrincipalName", "John.Doe@contoso.com"),
			Chosen:  []string{"a value that is built with Redact is redacted as a whole"},
		},
		{
			Name: "Replace", Rule: "E-198", call: replace, check: checkReplace,
			Parameters: parameters("source", "Find?", "RegularExpression?", "RegularExpressionGroupName?", "Replacement?", "ReplacementPropertyName?", "Template?"),
			Doc:        "Replaces a text or the matches of a regular expression, or puts the source into a template (E-206).",
			Example:    example(`Replace([mail], "@contoso.com", , , "", , )`, `"john.doe"`, "mail", "john.doe@contoso.com"),
			Chosen: []string{
				"null stays null, except where another attribute stands in",
				"of the two accounts of ReplacementPropertyName the one of the provisioning page is followed (E-206)",
				"a match may take one second, then it is an error",
			},
		},
		{
			Name: "StripSpaces", Parameters: parameters("source"), Rule: "E-202", call: stripSpaces,
			Doc:     "Removes every blank (U+0020).",
			Example: example(`StripSpaces("A B C")`, `"ABC"`),
			Chosen:  []string{"null stays null; other white space stays"},
		},
		{
			Name: "ToLower", Parameters: parameters("source", "culture?"), Rule: "E-203", call: toLower,
			Doc:     "Writes a text in lower case by the rules of a culture, invariant if none is given.",
			Example: example(`ToLower([mail])`, `"john.smith@contoso.com"`, "mail", "John.Smith@Contoso.com"),
			Chosen:  []string{"null stays null; letters are mapped one by one; only Turkish and Azeri have rules of their own"},
		},
		{
			Name: "ToUpper", Parameters: parameters("source", "culture?"), Rule: "E-203", call: toUpper,
			Doc:     "Writes a text in upper case by the rules of a culture, invariant if none is given.",
			Example: example(`ToUpper([country])`, `"DE"`, "country", "de"),
			Chosen:  []string{"null stays null; letters are mapped one by one; only Turkish and Azeri have rules of their own"},
		},
		{
			Name: "Word", Parameters: parameters("String", "WordNumber:Integer", "Delimiters"), Rule: "E-204", call: word,
			Doc:     "Gives the n-th word of a text; each character of the delimiters separates words.",
			Example: example(`Word("The quick brown fox", 3, " ")`, `"brown"`),
			Chosen:  []string{"delimiters in a row make no empty words"},
		},
	}
}
