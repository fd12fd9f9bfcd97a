package push

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/reach"
)

// Counts are what a round did.
type Counts struct {
	Created, Updated, Disabled, Deleted, Skipped, Failed int64
	MembersAdded, MembersRemoved                         int64
	Requests                                             int64
}

// Plus adds two counts.
func (c Counts) Plus(d Counts) Counts {
	return Counts{
		Created: c.Created + d.Created, Updated: c.Updated + d.Updated, Disabled: c.Disabled + d.Disabled, Deleted: c.Deleted + d.Deleted,
		Skipped: c.Skipped + d.Skipped, Failed: c.Failed + d.Failed,
		MembersAdded: c.MembersAdded + d.MembersAdded, MembersRemoved: c.MembersRemoved + d.MembersRemoved, Requests: c.Requests + d.Requests,
	}
}

// Round is what happened at one instant.
type Round struct {
	Number int
	At     time.Time
	First  bool // everything is looked at
	Counts Counts
	Failed bool // the connection test failed
}

// Result is the result of a run.
type Result struct {
	Started time.Time
	Rounds  []Round
	// Tasks are what an administrator still has to look at.
	Tasks []Task
	Notes []string
	// Gone is set if the target went away and did not come back, or never answered.
	Gone     *reach.Reach
	EndState *EndState
}

// EndState is what the comparison of the end state came to.
type EndState struct {
	endstate.Result

	// Waiting is the number of objects that were not compared because they wait for a retry.
	Waiting int
	// Own means that only what this run wrote was compared.
	Own bool
	// Directory is the number of users of the directory; Provisioned those who are in the target.
	Directory, Provisioned int
	LeftOut                map[string]int // users by the reason for which they are not there
}
