package expression

func dateTable() []Function {
	return []Function{
		{
			Name: "CDate", Parameters: parameters("Expression:Expression"), Rule: "E-166", call: cDate,
			Doc:     "Reads a date and gives it in UTC.",
			Example: example(`CDate("2020-03-16-07:00")`, `"3/16/2020 7:00:00 AM"`),
			Chosen: []string{
				"null stays null",
				"a date without an offset is in UTC; what is missing of a date is taken from today",
				"reads what .NET reads in the invariant culture; a year of two digits lies between 1950 and 2049",
			},
		},
		{
			Name: "DateAdd", Parameters: parameters("interval", "value:Number", "dateTime:DateTime"), Rule: "E-172", call: dateAdd,
			Doc:     "Adds years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s).",
			Example: example(`DateAdd("d", 7, CDate([StatusHireDate]))`, `"3/23/2012 7:00:00 AM"`, "StatusHireDate", "2012-03-16-07:00"),
			Chosen: []string{
				"null stays null",
				"a month or year added to the 29th to 31st ends in the month it leads to",
				"a fraction of a unit is rounded, half to even",
				"another interval is an error; its letters are case-sensitive",
			},
		},
		{
			Name: "DateDiff", Parameters: parameters("interval", "date1:DateTime", "date2:DateTime"), Rule: "E-173", call: dateDiff,
			Doc:     "Gives date2 - date1 in years (yyyy), months (m), weeks (ww), days (d), hours (h), minutes (n) or seconds (s).",
			Example: example(`DateDiff("h", CDate("2021-08-24"), CDate("2021-08-25"))`, `24`),
			Chosen: []string{
				"null stays null",
				"yyyy and m count calendar fields, d, h, n and s whole units cut towards zero, ww the Sundays crossed",
				"another interval is an error; its letters are case-sensitive",
			},
		},
		{
			Name: "DateFromNum", Parameters: parameters("value:Number"), Rule: "E-174", call: dateFromNum,
			Doc:     "Gives the date of an Active Directory time stamp.",
			Example: example(`DateFromNum(129699324000000000)`, `"1/1/2012 11:00:00 PM"`),
			Chosen:  []string{"null, 0 and 9223372036854775807 (never) give null"},
		},
		{
			Name: "FormatDateTime", Parameters: parameters("source", "dateTimeStyles?", "inputFormat", "outputFormat"), Rule: "E-176", call: formatDateTime,
			short:   parameters("source", "inputFormat", "outputFormat"),
			Doc:     "Reads a date in one .NET format and writes it in another.",
			Example: example(`FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")`, `"2015-01-23"`, "extensionAttribute1", "20150123105347.1Z"),
			Chosen: []string{
				"null stays null; a text that does not fit is an error",
				"names of months and days are those of the invariant culture, local time is UTC",
				"the form with three arguments, without styles, is accepted",
			},
		},
		{
			Name: "Now", Rule: "E-192", call: now,
			Doc:     "Gives the present time in UTC, by the clock of the simulation.",
			Example: example(`Now()`, `"7/2/2021 3:33:38 PM"`),
			Chosen:  []string{"the clock of the simulation"},
		},
		{
			Name: "NumFromDate", Parameters: parameters("value"), Rule: "E-193", call: numFromDate,
			Doc:     "Gives the Active Directory time stamp of a date.",
			Example: example(`NumFromDate("2020-12-31 23:59:59-08:00")`, `132539615990000000`),
			Chosen:  []string{"null stays null; what is no date is an error"},
		},
	}
}
