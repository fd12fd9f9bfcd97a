package reports_test

import (
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports"
)

// Two jobs on one target: each form of the report tells of both, by name.
func TestSecondJob(t *testing.T) {
	t.Parallel()
	r := fixture()
	r.Simulation.Jobs = append(r.Simulation.Jobs, reports.Job{
		Name: "second", Profile: "zoom", Status: "Quarantine", Quarantined: true, EscrowsTotal: 1,
		Cycles: []reports.Cycle{
			{Number: 1, Kind: reports.CycleInitial, Began: start(), Ended: start(), State: reports.CycleFailed, Counts: reports.CycleCounts{Created: 4321}},
		},
		Quarantines: []reports.Span{{Began: start().Add(time.Hour), Reason: "EncounteredQuarantineException", Error: "401"}},
		Escrows:     []reports.Escrow{{ObjectType: "User", SourceID: "1", SourceName: "Hal Second", Since: start(), Error: "400 tooMany: no"}},
	})
	for format, wants := range map[string][]string{
		"text": {
			"The second job profile zoom", "profile zoom, 1 cycle", "4,321 created", "The second job: no escrows are left at the end",
			"Quarantine, 1 escrow left; 1 expectation not met",
		},
		"markdown": {
			"#### The second job", "Profile `zoom`", "| 4,321 |", "**The second job: the job is not in quarantine at the end**", "Hal Second",
			"The second job: 1 escrow",
		},
		"html": {
			"<span>The second job</span>", `id="escrows-second"`, `href="#escrows-second"`, `id="quarantine-second"`, `href="#quarantine-second"`, "Hal Second",
			"the second job ran 1 cycle and ended with status Quarantine", "the second job enters quarantine: EncounteredQuarantineException",
		},
		"junit": {`name="The second job: no escrows are left at the end"`, `name="The second job: the simulation completes"`},
		"json":  {`"name": "second", "profile": "zoom"`},
	} {
		got := strings.Join(strings.Fields(string(write(t, format, r))), " ") // text is broken into lines
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q", format, want)
			}
		}
		if alone := string(write(t, format, fixture())); strings.Contains(strings.ToLower(alone), "second job") || strings.Contains(alone, `"second"`) {
			t.Errorf("%s speaks of a second job where there is none", format)
		}
	}
	var b strings.Builder
	if err := reports.WriteSummary(&b, r, reports.TextOptions{}, reports.Outlook{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"second job  zoom, 1 cycle", "to retry   User Hal Second", "the second job ran 1 cycle"} {
		if !strings.Contains(strings.Join(strings.Fields(b.String()), " "), strings.Join(strings.Fields(want), " ")) {
			t.Errorf("the summary does not say %q:\n%s", want, &b)
		}
	}
}

// A run may have more jobs. A job without a name has its number, and a job that had a
// quarantine has it in the summary.
func TestMoreJobs(t *testing.T) {
	t.Parallel()
	r := fixture()
	third := reports.Job{
		Profile: "slack", Status: "Active", EscrowsTotal: 1, Escrows: []reports.Escrow{{ObjectType: "User", SourceName: "Ida Third", Since: start(), Error: "400"}},
		Quarantines: []reports.Span{{Began: start(), Ended: start().Add(time.Hour), Reason: "TooManyEscrows"}},
	}
	r.Simulation.Jobs = append(r.Simulation.Jobs, reports.Job{Name: "night", Profile: "zoom", Status: "Active"}, third)
	for format, wants := range map[string][]string{
		"text":     {"\nThe night job\n", "\nJob 3\n", "Job 3: no escrows are left at the end"},
		"markdown": {"#### The night job\n", "#### Job 3\n", "Job 3: 1 escrow"},
		"html": {
			"<span>The night job</span>", "<span>Job 3</span>", `id="escrows-3"`, `href="#escrows-3"`, "Escrows of job 3 waiting", "job 3 leaves quarantine after 1h",
		},
		"junit": {`name="The night job: the simulation completes"`, `name="Job 3: the simulation completes"`},
	} {
		got := string(write(t, format, r))
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q", format, want)
			}
		}
	}
	var b strings.Builder
	if err := reports.WriteSummary(&b, r, reports.TextOptions{}, reports.Outlook{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"  night job   zoom", "  job 3       slack", "2026-11-23 08:00 to 2026-11-23 09:00, TooManyEscrows"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the summary does not say %q:\n%s", want, &b)
		}
	}
}
