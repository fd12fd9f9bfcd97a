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
	Initialised bool             `json:"initialised"` // an initial cycle was completed since the watermark was cleared
	Completed   bool             `json:"completed"`   // a cycle was ever completed (E-35)
	Paused      bool             `json:"paused"`
	SchemaHash  string           `json:"schemaHash"`
	Successes   int64            `json:"successes"` // exports since escrows were last cleared
	Quarantine  quarantine.State `json:"quarantine"`
	Pruned      bool             `json:"pruned"`            // escrows were dropped after the initial cycle (E-34)
	Demands     int              `json:"demands,omitempty"` // provisionings on demand
	// Demanded are the instants of the last ones, where they are limited.
	Demanded []time.Time `json:"demanded,omitempty"`
	Applied  int         `json:"applied"` // changes of the stream that are in the directory
	Failures int64       `json:"failures"`
	// Linked counts by kind the objects that ever got a link since the last reset of the
	// connector data store; deletions do not lower it (E-54).
	Linked map[string]int64 `json:"linked,omitempty"`
	// FailureTold is set from a notification of failed objects until a cycle without any.
	FailureTold bool `json:"failureTold,omitempty"`
	// ScopeAll is the scope setting, ScopeInForce what cycles go by (E-47).
	ScopeAll     bool `json:"scopeAll"`
	ScopeInForce bool `json:"scopeInForce"`
	// Staged are the objects whose disable or deletion is held back (E-227).
	Staged       []int64 `json:"staged,omitempty"`
	ForceDeletes bool    `json:"forceDeletes,omitempty"` // the next cycle executes them
	// Progress is that of the last cycle that read objects.
	Progress    *Progress  `json:"progress,omitempty"`
	SteadyFirst time.Time  `json:"steadyFirst"`
	SteadyLast  time.Time  `json:"steadyLast"`
	Last        *Execution `json:"last"`
	LastSuccess *Execution `json:"lastSuccess"`
	LastExports *Execution `json:"lastExports"`
}

// achieved adds what a cycle did to the figures that outlive it.
func (r *Record) achieved(c cycle.Counts) {
	r.Successes += c.Exports()
	if r.Linked == nil {
		r.Linked = map[string]int64{}
	}
	r.Linked["User"] += c.LinkedUsers
	r.Linked["Group"] += c.LinkedGroups
}

// kind is what the next cycle has to be.
func (r *Record) kind() cycle.Kind {
	if r.Initialised {
		return cycle.Incremental
	}
	return cycle.Initial
}
