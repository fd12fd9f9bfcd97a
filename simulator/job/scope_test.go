package job_test

import (
	"testing"

	"github.com/scimdrill/scimdrill/simulator/job"
)

func TestParseScope(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want job.Scope
		back string
	}{
		{"", job.Watermark | job.Escrows | job.QuarantineState, "Watermark, Escrows, QuarantineState"}, // E-265, G-29
		{"None", 0, "None"}, // E-272
		{"Watermark", job.Watermark, "Watermark"},
		{"escrows,watermark", job.Escrows | job.Watermark, "Watermark, Escrows"},
		{"QuarantineState, Watermark, Escrows", job.Portal, "Watermark, Escrows, QuarantineState"},
		{"Full", job.Full, "Full"},
		{"ForceDeletes, Full", job.Full | job.ForceDeletes, "Full, ForceDeletes"}, // not in Full
	} {
		got, err := job.ParseScope(tc.text)
		if err != nil || got != tc.want || got.String() != tc.back {
			t.Errorf("ParseScope(%q) = %s, %v; want %s", tc.text, got, err, tc.back)
		}
	}
	t.Run("A-16 Full does not execute held deletions", func(t *testing.T) {
		t.Parallel()
		if job.Full.Has(job.ForceDeletes) || !job.Full.Has(job.Portal|job.ConnectorDataStore) {
			t.Errorf("Full is %s", job.Full)
		}
	})
	if _, err := job.ParseScope("Watermark, Everything"); err == nil {
		t.Error("an unknown scope was accepted")
	}
}
