package reports

import "fmt"

// ReplaySearch is the search for the highest rate that a target holds.
type ReplaySearch struct {
	// Conditions are those that must hold.
	Conditions string `json:"conditions"`
	// StepSeconds is how long a rate near the limit is held.
	StepSeconds float64 `json:"stepSeconds"`
	// HeldRate is the highest rate that held, in requests a second and tenant; 0 is none.
	HeldRate float64 `json:"heldRate,omitempty"`
	// Times is how often it held to the full.
	Times int `json:"times,omitempty"`
	// BrokeRate is the lowest rate above it that did not; 0 is none.
	BrokeRate float64 `json:"brokeRate,omitempty"`
	// Reason is what did not hold at BrokeRate.
	Reason string `json:"reason,omitempty"`
	// Generator says that this machine was the bottleneck at BrokeRate.
	Generator string `json:"generator,omitempty"`
	// Unsteady says that one rate held and broke.
	Unsteady bool `json:"unsteady,omitempty"`
	// Ended is why the search ended before it found the limit.
	Ended  string        `json:"ended,omitempty"`
	Trials []ReplayTrial `json:"trials"`
}

// How a trial ended.
const (
	// TrialHeld means that all conditions held.
	TrialHeld = "held"
	// TrialBroke means that one did not.
	TrialBroke = "did not hold"
	// TrialUnknown means that the stream did not last.
	TrialUnknown = "unknown"
)

// ReplayTrial is a rate that was tried.
type ReplayTrial struct {
	// Rate was planned, and Achieved is the one of the responses, in requests a second.
	Rate     float64 `json:"rate"`
	Achieved float64 `json:"achieved"`
	Seconds  float64 `json:"seconds"`
	Requests int64   `json:"requests"`
	Errors   int64   `json:"errors,omitempty"`
	Response Latency `json:"responseMs"`
	// Outcome is TrialHeld, TrialBroke or TrialUnknown.
	Outcome   string `json:"outcome"`
	Reason    string `json:"reason,omitempty"`
	Generator string `json:"generator,omitempty"`
}

// Sentence says what the search found.
func (s *ReplaySearch) Sentence() string {
	text := "no rate held"
	if s.HeldRate > 0 {
		text = "held at " + decimal(s.HeldRate) + "/s"
		if s.Times > 1 {
			text += fmt.Sprintf(", %d times", s.Times)
		}
	}
	if s.BrokeRate > 0 {
		text += "; did not hold at " + decimal(s.BrokeRate) + "/s: " + s.Reason
	}
	if s.Generator != "" {
		text += "; the target may hold more, because the generator was the bottleneck: " + s.Generator
	}
	if s.Unsteady {
		text += "; one rate held once and did not hold once"
	}
	if s.Ended != "" {
		text += "; the limit was not reached: " + s.Ended + "; hint: send a longer stream, such as one with --generate users=50000"
	}
	return text
}
