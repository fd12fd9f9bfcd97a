package reports

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/reports/outside"
)

// Outcome is the result of a check or an expectation.
type Outcome string

// The outcomes. Failed means that the target is wrong. Errored means that there is no verdict
// about the target.
const (
	// Passed means that the requirement is met.
	Passed Outcome = "passed"
	// Warned means that a recommendation is not met, or that the evidence is weak.
	Warned Outcome = "warned"
	// Failed means that the requirement is not met.
	Failed Outcome = "failed"
	// Skipped means that the check did not apply. The check has a reason.
	Skipped Outcome = "skipped"
	// Errored means that the check could not be completed, for example because of a time-out.
	Errored Outcome = "errored"
	// Blocked means that the check could not be judged, because another finding stands in the
	// way. It is not a finding itself: what blocks it is.
	Blocked Outcome = "blocked"
)

// outcomeRow describes an outcome for all writers.
type outcomeRow struct {
	outcome Outcome
	label   string // for people
	symbol  string // one character, always shown with a word
	rank    int    // urgency, highest first
	style   outside.Style
}

// outcomeTable lists all outcomes, most urgent first.
func outcomeTable() []outcomeRow {
	return []outcomeRow{
		{Failed, "Failed", "✗", 6, outside.Red},
		{Errored, "Errored", "!", 5, outside.Magenta},
		{Warned, "Warned", "▲", 4, outside.Yellow},
		{Blocked, "Blocked", "⊘", 3, outside.Cyan},
		{Skipped, "Skipped", "–", 2, outside.Grey},
		{Passed, "Passed", "✓", 1, outside.Green},
	}
}

// Outcomes returns all outcomes, most urgent first.
func Outcomes() []Outcome {
	var all []Outcome
	for _, row := range outcomeTable() {
		all = append(all, row.outcome)
	}
	return all
}

// ParseOutcome parses an outcome as written in report.json.
func ParseOutcome(s string) (Outcome, error) {
	var known []string
	for _, row := range outcomeTable() {
		if string(row.outcome) == s {
			return row.outcome, nil
		}
		known = append(known, string(row.outcome))
	}
	return "", fmt.Errorf("unknown outcome %q; hint: use one of %s", s, strings.Join(known, ", "))
}

// MarshalText encodes the outcome. The zero Outcome is an error, so that a missing verdict is
// noticed.
func (o Outcome) MarshalText() ([]byte, error) {
	if _, err := ParseOutcome(string(o)); err != nil {
		return nil, err
	}
	return []byte(o), nil
}

// UnmarshalText decodes an outcome written by MarshalText.
func (o *Outcome) UnmarshalText(text []byte) error {
	parsed, err := ParseOutcome(string(text))
	if err != nil {
		return err
	}
	*o = parsed
	return nil
}

// Label returns the outcome as a word for people.
func (o Outcome) Label() string { return o.row().label }

// Symbol returns one character to show before the label.
func (o Outcome) Symbol() string { return o.row().symbol }

// Finding reports whether the outcome needs action.
func (o Outcome) Finding() bool { return o == Failed || o == Warned || o == Errored }

func (o Outcome) row() outcomeRow {
	for _, row := range outcomeTable() {
		if row.outcome == o {
			return row
		}
	}
	return outcomeRow{outcome: o, label: string(o), symbol: "?"}
}
