// Package intake makes a request stream of what others recorded: a HAR file of a run, a HAR file that a browser
// wrote, the lines of an access log, or a stream.
//
//	file ─► sieve (SCIM or not) ─► secrets out, pseudonyms in ─► recording.Stream ─► Line
//	                  └► Left: what is not SCIM, by name
//
// Ids that responses tell become placeholders, so the stream can be sent to another target. Inventory says what a
// stream holds, and which requests of it cannot be replayed there, and why.
//
// Decisions: docs/decisions/simulator-recording.md
package intake
