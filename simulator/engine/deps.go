package engine

import (
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/outbox"
)

// Deps are the collaborators of a run.
type Deps struct {
	// HTTP sends the requests; nil is a client with http.DefaultTransport.
	HTTP *http.Client
	// Clock is the clock of the cycles; nil is a virtual clock that starts at Start.
	Clock clock.Clock
	// Now is wall time, only for durations in the HAR and for the times of commits; nil is the system time.
	Now func() time.Time
	// TargetNow is the clock of access tokens: that of an embedded target, or wall
	// time if nil.
	TargetNow func() time.Time
	// Progress receives the progress of a phase; it may be nil.
	Progress func(cycleNumber int, phase cycle.Phase, done, total int64)
	// Ended receives every cycle that ended; it may be nil.
	Ended func(cycle.Result)
	// Logged receives every entry of the provisioning log before it is written; it may be nil.
	Logged func(cycle.Logged)
	// Audited receives every event of the audit log before it is written; it may be nil.
	Audited func(*job.Audit)
	// Timeline is the events between the cycles of the job, sorted by time.
	Timeline []job.Moment
	// Deliver hands a notification to a mail server; nil only writes it as a file.
	Deliver outbox.Deliver
	// Note receives every remark for the administrator at once, besides Result.Notes; it may be nil.
	Note func(text string)
	// Exchange receives every exchange, from the workers; it may be nil.
	Exchange func(*exchange.Exchange)
	// Latency is the response time of an embedded target on the virtual clock; it may be nil.
	Latency func(at time.Time) time.Duration
	// Client replaces the target; connect makes the client of an ordinary run. The run keeps
	// no journal, because it creates nothing. simulator/forecast sets it; it may be nil.
	Client func(connect func() (cycle.Client, error)) (cycle.Client, error)
	// Delay is the additional response time of one request on the virtual clock; it
	// is called once per request, from the workers, and may be nil.
	Delay func(method, uri string, body []byte) time.Duration
}
