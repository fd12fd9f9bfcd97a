package scoping

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	const skip = "NotEffectivelyEntitled"
	failed := Verdict{Failed: true, Result: `{"f.a EQUALS 'b'":false}`}
	tests := []struct {
		rule                  string
		facts                 Facts
		inScope, active, soft bool
		reason                string
		because               string // words of the numbered causes, "" for none
	}{
		{"E-61 assigned user", Facts{Kind: "User", Entitled: true, Enabled: true}, true, true, false, "", ""},
		{"E-61 user who is not assigned", Facts{Kind: "User", Enabled: true}, false, true, true, skip, "1) it is not assigned"},
		{"E-60 sync all", Facts{Kind: "User", SyncAll: true, Enabled: true}, true, true, false, "", ""},
		{"E-60 no assignments in the tenant", Facts{Kind: "User", EveryoneAssigned: true, Enabled: true}, true, true, false, "", ""},
		{"E-69 E-142 blocked", Facts{Kind: "User", Entitled: true}, true, false, true, skip, "1) it is blocked"},
		{"E-142 in the recycle bin", Facts{Kind: "User", Entitled: true, Enabled: true, Deleted: true}, true, false, true, skip, "1) it is blocked or deleted"},
		{"A-31 recycle bin does not unassign", Facts{Kind: "User", SyncAll: true, Deleted: true}, true, false, true, skip, "1) it is blocked or deleted"},
		{"E-63 assigned security group", Facts{Kind: "Group", Entitled: true, SecurityEnabled: true}, true, true, false, "", ""},
		{"A-20 assigned group that is not security-enabled", Facts{Kind: "Group", Entitled: true}, false, true, true, skip, "1) its assignment gives no entitlement"},
		{
			"A-20 the same, no assignments in the tenant",
			Facts{Kind: "Group", EveryoneAssigned: true},
			false, true, true, skip,
			"1) its assignment gives no entitlement",
		},
		{"E-60 sync all takes every group", Facts{Kind: "Group", SyncAll: true}, true, true, false, "", ""},
		{"E-294 unassigned group", Facts{Kind: "Group", SecurityEnabled: true}, false, true, true, skip, "1) it is not assigned"},
		{"A-12 deleted group", Facts{Kind: "Group", Entitled: true, SecurityEnabled: true, Deleted: true}, true, false, true, skip, "1) it is blocked or deleted"},
		{"E-76 assigned and the filter passes", Facts{Kind: "User", Entitled: true, Enabled: true, Filter: Verdict{Result: "{}"}}, true, true, false, "", ""},
		{
			"E-76 assigned and the filter fails",
			Facts{Kind: "User", Entitled: true, Enabled: true, Filter: failed},
			false, true, true, skip,
			"1) it does not pass a scoping filter",
		},
		{
			"E-76 sync all and the filter fails",
			Facts{Kind: "User", SyncAll: true, Enabled: true, Filter: failed},
			false, true, true, skip,
			"1) it does not pass a scoping filter",
		},
		{"E-76 the filter passes and nobody assigned it", Facts{Kind: "User", Enabled: true}, false, true, true, skip, "1) it is not assigned"},
		{
			"A-39 group that fails its filter",
			Facts{Kind: "Group", Entitled: true, SecurityEnabled: true, Filter: failed},
			false, true, true, skip,
			"1) it does not pass a scoping filter",
		},
		{
			"E-317 all causes, numbered",
			Facts{Kind: "User", Filter: failed},
			false, false, true, skip,
			"synchronize all users and groups 2) it does not pass a scoping filter; ScopeEvaluationResult shows each clause 3) it is blocked or deleted",
		},
		{"E-66 Default Access counts", Facts{Kind: "User", Entitled: true, Enabled: true}, true, true, false, "", ""},
		{
			"E-66 Default Access alone, option skipDefaultAccess",
			Facts{Kind: "User", Entitled: true, LacksRole: true, Enabled: true},
			false, true, true, skip,
			"1) its assignment gives no entitlement",
		},
		{"E-66 sync all does not ask for roles", Facts{Kind: "User", SyncAll: true, Entitled: true, LacksRole: true, Enabled: true}, true, true, false, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			d := Decide(tt.facts)
			skip := provlog.Skip{Reason: provlog.ReasonOutOfScope, Causes: d.Causes}
			_, because, _ := strings.Cut(skip.Sentence(), "for these reasons: ")
			if (because == "") != (tt.because == "") || !strings.Contains(because, tt.because) {
				t.Errorf("E-317: the causes are %q, want %q", because, tt.because)
			}
			want := Decision{
				InScope: tt.inScope, Active: tt.active, IsSoftDeleted: tt.soft, Reason: tt.reason, Assigned: d.Assigned, HasRole: d.HasRole, Passes: d.Passes,
				Causes: d.Causes, Details: d.Details, Facts: d.Facts, OldFacts: d.OldFacts,
			}
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
		want := provlog.Details{
			{Key: "Active in the source system", Value: "True"},
			{Key: "Assigned to the application", Value: "True"},
			{Key: "Group has the required role", Value: "True"},
			{Key: "Scoping filter evaluation passed", Value: "True"},
			{Key: "ScopeEvaluationResult", Value: "{}"},
		}
		got := Decide(Facts{Kind: "Group", Entitled: true, SecurityEnabled: true}).Details
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	t.Run("G-37 blocked user who is not assigned", func(t *testing.T) {
		t.Parallel()
		got := strings.ReplaceAll(fmt.Sprint(Decide(Facts{Kind: "User"}).Details[:3]), " }", "}")
		if want := "[{Active in the source system False} {Assigned to the application False} {User has the required role False}]"; got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	})
	t.Run("E-68 facts of a skipped user that fails a filter", func(t *testing.T) {
		t.Parallel()
		d := Decide(Facts{Kind: "User", Entitled: true, Enabled: true, Filter: Verdict{Failed: true, Result: `{"f.a EQUALS 'b'":false}`}})
		got := strings.ReplaceAll(fmt.Sprint(d.Details, d.OldFacts), " }", "}")
		want := `[{Active in the source system True} {Assigned to the application True} {User has the required role True} ` +
			`{Scoping filter evaluation passed False} {ScopeEvaluationResult {"f.a EQUALS 'b'":false}}] ` +
			`[{IsActive True} {Assigned True} {IsEffectivelyEntitledForProvisioning True} {IsInProvisioningScope False} {ScopeEvaluationResult {"f.a EQUALS ` +
			`'b'":false}}]`
		if got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	})
}
