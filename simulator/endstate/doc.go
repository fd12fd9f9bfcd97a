// Package endstate compares what a target holds with what it should hold.
//
//	expected (a directory and its mapping, or a recorded client) ──┐
//	                                                               ├─► Compare ─► Result
//	Reader: lists, searches and reads of the target ───────────────┘
//
// Compare only reads. It believes no list by itself: what a list lacks or shows otherwise is
// confirmed by a read or a search, until enough of them agreed. What cannot be confirmed is
// reported as unverified, never as a difference.
//
// Memory does not grow with the size of resources: listed resources go to a Spool, and only an
// index of them is kept.
//
// Decisions: docs/decisions/simulator-endstate.md
package endstate
