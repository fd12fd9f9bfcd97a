package reports

// Replay contains the results of a stream of requests that was sent as load.
type Replay struct {
	// Stream is what was sent, such as "requests.jsonl".
	Stream string `json:"stream"`
	// Model is ModelOpen or ModelClosed.
	Model string `json:"model"`
	// Schedule says when requests were due, such as "25/s".
	Schedule    string `json:"schedule"`
	Profile     string `json:"profile,omitempty"`
	Concurrency int    `json:"concurrency"`
	Tenants     int    `json:"tenants"`
	Shard       string `json:"shard,omitempty"`
	// WarmupSeconds are left out of the figures.
	WarmupSeconds float64 `json:"warmupSeconds,omitempty"`
	// Stopped is the reason why the run stopped early, or empty.
	Stopped      string        `json:"stopped,omitempty"`
	Expectations []Expectation `json:"expectations"`
	// EndState compares what the target holds with what the writes that succeeded should have left.
	EndState *EndState `json:"endState,omitempty"`
	// Measured may differ between equal runs.
	Measured ReplayFigures `json:"measured"`
}

// The models of a load.
const (
	// ModelOpen sends requests when a schedule says so, whatever the target does.
	ModelOpen = "open"
	// ModelClosed keeps a number of requests under way.
	ModelClosed = "closed"
)

// ReplayFigures is what was measured.
type ReplayFigures struct {
	Requests int64 `json:"requests"`
	Sent     int64 `json:"sent"`
	Unsent   int64 `json:"unsent"`
	Warmup   int64 `json:"warmup,omitempty"`
	Retried  int64 `json:"retried,omitempty"`
	Lookups  int64 `json:"lookups,omitempty"`
	// Elsewhere counts the requests of other shards.
	Elsewhere int64 `json:"elsewhere,omitempty"`
	// Earlier counts the requests that an earlier run has sent (--resume).
	Earlier   int64 `json:"earlier,omitempty"`
	Errors    int64 `json:"errors"`
	Throttled int64 `json:"throttled,omitempty"`
	Different int64 `json:"different,omitempty"`

	Seconds float64 `json:"seconds"`
	// PlannedRate is that of the schedule, in requests a second; 0 has none.
	PlannedRate float64 `json:"plannedRate,omitempty"`
	Rate        float64 `json:"rate"`

	// Response counts from the time at which a request was due, Service from the time at which it
	// was sent, and Lag is the delay of the generator.
	Response Latency `json:"responseMs"`
	Service  Latency `json:"serviceMs"`
	Lag      Latency `json:"lagMs"`

	Operations []ReplayOperation `json:"operations"`
	// ByTenant are the figures of each tenant, where there are several.
	ByTenant    []ReplayOperation  `json:"byTenant,omitempty"`
	Problems    []ReplayProblem    `json:"problems,omitempty"`
	NotSent     []ReplayUnsent     `json:"notSent,omitempty"`
	Differences []ReplayDifference `json:"differences,omitempty"`
	// Answers says in what responses differ from recorded ones of the same request.
	Answers []ReplayAnswer `json:"answers,omitempty"`
	// Before is an earlier run, to be compared.
	Before      *ReplayBefore   `json:"before,omitempty"`
	SpanSeconds float64         `json:"spanSeconds,omitempty"`
	Spans       []ReplaySpan    `json:"spans,omitempty"`
	Slowest     []ReplaySlow    `json:"slowest,omitempty"`
	Generator   ReplayGenerator `json:"generator"`
	// Search is that for the highest rate. The other figures are then those of the rate that held.
	Search       *ReplaySearch `json:"search,omitempty"`
	MostInFlight int           `json:"mostInFlight"`
}

// Latency are percentiles in milliseconds. A percentile that rests on too few requests is missing.
type Latency struct {
	P50  *float64 `json:"p50,omitempty"`
	P90  *float64 `json:"p90,omitempty"`
	P95  *float64 `json:"p95,omitempty"`
	P99  *float64 `json:"p99,omitempty"`
	P999 *float64 `json:"p99.9,omitempty"`
	Mean float64  `json:"mean"`
	Max  float64  `json:"max"`
}

// ReplayOperation is a kind of request.
type ReplayOperation struct {
	Name     string         `json:"name"`
	Requests int64          `json:"requests"`
	Errors   int64          `json:"errors"`
	Response Latency        `json:"responseMs"`
	Service  Latency        `json:"serviceMs"`
	Status   []ReplayStatus `json:"status"`
	// Curve is the distribution of the response times, for a chart.
	Curve []CurvePoint `json:"curve,omitempty"`
}

// sentence describes how the load went.
func (p *Replay) sentence() string {
	m := &p.Measured
	if p.Stopped != "" {
		return "The replay stopped early: " + asSentence(p.Stopped)
	}
	text := count(int(m.Sent), "request") + " in " + decimal(m.Seconds) + " s, " + decimal(m.Rate) + "/s"
	if m.PlannedRate > 0 {
		text += " of " + decimal(m.PlannedRate) + "/s planned"
	}
	text += ", " + count(int(m.Errors), "error")
	if m.Response.P99 != nil {
		text += ", p99 " + milliseconds(*m.Response.P99)
	}
	return capitalized(text) + "."
}

// judged are the expectations of the replay, and that it came to its end.
func (p *Replay) judged() []Expectation {
	ran := Expectation{Title: "The stream is sent to its end", Expected: "completed", Actual: "completed", Outcome: Passed}
	if p.Stopped != "" {
		ran.Actual, ran.Outcome = "stopped early: "+p.Stopped, Errored
	}
	list := append([]Expectation{ran}, p.Expectations...)
	for _, e := range p.EndState.judged() {
		e.Title = "The target holds what the stream wrote"
		list = append(list, e)
	}
	return list
}
