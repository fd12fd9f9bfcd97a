// Package recording reads what a provisioning service sent: who a request is about,
// which kind of step it is, where cycles begin, which dialect is spoken, and which id was
// bound by which answer.
//
//	exchange (live, or of a HAR) ─► Request ─► Names (ids become names) ─► stream, summary, dialect
//
// In prose: a recording is a list of Requests. The ids that a target gives differ from
// target to target, so they are replaced by placeholders such as {{users["ada@contoso.test"].id}};
// what is left can be sent to another target, and compared with another recording.
//
// Decisions: docs/decisions/simulator-recording.md
package recording
