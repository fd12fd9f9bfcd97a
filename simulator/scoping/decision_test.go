package scoping

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	const skip = "NotEffectivelyEntitled"
	tests := []struct {
		rule                  string
		facts                 Facts
		inScope, active, soft bool
		reason                string
	}{
		{"E-61 assigned user", Facts{Kind: "User", Entitled: true, Enabled: true}, true, true, false, ""},
		{"E-61 user who is not assigned", Facts{Kind: "User", Enabled: true}, false, true, true, skip},
		{"E-60 sync all", Facts{Kind: "User", SyncAll: true, Enabled: true}, true, true, false, ""},
		{"E-60 no assignments in the tenant", Facts{Kind: "User", EveryoneAssigned: true, Enabled: true}, true, true, false, ""},
		{"E-66 the role Default Access, where it does not count", Facts{Kind: "User", Entitled: true, LacksRole: true, Enabled: true}, false, true, true, skip},
		{"E-69 E-142 blocked", Facts{Kind: "User", Entitled: true}, true, false, true, skip},
		{"E-142 in the recycle bin", Facts{Kind: "User", Entitled: true, Enabled: true, Deleted: true}, true, false, true, skip},
		{"A-31 recycle bin does not unassign", Facts{Kind: "User", SyncAll: true, Deleted: true}, true, false, true, skip},
		{"E-63 assigned security group", Facts{Kind: "Group", Entitled: true, SecurityEnabled: true}, true, true, false, ""},
		{"A-20 assigned group that is not security-enabled", Facts{Kind: "Group", Entitled: true}, false, true, true, skip},
		{"A-20 the same, no assignments in the tenant", Facts{Kind: "Group", EveryoneAssigned: true}, false, true, true, skip},
		{"E-60 sync all takes every group", Facts{Kind: "Group", SyncAll: true}, true, true, false, ""},
		{"E-294 unassigned group", Facts{Kind: "Group", SecurityEnabled: true}, false, true, true, skip},
		{"A-12 deleted group", Facts{Kind: "Group", Entitled: true, SecurityEnabled: true, Deleted: true}, true, false, true, skip},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			d := Decide(tt.facts)
			want := Decision{InScope: tt.inScope, Active: tt.active, IsSoftDeleted: tt.soft, Reason: tt.reason, Details: d.Details}
			if diff := cmp.Diff(want, d); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if d.OutOfScope() == tt.inScope {
				t.Errorf("A-13: OutOfScope() = %v", d.OutOfScope())
			}
		})
	}
}

func TestDetails(t *testing.T) {
	t.Parallel()
	t.Run("G-37 group in scope", func(t *testing.T) {
		t.Parallel()
		want := []Detail{
			{"Active in the source system", "True"},
			{"Assigned to the application", "True"},
			{"Group has the required role", "True"},
			{"Scoping filter evaluation passed", "True"},
			{"ScopeEvaluationResult", "{}"},
		}
		got := Decide(Facts{Kind: "Group", Entitled: true, SecurityEnabled: true}).Details
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("G-37 blocked user who is not assigned", func(t *testing.T) {
		t.Parallel()
		got := fmt.Sprint(Decide(Facts{Kind: "User"}).Details[:3])
		if want := "[{Active in the source system False} {Assigned to the application False} {User has the required role False}]"; got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	})
}
