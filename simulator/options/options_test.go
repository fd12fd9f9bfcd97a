package options_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/options"
)

// TestChoices wants each choice written whole, and a default that can be applied.
func TestChoices(t *testing.T) {
	t.Parallel()
	all := options.All()
	for i, c := range all {
		if c.Name == "" || c.Rule == "" || c.Evidence == "" || c.Meaning == "" {
			t.Errorf("%q is not written whole: %+v", c.Name, c)
		}
		if i > 0 && all[i-1].Name >= c.Name {
			t.Errorf("%s comes after %s", c.Name, all[i-1].Name)
		}
		if _, err := options.Parse(map[string]string{c.Name: c.Default}); err != nil {
			t.Errorf("the default of %s: %v", c.Name, err)
		}
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	s, err := options.Parse(nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Cycle.WriteTime != 2400*time.Millisecond || s.Cycle.ReadTime != 1200*time.Millisecond {
		t.Errorf("E-301: an object written takes %v, one only read %v", s.Cycle.WriteTime, s.Cycle.ReadTime)
	}
	if !slices.Equal(s.Attempts, []time.Duration{6 * time.Hour, 12 * time.Hour, 24 * time.Hour}) {
		t.Errorf("A-26: attempts %v", s.Attempts)
	}
	if th := s.Cycle.Thresholds; th.Evaluate != 5000 || th.Base != 40000 || th.Total != 60000 || th.Proportion != 0.4 || !s.Cycle.QuarantineByCounts {
		t.Errorf("E-251: thresholds %+v, in force %v", th, s.Cycle.QuarantineByCounts)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for pair, says := range map[string]string{
		"cycleorder=groupsFirst":   `unknown option "cycleorder"; hint: did you mean cycleOrder?`,
		"cycleOrder=usersFirst":    "option cycleOrder=usersFirst: want managersFirst or groupsFirst",
		"clearedValue=none":        "want one of keep, empty, null, remove",
		"deleteGroups=yes":         "want true or false",
		"membersPerPatch=0":        "want a whole number of at least 1",
		"quarantineProportion=-1":  "want a non-negative number",
		"assignmentDelay=soon":     `"soon" is not a duration`,
		"quarantineAttempts=6h,5h": "the durations must increase",
		"notificationEmail=it":     "want an email address",
		"userAgent=":               "want none, or a string",
	} {
		name, value, _ := strings.Cut(pair, "=")
		if _, err := options.Parse(map[string]string{name: value}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: error %v, want %s", pair, err, says)
		}
	}
}
