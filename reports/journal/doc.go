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
// [Begin] starts the journal of a run. It keeps that of an earlier run apart, and writes first
// whose journal it is: [Header] has the target, the run, and the state of the job.
//
// Decisions: docs/decisions/reports-journal.md
package journal
