// Package replay sends a recorded or generated stream of requests to a target, as load.
//
//	requests.jsonl, HAR ─► Source ─► Request (pre-split templates) ─► schedule ─► order ─► workers ─► target
//	                                                                     ▲                     │
//	                                                            pacer: due times        ids of responses
//
// The requests of one object are sent one after the other, and a request that needs an id waits
// for the response that gives it. All other requests overtake each other freely. In the open
// model, a schedule says when each request is due, whatever the target does. In the closed model,
// a fixed number of requests is always under way.
//
// Requests are byte templates, and of responses only the status and ids are read, so that the
// generator costs about as much as net/http alone. Package measure counts the responses.
//
// Decisions: docs/decisions/simulator-replay.md
package replay
