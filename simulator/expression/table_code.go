package expression

func codeTable() []Function {
	return []Function{
		{
			Name: "BitAnd", Parameters: parameters("value1:Number", "value2:Number"), Rule: "E-164", call: bitAnd,
			Doc:     "Returns the bits that are set in both numbers.",
			Example: example(`BitAnd(&HF, &HF7)`, `7`),
			Chosen:  []string{"null, a fraction and a string that is not a number are errors"},
		},
		{
			Name: "ConvertToBase64", Parameters: parameters("source"), Rule: "E-168", call: convertToBase64,
			Doc:     "Returns the string as base64 of its UTF-16 form, low byte first.",
			Example: example(`ConvertToBase64("Hello world!")`, `"SABlAGwAbABvACAAdwBvAHIAbABkACEA"`),
			Chosen:  []string{"null returns null"},
		},
		{
			Name: "ConvertToUTF8Hex", Parameters: parameters("source"), Rule: "E-169", call: convertToUTF8Hex,
			Doc:     "Returns the UTF-8 bytes of the string as upper-case hexadecimal digits.",
			Example: example(`ConvertToUTF8Hex("Hello world!")`, `"48656C6C6F20776F726C6421"`),
			Chosen:  []string{"null returns null"},
		},
		{
			Name: "CStr", Parameters: parameters("value:Expression"), Rule: "E-171", call: cStr,
			Doc:     "Converts a number, reference or Boolean to a string.",
			Example: example(`CStr([dn])`, `"cn=Joe,dc=contoso,dc=com"`, "dn", "cn=Joe,dc=contoso,dc=com"),
			Chosen:  []string{"null returns null; a Boolean becomes True or False (E-159)"},
		},
		{
			Name: "DefaultDomain", Rule: "E-175", call: defaultDomain,
			Doc:     "Returns the default verified domain of the tenant.",
			Example: example(`Join("@", [mailNickname], DefaultDomain())`, `"jdoe@contoso.com"`, "mailNickname", "jdoe"),
			Chosen:  []string{"a missing default domain is an error"},
		},
		{
			Name: "Guid", Rule: "E-177", call: guid,
			Doc:     "Returns a new random GUID in each evaluation.",
			Example: example(`Len(Guid())`, `36`),
			Chosen:  []string{"lower case with dashes; derived from the seed"},
		},
		{
			Name: "RandomString", Rule: "E-195", call: randomString,
			Parameters: parameters("Length:Number", "MinimumNumbers:Number", "MinimumSpecialCharacters:Number",
				"MinimumCapital:Number", "MinimumLowerCase:Number", "CharactersToAvoid?"),
			Doc:     "Returns a random string with minimum numbers of digits, special characters, capitals and lower-case letters.",
			Example: example(`Len(RandomString(10, 2, 2, 2, 1, "?,"))`, `10`),
			Chosen:  []string{"the length must be at least the sum of all four minimums; derived from the seed"},
		},
	}
}
