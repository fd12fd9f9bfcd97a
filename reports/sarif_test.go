package reports_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/severity"
)

// sarifLog is SARIF as a reader takes it.
type sarifLog struct {
	Schema  string `json:"$schema"`
	Version string
	Runs    []struct {
		Tool struct {
			Driver struct {
				Name  string
				Rules []struct {
					ID                   string
					ShortDescription     struct{ Text string }
					Help                 struct{ Text string }
					HelpURI              string
					DefaultConfiguration struct{ Level string }
				}
			}
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ExitCode                   int
			ToolExecutionNotifications []struct {
				Level   string
				Message struct{ Text string }
			}
		}
		Results []struct {
			RuleID              string
			RuleIndex           int
			Level               string
			Message             struct{ Text string }
			PartialFingerprints map[string]string
			Suppressions        []struct{ Kind, Status, Justification string }
			Locations           []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI string }
					Region           struct{ StartLine int }
				}
			}
			WebRequest  *struct{ Method, Target string }
			WebResponse *struct{ StatusCode int }
		}
	}
}

func sarif(t *testing.T, r *reports.Report) sarifLog {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal(write(t, "sarif", r), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || log.Schema == "" {
		t.Fatalf("version %s with %d runs", log.Version, len(log.Runs))
	}
	return log
}

// The parts that a reader joins must fit together.
func TestSARIFStructure(t *testing.T) {
	t.Parallel()
	run := sarif(t, fixture()).Runs[0]
	var rules []string
	for _, rule := range run.Tool.Driver.Rules {
		rules = append(rules, rule.ID)
		if rule.ShortDescription.Text == "" || !slices.Contains([]string{"error", "warning", "note"}, rule.DefaultConfiguration.Level) {
			t.Errorf("rule %+v", rule)
		}
	}
	if diff := cmp.Diff([]string{"ATT-012", "FLT-004", "GRP-007", "GRP-011", "GRP-020", "GRP-021", "FLT-009", "BLK-001", "USR-001"}, rules); diff != "" {
		t.Errorf("rules (-want +got):\n%s", diff)
	}
	levels, prints := map[string]string{}, map[string]bool{}
	for _, result := range run.Results {
		if rules[result.RuleIndex] != result.RuleID || len(result.Locations) != 1 || result.Locations[0].PhysicalLocation.Region.StartLine != 1 {
			t.Errorf("result %+v", result)
		}
		key, _, _ := strings.Cut(result.Message.Text, " ")
		levels[key] = result.Level
		if len(result.Suppressions) > 0 {
			levels[key] += " " + result.Suppressions[0].Status
		}
		prints[result.PartialFingerprints["scimdrillCheck/v1"]] = true
	}
	if diff := cmp.Diff(map[string]string{
		"ATT-012[name.familyName|PATCH": "error", `ATT-012[emails[type`: "error", "FLT-004": "error", "GRP-007": "warning",
		"GRP-011": "warning", "FLT-009": "error accepted",
	}, levels); diff != "" {
		t.Errorf("levels (-want +got):\n%s", diff)
	}
	if len(prints) != len(run.Results) {
		t.Errorf("%d fingerprints of %d results", len(prints), len(run.Results))
	}
	if x := run.Results[0]; x.WebRequest == nil || x.WebRequest.Method != "PATCH" || x.WebResponse.StatusCode != 200 {
		t.Errorf("evidence of %s: %+v %+v", x.RuleID, x.WebRequest, x.WebResponse)
	}
}

// The fingerprint of a finding outlives its words, its target and its cause.
func TestSARIFFingerprints(t *testing.T) {
	t.Parallel()
	later := fixture()
	later.Target.URL, later.Conformance.Checks[0].Actual, later.Conformance.Checks[0].Cause = "https://other.example", "another value", "other"
	a, b := sarif(t, fixture()).Runs[0].Results[0], sarif(t, later).Runs[0].Results[0]
	if diff := cmp.Diff(a.PartialFingerprints, b.PartialFingerprints); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}

func TestSARIFLevels(t *testing.T) {
	t.Parallel()
	for want, check := range map[string]reports.Check{
		"error":   {Outcome: reports.Failed, Severity: severity.Access},
		"warning": {Outcome: reports.Failed, Severity: severity.Wrong},
		"note":    {Outcome: reports.Warned, Severity: severity.Untidy},
	} {
		check.ID = "USR-001"
		r := &reports.Report{Conformance: &reports.Conformance{Checks: []reports.Check{check}}}
		if got := sarif(t, r).Runs[0].Results[0].Level; got != want {
			t.Errorf("%s of severity %s is a %s, want %s", check.Outcome, check.Severity, got, want)
		}
	}
	warned := reports.Check{ID: "USR-001", Outcome: reports.Warned, Severity: severity.Access}
	if got := sarif(t, &reports.Report{Conformance: &reports.Conformance{Checks: []reports.Check{warned}}}).Runs[0].Results[0].Level; got != "warning" {
		t.Errorf("a warning is a %s", got)
	}
}

// A target that cannot be judged has no results, but says why.
func TestSARIFStopped(t *testing.T) {
	t.Parallel()
	run := sarif(t, &reports.Report{Conformance: &reports.Conformance{Stopped: "Nothing accepts connections."}}).Runs[0]
	if in := run.Invocations[0]; in.ExecutionSuccessful || in.ExitCode != reports.ExitBroken ||
		in.ToolExecutionNotifications[0].Message.Text != "Nothing accepts connections." {
		t.Errorf("invocation %+v", in)
	}
	if run.Results == nil {
		t.Error("results is null, which means that no scan took place at all")
	}
}

func TestBadge(t *testing.T) {
	t.Parallel()
	r := fixture()
	r.Simulation = nil
	for name, c := range map[string]struct {
		report *reports.Report
		want   string
	}{
		"failed": {r, `{"schemaVersion":1,"label":"SCIM","message":"not conformant: 1 of 8 passed, 3 failed, 2 blocked, 1 known (2026-11-24)","color":"red"}`},
		"passed": {
			&reports.Report{Conformance: &reports.Conformance{Checks: []reports.Check{{ID: "USR-001", Outcome: reports.Passed}}}},
			`{"schemaVersion":1,"label":"SCIM","message":"conformant: 1 of 1 passed","color":"brightgreen"}`,
		},
	} {
		var got, want map[string]any
		if err := json.Unmarshal(write(t, "badge", c.report), &got); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(c.want), &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
