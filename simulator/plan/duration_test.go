package plan_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/plan"
)

func TestEstimate(t *testing.T) {
	t.Parallel()
	t.Run("E-301 minutes of an initial cycle of those assigned", func(t *testing.T) {
		t.Parallel()
		d := plan.Estimate(true, false, 700, 50, 250)
		if d.Counted != 1000 || *d.MinimumMinutes != 10 || *d.MaximumMinutes != 80 || !strings.HasPrefix(d.Text, "10 to 80 minutes") {
			t.Errorf("%+v", d)
		}
	})
	t.Run("E-302 creating takes twice as long as matching", func(t *testing.T) {
		t.Parallel()
		if d := plan.Estimate(true, false, 1, 0, 0); !strings.Contains(d.Text, "creates everything takes about twice as long as one that matches everything") ||
			d.Rule != "E-301, E-302" {
			t.Errorf("%+v", d)
		}
	})
	t.Run("E-303 an incremental cycle", func(t *testing.T) {
		t.Parallel()
		if d := plan.Estimate(false, false, 1000, 0, 0); d.MinimumMinutes != nil || !strings.Contains(d.Text, "within 10 minutes") {
			t.Errorf("%+v", d)
		}
	})
	t.Run("E-304 all users and groups have a table only", func(t *testing.T) {
		t.Parallel()
		for users, want := range map[int]string{999: "less than 30", 1000: "to 120 minutes", 10_000: "713 to 1,425", 100_000: "ends at 100,000"} {
			if d := plan.Estimate(true, true, users, 0, 5); d.MinimumMinutes != nil || !strings.Contains(d.Text, want) {
				t.Errorf("%d users: %+v", users, d)
			}
		}
	})
}
