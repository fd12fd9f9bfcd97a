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
