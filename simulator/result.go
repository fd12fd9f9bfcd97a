package simulator

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// Result is the outcome of a run.
type Result struct {
	// Status is the status code of the job in Graph: "Active", "Paused", "Quarantine" and the like.
	Status string
	// Quarantine is the reason for the quarantine in Graph, such as
	// "EncounteredQuarantineException"; empty means none.
	Quarantine string
	Started    time.Time // start of the first cycle of the job
	Cycles     []Cycle   // those of this run
	Escrows    []Escrow  // what the next cycle retries
	// Notes are remarks for an administrator about the target.
	Notes []string
}

// Cycle is one pass over the directory.
type Cycle struct {
	Number       int
	Kind         string // "initial" or "incremental"
	Began, Ended time.Time
	Counts       Counts
	// Failed means that the first request failed, so nothing was written.
	Failed bool
	// Cause is the reason why the job enters or stays in quarantine; nil if it does not.
	Cause *Cause
}

// Cause is a reason for quarantine.
type Cause struct {
	Reason  string // in Graph's words
	Code    string // of the error, in Graph's words
	Message string
}

// Counts are the figures of a cycle.
type Counts struct {
	Imported           int64 // objects read from the source
	ImportedDeltas     int64
	ImportedReferences int64
	Entitled           int64
	Created            int64
	Updated            int64
	Disabled           int64
	Deleted            int64
	Skipped            int64
	Failed             int64
	LinkedUsers        int64 // links made, by creation or by a match
	LinkedGroups       int64 // the same
	MembersAdded       int64
	MembersRemoved     int64
	Requests           int64
	Escrows            int64 // objects to retry, at the end of the cycle
	ReferenceEscrows   int64 // references to retry, at the end of the cycle
}

// Escrow is a failure that a later cycle retries.
type Escrow struct {
	ID       string // of the object in the source
	Type     string // "User" or "Group"
	Part     string // "object", "manager" or "member": what failed
	Member   string // id of the member, if Part is "member"
	Code     string // error code, in Graph's words
	Message  string
	First    time.Time // first failure
	Due      time.Time // earliest next attempt
	Attempts int       // retries after the first failure
}

// plain is the result in plain values; the escrows are added by the caller.
func plain(res *engine.Result) *Result {
	out := &Result{Status: res.Job.Status.Code, Started: res.Started, Notes: res.Notes}
	if q := res.Job.Status.Quarantine; q != nil {
		out.Quarantine = string(q.Reason)
	}
	for _, c := range res.Cycles {
		out.Cycles = append(out.Cycles, plainCycle(c))
	}
	return out
}

func plainCycle(c cycle.Result) Cycle {
	out := Cycle{Number: c.Number, Kind: string(c.Kind), Began: c.Began, Ended: c.Ended, Counts: Counts(c.Counts), Failed: c.Failed}
	if c.Cause != nil {
		out.Cause = &Cause{Reason: string(c.Cause.Reason), Code: c.Cause.Error.Code, Message: c.Cause.Error.Message}
	}
	return out
}
