// Package diff compares what our engine sends with what was recorded elsewhere, rule
// by rule of docs/behaviour.md.
//
//	two recordings ─► sides (ids and probes masked) ─► objects aligned, steps aligned ─► differences by rule
//
// In prose: both sides come from the same changes of the same source. A step is a request, or
// several that do one thing: the members that one cycle adds to a group. Steps of an object are aligned by
// their kind; aligned steps are compared in query, body and headers; what has no partner
// is a difference too. A difference names the option that would explain it, if there is one.
//
// # Decisions
//
// 2026-11-24: Objects are aligned over the whole recording and not cycle by cycle: in a live tenant a change
// may fall into another cycle than it did here, and a probe may come in the middle of
// a cycle (W-4).
//
// 2026-11-24: The order of objects inside a phase is a note, not a difference: the live service sends in
// parallel (W-134). The order of the phases is compared (W-87).
//
// 2026-11-24: An option is named where its two sides look different on the wire and the difference is of
// that form: changing the option is what was tried first when a recording deviates. Options that decide
// whether a request is sent at all in some situation (rematchOn404 and the like, matchBeforeScope,
// honorRetryAfter) are not guessed from requests that one side alone sent.
//
// 2026-11-24: What was redacted equals everything. Headers that tunnels add are not looked at, and those that
// an HTTP library adds, such as Accept-Encoding, only where both sides show them.
package diff
