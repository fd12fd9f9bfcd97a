package expression

func codeTable() []Function {
	return []Function{
		{
			Name: "BitAnd", Parameters: parameters("value1:Number", "value2:Number"), Rule: "E-164", call: bitAnd,
			Doc:     "Gives the bits that both numbers have.",
			Example: example(`BitAnd(&HF, &HF7)`, `7`),
			Chosen:  []string{"null, a text that is no number and a fraction are errors"},
		},
		{
			Name: "ConvertToBase64", Parameters: parameters("source"), Rule: "E-168", call: convertToBase64,
			Doc:     "Gives the base64 form of the text in UTF-16, low byte first.",
			Example: example(`ConvertToBase64("Hello world!")`, `"SABlAGwAbABvACAAdwBvAHIAbABkACEA"`),
			Chosen:  []string{"null stays null"},
		},
		{
			Name: "ConvertToUTF8Hex", Parameters: parameters("source"), Rule: "E-169", call: convertToUTF8Hex,
			Doc:     "Gives the UTF-8 bytes of the text as upper-case hexadecimal digits.",
			Example: example(`ConvertToUTF8Hex("Hello world!")`, `"48656C6C6F20776F726C6421"`),
			Chosen:  []string{"null stays null"},
		},
		{
			Name: "CStr", Parameters: parameters("value:Expression"), Rule: "E-171", call: cStr,
			Doc:     "Gives a number, reference or Boolean as text.",
			Example: example(`CStr([dn])`, `"cn=Joe,dc=contoso,dc=com"`, "dn", "cn=Joe,dc=contoso,dc=com"),
			Chosen:  []string{"null stays null; a Boolean is True or False (E-159)"},
		},
		{
			Name: "DefaultDomain", Rule: "E-175", call: defaultDomain,
			Doc:     "Gives the default verified domain of the tenant.",
			Example: example(`Join("@", [mailNickname], DefaultDomain())`, `"jdoe@contoso.com"`, "mailNickname", "jdoe"),
			Chosen:  []string{"a tenant without a default domain is an error"},
		},
		{
			Name: "Guid", Rule: "E-177", call: guid,
			Doc:     "Gives a new random GUID in each evaluation.",
			Example: example(`Len(Guid())`, `36`),
			Chosen:  []string{"lower case with dashes; drawn from the seed"},
		},
		{
			Name: "RandomString", Rule: "E-195", call: randomString,
			Parameters: parameters("Length:Number", "MinimumNumbers:Number", "MinimumSpecialCharacters:Number",
				"MinimumCapital:Number", "MinimumLowerCase:Number", "CharactersToAvoid?"),
			Doc:     "Gives a random text with at least so many digits, special characters, capitals and lower-case letters.",
			Example: example(`Len(RandomString(10, 2, 2, 2, 1, "?,"))`, `10`),
			Chosen:  []string{"the length must reach the sum of all four minima; drawn from the seed"},
		},
	}
}
