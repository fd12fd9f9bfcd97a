// Package quarantine is the state machine that takes a job out of its rhythm and lets
// it back (E-250 to E-262). It is pure: a State and an Event give the next State and
// what is to be announced; nothing here waits, stores or sends.
//
// simulator/job feeds it one Event per cycle and asks NextAttempt when to wake up;
// simulator/cycle only reports what a cycle saw.
//
// # Decisions
//
// 2026-11-24: attempts come 6, 12 and 24 hours after the quarantine began and then
// every 24 hours; after 28 days the job is disabled (A-26, E-259). A start of the
// series is kept while attempts fail; a success ends it.
//
// 2026-11-24: counting rules are evaluated at the end of a cycle in the order of A-25.
// Below 5,000 failures proportions are not looked at (E-251, E-253).
//
// 2026-11-24: a paused job runs no attempts, and its 28 days go on; Expire ends them.
package quarantine
