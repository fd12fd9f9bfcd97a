package engine

import (
	"io"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Config is the configuration of a run.
type Config struct {
	Endpoint scimclient.Config
	// OAuth requests access tokens; if nil, Endpoint.Authorization applies.
	OAuth *scimclient.OAuthConfig
	// Issuer returns the issuer of the request tokens, as with Entra's own tokens if the
	// secret is blank (W-127); if nil, OAuth or Endpoint.Authorization applies.
	Issuer func() (*issuer.Issuer, error)
	// App is the provisioned application: a built-in profile or an exported schema.
	App App
	// Tenant is loaded before the first cycle; if nil, the run continues with the tenant in the state.
	Tenant     io.Reader
	TenantName string // for errors
	// WholeTenant means that Tenant is the whole truth: what it does not name was removed since
	// the directory of the state. Otherwise the two are merged.
	WholeTenant bool
	// Generated means that Tenant is how the directory began: what Changes did since then stays done.
	// Without WholeTenant and Generated, Tenant is newer than what was applied of Changes.
	Generated bool
	// Changes is the change stream, counted from the start of the first cycle.
	Changes []directory.Change
	// Cycles is the number of cycles; if 0, For applies.
	Cycles int
	// For is the duration of the run, counted from the first cycle.
	For time.Duration
	// Interval overrides the interval of the application.
	Interval time.Duration
	Dialect  string
	ScopeAll bool
	// ScopeKept means that ScopeAll was not given: the job of a state keeps the scope that it has.
	ScopeKept bool
	Parallel  int
	Rate      float64 // requests per second; 0 means no limit
	Seed      uint64
	RunID     string
	State     string // folder of tenant.db and job.db
	// Rebind lets a state that belongs to another target be used. Its links are dropped, and
	// all objects are matched again.
	Rebind bool
	// Embedded means that the target lives in this process, at a random port. Nothing of it
	// remains to be cleaned up.
	Embedded bool
	// Command names this process to others that find State in use.
	Command string
	Out     string // folder of log, job, audit log, HAR and journal
	// Transcript is "off", "failures" or "all".
	Transcript string
	// External means that the target is not on loopback: existing objects stay
	// unchanged unless AdoptExisting is set, and too many server errors stop the run.
	External      bool
	AdoptExisting bool
	Limits        exchange.Limits
	Secrets       []string // removed from all output
	// Redact names headers and JSON attributes whose values are also removed.
	Redact []string
	// Restart restarts the job before the first cycle of this run; nil does nothing.
	Restart *job.Scope
	Set     map[string]string
	// Verify compares the end state of the target with the directory; nil does not.
	Verify  *Verification
	Version string // of the tool, for the HAR
}
