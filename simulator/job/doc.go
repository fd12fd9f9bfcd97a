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
//
// 2026-11-24: what an administrator does happens between cycles; one that is asked for
// while a cycle runs is dated when it was asked for and takes effect when the cycle has
// ended (E-15, E-56). A start or restart begins its cycle at once; nothing says when
// the service does.
//
// 2026-11-24: a restart makes a stopped job run again, whatever its scope, as G-29 calls
// it the restart of a stopped job. The state of its quarantine is lifted by
// QuarantineState, Start and None only (E-266 to E-268).
//
// 2026-11-24: a stopped job shows the schedule state Disabled and the code Paused, as the
// samples do (E-12, G-11). A job whose 28 days are over stays in status Quarantine.
//
// 2026-11-24: restarts do not clear the status NotRun twice: once a cycle was completed
// the job is Active while a restarted one is under way (inferred).
//
// 2026-11-24: saving other credentials neither starts a cycle nor lifts a quarantine;
// the next attempt, or Start, finds out (inferred from E-258).
//
// 2026-11-24: up to 64 cycles in which nothing happened share a commit on the virtual clock. A
// run that is killed repeats them; nothing but their preflights was sent, and the logs are
// cut to what was committed.
//
// 2026-11-24: a cycle that was broken off, by a signal or by kill -9, begins again with the
// same number, an id of its own, and the time that its log had reached; what it had done
// counts for the job (links, exports). It has the source that it began with: a process that
// was killed may have written memberships that nobody knows of, and the next attempt has to
// write the same ones, not those of a later time (found by the crash campaign, inferred).
package job
