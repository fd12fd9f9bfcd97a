package reports_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

func TestJSONRoundTrip(t *testing.T) {
	t.Parallel()
	want := fixture()
	got, err := reports.ReadJSON(bytes.NewReader(write(t, "json", want)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadJSON(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, err string }{
		{"same version", `{"schemaVersion":"2.0.0"}`, ""},
		{"later minor version with new members", `{"schemaVersion":"2.7.3","news":[1],"tool":{"mood":"fine"}}`, ""},
		{"later minor version of the lower major", `{"schemaVersion":"1.7.3","news":[1],"simulation":{"mood":"fine"}}`, ""},
		{"lowest major version", `{"schemaVersion":"0.9.0"}`, ""},
		{"higher major version", `{"schemaVersion":"3.0.0","tool":"changed"}`, "schema version 3.0.0 is not supported; this scimdrill reads up to 2.x; hint:"},
		{"no version", `{}`, `"schemaVersion" is missing; hint:`},
		{"no semver", `{"schemaVersion":"one"}`, `"one", not a version`},
		{"version of another kind", `{"schemaVersion":1}`, "line 1:"},
		{"not JSON", "{\n\"schemaVersion\":\"1.0.0\",\n<html>", "line 3:"},
		{"empty", "", "unexpected end"},
		{"a list", "[]", "line 1:"},
		{"member of another kind", "{\"schemaVersion\":\"2.0.0\",\n\"run\":[]}", "line 2:"},
		{"member of another kind in the lower major", "{\"schemaVersion\":\"1.0.0\",\n\"simulation\":{\n\"job\":[]}}", "line 3:"},
		{"jobs of another kind", "{\"schemaVersion\":\"2.0.0\",\n\"simulation\":{\"jobs\":{}}}", "line 2:"},
		{"unknown outcome", `{"schemaVersion":"2.0.0","conformance":{"checks":[{"outcome":"great"}]}}`, `unknown outcome "great"; hint:`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r, err := reports.ReadJSON(strings.NewReader(tt.in))
			if tt.err == "" {
				if err != nil || r == nil {
					t.Errorf("error = %v", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.err) || r != nil {
				t.Errorf("error = %v, want one with %q", err, tt.err)
			}
		})
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := reports.Read(dir); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "hint:") {
		t.Errorf("empty folder: %v", err)
	}
	if err := reports.WriteDir(dir, fixture(), []string{"json"}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, filepath.Join(dir, "report.json")} {
		if r, err := reports.Read(path); err != nil || r.Run.Seed != 7 {
			t.Errorf("Read(%s) = %v", path, err)
		}
	}
	broken := filepath.Join(dir, "broken.json")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := reports.Read(broken); err == nil || !strings.Contains(err.Error(), "broken.json") {
		t.Errorf("error = %v, want one that names the file", err)
	}
}

// A number in JSON would lose digits in most readers.
func TestSeedKeepsAllDigits(t *testing.T) {
	t.Parallel()
	r := fixture()
	r.Run.Seed = 18446744073709551615
	if data := write(t, "json", r); !bytes.Contains(data, []byte(`"seed": "18446744073709551615"`)) {
		t.Error("the seed is not a string of all its digits")
	}
}

func TestJSONLimits(t *testing.T) {
	t.Parallel()
	r := &reports.Report{
		SchemaVersion: reports.SchemaVersion, Target: reports.Target{Kind: reports.TargetEmbedded},
		Simulation: &reports.Simulation{Jobs: []reports.Job{{Entries: make([]reports.Entry, 2500)}, {}}}, Conformance: &reports.Conformance{},
	}
	var got struct {
		Simulation struct {
			Jobs []struct {
				Cycles       []any
				Entries      []any
				EntriesTotal int
			}
		}
		Conformance struct{ Checks, Profiles []any }
	}
	if err := json.Unmarshal(write(t, "json", r), &got); err != nil {
		t.Fatal(err)
	}
	jobs := got.Simulation.Jobs
	if len(jobs[0].Entries) != reports.MaxEntries || jobs[0].EntriesTotal != 2500 {
		t.Errorf("%d of %d entries", len(jobs[0].Entries), jobs[0].EntriesTotal)
	}
	if jobs[0].Cycles == nil || jobs[1].Cycles == nil || got.Conformance.Checks == nil || got.Conformance.Profiles == nil {
		t.Error("an empty list was written as null")
	}
	if len(r.Simulation.Jobs[0].Entries) != 2500 {
		t.Error("writing changed the report")
	}
	if html := write(t, "html", r); !bytes.Contains(html, []byte("This page shows 2,000 of 2,500 entries")) {
		t.Error("the page does not say that entries are missing")
	}
}
