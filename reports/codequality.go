package reports

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/severity"
)

// codeQualityPath is the file that GitLab shows findings at. A finding is about an endpoint, and
// this file of the repository names it.
const codeQualityPath = "scimdrill.yaml"

// codeQualityIssue is an entry of GitLab's code-quality report.
type codeQualityIssue struct {
	Description string              `json:"description"`
	CheckName   string              `json:"check_name"`
	Fingerprint string              `json:"fingerprint"`
	Severity    string              `json:"severity"`
	Location    codeQualityLocation `json:"location"`
}

type codeQualityLocation struct {
	Path  string           `json:"path"`
	Lines codeQualityLines `json:"lines"`
}

type codeQualityLines struct {
	Begin int `json:"begin"`
}

// WriteCodeQuality writes the findings as GitLab's code-quality report. GitLab compares it with the
// report of the target branch by fingerprint, which depends on the check alone. A known finding is
// left out. A run without a verdict is an entry of its own: an empty list would mean that all is well.
func WriteCodeQuality(w io.Writer, r *Report) error {
	enc := json.NewEncoder(outside.NewGuard(w, false))
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r.codeQuality()); err != nil {
		return fmt.Errorf("write report as code quality: %w", err)
	}
	return nil
}

func (r *Report) codeQuality() []codeQualityIssue {
	issues := []codeQualityIssue{}
	add := func(name, key, level, text string) {
		sum := sha256.Sum256([]byte(key))
		issues = append(issues, codeQualityIssue{
			Description: layout.Shorten(text, 500), CheckName: name, Fingerprint: hex.EncodeToString(sum[:]), Severity: level,
			Location: codeQualityLocation{codeQualityPath, codeQualityLines{1}},
		})
	}
	if r.Run.Interrupted {
		add("scimdrill", "interrupted", "blocker", "The run was stopped. This report covers the completed part.")
	}
	if c := r.Conformance; c != nil {
		if c.Stopped != "" {
			add("scimdrill", "stopped", "blocker", c.Stopped)
		}
		for _, check := range c.Checks {
			if !check.Outcome.Finding() {
				continue
			}
			text := check.Key() + " " + check.Title + ": " + cmp.Or(check.Actual, check.Title)
			if check.Fix != "" {
				text = layout.Shorten(text, 350) + " Fix: " + check.Fix
			}
			add(check.ID, check.Key(), check.rated(check.Outcome).codeQuality(), text)
		}
	}
	for _, e := range r.judgedElsewhere() {
		if e.Outcome.Finding() {
			add("expectation", "expectation "+e.Title, rating{outcome: e.Outcome}.codeQuality(), e.Title+": expected "+e.Expected+", actual "+e.Actual)
		}
	}
	return issues
}

// judgedElsewhere are the expectations of a simulation and of a replay.
func (r *Report) judgedElsewhere() []Expectation {
	var all []Expectation
	if r.Simulation != nil {
		all = append(all, r.Simulation.judged()...)
	}
	if r.Replay != nil {
		all = append(all, r.Replay.judged()...)
	}
	return all
}

// codeQuality returns a severity of GitLab. A finding that does not fail is at most minor.
func (r rating) codeQuality() string {
	if r.outcome == Warned {
		if r.severity == severity.Untidy {
			return "info"
		}
		return "minor"
	}
	switch r.severity {
	case severity.Blocks:
		return "blocker"
	case severity.Access, severity.Loss, severity.Stops:
		return "critical"
	case severity.Untidy:
		return "minor"
	default:
		return "major"
	}
}
