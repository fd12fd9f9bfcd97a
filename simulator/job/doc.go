// Package job is the life of a synchronization job: when the next cycle is, of which
// kind, what quarantine does to the rhythm, and what Graph shows of it all.
//
// simulator assembles a Job and calls Cycle until enough has happened;
// simulator/cycle does the work of one cycle; simulator/quarantine decides about
// quarantine; the Record of the job lives in simulator/state.
//
// # Decisions
//
// 2026-11-24: the interval counts from start to start; a cycle that overruns is
// followed at once by the next.
//
// 2026-11-24: what changed in the source is taken at the start of a cycle; a change that
// falls into a cycle waits for the next one. The watermark is written at the end, and
// not at all by a cycle that failed (E-50, A-33).
//
// 2026-11-24: audit events have the fields of directoryAudits (G-44). No sample of a
// Quarantine event was found in public, so its additionalDetails are ours.
package job
