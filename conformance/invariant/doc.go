// Package invariant judges what must hold in every response of a run, whatever check asked for it:
// media types, error bodies, metadata, ids, and that a write returns what the next read shows.
//
// A Transcript watches a session. Each Rule looks at one response and at what came before it in
// the same case. A Transcript keeps counts and the first exchange that breaks a rule, and no
// bodies beyond the last write of a case. Rules send no requests.
//
// Decisions: docs/decisions/conformance-invariant.md
package invariant
