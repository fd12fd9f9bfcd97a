// Package expect reads and writes the expectations file, which lists known findings: checks
// that fail or are skipped, each with a reason and an expiry date. An expected finding counts
// as skipped. If an expected finding does not occur, or its date has passed, the check fails.
// This keeps the file up to date.
//
//	expect:
//	  - check: ATT-005
//	    outcome: failed # or skipped; the default is failed
//	    cause: value-filters # optional: a failure for another cause still fails
//	    reason: value filters come with release 4.2
//	    expires: 2026-12-31
//
// Decisions: docs/decisions/conformance-expect.md
package expect
