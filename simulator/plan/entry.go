package plan

import "github.com/scimdrill/scimdrill/simulator/cycle"

// Action is what would be done, in the words of a forecast.
type Action string

// The actions. The last two are for a plan without a target, which cannot tell a create
// from a match, or an update from an object that agrees.
const (
	Create    Action = "create"
	Update    Action = "update"
	Unchanged Action = "unchanged"
	Disable   Action = "disable"
	Delete    Action = "delete"
	Skip      Action = "skip"
	Hold      Action = "holdBack" // by the prevention of accidental deletions
	Fail      Action = "fail"
	Manager   Action = "manager" // a manager is set
	Members   Action = "members" // memberships are added or removed
	LookUp    Action = "lookUp"
	Compare   Action = "compare"
)

// Actions lists the actions in the order in which people want to hear of them.
func Actions() []Action {
	return []Action{Create, LookUp, Update, Compare, Disable, Delete, Hold, Manager, Members, Fail, Skip, Unchanged}
}

// Part says which of its entries in one cycle an object's entry is.
type Part = cycle.Part

// Entry is what would happen to one object, or to its references.
type Entry struct {
	Action Action `json:"action"`
	Part   Part   `json:"part"`
	Object Object `json:"object"`
	// TargetID is the object's id in the target; "" while it has none.
	TargetID string `json:"targetId,omitempty"`
	// Matched: not linked before, and found in the target by a matching attribute.
	Matched bool   `json:"matched,omitempty"`
	Reason  string `json:"reason"`
	// Code is the reason of a skip or the error of a failure, as the log has it.
	Code       string      `json:"code,omitempty"`
	Attributes []Attribute `json:"attributes,omitempty"`
	Manager    *Object     `json:"manager,omitempty"`
	OldManager *Object     `json:"oldManager,omitempty"`
	Added      []Object    `json:"membersAdded,omitempty"`
	Removed    []Object    `json:"membersRemoved,omitempty"`
	// Unresolved are source ids that are referenced and not in the target.
	Unresolved []string `json:"unresolved,omitempty"`
}

// Object is an object of the source, or one of the target that no source object is linked to.
type Object struct {
	Type     string `json:"type,omitempty"`
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"`
	TargetID string `json:"targetId,omitempty"` // only without a source object
}

// Attribute is one value that would flow. Old is null where the target has none.
type Attribute struct {
	Name string  `json:"name"`
	Old  *string `json:"old"`
	New  *string `json:"new"`
}

// Counts add up entries. Created, Updated … are of objects; references count apart.
type Counts struct {
	Created        int `json:"created"`
	MatchedUpdated int `json:"matchedAndUpdated"`
	MatchedAsIs    int `json:"matchedAsIs"`
	Updated        int `json:"updated"`
	Unchanged      int `json:"unchanged"`
	Disabled       int `json:"disabled"`
	Deleted        int `json:"deleted"`
	HeldBack       int `json:"heldBack"`
	Skipped        int `json:"skipped"`
	Failed         int `json:"failed"`
	LookedUp       int `json:"lookedUp"` // offline
	Compared       int `json:"compared"` // offline
	ManagersSet    int `json:"managersSet"`
	MembersAdded   int `json:"membersAdded"`
	MembersRemoved int `json:"membersRemoved"`
	Unresolved     int `json:"referencesUnresolved"`
}

// Add counts one entry.
func (c *Counts) Add(e *Entry) {
	switch e.Action {
	case Create:
		c.Created++
	case Update:
		*either(e.Matched, &c.MatchedUpdated, &c.Updated)++
	case Unchanged:
		*either(e.Matched, &c.MatchedAsIs, &c.Unchanged)++
	case Disable:
		c.Disabled++
	case Delete:
		c.Deleted++
	case Hold:
		c.HeldBack++
	case Skip:
		c.Skipped++
	case Fail:
		c.Failed++
	case LookUp:
		c.LookedUp++
	case Compare:
		c.Compared++
	case Manager:
		c.ManagersSet++
	case Members:
	}
	c.MembersAdded += len(e.Added)
	c.MembersRemoved += len(e.Removed)
	c.Unresolved += len(e.Unresolved)
}

func either(first bool, a, b *int) *int {
	if first {
		return a
	}
	return b
}

// Quiet reports that nothing would be written.
func (c *Counts) Quiet() bool {
	return c.Created+c.MatchedUpdated+c.Updated+c.Disabled+c.Deleted+c.LookedUp+c.Compared+
		c.ManagersSet+c.MembersAdded+c.MembersRemoved == 0
}
