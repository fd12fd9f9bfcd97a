package reports

import "time"

// SchemaVersion is the version of report.json that this package writes. The
// schema is published beside this file as report.schema.json.
const SchemaVersion = "1.0.0"

// Report is what one run found out. Two runs with the same seed against equal
// targets differ in Timing only.
type Report struct {
	SchemaVersion string       `json:"schemaVersion"`
	Tool          Tool         `json:"tool"`
	Run           Run          `json:"run"`
	Target        Target       `json:"target"`
	Simulation    *Simulation  `json:"simulation,omitempty"`
	Conformance   *Conformance `json:"conformance,omitempty"`
	Timing        Timing       `json:"timing"`
}

// Tool says what made the report.
type Tool struct {
	Name             string `json:"name"`
	Version          string `json:"version"`
	Commit           string `json:"commit,omitempty"`
	Go               string `json:"go,omitempty"`
	CatalogueVersion string `json:"catalogueVersion,omitempty"`
}

// Run says what was run, and how to run it again.
type Run struct {
	ID string `json:"id"`
	// Seed is a string in JSON: a number there holds 53 bits only.
	Seed uint64 `json:"seed,string"`
	// Command is the line that repeats the run, without secrets.
	Command string `json:"command"`
	// Options are the effective options, redacted, sorted by name.
	Options []Option `json:"options,omitempty"`
	// Interrupted says that the run was stopped and the report holds what ran.
	Interrupted bool `json:"interrupted,omitempty"`
}

// Option is one effective option of the run.
type Option struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// The kinds of target.
const (
	// TargetEmbedded is a target inside this process, on the engine's clock.
	TargetEmbedded = "embedded"
	// TargetExternal is a target reached over the network.
	TargetExternal = "external"
)

// Target says what was tested.
type Target struct {
	URL   string   `json:"url"`
	Kind  string   `json:"kind"`
	Notes []string `json:"notes,omitempty"`
}

// Timing is the wall time of the run: the only part that may differ between
// equal runs.
type Timing struct {
	Started            time.Time     `json:"started"`
	Ended              time.Time     `json:"ended"`
	SimulationSeconds  float64       `json:"simulationSeconds,omitempty"`
	ConformanceSeconds float64       `json:"conformanceSeconds,omitempty"`
	Checks             []CheckTiming `json:"checks,omitempty"`
}

// CheckTiming is the wall time of one check.
type CheckTiming struct {
	// Check is the key of the check, as Check.Key gives it.
	Check   string  `json:"check"`
	Seconds float64 `json:"seconds"`
}

// ofCheck returns the seconds of one check, or 0.
func (t Timing) ofCheck(key string) float64 {
	for _, c := range t.Checks {
		if c.Check == key {
			return c.Seconds
		}
	}
	return 0
}
