package cycle

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Exchange is what passed between an entry and the target. A worker fills it in.
type Exchange struct {
	Target   scimclient.Resource // as read, found or created
	Found    bool                // in the target, by a read or a query
	NewLink  bool                // matched or created in this cycle
	Shared   bool                // matched an object that another source object has too
	Relinked bool                // the linked object was gone and the link is given up
	Wrote    bool
	Back     bool // it was disabled in the target and is active again
	later    bool // its create left something out, which the next cycle writes

	call     scimclient.Call
	requests int64
	waited   time.Duration // on the virtual clock, for responses that came late
	counted  int64         // requests that are in the cycle's figures already
	cut      error         // the run ended in the middle of several writes; what was achieved counts
	begun    []int64       // writes that the next commit settles
	drafted  bool          // a write of this entry holds the draft of the entry
	gate     gate          // of the prevention of accidental deletions
}

// gate is where the prevention of accidental deletions has an entry.
type gate struct {
	held     bool             // the write waits for the end of the cycle
	released bool             // it may be written now
	changes  []mapping.Change // what it would write
}

// cost is the virtual time that the exchange took; latency is that of the target.
func (x *Exchange) cost(o *Options, latency time.Duration) time.Duration {
	waited := time.Duration(x.requests)*latency + x.waited
	switch {
	case x.Wrote:
		return waited + o.WriteTime
	case x.requests > 0:
		return waited + o.ReadTime
	}
	return 0
}
