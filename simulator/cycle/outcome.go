package cycle

import (
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Outcome is what came of an entry, as facts. provlog words it.
type Outcome struct {
	Action provlog.Action
	Status provlog.Result
	// Skip says why the entry was skipped, or which reference is missing; its Reason is ""
	// where there is nothing of that kind.
	Skip provlog.Skip
	// Failure is set when Status is Failure.
	Failure *scimclient.Failure
	// Unresolved are the references that are not provisioned.
	Unresolved []string
	Steps      []provlog.Step
	// Retrial is the failed operation that the entry tries again; nil for a change.
	Retrial  *provlog.Retrial
	Modified []provlog.ModifiedProperty
	Retried  bool // an escrow ended: changes of earlier cycles may be outstanding
}

// step adds what a stage returned.
func (o *Outcome) step(s ...provlog.Step) { o.Steps = append(o.Steps, s...) }
