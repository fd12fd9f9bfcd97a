package reports_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

// Reports of schema 1.0.0, made by the program of that time and shortened, become reports of
// the current schema: the golden file is the same report as it is written now.
func TestReadV1(t *testing.T) {
	t.Parallel()
	for name, jobs := range map[string][]string{"v1-demo.json": {""}, "v1-two-jobs.json": {"", "second"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := reports.Read(filepath.Join("testdata", name))
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, job := range r.Simulation.Jobs {
				names = append(names, job.Name)
			}
			if diff := cmp.Diff(jobs, names); diff != "" || r.SchemaVersion != reports.SchemaVersion {
				t.Errorf("version %s, names of jobs (-want +got):\n%s", r.SchemaVersion, diff)
			}
			got := write(t, "json", r)
			golden := filepath.Join("testdata", name+".golden")
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
			again, err := reports.ReadJSON(bytes.NewReader(got))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(r, again); diff != "" {
				t.Errorf("written and read again (-want +got):\n%s", diff)
			}
		})
	}
}

// Every member of schema 1.x has its place, in the first job and in the second.
func TestReadV1Members(t *testing.T) {
	t.Parallel()
	job := `"profile":"goto","job":{"id":"j","status":"Quarantine","quarantined":true,"quarantinePlanned":true,"disabled":true},
		"cycles":[{"number":1,"events":["e"],"failure":{"text":"f"}}],"quarantines":[{"reason":"r","attempts":[{"result":"a"}]}],
		"escrows":[{"sourceId":"s","error":"x"}],"escrowsTotal":2,"escrowsPlanned":true,"entries":[{"action":"create"}],"entriesTotal":3`
	got, err := reports.ReadJSON(strings.NewReader(`{"schemaVersion":"1.0.0","run":{"id":"r1","seed":"7"},"simulation":{` + job +
		`,"events":[{"title":"t"}],"expectations":[{"title":"p","outcome":"passed"}],` +
		`"second":{` + job + `,"stopped":"why"}},"conformance":{"checks":[{"id":"USR-001","outcome":"failed"}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := reports.Job{
		Profile: "goto", ID: "j", Status: "Quarantine", Quarantined: true, QuarantinePlanned: true, Disabled: true,
		Cycles:      []reports.Cycle{{Number: 1, Events: []string{"e"}, Failure: &reports.Failure{Text: "f"}}},
		Quarantines: []reports.Span{{Reason: "r", Attempts: []reports.Attempt{{Result: "a"}}}},
		Escrows:     []reports.Escrow{{SourceID: "s", Error: "x"}}, EscrowsTotal: 2, EscrowsPlanned: true,
		Entries: []reports.Entry{{Action: "create"}}, EntriesTotal: 3,
	}
	second := want
	second.Name = "second"
	if diff := cmp.Diff(&reports.Report{
		SchemaVersion: reports.SchemaVersion, Run: reports.Run{ID: "r1", Seed: 7},
		Simulation: &reports.Simulation{
			Jobs: []reports.Job{want, second}, Stopped: "why", Events: []reports.Event{{Title: "t"}},
			Expectations: []reports.Expectation{{Title: "p", Outcome: reports.Passed}},
		},
		Conformance: &reports.Conformance{Checks: []reports.Check{{ID: "USR-001", Outcome: reports.Failed}}},
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
