package reports

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/severity"
)

// WriteSARIF writes the findings as SARIF 2.1.0, for code scanning. Each check is a rule, and
// each finding is a result with the request and the response as evidence. A known finding is a
// suppressed result. Its fingerprint depends on the check alone, so that a finding is the same
// one in the next run.
func WriteSARIF(w io.Writer, r *Report) error {
	enc := json.NewEncoder(outside.NewGuard(w, false))
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r.sarif()); err != nil {
		return fmt.Errorf("write report as SARIF: %w", err)
	}
	return nil
}

func (r *Report) sarif() sarifLog {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "scimdrill", Version: r.Tool.Version, InformationURI: "https://github.com/scimdrill/scimdrill", Rules: []sarifRule{},
		}},
		AutomationDetails: sarifID{"scimdrill/conform"},
		Invocations:       []sarifInvocation{{ExecutionSuccessful: ExitCode(r) != ExitBroken && !r.Run.Interrupted, ExitCode: ExitCode(r), Notifications: r.sarifNotes()}},
		Results:           []sarifResult{},
	}
	if c := r.Conformance; c != nil {
		rules := map[string]int{}
		for _, check := range c.Checks {
			if _, ok := rules[check.ID]; !ok {
				rules[check.ID] = len(run.Tool.Driver.Rules)
				run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, check.sarifRule())
			}
			if check.Outcome.Finding() || check.Known() {
				run.Results = append(run.Results, r.sarifResult(check, rules[check.ID]))
			}
		}
	}
	return sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
}

// sarifNotes says what could not be judged.
func (r *Report) sarifNotes() []sarifNotification {
	notes := []sarifNotification{}
	add := func(level, format string, args ...any) {
		notes = append(notes, sarifNotification{level, sarifMessage{fmt.Sprintf(format, args...)}})
	}
	if r.Run.Interrupted {
		add("error", "The run was stopped. This report covers the completed part.")
	}
	c := r.Conformance
	if c == nil {
		return notes
	}
	if c.Stopped != "" {
		add("error", "%s", c.Stopped)
	}
	for _, cause := range c.Causes {
		if n := len(cause.Blocked); n > 0 {
			add("warning", "%s cannot be judged until this is fixed: %s", count(n, "check"), cause.Title)
		}
	}
	for _, u := range c.unjudged() {
		add("note", "Not judged: %s (%s)", u.what(len(u.Names)), u.Reason)
	}
	return notes
}

func (c Check) sarifRule() sarifRule {
	rule := sarifRule{
		ID: c.ID, Name: c.ID, Short: sarifMessage{capitalized(cmp.Or(c.Title, c.ID))}, Default: sarifConfiguration{c.rated(Failed).sarifLevel()},
		Properties: map[string]any{"tags": c.tags()},
	}
	help := []string{}
	for _, part := range []labelled{{"Why: ", c.Why}, {"Fix: ", c.Fix}} {
		if part.text != "" {
			help = append(help, part.label+part.text)
		}
	}
	if strings.HasPrefix(c.Docs, "https://") {
		rule.HelpURI = c.Docs
		help = append(help, strings.TrimSpace("Documentation: "+c.Docs+" "+c.explain()))
	}
	for _, ref := range c.References {
		help = append(help, strings.TrimSpace("Requirement: "+ref.Name+" "+ref.URL))
		if strings.HasPrefix(ref.URL, "https://") && rule.HelpURI == "" {
			rule.HelpURI = ref.URL
		}
	}
	if len(help) > 0 {
		rule.Help = &sarifMessage{strings.Join(help, "\n\n")}
	}
	if c.Why != "" {
		rule.Full = &sarifMessage{c.Why}
	}
	return rule
}

// tags are what a reader can filter rules by.
func (c Check) tags() []string {
	tags := []string{"scim", c.Level}
	for _, tag := range []string{c.Suite, string(c.Severity)} {
		if tag != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}

func (r *Report) sarifResult(c Check, rule int) sarifResult {
	found := c.Outcome
	if c.Known() {
		found = c.Accepted.Found
	}
	text := cmp.Or(c.Actual, c.Title)
	if c.Expected != "" && c.Expected != c.Actual {
		text = "expected " + c.Expected + "; actual " + text
	}
	sum := sha256.Sum256([]byte(c.Key()))
	result := sarifResult{
		RuleID: c.ID, RuleIndex: rule, Level: c.rated(found).sarifLevel(), Message: sarifMessage{c.Key() + " " + c.Title + ": " + text},
		Locations:    []sarifLocation{{Physical: sarifPhysical{sarifArtifact{r.Target.URL}, sarifRegion{1}}, Logical: []sarifLogical{{c.Key(), "function"}}}},
		Fingerprints: map[string]string{"scimdrillCheck/v1": hex.EncodeToString(sum[:])},
		Properties:   map[string]any{"outcome": found, "cause": c.Cause, "severity": c.Severity},
	}
	if c.Known() {
		result.Suppressions = []sarifSuppression{{"external", "accepted", strings.TrimSpace(c.Accepted.Reason + " (" + c.Accepted.Where + ")")}}
	}
	if n := len(c.Exchanges); n > 0 {
		x := c.Exchanges[n-1]
		result.Request = &sarifRequest{x.Method, x.URL, sarifHeader(x.RequestHeader), sarifBody(x.RequestBody)}
		result.Response = &sarifResponse{x.Status, x.Status == 0, sarifHeader(x.ResponseHeader), sarifBody(x.ResponseBody)}
	}
	return result
}

// rating is the outcome of a finding with its severity.
type rating struct {
	outcome  Outcome
	severity severity.Severity
}

func (c Check) rated(found Outcome) rating { return rating{found, c.Severity} }

// sarifLevel returns error, warning or note. A finding that does not fail is never an error.
func (r rating) sarifLevel() string {
	level := "error"
	switch r.severity {
	case severity.Wrong:
		level = "warning"
	case severity.Untidy:
		level = "note"
	case severity.Blocks, severity.Access, severity.Loss, severity.Stops:
	}
	if r.outcome != Failed && level == "error" {
		return "warning"
	}
	return level
}

func sarifHeader(lines []Header) map[string]string {
	header := map[string]string{}
	for _, line := range lines {
		if before, ok := header[line.Name]; ok {
			line.Value = before + ", " + line.Value
		}
		header[line.Name] = line.Value
	}
	return header
}

func sarifBody(body string) *sarifMessage {
	if body == "" {
		return nil
	}
	return &sarifMessage{body}
}
