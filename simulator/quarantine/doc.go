// Package quarantine is the state machine that takes a job out of its rhythm and lets
// it back (E-250 to E-262). It is pure: a State and an Event give the next State and
// what is to be announced; nothing here waits, stores or sends.
//
// simulator/job feeds it one Event per cycle and asks NextAttempt when to wake up;
// simulator/cycle only reports what a cycle saw.
//
// Decisions: docs/decisions/simulator-quarantine.md
package quarantine
