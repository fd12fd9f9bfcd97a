package forecast

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// planning is one plan being made.
type planning struct {
	cfg    engine.Config
	copy   engine.Config // of the run on a copy of everything
	redact *exchange.Redactor
	before job.Record
	known  bool // the state holds a job
	online *plan.ReadOnly
	result *engine.Result // of the run on the copy

	// What comes of the entries while they are logged.
	words    *plan.Words
	names    *names
	entries  *spool
	forecast *Result
}

// Run says what the next cycle would do. The job, its state and the target stay as they
// are: the cycle runs on a copy, and only GET requests leave. Without Endpoint.TenantURL no
// request is made at all. Cycles and For of cfg are not used; against, which may be nil, is
// an older schema to compare with. It writes File and LogFile.
//
// An error without a Result is a wrong configuration, before anything was asked; with one,
// the cycle broke off, and the Result holds nothing.
func Run(ctx context.Context, cfg engine.Config, deps engine.Deps, against *syncschema.Schema) (*Result, error) {
	if _, err := options.Parse(cfg.Set); err != nil { // before the last plan is taken away
		return nil, err
	}
	p := &planning{cfg: cfg, redact: exchange.NewRedactor(cfg.Secrets...).Hide(cfg.Redact...)}
	if err := p.clear(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "scimdrill-plan-")
	if err != nil {
		return nil, fmt.Errorf("create a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	if deps, err = p.prepare(ctx, dir, deps); err != nil {
		return nil, err
	}
	p.result, err = engine.Run(ctx, p.copy, deps)
	switch {
	case p.result == nil:
		return nil, err
	case err != nil && !errors.Is(err, engine.ErrStopped): // paused or disabled: no cycle runs, which is what the plan says
		return &Result{}, err
	}
	if err := errors.Join(p.names.err, p.summarize(ctx, against)); err != nil {
		return &Result{}, err
	}
	return p.forecast, nil
}

// clear takes the plan of an earlier time away: what is there afterwards is this one.
func (p *planning) clear() error {
	if err := wholefile.PrivateDir(p.cfg.Out); err != nil {
		return fmt.Errorf("create the output folder: %w", err)
	}
	for _, name := range []string{File, LogFile, ExchangesFile} {
		if err := os.Remove(filepath.Join(p.cfg.Out, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// prepare sets up a run of one cycle on a copy of everything.
func (p *planning) prepare(ctx context.Context, dir string, deps engine.Deps) (engine.Deps, error) {
	p.copy = p.cfg
	p.copy.State, p.copy.Out, p.copy.Cycles, p.copy.For = filepath.Join(dir, "state"), filepath.Join(dir, "out"), 1, 0
	if p.cfg.State == "" {
		p.cfg.State = filepath.Join(dir, "none")
	}
	if err := copyState(p.cfg.State, p.copy.State); err != nil {
		return deps, err
	}
	var err error
	if p.before, p.known, err = readRecord(ctx, p.copy.State); err != nil {
		return deps, err
	}
	if _, wall := deps.Clock.(clock.Wall); wall { // nobody waits for a plan
		deps.Clock = clock.NewVirtual(deps.Clock.Now())
	}
	deps.Client, deps.Logged = p.client, p.logged
	p.names = newNames(ctx, func(s *provlog.Summary) bool { return s.ProvisioningAction == provlog.Delete })
	p.entries, p.forecast = newSpool(), &Result{Groups: map[Group]*Sample{}}
	if p.cfg.Endpoint.TenantURL == "" {
		p.copy.Transcript = "off"
	} else {
		deps.HTTP = p.readOnly(deps.HTTP)
	}
	p.words, err = p.newWords(p.names)
	return deps, err
}

// readOnly lets nothing but reads and requests for tokens through.
func (p *planning) readOnly(client *http.Client) *http.Client {
	tokens := ""
	if p.cfg.OAuth != nil {
		tokens = p.cfg.OAuth.TokenURL
	}
	p.online = plan.NewReadOnly(client, tokens)
	guarded := &http.Client{Transport: p.online}
	if client != nil {
		guarded.Timeout = client.Timeout
	}
	return guarded
}

// client puts a plan.Target between the engine and what can only be read.
func (p *planning) client(connect func() (cycle.Client, error)) (cycle.Client, error) {
	if p.online == nil {
		return plan.NewTarget(plan.Offline{}), nil
	}
	client, err := connect()
	if err != nil {
		return nil, err
	}
	return plan.NewTarget(client), nil
}

func readRecord(ctx context.Context, dir string) (rec job.Record, had bool, err error) {
	path := filepath.Join(dir, "job.db")
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return rec, false, nil
	}
	store, err := state.Open(ctx, path)
	if err != nil {
		return rec, false, err
	}
	rec, had, err = job.Load(ctx, store)
	return rec, had, errors.Join(err, store.Close())
}

// summarize adds to the entries what there is to say about the cycle, and writes the files.
func (p *planning) summarize(ctx context.Context, against *syncschema.Schema) error {
	f, counts := p.forecast, p.forecast.Counts
	f.Document = plan.Document{
		Counts:        counts,
		SchemaVersion: plan.SchemaVersion, Tool: "scimdrill " + p.cfg.Version, RunID: p.cfg.RunID, Seed: p.cfg.Seed,
		App: p.cfg.App.Name, Target: p.redact.Text(p.cfg.Endpoint.TenantURL), Offline: p.online == nil, Notes: []string{},
	}
	if p.online != nil {
		f.Requests = p.online.Sent()
	}
	tenant, err := directory.Open(ctx, filepath.Join(p.copy.State, "tenant.db"))
	if err != nil {
		return err
	}
	defer tenant.Close()
	if err := p.addFacts(ctx, tenant, f); err != nil {
		return err
	}
	if against != nil {
		if f.Schema, err = syncschema.Compare(against, p.cfg.App.Schema); err != nil {
			return err
		}
	}
	p.addNotes(f, against)
	for _, name := range [][2]string{{"provisioning-log.jsonl", LogFile}, {"exchanges.har", ExchangesFile}} {
		err := copyFile(filepath.Join(p.copy.Out, name[0]), filepath.Join(p.cfg.Out, name[1]))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("write %s: %w", name[1], err)
		}
	}
	return p.writePlan(f)
}
