// Package job is the life of a synchronization job: when the next cycle is, of which
// kind, what quarantine does to the rhythm, and what Graph shows of it all.
//
// simulator assembles a Job and calls Cycle until enough has happened;
// simulator/cycle does the work of one cycle; simulator/quarantine decides about
// quarantine; the Record of the job lives in simulator/state.
//
// Decisions: docs/decisions/simulator-job.md
package job
