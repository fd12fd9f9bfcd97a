package simulator

import (
	"io"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Config is what a run is about.
type Config struct {
	Endpoint scimclient.Config
	// OAuth gets access tokens; nil leaves it at Endpoint.Authorization.
	OAuth *scimclient.OAuthConfig
	// Issuer makes the issuer of the tokens that requests carry, as Entra's own do when the
	// secret is blank (W-127); nil leaves it at OAuth and Endpoint.Authorization.
	Issuer func() (*issuer.Issuer, error)
	// App is the application that is provisioned: a built-in profile, or an exported schema.
	App App
	// Tenant is loaded before the first cycle; nil goes on with what the state holds.
	Tenant     io.Reader
	TenantName string // for errors
	// Changes is the change stream, counted from the start of the first cycle.
	Changes []directory.Change
	// Cycles ends the run after so many; 0 means For decides.
	Cycles int
	// For ends the run before the first cycle that would start later than this after the first.
	For time.Duration
	// Interval overrides the interval of the application.
	Interval time.Duration
	Dialect  string
	ScopeAll bool
	Parallel int
	Rate     float64 // requests a second; 0 is no limit
	Seed     uint64
	RunID    string
	State    string // folder of tenant.db and job.db
	Out      string // folder of log, job, audit log, HAR and journal
	// Transcript is "off", "failures" or "all".
	Transcript string
	// External says that the target is not on loopback: objects that were there before are
	// left alone unless AdoptExisting, and a run that meets too many server errors ends.
	External      bool
	AdoptExisting bool
	Limits        exchange.Limits
	Secrets       []string // kept out of everything that is written
	// Redact names headers and JSON attributes whose values are kept out as well.
	Redact []string
	// Restart is done to the job before its first cycle of this run; nil does nothing.
	Restart *job.Scope
	Set     map[string]string
	Version string // of the tool, for the HAR
}

// App is the application of the job.
type App struct {
	Name               string // "goto"
	Title              string // "GoTo"
	TemplateID         string
	Interval           string // ISO 8601
	Dialect            string
	SupportsSoftDelete bool
	Schema             *syncschema.Schema
}

// Deps are live objects.
type Deps struct {
	HTTP  *http.Client
	Clock clock.Clock
	// Now is wall time, for durations in the HAR only.
	Now func() time.Time
	// TargetNow is the clock that access tokens live by: that of an embedded target, or wall
	// time, which nil means.
	TargetNow func() time.Time
	// Progress is told how far a phase is; it may be nil.
	Progress func(cycleNumber int, phase cycle.Phase, done, total int64)
	// Ended is told of every cycle that ended; it may be nil.
	Ended func(cycle.Result)
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

// Result is what a run came to.
type Result struct {
	Job     job.Synchronization
	Started time.Time
	Cycles  []cycle.Result
	Audit   []*job.Audit
	Escrows []state.Escrow
	Entries int64
	// Notes are what an admin should hear of the target though the job ran.
	Notes []string
}

// Start is where a virtual clock begins.
func Start() time.Time { return time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC) }
