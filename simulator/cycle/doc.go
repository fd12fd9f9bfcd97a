// Package cycle runs one cycle of a job: import, scoping, matching, processing,
// reference resolution, export, for users, their managers, groups and memberships, in
// that order (W-87).
//
// One Entry walks the stages, each in the file of its name. It has four parts: its Subject,
// the Decision, the Exchange with the target, and the Outcome. A stage returns its
// provlog.Step and fills in what the next one needs; the provisioning log is what the
// stages returned. All ways in which an entry can end are in endings.go. Three roles share
// the work on an entry:
//
//	plan      the planning goroutine reads directory and state, decides scope
//	exchange  a worker talks to the target; it sees only the entry
//	commit    the planning goroutine writes state, log and counters, in plan order, and
//	          tells Config.Observe
//
// so that different objects may be in flight at once while log and state are the
// same for every number of workers. Objects with the same matching value share a lane
// and never overtake each other.
//
// When the run is told to stop, no further request is begun, those under way come to
// their end, and what they achieved is committed and logged. The next run begins the
// cycle again, under an id of its own, and matching finds what is there already.
//
// Neighbours: simulator/directory is the source, simulator/mapping and
// simulator/scoping decide what should be there, simulator/dialect renders it,
// simulator/scimclient sends it, simulator/state remembers, simulator/job decides when
// the next cycle is.
//
// Decisions: docs/decisions/simulator-cycle.md
package cycle
