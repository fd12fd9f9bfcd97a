package job

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// record is the key of the Record in the job's state.
const record = "job"

// Record is what a job remembers of itself between runs.
type Record struct {
	Started     time.Time        `json:"started"` // start of the first cycle; change streams count from here
	Now         time.Time        `json:"now"`     // where the virtual clock stopped
	Next        time.Time        `json:"next"`    // when the next cycle is due
	Cycle       int              `json:"cycle"`   // cycles run
	Watermark   int64            `json:"watermark"`
	Initialised bool             `json:"initialised"` // an initial cycle was completed
	SchemaHash  string           `json:"schemaHash"`
	Successes   int64            `json:"successes"` // exports since escrows were last cleared
	Quarantine  quarantine.State `json:"quarantine"`
	Applied     int              `json:"applied"` // changes of the stream that are in the directory
	Failures    int64            `json:"failures"`
	SteadyFirst time.Time        `json:"steadyFirst"`
	SteadyLast  time.Time        `json:"steadyLast"`
	Last        *Execution       `json:"last"`
	LastSuccess *Execution       `json:"lastSuccess"`
	LastExports *Execution       `json:"lastExports"`
}

// kind is what the next cycle has to be.
func (r *Record) kind() cycle.Kind {
	if r.Initialised {
		return cycle.Incremental
	}
	return cycle.Initial
}
