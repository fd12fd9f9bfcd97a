package reports

import "time"

// Simulation contains the results of the engine. All times are virtual.
type Simulation struct {
	// Jobs are the jobs on the target. There is at least one.
	Jobs []Job `json:"jobs"`
	// Stopped is the reason why the run stopped early, or empty. All jobs stop together.
	Stopped string `json:"stopped,omitempty"`
	// Gone says when the target went away, if it did not come back, or is empty.
	Gone string `json:"gone,omitempty"`
	// Events are the events around the jobs, such as outages and changes in the source.
	Events       []Event       `json:"events,omitempty"`
	Expectations []Expectation `json:"expectations,omitempty"`
	// EndState compares the target with the directory of the main job; nil if that was not done.
	EndState *EndState `json:"endState,omitempty"`
}

// The kinds of cycle.
const (
	CycleInitial     = "initial"
	CycleIncremental = "incremental"
)

// The states of a cycle, as in Microsoft Graph.
const (
	CycleSucceeded        = "Succeeded"
	CycleFailed           = "Failed"
	CycleEntryLevelErrors = "EntryLevelErrors"
)

// Cycle is one iteration of the job.
type Cycle struct {
	Number int         `json:"number"`
	Kind   string      `json:"kind"`
	Began  time.Time   `json:"began"`
	Ended  time.Time   `json:"ended"`
	State  string      `json:"state"`
	Counts CycleCounts `json:"counts"`
	// Events are remarks on this cycle, such as the start of a quarantine.
	Events []string `json:"events,omitempty"`
	// Failure is what Events say of a failure that put the job into quarantine.
	Failure *Failure `json:"failure,omitempty"`
}

// CycleCounts contains the counts of a cycle.
type CycleCounts struct {
	Imported           int `json:"imported"`
	Created            int `json:"created"`
	Updated            int `json:"updated"`
	Disabled           int `json:"disabled"`
	Deleted            int `json:"deleted"`
	Skipped            int `json:"skipped"`
	Failed             int `json:"failed"`
	Escrowed           int `json:"escrowed"`
	MembershipsAdded   int `json:"membershipsAdded"`
	MembershipsRemoved int `json:"membershipsRemoved"`
	Requests           int `json:"requests"`
}

// Writes returns the number of changes in the target.
func (c CycleCounts) Writes() int {
	return c.Created + c.Updated + c.Disabled + c.Deleted + c.MembershipsAdded + c.MembershipsRemoved
}

// plus adds two counts.
func (c CycleCounts) plus(d CycleCounts) CycleCounts {
	return CycleCounts{
		Imported: c.Imported + d.Imported, Created: c.Created + d.Created, Updated: c.Updated + d.Updated,
		Disabled: c.Disabled + d.Disabled, Deleted: c.Deleted + d.Deleted, Skipped: c.Skipped + d.Skipped,
		Failed: c.Failed + d.Failed, Escrowed: c.Escrowed + d.Escrowed,
		MembershipsAdded: c.MembershipsAdded + d.MembershipsAdded, MembershipsRemoved: c.MembershipsRemoved + d.MembershipsRemoved,
		Requests: c.Requests + d.Requests,
	}
}

// Span is one quarantine.
type Span struct {
	Began time.Time `json:"began"`
	// Ended is zero while the quarantine lasts.
	Ended    time.Time `json:"ended,omitzero"`
	Reason   string    `json:"reason"`
	Error    string    `json:"error,omitempty"`
	Failure  *Failure  `json:"failure,omitempty"`
	Attempts []Attempt `json:"attempts,omitempty"`
}

// Attempt is one cycle attempted in quarantine.
type Attempt struct {
	At      time.Time `json:"at"`
	Result  string    `json:"result"`
	Failure *Failure  `json:"failure,omitempty"`
}

// The kinds of event.
const (
	// EventOutage is a period in which the target did not respond correctly.
	EventOutage = "outage"
	// EventChange is a change in the source.
	EventChange = "change"
	// EventCredential is a change of the credential.
	EventCredential = "credential"
)

// Event is an event around the job.
type Event struct {
	At time.Time `json:"at"`
	// Until is the end of an event with a duration, or zero.
	Until time.Time `json:"until,omitzero"`
	Kind  string    `json:"kind"`
	Title string    `json:"title"`
}

// Expectation is an expectation of a scenario and its result.
type Expectation struct {
	Title    string  `json:"title"`
	Expected string  `json:"expected"`
	Actual   string  `json:"actual"`
	Outcome  Outcome `json:"outcome"`
}

// EscrowReason counts the escrows with one error code, and their objects.
type EscrowReason struct {
	Code    string `json:"code"`
	Escrows int    `json:"escrows"`
	Objects int    `json:"objects"`
}

// Escrow is a failed object that waits for its next attempt.
type Escrow struct {
	ObjectType  string    `json:"objectType"`
	SourceID    string    `json:"sourceId"`
	SourceName  string    `json:"sourceName,omitempty"`
	Since       time.Time `json:"since"`
	Attempts    int       `json:"attempts"`
	NextAttempt time.Time `json:"nextAttempt,omitzero"`
	Error       string    `json:"error"`
	Failure     *Failure  `json:"failure,omitempty"`
}
