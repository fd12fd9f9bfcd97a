// Package forecast says what the next cycle of a job would do: it runs the cycle on a copy of
// the state, against a target that is only read.
//
//	state ─► copy ─► simulator.Run with a plan.Target for the client ─► log of the copy ─► plan.json
//
// Run makes a plan; Unplanned compares the first cycle of a run with one. The plan as a
// document, and the target that remembers writes instead of sending them, are in simulator/plan.
//
// # Decisions
//
// 2026-11-24: a plan is of the next cycle only. A second one would build on answers that
// no target gave. It copies the state file by file, because opening a SQLite database in
// WAL mode changes its folder, and it writes no run.json, journal, job or log under the
// names of a run, so that nothing that cleanup or a resumed run reads can be overwritten.
//
// 2026-11-24: a plan copies the state, and takes no lock.
package forecast
