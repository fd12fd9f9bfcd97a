// Package dates reads and writes dates as .NET does in the invariant culture, with UTC as
// local time: free text (Read), formats (ParseFormat), styles, intervals and FILETIME.
//
// Neighbours: simulator/expression calls it for the date functions; it knows no functions
// and no values of the language.
//
//	format, err := dates.ParseFormat("yyyy-MM-dd")
//	moment, err := format.Read("2026-01-05", styles, now)
package dates
