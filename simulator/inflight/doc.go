// Package inflight keeps the writes to a target that the state of the job does not hold yet, in
// one file beside it (inflight.jsonl).
//
// Before a request that changes the target, the caller writes its facts with [File.Begin]. After
// the response, it adds the outcome with [File.End]. Once the effect is part of the state, it
// calls [File.Settle], and saves [File.Position] in the same transaction as the effect. After a
// process was killed, [Open] finds the writes that no committed state holds.
//
//	Begin ─► request ─► End ─► Settle ─► commit of the state with Position ─► Trim
//
// Neighbours: simulator/cycle writes the facts and reads them
// back, simulator/state holds the position. The journal of simulator/cycle's creates, which
// cleanup reads, is another file: it lives as long as the objects.
//
// Decisions: docs/decisions/simulator-inflight.md
package inflight
