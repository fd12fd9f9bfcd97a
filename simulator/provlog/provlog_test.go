package provlog_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

func TestSummaryJSON(t *testing.T) {
	t.Parallel()
	s := provlog.Summary{
		ID:                 "e1",
		ActivityDateTime:   provlog.Time(time.Date(2026, 1, 5, 8, 0, 1, 999, time.UTC)),
		ProvisioningAction: provlog.Disable,
		ProvisioningSteps: []provlog.Step{{
			Name: provlog.EntryImport, Type: provlog.Matching, Status: provlog.Success,
			Details: provlog.Details{{Key: "z", Value: "<1>"}, {Key: "a", Value: "2"}},
		}},
	}
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"activityDateTime":"2026-01-05T08:00:01Z"`, // G-36: whole seconds
		`"provisioningAction":"disable"`,
		`"provisioningStepType":"matching"`,
		`"errorInformation":null`, // G-36: present and null
	} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("the entry lacks %s:\n%s", want, raw)
		}
	}
	if z, a := strings.Index(string(raw), `"z":`), strings.Index(string(raw), `"a":"2"`); z < 0 || a < z {
		t.Errorf("details are not in the order they were given:\n%s", raw)
	}
	var back provlog.Summary
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(s.ProvisioningSteps, back.ProvisioningSteps); diff != "" {
		t.Errorf("steps after a round trip (-want +got):\n%s", diff)
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "provisioning-log.jsonl")
	write := func(keep int64, ids ...string) int64 {
		t.Helper()
		f, err := provlog.CreateFile(path, keep)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if err := f.Write(&provlog.Summary{ID: id}); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		return f.Offset()
	}
	committed := write(0, "one")
	write(committed, "lost in a crash")
	write(committed, "two")

	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for line := range strings.Lines(string(raw)) {
		var s provlog.Summary
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, s.ID)
	}
	if diff := cmp.Diff([]string{"one", "two"}, ids); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if _, err := provlog.CreateFile(path, 1<<20); err == nil {
		t.Error("a log shorter than its state was accepted")
	}
}
