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
// # Decisions
//
// 2026-11-24: Ids are replaced where a quote or a slash stands on both sides, never inside of words: targets
// give ids such as 7. One below sixteen characters is replaced in paths and in references
// only, since "7" may also be a value.
//
// 2026-11-24: The body in a stream is a string, not JSON: which bytes were sent is what a
// recording is for, and a body with a placeholder is a template, not a document.
//
// 2026-11-24: A probe is a query for a GUID that no object of the recording has (W-1, W-4); a
// cycle begins with one. Several in a row, as for users and groups (W-6), are one beginning.
package recording
