// Package engine runs a job from its parts: it opens state and logs, connects to the target, and
// runs the cycles.
//
//	Config, Deps ─► Run ─► job ─► cycle ─► target
//	                 └► state, provisioning log, job, audit log, HAR, journal
//
// It may change. Package simulator offers the same run in plain values. Here Deps also takes
// what only the commands need: a client in the place of the target (simulator/forecast), a timeline
// (simulator/scenario), and the entries of the log before they are written. OnDemand provisions
// one object outside the cycles.
//
// Decisions: docs/decisions/simulator-engine.md
package engine
