// Package cause names what is wrong with a target, from what was seen. Equal facts are one cause,
// whatever check saw them. An outer layer names the cause before an inner one: a lost connection,
// a missing route, a server error, an attribute without effect, and at last the check's own label.
//
// Decisions: docs/decisions/conformance-cause.md
package cause
