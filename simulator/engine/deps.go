package engine

import (
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// Deps are live objects.
type Deps struct {
	// HTTP sends the requests; nil is a client with http.DefaultTransport.
	HTTP *http.Client
	// Clock is what the cycles go by; nil is a virtual clock that begins at Start.
	Clock clock.Clock
	// Now is wall time, for durations in the HAR only; nil is the machine's.
	Now func() time.Time
	// TargetNow is the clock that access tokens live by: that of an embedded target, or wall
	// time, which nil means.
	TargetNow func() time.Time
	// Progress is told how far a phase is; it may be nil.
	Progress func(cycleNumber int, phase cycle.Phase, done, total int64)
	// Ended is told of every cycle that ended; it may be nil.
	Ended func(cycle.Result)
	// Logged is told of every entry of the provisioning log before it is written; it may be nil.
	Logged func(cycle.Logged)
	// Timeline is what happens to the job besides its cycles, sorted by time.
	Timeline []job.Moment
	// Exchange is told of every exchange, from the workers; it may be nil.
	Exchange func(*exchange.Exchange)
	// Latency is how long an answer of an embedded target takes on the virtual clock; it may be nil.
	Latency func(at time.Time) time.Duration
	// Client stands in for the target; connect makes the client of a run that has none. It keeps
	// no journal, because nothing is made. simulator/forecast sets it; it may be nil.
	Client func(connect func() (cycle.Client, error)) (cycle.Client, error)
	// Delay is how much longer the answer to a single request takes on the virtual clock; it
	// is called once a request, from the workers, and may be nil.
	Delay func(method, uri string, body []byte) time.Duration
}
