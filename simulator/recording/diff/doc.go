// Package diff compares what our engine sends with what was recorded elsewhere, rule
// by rule of docs/why/behaviour.md.
//
//	two recordings ─► sides (ids and probes masked) ─► objects aligned, steps aligned ─► differences by rule
//
// In prose: both sides come from the same changes of the same source. A step is a request, or
// several that do one thing: the members that one cycle adds to a group. Steps of an object are aligned by
// their kind; aligned steps are compared in query, body and headers; what has no partner
// is a difference too. A difference names the option that would explain it, if there is one.
//
// Decisions: docs/decisions/simulator-recording-diff.md
package diff
