package expression

func dateTable() []Function {
	return []Function{
		{
			Name: "CDate", Parameters: parameters("Expression:Expression"), Rule: "E-166", call: cDate,
			Doc:     "Parses a date and returns it in UTC.",
			Example: example(`CDate("2020-03-16-07:00")`, `"3/16/2020 7:00:00 AM"`),
			Chosen: []string{
				"null returns null",
				"a date without an offset is in UTC; missing parts of a date come from today",
				"accepts the formats of .NET in the invariant culture; a two-digit year is between 1950 and 2049",
			},
		},
		{
			Name: "DateAdd", Parameters: parameters("interval", "value:Number", "dateTime:DateTime"), Rule: "E-172", call: dateAdd,
			Doc:     "Adds years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s).",
			Example: example(`DateAdd("d", 7, CDate([StatusHireDate]))`, `"3/23/2012 7:00:00 AM"`, "StatusHireDate", "2012-03-16-07:00"),
			Chosen: []string{
				"null returns null",
				"adding months or years to the 29th, 30th or 31st stays within the resulting month",
				"fractional units are rounded, half to even",
				"any other interval is an error; intervals are case-sensitive",
			},
		},
		{
			Name: "DateDiff", Parameters: parameters("interval", "date1:DateTime", "date2:DateTime"), Rule: "E-173", call: dateDiff,
			Doc:     "Returns date2 - date1 in years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s).",
			Example: example(`DateDiff("h", CDate("2021-08-24"), CDate("2021-08-25"))`, `24`),
			Chosen: []string{
				"null returns null",
				"yyyy and m count calendar fields; d, h, n and s count whole units, truncated towards zero; ww counts Sundays crossed",
				"any other interval is an error; intervals are case-sensitive",
			},
		},
		{
			Name: "DateFromNum", Parameters: parameters("value:Number"), Rule: "E-174", call: dateFromNum,
			Doc:     "Converts an Active Directory time stamp to a date.",
			Example: example(`DateFromNum(129699324000000000)`, `"1/1/2012 11:00:00 PM"`),
			Chosen:  []string{"null, 0 and 9223372036854775807 (never) return null"},
		},
		{
			Name: "FormatDateTime", Parameters: parameters("source", "dateTimeStyles?", "inputFormat", "outputFormat"), Rule: "E-176", call: formatDateTime,
			short:   parameters("source", "inputFormat", "outputFormat"),
			Doc:     "Converts a date from one .NET format to another.",
			Example: example(`FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")`, `"2015-01-23"`, "extensionAttribute1", "20150123105347.1Z"),
			Chosen: []string{
				"null returns null; a string that does not match the format is an error",
				"month and day names use the invariant culture; local time is UTC",
				"the form with three arguments, without styles, is accepted",
			},
		},
		{
			Name: "Now", Rule: "E-192", call: now,
			Doc:     "Returns the current time in UTC from the simulation clock.",
			Example: example(`Now()`, `"7/2/2021 3:33:38 PM"`),
			Chosen:  []string{"uses the simulation clock"},
		},
		{
			Name: "NumFromDate", Parameters: parameters("value"), Rule: "E-193", call: numFromDate,
			Doc:     "Converts a date to an Active Directory time stamp.",
			Example: example(`NumFromDate("2020-12-31 23:59:59-08:00")`, `132539615990000000`),
			Chosen:  []string{"null returns null; an invalid date is an error"},
		},
	}
}
