package reports

// ReplayStatus counts the responses with a status; 0 is no response.
type ReplayStatus struct {
	Status int   `json:"status"`
	Count  int64 `json:"count"`
}

// CurvePoint is one percentile.
type CurvePoint struct {
	Percentile   float64 `json:"percentile"`
	Milliseconds float64 `json:"ms"`
}

// ReplayProblem is a class of errors.
type ReplayProblem struct {
	Operation string `json:"operation"`
	Status    int    `json:"status,omitempty"`
	// Failure is why there was no response.
	Failure string `json:"failure,omitempty"`
	Count   int64  `json:"count"`
}

// ReplayUnsent is a reason for which requests were not sent.
type ReplayUnsent struct {
	Why      string   `json:"why"`
	Count    int64    `json:"count"`
	Examples []string `json:"examples,omitempty"`
}

// ReplayDifference is a kind of request whose status differs from the recorded one.
type ReplayDifference struct {
	Operation string `json:"operation"`
	Recorded  int    `json:"recorded"`
	Actual    int    `json:"actual"`
	Count     int64  `json:"count"`
	Example   string `json:"example,omitempty"`
}

// ReplayAnswer is a way in which responses of a kind differ from the recorded ones.
type ReplayAnswer struct {
	Operation string `json:"operation"`
	// What is missing or of another kind.
	What    string `json:"what"`
	Count   int64  `json:"count"`
	Example string `json:"example,omitempty"`
}

// ReplaySpan is what ended in a span of time.
type ReplaySpan struct {
	Second    float64 `json:"second"`
	Requests  int64   `json:"requests"`
	Errors    int64   `json:"errors,omitempty"`
	Throttled int64   `json:"throttled,omitempty"`
	InFlight  int     `json:"inFlight"`
	P50       float64 `json:"p50"`
	P95       float64 `json:"p95"`
	P99       float64 `json:"p99"`
}

// ReplaySlow is one of the slowest requests.
type ReplaySlow struct {
	Operation  string    `json:"operation"`
	ResponseMs float64   `json:"responseMs"`
	ServiceMs  float64   `json:"serviceMs"`
	Exchange   *Exchange `json:"exchange,omitempty"`
}

// ReplayGenerator is what the machine that sent the requests had to do.
type ReplayGenerator struct {
	// CPU is the part of all cores that the process used, from 0 to 1.
	CPU float64 `json:"cpu"`
	// MicrosPerRequest is the CPU time of a request.
	MicrosPerRequest float64 `json:"microsPerRequest"`
	Cores            int     `json:"cores"`
	Connections      int64   `json:"connections"`
	// Reused is the part of the requests that found a connection open.
	Reused float64 `json:"reused"`
	// LongestPauseMs is the longest pause of the garbage collector.
	LongestPauseMs float64 `json:"longestPauseMs,omitempty"`
	// Warning says that the generator, and not the target, was the bottleneck.
	Warning string `json:"warning,omitempty"`
}
