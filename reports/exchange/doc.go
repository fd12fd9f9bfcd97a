// Package exchange sends HTTP requests within limits, records each exchange as a value, redacts
// it, and writes it as HAR or curl.
//
// It knows HTTP and no higher protocol. The engine's client and the conformance session send
// through a [Sender]. The commands write exchanges to a [HAR] file. Reports print [Curl]
// commands.
//
// A caller creates one Sender for a run and gets an [Exchange] for each request, even without a
// response. A refused connection, an endless body or a response of 50 MB is not a program error
// but a fact about the target. The exchange then has a [Failure]: a class such as "refused",
// never a text with addresses or ports. A [Redactor] removes secrets before an exchange leaves
// the program.
//
// Decisions: docs/decisions/reports-exchange.md
package exchange
