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
// # Decisions
//
// 2026-11-24: Exchanges of one caller that begin within a sixteenth of the time-out share its
// timer, so that a time-out comes up to a sixteenth late: a timer and a context for each cost a
// tenth of what net/http needs for a request.
//
// 2026-11-24: the round tripper is used directly, without http.Client.Do. Do
// follows redirects, keeps cookies, and refuses a 302 whose Location does not
// parse; here each answer is a fact to be recorded as it came.
//
// 2026-11-24: a body above the limit is cut to its first 64 KiB. Nobody reads
// more of it, and a run may meet thousands of such answers.
//
// 2026-11-24: redaction works on every spelling of a secret: raw, URL-encoded,
// JSON-escaped, and inside base64 at any alignment, so that a password is found
// in "user:password" without knowing the user. A secret of any length counts.
//
// 2026-11-24: a HAR file is rewritten at its end for each entry: the entry and
// a fresh footer go out in one write. It is valid JSON at any moment, and a
// killed run leaves a file that opens.
//
// 2026-11-24: The Proxy is httputil.ReverseProxy with everything undone that it or net/http adds: forwarding headers,
// a User-Agent, a Date, a guessed Content-Type. net/http forgets how names of headers were spelled, so the
// listener remembers the bytes. An exchange is recorded before the last byte of its
// answer goes on: what a recording binds is there before it is used.
//
// 2026-11-24: A name for --redact hides a header, a member of JSON, a PATCH on it in any form of path, and every
// value of a filter that mentions it.
package exchange
