package reports

import (
	"fmt"
	"strings"
)

// Outcome is what became of one check or expectation.
type Outcome string

// The outcomes. Failed is the target's fault, Errored is not its answer.
const (
	// Passed is a requirement that is met.
	Passed Outcome = "passed"
	// Warned is a recommendation that is not met, or a verdict on weak evidence.
	Warned Outcome = "warned"
	// Failed is a requirement that is not met.
	Failed Outcome = "failed"
	// Skipped is a check that did not apply, with the reason.
	Skipped Outcome = "skipped"
	// Errored is a check that could not be run to its end: transport, time-out, panic.
	Errored Outcome = "errored"
)

// outcomeRow is all that any writer needs to know about an outcome.
type outcomeRow struct {
	outcome Outcome
	label   string // for people
	symbol  string // one character, never alone
	rank    int    // how urgent, highest first
	ansi    string // colour on a terminal
}

// outcomeTable is the one place where outcomes are listed, most urgent first.
func outcomeTable() []outcomeRow {
	return []outcomeRow{
		{Failed, "Failed", "✗", 5, "31"},
		{Errored, "Errored", "!", 4, "35"},
		{Warned, "Warned", "▲", 3, "33"},
		{Skipped, "Skipped", "–", 2, "90"},
		{Passed, "Passed", "✓", 1, "32"},
	}
}

// Outcomes lists all outcomes, most urgent first.
func Outcomes() []Outcome {
	var all []Outcome
	for _, row := range outcomeTable() {
		all = append(all, row.outcome)
	}
	return all
}

// ParseOutcome reads an outcome as it stands in report.json.
func ParseOutcome(s string) (Outcome, error) {
	var known []string
	for _, row := range outcomeTable() {
		if string(row.outcome) == s {
			return row.outcome, nil
		}
		known = append(known, string(row.outcome))
	}
	return "", fmt.Errorf("unknown outcome %q; hint: one of %s", s, strings.Join(known, ", "))
}

// MarshalText writes the outcome. The zero Outcome is an error: a verdict that
// somebody forgot must not pass for one.
func (o Outcome) MarshalText() ([]byte, error) {
	if _, err := ParseOutcome(string(o)); err != nil {
		return nil, err
	}
	return []byte(o), nil
}

// UnmarshalText reads what MarshalText writes.
func (o *Outcome) UnmarshalText(text []byte) error {
	parsed, err := ParseOutcome(string(text))
	if err != nil {
		return err
	}
	*o = parsed
	return nil
}

// Label is the outcome as people read it.
func (o Outcome) Label() string { return o.row().label }

// Symbol is one character to stand before the label.
func (o Outcome) Symbol() string { return o.row().symbol }

// Finding reports whether the outcome asks somebody to do something.
func (o Outcome) Finding() bool { return o == Failed || o == Warned || o == Errored }

func (o Outcome) row() outcomeRow {
	for _, row := range outcomeTable() {
		if row.outcome == o {
			return row
		}
	}
	return outcomeRow{outcome: o, label: string(o), symbol: "?"}
}
