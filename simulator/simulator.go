package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/dialect"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
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

// run holds the open parts of one run.
type run struct {
	cfg      Config
	deps     Deps
	settings settings
	tenant   *directory.Tenant
	store    *state.Store
	log      *provlog.File
	audit    *auditFile
	har      *exchange.HAR
	journal  *journal.Journal
	redact   *exchange.Redactor
	result   Result
	recErr   error
	// pretend is set for a plan: it puts something before the client, or in its place.
	pretend func(connect func() (*scimclient.Client, error)) (cycle.Client, error)
}

// Run runs the job until Cycles or For say enough. The files in Out are complete also
// when it returns an error: they hold what happened until then.
func Run(ctx context.Context, cfg Config, deps Deps) (*Result, error) {
	s, err := parseOptions(cfg.Set)
	if err != nil {
		return nil, err
	}
	if deps.Clock == nil {
		deps.Clock = clock.NewVirtual(Start())
	}
	r := &run{cfg: cfg, deps: deps, settings: s, redact: exchange.NewRedactor(cfg.Secrets...).Hide(cfg.Redact...)}
	jobConfig, err := r.open(ctx)
	if err != nil {
		return nil, errors.Join(err, r.close())
	}
	err = r.cycles(ctx, jobConfig)
	return &r.result, errors.Join(err, r.recErr, r.close())
}

// open opens directory, state and files and compiles the mapping; nothing is sent yet.
func (r *run) open(ctx context.Context) (job.Config, error) {
	m, err := r.compile(r.cfg.App.Schema)
	if err != nil {
		return job.Config{}, err
	}
	if a := m.Users.RoleAttribute(); a != nil && r.cfg.ScopeAll {
		return job.Config{}, fmt.Errorf("the mapping of %s is %s, and role functions do not go with all users in scope (E-145); take scope assigned, or map the attribute from something else", a.Name, a.Expr)
	}
	d, err := r.dialect()
	if err != nil {
		return job.Config{}, err
	}
	if r.tenant, err = directory.Open(ctx, filepath.Join(r.cfg.State, "tenant.db")); err != nil {
		return job.Config{}, err
	}
	if err = r.tenant.GrantUnsecured(ctx, r.settings.cycle.UnsecuredGroups, r.deps.Clock.Now()); err != nil {
		return job.Config{}, err
	}
	if r.store, err = state.Open(ctx, filepath.Join(r.cfg.State, "job.db")); err != nil {
		return job.Config{}, err
	}
	if r.cfg.Tenant != nil {
		if _, err := r.tenant.Load(ctx, r.cfg.Tenant, r.cfg.TenantName, r.deps.Clock.Now()); err != nil {
			return job.Config{}, err
		}
	}
	if err := r.files(ctx); err != nil {
		return job.Config{}, err
	}
	client, err := r.target()
	if err != nil {
		return job.Config{}, err
	}
	return r.jobConfig(m, d, client)
}

// files opens what the run writes to Out. Logs are cut to what the state has committed.
func (r *run) files(ctx context.Context) error {
	if err := os.MkdirAll(r.cfg.Out, 0o755); err != nil {
		return fmt.Errorf("make the output folder: %w", err)
	}
	path, keep, err := r.committed(ctx, cycle.LogRecord, "provisioning-log.jsonl")
	if err != nil {
		return err
	}
	if r.log, err = provlog.CreateFile(path, keep); err != nil {
		return err
	}
	if path, keep, err = r.committed(ctx, auditRecord, "audit-log.jsonl"); err != nil {
		return err
	}
	if r.audit, err = openAudit(path, keep); err != nil {
		return err
	}
	if r.pretend == nil { // a plan makes nothing that would have to be removed
		if r.journal, err = journal.Open(filepath.Join(r.cfg.Out, "journal.jsonl")); err != nil {
			return err
		}
	}
	if r.cfg.Transcript == "off" {
		return nil
	}
	const harLimit = 64 << 20
	r.har, err = exchange.CreateHAR(filepath.Join(r.cfg.Out, "exchanges.har"), r.cfg.Version, harLimit, r.redact)
	return err
}

// committed is the path of a log in Out and how much of it belongs to the state: nothing
// where the state speaks of a file elsewhere.
func (r *run) committed(ctx context.Context, key, name string) (path string, keep int64, err error) {
	path = filepath.Join(r.cfg.Out, name)
	var position cycle.LogPosition
	if _, err := r.store.Load(ctx, key, &position); err != nil {
		return "", 0, err
	}
	if position.Path == path {
		keep = position.Offset
	}
	return path, keep, nil
}

// grace is how long an exchange under way may go on after the run was told to stop.
const grace = 10 * time.Second

// target is what the cycles talk to.
func (r *run) target() (cycle.Client, error) {
	if r.pretend != nil {
		return r.pretend(r.client)
	}
	return r.client()
}

func (r *run) client() (*scimclient.Client, error) {
	limits := r.cfg.Limits
	limits.Grace = grace
	sender := exchange.NewSender(r.deps.HTTP, limits, r.deps.Now)
	endpoint := r.cfg.Endpoint
	switch {
	case r.cfg.Issuer != nil:
		sender.Authorize(issuer.NewSource(r.cfg.Issuer, r.redact.Add, r.targetNow()).Authorization)
		endpoint.Authorization = exchange.AccessToken
	case r.cfg.OAuth != nil:
		sender.Authorize(r.oauth(limits).Authorization)
		endpoint.Authorization = exchange.AccessToken
	}
	endpoint.SchemaVersion, endpoint.PatchType, endpoint.BadPatchCode = r.cfg.App.Schema.Version, r.settings.patchType, r.settings.badPatch
	if agent := r.settings.userAgent; agent != "" && endpoint.Header.Get("User-Agent") == "" {
		endpoint.Header = maps.Clone(endpoint.Header)
		if endpoint.Header == nil {
			endpoint.Header = http.Header{}
		}
		endpoint.Header.Set("User-Agent", agent)
	}
	endpoint.TenantURL = r.requestURL()
	deps := scimclient.Deps{
		Sender: sender, Record: r.record, Redact: r.redact,
		Guard: scimclient.NewGuard(r.cfg.Rate, r.cfg.External), Now: r.targetNow(),
	}
	if deps.Delay, deps.Timeout = r.deps.Delay, r.cfg.Limits.Timeout; deps.Timeout <= 0 {
		deps.Timeout = time.Minute // W-132
	}
	if r.settings.honorRetryAfter {
		deps.Wait = r.wait
	}
	return scimclient.New(endpoint, deps)
}

// targetNow is the clock that the target goes by.
func (r *run) targetNow() func() time.Time {
	if r.deps.TargetNow != nil {
		return r.deps.TargetNow
	}
	return r.deps.Now
}

// wait lets time pass for the target: on the engine's clock where the target shares it.
func (r *run) wait(ctx context.Context, d time.Duration) error {
	var c clock.Clock = clock.Wall{}
	if r.deps.TargetNow != nil {
		c = r.deps.Clock
	}
	return c.WaitUntil(ctx, c.Now().Add(d))
}

func (r *run) oauth(limits exchange.Limits) *scimclient.OAuth {
	return scimclient.NewOAuth(*r.cfg.OAuth, scimclient.OAuthDeps{
		Sender: exchange.NewSender(r.deps.HTTP, limits, r.deps.Now), Record: r.record, Redact: r.redact, Now: r.targetNow(),
		Note: func(text string) { r.result.Notes = append(r.result.Notes, text) },
	})
}

// record keeps an exchange in the transcript.
func (r *run) record(x *exchange.Exchange) {
	if r.deps.Exchange != nil {
		r.deps.Exchange(x)
	}
	if r.har == nil || r.cfg.Transcript != "all" && x.Failure == "" && x.Status < 400 {
		return
	}
	if err := r.har.Add(x); err != nil && r.recErr == nil {
		r.recErr = err
	}
}

func (r *run) jobConfig(m cycle.Mappings, d dialect.Dialect, client cycle.Client) (job.Config, error) {
	interval, text, err := r.interval()
	if err != nil {
		return job.Config{}, err
	}
	ids := cycle.IDs{Seed: r.cfg.Seed}
	identity := r.identity(ids)
	o := r.settings.cycle
	o.ScopeAll, o.Parallel = r.cfg.ScopeAll, r.cfg.Parallel
	if !r.settings.softDeleteSet {
		o.SoftDelete = r.cfg.App.SupportsSoftDelete
	}
	if r.settings.honorRetryAfter && r.deps.TargetNow != nil {
		o.Parallel = 1 // who waits moves the clock of all
	}
	choices := r.settings.job
	choices.DemandStopped = choices.DemandStopped && r.cfg.OAuth != nil
	o.AdoptExisting = r.cfg.AdoptExisting || !r.cfg.External
	return job.Config{
		Identity: identity, TemplateID: r.cfg.App.TemplateID, Interval: interval, IntervalText: text,
		SchemaHash: r.cfg.App.Schema.Hash(), Compile: r.compile, Changes: delayed(r.cfg.Changes, r.settings.assignmentDelay), Audit: r.writeAudit,
		Attempts: r.settings.attempts, InitialPruning: r.settings.pruning, Choices: choices, Mail: r.settings.mail,
		Cycle: cycle.Config{
			Tenant: r.tenant, Store: r.store, Client: client, Clock: r.deps.Clock, Latency: r.deps.Latency,
			Mappings: m, Dialect: d, Log: r.log, Journal: r.journal,
			Identity: identity, IDs: ids, Options: o,
			Evaluation: expression.Env{
				LenientIIF: r.settings.lenientIIF, DefaultDomain: r.cfg.RunID + ".example",
			},
		},
	}, nil
}

// identity makes the ids of tenant, job and application from the seed (G-4, E-5).
func (r *run) identity(ids cycle.IDs) cycle.Identity {
	tenant := ids.For("tenant")
	sp := provlog.Named{ID: ids.For("servicePrincipal"), DisplayName: r.cfg.App.Title}
	return cycle.Identity{
		TenantID: tenant, ServicePrincipal: sp,
		JobID:  r.cfg.App.TemplateID + "." + strings.ReplaceAll(tenant, "-", "") + "." + ids.For("app"),
		Source: provlog.System{ID: ids.For("source"), DisplayName: "Microsoft Entra ID", Details: provlog.Details{}},
		Target: provlog.System{ID: ids.For("target"), DisplayName: r.targetName(), Details: provlog.Details{
			{Key: "ApplicationId", Value: "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"},
			{Key: "ServicePrincipalId", Value: sp.ID},
			{Key: "ServicePrincipalDisplayName", Value: sp.DisplayName},
		}},
	}
}

func (r *run) targetName() string {
	if rule, _, err := r.cfg.App.Schema.Outbound(); err == nil && rule.TargetDirectoryName != "" {
		return rule.TargetDirectoryName
	}
	return r.cfg.App.Name
}

func (r *run) finish(ctx context.Context, j *job.Job) error {
	var err error
	if r.result.Job, err = j.Graph(ctx); err != nil {
		return err
	}
	if r.result.Escrows, err = r.store.Escrows(ctx); err != nil {
		return err
	}
	text, err := json.MarshalIndent(r.result.Job, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(r.cfg.Out, "job.json"), append(text, '\n'))
}

// writeFile writes a file whole or not at all.
func writeFile(path string, data []byte) error {
	tmp := path + ".part"
	if err := os.WriteFile(tmp, data, 0o644); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(tmp))
	}
	return os.Rename(tmp, path)
}

func (r *run) close() error {
	var errs []error
	if r.log != nil {
		errs = append(errs, r.log.Close())
	}
	if r.audit != nil {
		errs = append(errs, r.audit.file.Close())
	}
	if r.har != nil {
		errs = append(errs, r.har.Close())
	}
	if r.journal != nil {
		errs = append(errs, r.journal.Close())
	}
	if r.store != nil {
		errs = append(errs, r.store.Close())
	}
	if r.tenant != nil {
		errs = append(errs, r.tenant.Close())
	}
	return errors.Join(errs...)
}

func first(s ...string) string {
	for _, v := range s {
		if v != "" {
			return v
		}
	}
	return ""
}
