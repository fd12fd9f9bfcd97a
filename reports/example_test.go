package reports_test

import (
	"fmt"

	"github.com/scimdrill/scimdrill/reports"
)

// The engine and the harness fill in their sections; the rest follows from them.
func Example() {
	checks := []reports.Check{
		{ID: "USR-001", Title: "creates a user", Level: "MUST", Outcome: reports.Passed},
		{
			ID: "USR-002", Title: "refuses a second userName with 409", Level: "MUST", Outcome: reports.Failed, Cause: "twins",
			Fix: "Answer 409 with scimType uniqueness.",
		},
	}
	r := &reports.Report{
		SchemaVersion: reports.SchemaVersion,
		Conformance:   &reports.Conformance{Profiles: []string{"rfc"}, Summary: reports.Summarize(checks), Checks: checks, Causes: reports.GroupByCause(checks, nil)},
	}
	v := r.Verdict()
	fmt.Println(v.Title+":", v.Sentence)
	fmt.Println("fix first:", r.Conformance.Causes[0].Fix)
	fmt.Println("exit code:", reports.ExitCode(r))
	// Output:
	// Not conformant: 1 finding, 1 cause.
	// fix first: Answer 409 with scimType uniqueness.
	// exit code: 1
}
