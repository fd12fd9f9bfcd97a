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
// Decisions: docs/decisions/conformance-expect.md
package expect
