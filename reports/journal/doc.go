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
// # Decisions
//
// 2026-11-24: one line is one write(2) on a file opened for appending, so a
// process killed at any moment leaves whole lines and at most one torn one at
// the end. A torn line was never followed by its request; Open cuts it off, Read
// passes over it.
//
// 2026-11-24: no fsync. The journal outlives the process, not a power failure;
// a disk flush for each of 100,000 creates would cost more than the creates.
//
// 2026-11-24: A journal is read line by line, and no line is longer than 16 MiB: one of
// 1,000,000 creates needs no memory to be opened again, and an endless file is refused.
package journal
