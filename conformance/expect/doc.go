// Package expect reads and writes the file of findings that a team knows about:
// checks that fail or are skipped, each with a reason and a day on which the patience
// ends. A finding that was expected counts as skipped; one that does not come fails, so
// that the file stays true; so does one whose day has passed.
//
//	expect:
//	  - check: ATT-005
//	    outcome: failed # or skipped; failed is the default
//	    reason: value filters come with release 4.2
//	    expires: 2026-12-31
//
// # Decisions
//
// 2026-11-24: reason and expires must be given: an entry that nobody can explain, or that
// never ends, is how a suite goes blind.
//
// 2026-11-24: a check that could not be run (errored) is never expected, since it says
// nothing about the target.
//
// 2026-11-24: the day of expires still counts, by the wall date of the machine in UTC.
package expect
