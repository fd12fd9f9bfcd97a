package scoping

import "github.com/scimdrill/scimdrill/simulator/provlog"

// Facts are what the directory and the job say about one object that still exists there.
type Facts struct {
	Kind             string // "User" or "Group"
	SyncAll          bool   // the scope setting: all users and groups (E-60)
	EveryoneAssigned bool   // the tenant holds no assignments at all
	Entitled         bool   // assigned, or for users a direct member of an assigned group (E-61, E-62)
	LacksRole        bool   // assigned with the role Default Access only, which does not count (E-66)
	Enabled          bool   // accountEnabled; groups have none
	SecurityEnabled  bool   // of a group (E-63)
	Deleted          bool   // in the recycle bin
}

// Decision is what follows from the facts.
type Decision struct {
	// InScope: assigned, or everything is synchronized (E-76).
	InScope bool
	// Active: neither blocked nor deleted in the source.
	Active bool
	// IsSoftDeleted is the computed attribute that mappings read: true when the object is
	// out of scope, deleted or blocked (E-142).
	IsSoftDeleted bool
	// Reason is the skip reason of an object that is not wanted, "" for one that is (E-67).
	Reason string
	// Details are the pairs of the scoping step, in the log's order (E-68, G-37).
	Details []Detail
}

// Detail is one pair of a step's details.
type Detail struct{ Key, Value string }

// OutOfScope reports that the object left scope by assignment, which is what
// SkipOutOfScopeDeletions covers (E-219, A-13).
func (d Decision) OutOfScope() bool { return !d.InScope }

// Decide applies the scope setting, the assignment and the state of the object (E-60 to E-69).
func Decide(f Facts) Decision {
	group := f.Kind == "Group"
	assigned := f.Entitled || f.EveryoneAssigned
	entitled := assigned && !f.LacksRole && (!group || f.SecurityEnabled)
	d := Decision{
		InScope: f.SyncAll || entitled,
		Active:  !f.Deleted && (group || f.Enabled),
	}
	d.IsSoftDeleted = !d.InScope || !d.Active
	if d.IsSoftDeleted {
		d.Reason = provlog.SkipNotEffectivelyEntitled
	}
	d.Details = []Detail{
		{"Active in the source system", text(d.Active)},
		{"Assigned to the application", text(assigned)},
		{f.Kind + " has the required role", text(d.InScope)},
		{"Scoping filter evaluation passed", text(true)}, // no filters: everything passes (E-75)
		{"ScopeEvaluationResult", "{}"},
	}
	return d
}

// text is a Boolean as the log writes it (G-37).
func text(b bool) string {
	if b {
		return "True"
	}
	return "False"
}
