// Package forecast says what the next cycle of a job would do: it runs the cycle on a copy of
// the state, against a target that is only read.
//
//	state ─► copy ─► engine.Run with a plan.Target for the client ─► log of the copy ─► plan.json
//
// Run makes a plan; Unplanned compares the first cycle of a run with one. The plan as a
// document, and the target that remembers writes instead of sending them, are in simulator/plan.
//
// Decisions: docs/decisions/simulator-forecast.md
package forecast
