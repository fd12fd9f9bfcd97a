// Package exchange is one HTTP request and the answer to it: sent within
// limits, recorded as a value, redacted, and written down as HAR or curl.
//
// It knows HTTP and nothing above it. The engine's client and the conformance
// session both send through a [Sender]; the commands write what they sent into
// a [HAR] file; reports print [Curl] lines.
//
// In prose: a caller makes one Sender for a run, sends requests with it, and
// gets an [Exchange] back for each, also when nobody answered. A refused
// connection, a body that never ends and an answer of 50 MB are not errors of
// the program but facts about the target, so they come back as a [Failure]: a
// class such as "refused", never a text with addresses or ports. Before an
// exchange leaves the program it passes a [Redactor].
//
// Decisions: docs/decisions/reports-exchange.md
package exchange
