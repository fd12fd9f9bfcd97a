// Package limit finds the highest rate that a target holds: it doubles the rate until one does not
// hold, bisects between the two, and repeats both sides of the border.
//
//	Search ─► Try(rate) ─► Trial ─► … ─► Found: the rate that held, the one that did not, and why
//
// Decisions: docs/decisions/simulator-replay.md
package limit
