package cycle

import "time"

// WritesRecord is the key of the inflight.Position in the job's state.
const WritesRecord = "writes"

// LogRecord is the key of the LogPosition in the job's state.
const LogRecord = "log"

// LogPosition says how far a log file belongs to the committed state, and how far the
// cycle was that wrote to it last.
type LogPosition struct {
	Path    string    `json:"path"`
	Offset  int64     `json:"offset"`
	Cycle   int       `json:"cycle"`
	Attempt int       `json:"attempt,omitempty"`
	At      time.Time `json:"at"`   // the virtual instant that the log had reached
	Done    Counts    `json:"done"` // by the cycle until then
	// Again are objects that are written and whose references are not; who begins the cycle
	// again looks at them, because nothing else says so.
	Again []int64 `json:"again,omitempty"`
}

// Counted is the position once what the cycle had done is part of the job's figures.
func (p LogPosition) Counted() LogPosition {
	p.Done = Counts{}
	return p
}
