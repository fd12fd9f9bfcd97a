package reports

// RequestTiming is how the target responded during a simulation, in wall time. The requests of the
// comparison of the end state are among them.
type RequestTiming struct {
	Requests int64   `json:"requests"`
	Errors   int64   `json:"errors"` // responses with status 400 or more, and requests without one
	Seconds  float64 `json:"seconds"`
	// Rate is the number of requests a second, over all of the time.
	Rate         float64           `json:"rate"`
	Response     Latency           `json:"responseMs"`
	MostInFlight int               `json:"mostInFlight"`
	Operations   []ReplayOperation `json:"operations"`
	SpanSeconds  float64           `json:"spanSeconds"`
	Spans        []ReplaySpan      `json:"spans,omitempty"`
}
