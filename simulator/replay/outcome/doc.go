// Package outcome works out what a target should hold after a stream was replayed: the effect of
// the writes that succeeded, in the order of the stream.
//
//	replay.Write (with the ids of this target) ─► Model ─► endstate.Expected ─► endstate.Compare
//
// The model knows the forms that clients of SCIM send: POST, PUT, DELETE and PATCH with and without
// paths. Where a write has another form, the values of that object are not compared, but its
// existence is.
//
// Decisions: docs/decisions/simulator-replay.md
package outcome
