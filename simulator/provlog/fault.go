package provlog

import "time"

// Fault is why something about an object failed, as facts. Sentence puts it into words.
type Fault struct {
	// Code is the error code of the log, Microsoft's or the simulator's own.
	Code string
	Why  Why
	// Status is the HTTP status, 0 without a response.
	Status int
	About  About
	// Body is the response that the log quotes: shortened and without secrets.
	Body string
	// Retry is set once it is known when the operation is tried again.
	Retry *Retry
}

// About is what the sentence of a Fault names; most faults need one or none of these.
type About struct {
	// Attribute of the target, and its value.
	Attribute string `json:"attribute,omitempty"`
	Value     string `json:"value,omitempty"`
	// SourceID and TargetID are another object, in the source and in the target.
	SourceID string `json:"sourceId,omitempty"`
	TargetID string `json:"targetId,omitempty"`
	// Number is a count or a position.
	Number int `json:"number,omitempty"`
	// Detail is the text of an error that came from below.
	Detail string `json:"detail,omitempty"`
}

// Retry is how often an operation was tried again, and when it is next.
type Retry struct {
	Attempts int
	// Next is zero for an operation that is not tried again.
	Next time.Time
}
