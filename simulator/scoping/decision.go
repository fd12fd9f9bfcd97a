package scoping

import (
	"fmt"
	"strings"

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
	// Why words each cause of the reason, in the order in which the log numbers them (E-317).
	Why []string
	// Details are the pairs of the scoping step, in the log's order (E-68, G-37).
	Details []Detail
	// Facts are the pairs that a skipped object's last step repeats (E-68, E-317, G-38).
	Facts []Detail
}

// Detail is one pair of a step's details.
type Detail struct{ Key, Value string }

// OutOfScope reports that the object left scope by assignment or filter, which is what
// SkipOutOfScopeDeletions covers (E-219, A-13).
func (d Decision) OutOfScope() bool { return !d.InScope }

// Because is the numbered list of causes for the log.
func (d Decision) Because() string {
	var b strings.Builder
	for i, why := range d.Why {
		fmt.Fprintf(&b, " %d) %s", i+1, why)
	}
	return strings.TrimSpace(b.String())
}

// Decide applies the scope setting, the assignment, the filters and the state of the object
// (E-60 to E-79).
func Decide(f Facts) Decision {
	group := f.Kind == "Group"
	assigned := f.Entitled || f.EveryoneAssigned
	role := f.SyncAll || assigned && !f.LacksRole && (!group || f.SecurityEnabled)
	d := Decision{
		InScope: role && !f.Filter.Failed,
		Active:  !f.Deleted && (group || f.Enabled),
	}
	d.IsSoftDeleted = !d.InScope || !d.Active
	if d.IsSoftDeleted {
		d.Reason = provlog.SkipNotEffectivelyEntitled
	}
	if !f.SyncAll && !assigned {
		d.Why = append(d.Why, "it is not assigned to the application; assign it, or synchronize all users and groups")
	}
	if !role && assigned {
		d.Why = append(d.Why, "its assignment gives no entitlement; the group must be security-enabled, and a role other than Default Access is wanted where that one does not count")
	}
	if f.Filter.Failed {
		d.Why = append(d.Why, "it does not pass a scoping filter; ScopeEvaluationResult shows each clause")
	}
	if !d.Active {
		d.Why = append(d.Why, "it is blocked or deleted in the source")
	}
	result := f.Filter.Result
	if result == "" {
		result = "{}"
	}
	d.Details = []Detail{
		{"Active in the source system", text(d.Active)},
		{"Assigned to the application", text(assigned)},
		{f.Kind + " has the required role", text(role)},
		{"Scoping filter evaluation passed", text(!f.Filter.Failed)},
		{"ScopeEvaluationResult", result},
	}
	d.Facts = []Detail{
		{"IsActive", text(d.Active)},
		{"Assigned", text(assigned)},
		{"IsEffectivelyEntitledForProvisioning", text(role)},
		{"IsInProvisioningScope", text(d.InScope)},
		{"ScopeEvaluationResult", result},
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
