package scoping

import (
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Facts are what the directory and the job say about one object that still exists there.
type Facts struct {
	Kind             string // "User" or "Group"
	SyncAll          bool   // the scope setting: all users and groups (E-60)
	EveryoneAssigned bool   // the tenant file holds no assignments at all
	Entitled         bool   // assigned, or for users a direct member of an assigned group (E-61, E-62)
	LacksRole        bool   // assigned with the role Default Access only, which does not count (E-66)
	Enabled          bool   // accountEnabled; groups have none
	SecurityEnabled  bool   // of a group (E-63)
	Deleted          bool   // in the recycle bin
	Filter           Verdict
}

// Decision is what follows from the facts.
type Decision struct {
	// InScope: assigned, or everything is synchronized, and the filters pass (E-76).
	InScope bool
	// Active: neither blocked nor deleted in the source.
	Active bool
	// IsSoftDeleted is the computed attribute that mappings read: true when the object is
	// out of scope, deleted or blocked (E-142).
	IsSoftDeleted bool
	// Reason is the skip reason of an object that is not wanted, "" for one that is (E-67).
	Reason string
	// Assigned, HasRole and Passes are the conditions of InScope.
	Assigned, HasRole, Passes bool
	// Untrue are the clauses of the filters that do not hold.
	Untrue []string
	// Causes are those of the reason, in the order in which the log numbers them (E-317).
	Causes []provlog.Cause
	// Details are the pairs of the scoping step, in the log's order (E-68, G-37).
	Details provlog.Details
	// Facts are the pairs that a skipped object's last step repeats (E-317, A-49).
	Facts provlog.Details
	// OldFacts are those pairs in the names of 2020 (E-68, G-34).
	OldFacts provlog.Details
}

// OutOfScope reports that the object left scope by assignment or filter, which is what
// SkipOutOfScopeDeletions covers (E-219, A-13).
func (d Decision) OutOfScope() bool { return !d.InScope }

// Decide applies the scope setting, the assignment, the filters and the state of the object
// (E-60 to E-79).
func Decide(f Facts) Decision {
	group := f.Kind == "Group"
	assigned := f.Entitled || f.EveryoneAssigned
	role := f.SyncAll || assigned && !f.LacksRole && (!group || f.SecurityEnabled)
	d := Decision{
		InScope: role && !f.Filter.Failed,
		Active:  !f.Deleted && (group || f.Enabled),

		Assigned: assigned, HasRole: role, Passes: !f.Filter.Failed, Untrue: f.Filter.Untrue,
	}
	d.IsSoftDeleted = !d.InScope || !d.Active
	if d.IsSoftDeleted {
		d.Reason = provlog.SkipNotEffectivelyEntitled
	}
	if !f.SyncAll && !assigned {
		d.Causes = append(d.Causes, provlog.CauseUnassigned)
	}
	if !role && assigned {
		d.Causes = append(d.Causes, provlog.CauseNoRole)
	}
	if f.Filter.Failed {
		d.Causes = append(d.Causes, provlog.CauseFilter)
	}
	if !d.Active {
		d.Causes = append(d.Causes, provlog.CauseInactive)
	}
	result := f.Filter.Result
	if result == "" {
		result = "{}"
	}
	d.Details = provlog.Details{
		{Key: "Active in the source system", Value: text(d.Active)},
		{Key: "Assigned to the application", Value: text(assigned)},
		{Key: f.Kind + " has the required role", Value: text(role)},
		{Key: "Scoping filter evaluation passed", Value: text(!f.Filter.Failed)},
		{Key: "ScopeEvaluationResult", Value: result},
	}
	if d.IsSoftDeleted {
		d.Facts = provlog.Details{
			{Key: "IsActive", Value: text(d.Active)},
			{Key: "Assigned to the application", Value: text(assigned)},
			{Key: "IsInProvisioningScope", Value: text(d.InScope)},
		}
		d.OldFacts = provlog.Details{
			{Key: "IsActive", Value: text(d.Active)},
			{Key: "Assigned", Value: text(assigned)},
			{Key: "IsEffectivelyEntitledForProvisioning", Value: text(role)},
			{Key: "IsInProvisioningScope", Value: text(d.InScope)},
			{Key: "ScopeEvaluationResult", Value: result},
		}
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
