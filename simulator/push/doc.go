// Package push runs a provisioning client that pushes on events: it has no cycle, no watermark of its own
// and no quarantine. What such clients share is here; what makes one of them Okta or OneLogin is behind
// the interface Provider (simulator/okta, simulator/onelogin).
//
//	tenant, change stream ─► directory ─► rounds of events ─► Provider ─► Session ─► target
//	                                           │                            │
//	                                           ▼                            ▼
//	                       Store (links, members, tasks, position)   log, HAR, journal
//
// A round is what happens at one instant of the virtual clock: the changes of the source, the retries that
// are due, and what a Provider has scheduled. Within a round, users come before groups, and one request
// follows the other.
//
// A Provider compares what the directory wants with what the Store says was sent, so that a round may be
// repeated: a killed run resumes at the round it was in. Objects that it created and had not recorded are
// found by matching.
//
// Entra's rooms (cycle, engine, job, dialect, quarantine) are not imported here, and do not import this.
//
// Decisions: docs/decisions/simulator-push.md
package push
