package exchange

import (
	"net/http"
	"time"
)

// EndState is the label of requests that read a target back after a run. They are no part of what a
// provisioning service sends.
const EndState = "end state"

// Exchange is one request and its response, or the reason why there is no response.
type Exchange struct {
	// ID numbers the exchanges of one Sender from 1, in the order of their start. With several
	// workers, the order depends on timing. Use IDs in transcripts, not in logs that must be
	// equal between runs.
	ID int
	// Label is the caller's description of the request.
	Label string
	// Virtual is the engine's time of the request; zero outside the engine.
	Virtual time.Time
	// Started is the wall time at which the request was sent.
	Started time.Time
	// Wait is the wall time until the response header arrived.
	Wait time.Duration
	// Duration is the wall time of the whole exchange.
	Duration time.Duration

	Method        string
	URL           string
	RequestHeader http.Header
	RequestBody   []byte

	// Status is the status code, or 0 without a response.
	Status         int
	Proto          string
	ResponseHeader http.Header
	// ResponseBody is the part of the body that was read, decompressed.
	ResponseBody []byte
	// Truncated reports that ResponseBody is incomplete.
	Truncated bool
	// Failure is the class of the failure, or "" for a complete response. A failure with a Status
	// means that the body is incomplete.
	Failure Failure
	// Why adds detail to some failures. It contains no address and no secret.
	Why string
}

// Answered reports whether the target returned a complete response of any status.
func (e *Exchange) Answered() bool { return e.Failure == "" && e.Status != 0 }
