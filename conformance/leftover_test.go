package conformance_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// TestLeftovers: a target with the objects of an earlier run of the same seed is not judged. Another seed
// judges it.
func TestLeftovers(t *testing.T) {
	where := reach(t, tenants(t, target.Options{}))
	checks := []string{"USR-001", "USR-036", "USR-038", "MEM-001"}
	run(t, where, conformance.Options{Checks: checks, Keep: true})
	section := run(t, where, conformance.Options{Checks: checks})
	const why = ": an earlier run with the same seed left its objects in the target"
	if !strings.HasPrefix(section.Stopped, "POST /Users returned status 409: ") || !strings.HasSuffix(section.Stopped, why) {
		t.Errorf("stopped %q", section.Stopped)
	}
	if len(section.Causes) != 1 || !strings.Contains(section.Causes[0].Fix, "--seed") {
		t.Errorf("causes %+v", section.Causes)
	}
	if code := reports.ExitCode(&reports.Report{Conformance: section}); code != reports.ExitBroken {
		t.Errorf("exit %d", code)
	}
	other, err := conformance.Run(t.Context(), where, conformance.Options{RunID: "rother", Checks: checks})
	if err != nil || other.Summary.Passed != len(checks) {
		t.Errorf("another seed: %+v, %v", other.Summary, err)
	}
}
