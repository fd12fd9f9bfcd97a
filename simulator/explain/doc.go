// Package explain says of each entry of a provisioning log what happened, why, by which rule, and
// what to change where: in the endpoint, in the mapping or in Entra.
//
// In prose: Log takes the entries that simulator/provlog/read has read, and gives an Explanation to
// each. Its Cause comes from a closed table; an error code that the table lacks is said to be
// unknown. Reproduce writes a scenario that leads to the same entry, with made-up people. Compare
// sets two logs side by side, entry by entry, with ids mapped to each other.
//
// The service words the reason of a failure in prose and quotes the response in it (E-313). That
// text is a format of its own here: reason.go reads it and nothing else does.
//
// Checks and defects are not known here. Whoever prints an explanation adds them by the key of
// the cause.
//
// Decisions: docs/decisions/simulator-explain.md
package explain
