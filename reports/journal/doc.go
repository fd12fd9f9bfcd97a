// Package journal records the objects that a run creates in a target, before it creates them.
//
// It knows neither HTTP nor SCIM. The engine and the conformance session write the journal.
// The command cleanup reads it and removes the remaining objects.
//
// Before a POST, the caller writes an [Object] with [Journal.Intent]: its collection, and an
// exact match to find it. After the response, the caller writes the id with [Journal.Made].
// After a DELETE, it calls [Journal.Gone]. [Read] returns the objects that may still exist. An
// intent without a result counts, because the process may have died before the response.
//
// Decisions: docs/decisions/reports-journal.md
package journal
