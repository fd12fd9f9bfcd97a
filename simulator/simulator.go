package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/internal/mappings"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// run holds the open parts of one run.
type run struct {
	cfg      Config
	deps     Deps
	settings options.Settings
	locked   *flock.Flock
	tenant   *directory.Tenant
	store    *state.Store
	log      *provlog.File
	audit    *auditFile
	har      *exchange.HAR
	journal  *journal.Journal
	redact   *exchange.Redactor
	result   Result
	mu       sync.Mutex // of what workers write: unwritten, and the notes of the result
	// unwritten is the first error of the transcript.
	unwritten error
}

// Run runs the job until Cycles or For say enough. The files in Out are complete also
// when it returns an error: they hold what happened until then.
func Run(ctx context.Context, cfg Config, deps Deps) (*Result, error) {
	r, err := newRun(cfg, deps)
	if err != nil {
		return nil, err
	}
	jobConfig, err := r.open(ctx)
	if err != nil {
		return nil, errors.Join(err, r.close())
	}
	err = r.cycles(ctx, jobConfig)
	return &r.result, errors.Join(err, r.unwritten, r.close())
}

// newRun reads the options; nothing is open yet.
func newRun(cfg Config, deps Deps) (*run, error) {
	s, err := options.Parse(cfg.Set)
	if err != nil {
		return nil, err
	}
	if deps.Clock == nil {
		deps.Clock = clock.NewVirtual(Start())
	}
	return &run{cfg: cfg, deps: deps, settings: s, redact: exchange.NewRedactor(cfg.Secrets...).Hide(cfg.Redact...)}, nil
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
	if err := r.lock(); err != nil {
		return job.Config{}, err
	}
	if r.tenant, err = directory.Open(ctx, filepath.Join(r.cfg.State, "tenant.db")); err != nil {
		return job.Config{}, err
	}
	if err = r.tenant.GrantUnsecured(ctx, r.settings.Cycle.UnsecuredGroups, r.deps.Clock.Now()); err != nil {
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

// compile makes the mappings of another schema (E-273).
func (r *run) compile(schema *syncschema.Schema) (cycle.Mappings, error) {
	return mappings.Compile(schema, r.settings)
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
