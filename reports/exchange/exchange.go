package exchange

import (
	"net/http"
	"time"
)

// Exchange is one request and its answer, or the reason why there is none.
type Exchange struct {
	// ID counts the exchanges of one Sender from 1, in the order in which they
	// began. With several workers that order depends on timing, so IDs belong
	// into transcripts, not into logs that must be equal between runs.
	ID int
	// Label says in the caller's words what the request is for.
	Label string
	// Virtual is the engine's time of the request; zero outside the engine.
	Virtual time.Time
	// Started is the wall time at which the request was sent.
	Started time.Time
	// Wait is the wall time until the head of the answer was there.
	Wait time.Duration
	// Duration is the wall time until the exchange was over.
	Duration time.Duration

	Method        string
	URL           string
	RequestHeader http.Header
	RequestBody   []byte

	// Status is the status code, or 0 when no answer began.
	Status         int
	Proto          string
	ResponseHeader http.Header
	// ResponseBody is what was read of the body, decompressed.
	ResponseBody []byte
	// Truncated says that ResponseBody is only the beginning of the body.
	Truncated bool
	// Failure is the class of what went wrong, or "" for a complete answer. A
	// failure together with a Status means that the body broke off.
	Failure Failure
	// Why says more of a failure where the class alone does not; it holds no address and no secret.
	Why string
}

// Answered reports whether the target gave a complete answer, whatever its
// status.
func (e *Exchange) Answered() bool { return e.Failure == "" && e.Status != 0 }
