package engine

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/filelock"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/internal/mappings"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/outbox"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/reach"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// run holds the open parts of one run.
type run struct {
	cfg      Config
	deps     Deps
	settings options.Settings
	locked   *filelock.Lock
	owner    owner  // of the state
	named    uint64 // the seed of the ids of tenant, job and application
	tenant   *directory.Tenant
	store    *state.Store
	log      *provlog.File
	audit    *auditFile
	har      *exchange.HAR
	journal  *journal.Journal
	writes   *inflight.File
	box      *outbox.Box
	redact   *exchange.Redactor
	witness  *witness // nil without a verification
	// tokens are those of the job and of the comparison: a refresh token may be valid once.
	tokens *scimclient.OAuth
	reach  reach.Counter
	result Result
	mu     sync.Mutex // guards unwritten and the notes of the result
	// unwritten is the first error of the transcript.
	unwritten error
}

// Run runs the job until Cycles or For is reached. The files in Out are complete even
// if it returns an error: they contain everything up to then.
func Run(ctx context.Context, cfg Config, deps Deps) (*Result, error) {
	r, err := newRun(cfg, deps)
	if err != nil {
		return nil, err
	}
	jobConfig, err := r.open(ctx)
	if err != nil {
		return nil, errors.Join(err, r.close())
	}
	err = r.runCycles(ctx, jobConfig)
	r.result.Gone = r.gone()
	return &r.result, errors.Join(err, r.unwritten, r.close())
}

// newRun reads the options and opens nothing.
func newRun(cfg Config, deps Deps) (*run, error) {
	s, err := options.Parse(cfg.Set)
	if err != nil {
		return nil, err
	}
	if deps.Clock == nil {
		deps.Clock = clock.NewVirtual(Start())
	}
	if deps.HTTP == nil {
		deps.HTTP = &http.Client{}
	}
	if deps.Now == nil {
		deps.Now = clock.Wall{}.Now
	}
	r := &run{cfg: cfg, deps: deps, settings: s, redact: exchange.NewRedactor(cfg.Secrets...).Hide(cfg.Redact...)}
	if cfg.Verify != nil {
		r.witness = newWitness(cfg.External)
	}
	return r, nil
}

// open opens directory, state and files and compiles the mapping; it sends nothing.
func (r *run) open(ctx context.Context) (job.Config, error) {
	m, err := r.compile(r.cfg.App.Schema)
	if err != nil {
		return job.Config{}, err
	}
	d, err := r.dialect()
	if err != nil {
		return job.Config{}, err
	}
	if err := r.unmapped(m); err != nil { // before a state is touched
		return job.Config{}, err
	}
	if err := r.openState(ctx); err != nil {
		return job.Config{}, err
	}
	if err := r.unmapped(m); err != nil {
		return job.Config{}, err
	}
	if err := r.openLogs(ctx); err != nil {
		return job.Config{}, err
	}
	client, err := r.target()
	if err != nil {
		return job.Config{}, err
	}
	cfg, err := r.jobConfig(m, d, client)
	if err == nil && r.deps.Client == nil {
		err = r.keepSetup(ctx, cfg)
	}
	return cfg, err
}

// unmapped refuses a mapping that the scope rules out.
func (r *run) unmapped(m cycle.Mappings) error {
	if a := m.Users.RoleAttribute(); a != nil && r.cfg.ScopeAll {
		return fmt.Errorf("the mapping of %s is %s, but role functions require the scope assigned (E-145); hint: use the scope assigned, or map the attribute from another source", a.Name, a.Expr)
	}
	return nil
}

// openState locks and opens the state folder, and loads the tenant.
func (r *run) openState(ctx context.Context) error {
	if err := r.lock(); err != nil {
		return err
	}
	var err error
	if r.store, err = state.Open(ctx, filepath.Join(r.cfg.State, "job.db")); err != nil {
		return err
	}
	if err = errors.Join(r.claim(ctx), r.name(ctx), r.administered(ctx)); err != nil {
		return err
	}
	if r.tenant, err = directory.Open(ctx, filepath.Join(r.cfg.State, "tenant.db")); err != nil {
		return err
	}
	if err = r.tenant.GrantUnsecured(ctx, r.settings.Cycle.UnsecuredGroups, r.deps.Clock.Now()); err != nil {
		return err
	}
	if err = r.follow(ctx); err != nil {
		return err
	}
	return r.loadTenant(ctx)
}

// compile compiles the mappings of a schema (E-273).
func (r *run) compile(schema *syncschema.Schema) (cycle.Mappings, error) {
	return mappings.Compile(schema, r.settings)
}

// close closes open files and unlocks the state folder.
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
	if r.writes != nil {
		errs = append(errs, r.writes.Close())
	}
	if r.tenant != nil {
		errs = append(errs, r.tenant.Close())
	}
	if r.locked != nil {
		errs = append(errs, r.locked.Release())
	}
	return errors.Join(errs...)
}

// Start is the start of a virtual clock.
func Start() time.Time { return time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC) }
