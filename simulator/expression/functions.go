package expression

import (
	"slices"
	"strings"
)

// Functions returns the functions of the language sorted by name (E-160 to
// E-204), each call a fresh list.
func Functions() []Function {
	all := slices.Concat(textTable(), codeTable(), logicTable(), listTable(), dateTable(), unavailableTable())
	for i := range all {
		all[i].Implemented = all[i].call != nil
	}
	slices.SortFunc(all, func(a, b Function) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return all
}

func textTable() []Function {
	return []Function{
		{
			Name: "Append", Parameters: parameters("source", "suffix"), Rule: "E-160", call: appendText,
			Doc:     "Puts the suffix behind the source; null stays null.",
			Example: example(`Append([userPrincipalName], ".test")`, `"John.Doe@contoso.com.test"`, "userPrincipalName", "John.Doe@contoso.com"),
		},
		{
			Name: "InStr", Parameters: parameters("value1", "value2", "start?:Integer", "compareType?:CompareType"), Rule: "E-180", call: inStr,
			Doc:     "Gives the position of value2 in value1, counted from 1, and 0 if it is not there.",
			Example: example(`InStr("The quick brown fox", "quick")`, `5`),
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
		},
		{
			Name: "Mid", Parameters: parameters("source", "start:Integer", "length:Integer"), Rule: "E-189", call: mid,
			Doc:     "Gives a part of a text from a position counted from 1.",
			Example: example(`Append(Mid([givenName], 1, 3), Mid([surname], 1, 5))`, `"JohDoe"`, "givenName", "John", "surname", "Doe"),
		},
		{
			Name: "NormalizeDiacritics", Parameters: parameters("source"), Rule: "E-190", call: normalizeDiacritics,
			Doc:     "Replaces accented letters by plain ones.",
			Example: example(`NormalizeDiacritics([givenName])`, `"Zoe"`, "givenName", "Zoë"),
		},
		{
			Name: "PCase", Parameters: parameters("source", "wordSeparators?"), Rule: "E-194", call: properCase,
			Doc:     "Writes the first letter of each word in upper case and the others in lower case.",
			Example: example(`PCase([lastName], " '-")`, `"Pinto-De'Silva"`, "lastName", "PINTO-DE'SILVA"),
		},
		{
			Name: "Redact", Parameters: parameters("value"), Rule: "E-196", call: redact,
			Doc:     "Lets the value flow to the target and shows [Redact] in logs.",
			Example: example(`Redact([userPrincipalName])`, redactedText, "userPrincipalName", "John.Doe@contoso.com"),
		},
		{
			Name: "Replace", Rule: "E-198", call: replace, check: checkReplace,
			Parameters: parameters("source", "Find?", "RegularExpression?", "RegularExpressionGroupName?", "Replacement?", "ReplacementPropertyName?", "Template?"),
			Doc:        "Replaces a text or the matches of a regular expression, or puts the source into a template (E-206).",
			Example:    example(`Replace([mail], "@contoso.com", , , "", , )`, `"john.doe"`, "mail", "john.doe@contoso.com"),
		},
		{
			Name: "StripSpaces", Parameters: parameters("source"), Rule: "E-202", call: stripSpaces,
			Doc:     "Removes every blank (U+0020).",
			Example: example(`StripSpaces("A B C")`, `"ABC"`),
		},
		{
			Name: "ToLower", Parameters: parameters("source", "culture?"), Rule: "E-203", call: toLower,
			Doc:     "Writes a text in lower case by the rules of a culture, invariant if none is given.",
			Example: example(`ToLower([mail])`, `"john.smith@contoso.com"`, "mail", "John.Smith@Contoso.com"),
		},
		{
			Name: "ToUpper", Parameters: parameters("source", "culture?"), Rule: "E-203", call: toUpper,
			Doc:     "Writes a text in upper case by the rules of a culture, invariant if none is given.",
			Example: example(`ToUpper([country])`, `"DE"`, "country", "de"),
		},
		{
			Name: "Word", Parameters: parameters("String", "WordNumber:Integer", "Delimiters"), Rule: "E-204", call: word,
			Doc:     "Gives the n-th word of a text; each character of the delimiters separates words.",
			Example: example(`Word("The quick brown fox", 3, " ")`, `"brown"`),
		},
	}
}

func codeTable() []Function {
	return []Function{
		{
			Name: "BitAnd", Parameters: parameters("value1:Number", "value2:Number"), Rule: "E-164", call: bitAnd,
			Doc:     "Gives the bits that both numbers have.",
			Example: example(`BitAnd(&HF, &HF7)`, `7`),
		},
		{
			Name: "ConvertToBase64", Parameters: parameters("source"), Rule: "E-168", call: convertToBase64,
			Doc:     "Gives the base64 form of the text in UTF-16, low byte first.",
			Example: example(`ConvertToBase64("Hello world!")`, `"SABlAGwAbABvACAAdwBvAHIAbABkACEA"`),
		},
		{
			Name: "ConvertToUTF8Hex", Parameters: parameters("source"), Rule: "E-169", call: convertToUTF8Hex,
			Doc:     "Gives the UTF-8 bytes of the text as upper-case hexadecimal digits.",
			Example: example(`ConvertToUTF8Hex("Hello world!")`, `"48656C6C6F20776F726C6421"`),
		},
		{
			Name: "CStr", Parameters: parameters("value:Expression"), Rule: "E-171", call: cStr,
			Doc:     "Gives a number, reference or Boolean as text.",
			Example: example(`CStr([dn])`, `"cn=Joe,dc=contoso,dc=com"`, "dn", "cn=Joe,dc=contoso,dc=com"),
		},
		{
			Name: "DefaultDomain", Rule: "E-175", call: defaultDomain,
			Doc:     "Gives the default verified domain of the tenant.",
			Example: example(`Join("@", [mailNickname], DefaultDomain())`, `"jdoe@contoso.com"`, "mailNickname", "jdoe"),
		},
		{
			Name: "Guid", Rule: "E-177", call: guid,
			Doc:     "Gives a new random GUID in each evaluation.",
			Example: example(`Len(Guid())`, `36`),
		},
		{
			Name: "RandomString", Rule: "E-195", call: randomString,
			Parameters: parameters("Length:Number", "MinimumNumbers:Number", "MinimumSpecialCharacters:Number",
				"MinimumCapital:Number", "MinimumLowerCase:Number", "CharactersToAvoid?"),
			Doc:     "Gives a random text with at least so many digits, special characters, capitals and lower-case letters.",
			Example: example(`Len(RandomString(10, 2, 2, 2, 1, "?,"))`, `10`),
		},
	}
}

func logicTable() []Function {
	return []Function{
		{
			Name: "CBool", Parameters: parameters("Expression:Condition"), Rule: "E-165", call: cBool,
			Doc:     "Gives True for a true condition and for a value that is not zero, else False.",
			Example: example(`CBool([attribute1] = [attribute2])`, `True`, "attribute1", "x", "attribute2", "x"),
		},
		{
			Name: "Coalesce", Parameters: parameters("source..."), Rule: "E-167", call: coalesce,
			Doc:     "Gives the first argument that is not null; the last one may be a default.",
			Example: example(`Coalesce([mail], [userPrincipalName])`, `"John.Doe@contoso.com"`, "userPrincipalName", "John.Doe@contoso.com"),
		},
		{
			Name: "IgnoreFlowIfNullOrEmpty", Parameters: parameters("Expression:Expression"), Rule: "E-163", call: ignoreFlow,
			Doc:     "Drops the attribute from the flow if the value is null or empty; only as the outermost function.",
			Example: example(`IgnoreFlowIfNullOrEmpty([department])`, `null`),
		},
		{
			Name: "IIF", Parameters: parameters("condition:Condition", "valueIfTrue", "valueIfFalse"), Rule: "E-178", call: iif, check: checkIIF,
			Doc:     "Gives one of two values; null where an attribute of the condition is null or empty.",
			Example: example(`IIF([country] = "USA", [country], [department])`, `"Sales"`, "country", "Canada", "department", "Sales"),
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
		},
		{
			Name: "Not", Parameters: parameters("source:Boolean"), Rule: "E-191", call: not,
			Doc:     "Gives False for True, and True for anything else.",
			Example: example(`Not([IsSoftDeleted])`, `True`, "IsSoftDeleted", false),
		},
		{
			Name: "Switch", Parameters: parameters("source", "defaultValue?", "switchValue...?"), Rule: "E-179", call: switchValue, check: checkSwitch,
			Doc: "Gives the value behind the key that equals the source, else the default; the key \"\" matches null.",
			Example: example(`Switch([IsSoftDeleted], , "False", "True", "True", "False")`,
				`"True"`, "IsSoftDeleted", false),
		},
	}
}

func listTable() []Function {
	return []Function{
		{
			Name: "Count", Parameters: parameters("attribute:Expression"), Rule: "E-170", call: count,
			Doc:     "Gives the number of values of an attribute.",
			Example: example(`Count([proxyAddresses])`, `3`, "proxyAddresses", []string{"a", "b", "c"}),
		},
		{
			Name: "Item", Parameters: parameters("attribute:Expression", "index:Integer"), Rule: "E-185", call: item,
			Doc:     "Gives one value of a multi-valued attribute, counted from 1.",
			Example: example(`Item([proxyAddresses], 1)`, `"SMTP:a@contoso.com"`, "proxyAddresses", []string{"SMTP:a@contoso.com", "smtp:b@contoso.com"}),
		},
		{
			Name: "Join", Parameters: parameters("separator", "source..."), Rule: "E-186", call: join,
			Doc:     "Puts texts together with a separator; empty ones leave no trace, a list gives each of its values.",
			Example: example(`Join(", ", "", [surname], [givenName])`, `"Doe, John"`, "surname", "Doe", "givenName", "John"),
		},
		{
			Name: "RemoveDuplicates", Parameters: parameters("attribute:Expression"), Rule: "E-197", call: removeDuplicates,
			Doc:     "Gives each value of a multi-valued attribute once, in order.",
			Example: example(`RemoveDuplicates([proxyAddresses])`, `["a", "b"]`, "proxyAddresses", []string{"a", "b", "a"}),
		},
		{
			Name: "Split", Parameters: parameters("source", "delimiter"), Rule: "E-201", call: split,
			Doc:     "Makes a list of a text; parts are trimmed, empty ones dropped.",
			Example: example(`Split([extensionAttribute5], ",")`, `["PermissionSetOne", "PermissionSetTwo"]`, "extensionAttribute5", "PermissionSetOne, PermissionSetTwo"),
		},
	}
}

func dateTable() []Function {
	return []Function{
		{
			Name: "CDate", Parameters: parameters("Expression:Expression"), Rule: "E-166", call: cDate,
			Doc:     "Reads a date and gives it in UTC.",
			Example: example(`CDate("2020-03-16-07:00")`, `"3/16/2020 7:00:00 AM"`),
		},
		{
			Name: "DateAdd", Parameters: parameters("interval", "value:Number", "dateTime:DateTime"), Rule: "E-172", call: dateAdd,
			Doc:     "Adds years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s).",
			Example: example(`DateAdd("d", 7, CDate([StatusHireDate]))`, `"3/23/2012 7:00:00 AM"`, "StatusHireDate", "2012-03-16-07:00"),
		},
		{
			Name: "DateDiff", Parameters: parameters("interval", "date1:DateTime", "date2:DateTime"), Rule: "E-173", call: dateDiff,
			Doc:     "Gives date2 - date1 in years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s).",
			Example: example(`DateDiff("h", CDate("2021-08-24"), CDate("2021-08-25"))`, `24`),
		},
		{
			Name: "DateFromNum", Parameters: parameters("value:Number"), Rule: "E-174", call: dateFromNum,
			Doc:     "Gives the date of an Active Directory time stamp.",
			Example: example(`DateFromNum(129699324000000000)`, `"1/1/2012 11:00:00 PM"`),
		},
		{
			Name: "FormatDateTime", Parameters: parameters("source", "dateTimeStyles?", "inputFormat", "outputFormat"), Rule: "E-176", call: formatDateTime,
			short:   parameters("source", "inputFormat", "outputFormat"),
			Doc:     "Reads a date in one .NET format and writes it in another.",
			Example: example(`FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")`, `"2015-01-23"`, "extensionAttribute1", "20150123105347.1Z"),
		},
		{
			Name: "Now", Rule: "E-192", call: now,
			Doc:     "Gives the present time in UTC, by the clock of the simulation.",
			Example: example(`Now()`, `"7/2/2021 3:33:38 PM"`),
		},
		{
			Name: "NumFromDate", Parameters: parameters("value"), Rule: "E-193", call: numFromDate,
			Doc:     "Gives the Active Directory time stamp of a date.",
			Example: example(`NumFromDate("2020-12-31 23:59:59-08:00")`, `132539615990000000`),
		},
	}
}

// unavailableTable holds what Microsoft documents and this package does not evaluate.
func unavailableTable() []Function {
	return []Function{
		{
			Name: "AppRoleAssignmentsComplex", Parameters: parameters("source"), Rule: "E-161",
			Doc: "Gives all app roles of a user as a list of role objects.",
		},
		{
			Name: "AssertiveAppRoleAssignmentsComplex", Parameters: parameters("source"), Rule: "E-162",
			Doc: "Gives all app roles of a user, exported by replace.",
		},
		{
			Name: "SelectUniqueValue", Parameters: parameters("uniqueValueRule1", "uniqueValueRule..."), Rule: "E-199",
			Doc:     "Gives the first value that is unique in the target; for HR and API-driven provisioning only.",
			Refused: "it works for HR and API-driven provisioning to Active Directory only; give the attribute one rule",
		},
		{
			Name: "SingleAppRoleAssignment", Parameters: parameters("source"), Rule: "E-200",
			Doc: "Gives the value of one app role of a user.",
		},
	}
}
