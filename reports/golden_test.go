package reports_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// write returns the report in a format. JSON must match the schema.
func write(t *testing.T, format string, r *reports.Report) []byte {
	t.Helper()
	for _, f := range reports.Formats() {
		if f.Name == format {
			var b bytes.Buffer
			if err := f.Write(&b, r); err != nil {
				t.Fatal(err)
			}
			if format == "json" {
				matchSchema(t, b.Bytes())
			}
			return b.Bytes()
		}
	}
	t.Fatalf("no format %q", format)
	return nil
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, f := range reports.Formats() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			got := write(t, f.Name, fixture())
			if f.Name == "html" { // style and script are files of their own
				got = regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>|sha256-[^ ]+`).ReplaceAll(got, nil)
			}
			golden := filepath.Join("testdata", f.File+".golden")
			if *update {
				if err := os.WriteFile(golden, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s (-want +got); run with -update when this is meant:\n%s", golden, diff)
			}
		})
	}
}

// The summary of a run has a golden file like the formats.
func TestGoldenSummary(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := reports.WriteSummary(&b, fixture(), reports.TextOptions{}, outlook()); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "summary.txt.golden")
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("%s (-want +got); run with -update when this is meant:\n%s", golden, diff)
	}
}

// Equal runs differ in timing only.
func TestOnlyTimingDiffers(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"json", "html", "text"} {
		if !bytes.Equal(write(t, format, weekFixture()), write(t, format, weekFixture())) {
			t.Errorf("%s: two runs differ", format)
		}
	}
	later := fixture()
	later.Timing = reports.Timing{}
	if !bytes.Equal(write(t, "text", fixture()), write(t, "text", later)) {
		t.Error("the text depends on timing")
	}
	cut := regexp.MustCompile(`(?s)"timing": \{.*`)
	if !bytes.Equal(cut.ReplaceAll(write(t, "json", fixture()), nil), cut.ReplaceAll(write(t, "json", later), nil)) {
		t.Error("timing stands elsewhere in the JSON too")
	}
}
