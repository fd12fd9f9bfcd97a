package simulator

import (
	"io"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
)

// Config describes a run. TenantURL and Out are required.
type Config struct {
	// TenantURL is the parent of /Users and /Groups. Its query is kept, and may contain Entra's flags.
	TenantURL string
	// Token is sent as a bearer token; empty sends none.
	Token string
	// OAuth requests access tokens instead; nil uses Token.
	OAuth *OAuth
	// Header holds further headers, for gateways in front of the endpoint.
	Header http.Header

	// Profile names a built-in application; empty means "customappsso".
	Profile string
	// Schema is an exported synchronization schema, in JSON; nil keeps the schema of the profile.
	Schema io.Reader
	// Tenant is the source directory, in JSON lines (docs/reference/tenant.md). It is loaded before
	// the first cycle; nil continues with the directory in State.
	Tenant io.Reader
	// Changes is the change stream, in JSON lines (docs/reference/changes.md). Its times count from
	// the start of the first cycle; nil changes nothing.
	Changes io.Reader
	// Set holds options by name (docs/reference/options.md). They override those of the profile.
	Set map[string]string

	// Cycles is the number of cycles; if 0, For applies. If both are 0, three cycles run.
	Cycles int
	// For is the duration of the run, counted from the first cycle.
	For time.Duration
	// Interval is the time between the starts of two cycles; 0 means that of the application.
	Interval time.Duration
	// Dialect is "legacy", "optscim" or "customappsso"; if empty, the flag in TenantURL applies, then
	// the profile.
	Dialect string
	// ScopeAll provisions all users and groups, not only those assigned.
	ScopeAll bool
	// Restart restarts the job of State before the first cycle. It is a resetScope of Graph, such as
	// "Full", "None" or "Watermark, Escrows"; empty restarts nothing.
	Restart string
	// Seed determines ids and everything random.
	Seed uint64
	// RunID is the first label of the tenant's default domain, RUNID.example; if empty, Seed determines it.
	RunID string

	// Parallel is the number of requests in flight; 0 means 1. It does not change the result.
	Parallel int
	// Rate limits the requests per second; 0 means no limit.
	Rate float64
	// Limits bound each exchange.
	Limits exchange.Limits
	// External means that the target has other users: existing objects stay
	// unchanged unless AdoptExisting is set, and too many server errors stop the run.
	External      bool
	AdoptExisting bool

	// Out is the folder for log, job, audit log, HAR and journal.
	Out string
	// State is the folder that a later run continues from; empty means the folder state in Out.
	State string
	// Rebind lets a State that belongs to another target be used. Its links are dropped, and all
	// objects are matched again. Without it, such a State is an error.
	Rebind bool
	// Transcript selects the exchanges kept in the HAR: "off", "failures" or "all"; empty means
	// "failures".
	Transcript string
	// Secrets are redacted in all files, like Token and OAuth.ClientSecret.
	Secrets []string
	// Redact names headers and JSON attributes whose values are also redacted.
	Redact []string
	// Version is the version of the calling program, for the HAR.
	Version string

	// HTTP sends the requests; nil is a client with http.DefaultTransport.
	HTTP *http.Client
	// Clock is the clock of the cycles; nil is a virtual clock that starts at Start.
	Clock clock.Clock
	// TargetNow is the clock by which access tokens expire; nil is wall time.
	TargetNow func() time.Time
	// Latency is the response time of the target on the virtual clock; nil means none.
	Latency func(at time.Time) time.Duration
	// Delay adds to the response time of one request on the virtual clock; nil adds nothing. Several
	// goroutines call it.
	Delay func(method, uri string, body []byte) time.Duration
	// Exchange is called with every exchange, from several goroutines; it may be nil.
	Exchange func(*exchange.Exchange)
	// Ended is called after every cycle; it may be nil.
	Ended func(Cycle)
}

// OAuth requests access tokens with client credentials or a refresh token.
type OAuth struct {
	TokenURL, ClientID, ClientSecret, Scope string
	// InBody sends id and secret in the body, not as a Basic header.
	InBody bool
	// RefreshToken is the refresh token of an administrator's consent; if empty, the grant is client credentials.
	RefreshToken string
	// Keep receives a refresh token that replaces the previous one; nil drops it when the run ends.
	Keep func(refresh string) error
}
