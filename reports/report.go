package reports

import "time"

// SchemaVersion is the version of report.json that this package writes. The schema is in
// report.schema.json.
const SchemaVersion = "2.1.0"

// Report contains the results of one run. Two runs with the same seed against equal targets
// differ only in Timing.
type Report struct {
	SchemaVersion string       `json:"schemaVersion"`
	Tool          Tool         `json:"tool"`
	Run           Run          `json:"run"`
	Target        Target       `json:"target"`
	Simulation    *Simulation  `json:"simulation,omitempty"`
	Conformance   *Conformance `json:"conformance,omitempty"`
	Replay        *Replay      `json:"replay,omitempty"`
	Timing        Timing       `json:"timing"`
}

// Tool identifies the program that produced the report.
type Tool struct {
	Name             string `json:"name"`
	Version          string `json:"version"`
	Commit           string `json:"commit,omitempty"`
	Go               string `json:"go,omitempty"`
	CatalogueVersion string `json:"catalogueVersion,omitempty"`
}

// Run describes the run and how to repeat it.
type Run struct {
	ID string `json:"id"`
	// Seed is a string in JSON, because a JSON number is only safe up to 53 bits.
	Seed uint64 `json:"seed,string"`
	// Command is the command that repeats the run, without secrets.
	Command string `json:"command"`
	// Options are the effective options, redacted, sorted by name.
	Options []Option `json:"options,omitempty"`
	// Interrupted reports that the run was stopped. The report then covers what ran.
	Interrupted bool `json:"interrupted,omitempty"`
}

// Option is one effective option of the run.
type Option struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// The kinds of target.
const (
	// TargetEmbedded is a target inside the process, which uses the engine's clock.
	TargetEmbedded = "embedded"
	// TargetExternal is a target reached over the network.
	TargetExternal = "external"
)

// Target identifies the tested endpoint.
type Target struct {
	URL   string   `json:"url"`
	Kind  string   `json:"kind"`
	Notes []string `json:"notes,omitempty"`
}

// Timing is the wall time of the run. It is the only part that may differ between equal runs.
type Timing struct {
	Started            time.Time     `json:"started"`
	Ended              time.Time     `json:"ended"`
	SimulationSeconds  float64       `json:"simulationSeconds,omitempty"`
	ConformanceSeconds float64       `json:"conformanceSeconds,omitempty"`
	Checks             []CheckTiming `json:"checks,omitempty"`
	// Requests are the times of the requests of a simulation.
	Requests *RequestTiming `json:"requests,omitempty"`
}

// CheckTiming is the wall time of one check.
type CheckTiming struct {
	// Check is the key of the check, as returned by Check.Key.
	Check   string  `json:"check"`
	Seconds float64 `json:"seconds"`
}

// byCheck returns the duration of each check in seconds, by its key.
func (t Timing) byCheck() map[string]float64 {
	durations := map[string]float64{}
	for _, c := range t.Checks {
		durations[c.Check] = c.Seconds
	}
	return durations
}
