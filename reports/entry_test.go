package reports_test

import (
	"slices"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

func TestEntryLog(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                         string
		good, bad, wantGood, wantBad int
	}{
		{"few", 5, 3, 5, 3},
		{"all good", 5000, 0, 2000, 0},
		{"all bad", 0, 5000, 0, 2000},
		{"late failures stay", 5000, 10, 1990, 10},
		{"failures take half", 5000, 5000, 1000, 1000},
		{"failures take what is free", 100, 5000, 100, 1900},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var log reports.EntryLog
			for i := range tt.good {
				log.Add(reports.Entry{Cycle: i, Status: reports.StatusSuccess})
			}
			for i := range tt.bad {
				log.Add(reports.Entry{Cycle: tt.good + i, Status: reports.StatusFailure})
			}
			entries, total := log.Entries()
			bad := 0
			for _, e := range entries {
				if e.Status == reports.StatusFailure {
					bad++
				}
			}
			if total != tt.good+tt.bad || bad != tt.wantBad || len(entries)-bad != tt.wantGood {
				t.Errorf("%d good and %d bad of %d, want %d and %d", len(entries)-bad, bad, total, tt.wantGood, tt.wantBad)
			}
			if !slices.IsSortedFunc(entries, func(a, b reports.Entry) int { return a.Cycle - b.Cycle }) {
				t.Error("the order was changed")
			}
		})
	}
}
