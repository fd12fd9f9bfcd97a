// Package journal remembers what a run makes in a target, written before it is
// made.
//
// It knows neither HTTP nor SCIM. The engine and the conformance session write
// it; the command cleanup reads it and removes what is left.
//
// In prose: before a POST the caller writes an [Object] with [Journal.Intent]:
// which collection, and how to find the object again by exact match. After the
// answer it writes the id with [Journal.Made], after a DELETE [Journal.Gone].
// [Read] folds the lines to the objects that may still exist. An intent without
// a result counts: the process may have died between request and answer.
//
// Decisions: docs/decisions/reports-journal.md
package journal
