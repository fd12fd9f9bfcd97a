package simulator

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/internal/mappings"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// The files of a plan, in Config.Out. They have names of their own, so that a plan never
// looks like a run and never touches what a run left.
const (
	PlanFile      = "plan.json"
	PlanLogFile   = "plan-log.jsonl"
	PlanExchanges = "plan-exchanges.har"
)

// PlanSamples is how many entries of each group a Forecast holds.
const PlanSamples = 10

// Forecast is a plan as it is shown: the document, and the first entries of each group.
// All entries are in PlanFile.
type Forecast struct {
	plan.Document

	Groups map[PlanGroup]*PlanSample
}

// PlanGroup is what entries are shown under: an action and "User" or "Group".
type PlanGroup struct {
	Action plan.Action
	Type   string
}

// PlanSample is how many entries a group has, and the first of them.
type PlanSample struct {
	Total   int
	Entries []plan.Entry
}

func (f *Forecast) add(e *plan.Entry) {
	f.Counts.Add(e)
	key := PlanGroup{e.Action, e.Object.Type}
	g := f.Groups[key]
	if g == nil {
		g = &PlanSample{}
		f.Groups[key] = g
	}
	g.Total++
	if len(g.Entries) < PlanSamples {
		g.Entries = append(g.Entries, *e)
	}
}

// planning is one plan being made.
type planning struct {
	cfg    Config
	before job.Record
	known  bool // the state holds a job
	online *plan.ReadOnly
}

// Plan says what the next cycle would do. The job, its state and the target stay as they
// are: the cycle runs on a copy, and only GET requests leave. Without Endpoint.TenantURL no
// request is made at all. Cycles and For of cfg are not used; against, which may be nil, is
// an older schema to compare with. It writes PlanFile and PlanLogFile.
//
// An error without a Forecast is a wrong configuration, before anything was asked; with one,
// the cycle broke off, and the Forecast holds nothing.
func Plan(ctx context.Context, cfg Config, deps Deps, against *syncschema.Schema) (*Forecast, error) {
	if _, err := options.Parse(cfg.Set); err != nil { // before the last plan is taken away
		return nil, err
	}
	p := &planning{cfg: cfg}
	if err := p.clear(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "scimdrill-plan-")
	if err != nil {
		return nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	r, err := p.prepare(ctx, dir, deps)
	if err != nil {
		return nil, err
	}
	jobConfig, err := r.open(ctx)
	if err != nil {
		return nil, errors.Join(err, r.close())
	}
	if err = r.cycles(ctx, jobConfig); errors.Is(err, errStopped) {
		err = nil // paused or disabled: no cycle runs, which is what the plan says
	}
	if err = errors.Join(err, r.unwritten, r.close()); err != nil {
		return &Forecast{}, err
	}
	f, err := p.forecast(ctx, r, against)
	if err != nil {
		return &Forecast{}, err
	}
	return f, nil
}

// clear takes the plan of an earlier time away: what is there afterwards is this one.
func (p *planning) clear() error {
	if err := os.MkdirAll(p.cfg.Out, 0o755); err != nil {
		return fmt.Errorf("make the output folder: %w", err)
	}
	for _, name := range []string{PlanFile, PlanLogFile, PlanExchanges} {
		if err := os.Remove(filepath.Join(p.cfg.Out, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// prepare sets up a run of one cycle on a copy of everything.
func (p *planning) prepare(ctx context.Context, dir string, deps Deps) (*run, error) {
	cfg := p.cfg
	cfg.State, cfg.Out, cfg.Cycles, cfg.For = filepath.Join(dir, "state"), filepath.Join(dir, "out"), 1, 0
	if p.cfg.State == "" {
		p.cfg.State = filepath.Join(dir, "none")
	}
	if err := copyState(p.cfg.State, cfg.State); err != nil {
		return nil, err
	}
	var err error
	if p.before, p.known, err = readRecord(ctx, cfg.State); err != nil {
		return nil, err
	}
	if _, wall := deps.Clock.(clock.Wall); wall { // nobody waits for a plan
		deps.Clock = clock.NewVirtual(deps.Clock.Now())
	}
	r, err := newRun(cfg, deps)
	if err != nil {
		return nil, err
	}
	r.pretend = p.pretend
	if cfg.Endpoint.TenantURL == "" {
		r.cfg.Transcript = "off"
	}
	if cfg.Endpoint.TenantURL != "" {
		tokens := ""
		if cfg.OAuth != nil {
			tokens = cfg.OAuth.TokenURL
		}
		p.online = plan.NewReadOnly(deps.HTTP, tokens)
		r.deps.HTTP = &http.Client{Transport: p.online}
		if deps.HTTP != nil {
			r.deps.HTTP.Timeout = deps.HTTP.Timeout
		}
	}
	return r, nil
}

// pretend puts a plan.Target between the engine and what can only be read.
func (p *planning) pretend(connect func() (*scimclient.Client, error)) (cycle.Client, error) {
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

// forecast reads what the cycle wrote and puts it into the words of a plan.
func (p *planning) forecast(ctx context.Context, r *run, against *syncschema.Schema) (*Forecast, error) {
	f := &Forecast{Groups: map[PlanGroup]*PlanSample{}}
	f.Document = plan.Document{
		SchemaVersion: plan.SchemaVersion, Tool: "scimdrill " + p.cfg.Version, RunID: p.cfg.RunID, Seed: p.cfg.Seed,
		App: p.cfg.App.Name, Target: r.redact.Text(p.cfg.Endpoint.TenantURL), Offline: p.online == nil, Notes: []string{},
	}
	if p.online != nil {
		f.Requests = p.online.Sent()
	}
	tenant, err := directory.Open(ctx, filepath.Join(r.cfg.State, "tenant.db"))
	if err != nil {
		return nil, err
	}
	defer tenant.Close()
	if err := p.entries(ctx, r, tenant, f); err != nil {
		return nil, err
	}
	if err := p.facts(ctx, r, tenant, f); err != nil {
		return nil, err
	}
	if against != nil {
		if f.Schema, err = syncschema.Compare(against, p.cfg.App.Schema); err != nil {
			return nil, err
		}
	}
	p.note(r, f, against)
	for _, name := range [][2]string{{"provisioning-log.jsonl", PlanLogFile}, {"exchanges.har", PlanExchanges}} {
		err := copyFile(filepath.Join(r.cfg.Out, name[0]), filepath.Join(p.cfg.Out, name[1]))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, fmt.Errorf("write %s: %w", name[1], err)
		}
	}
	return f, p.write(r, f)
}

// entries words the log, entry by entry, into a file of lines beside it.
func (p *planning) entries(ctx context.Context, r *run, tenant *directory.Tenant, f *Forecast) error {
	m, err := mappings.Compile(p.cfg.App.Schema, r.settings)
	if err != nil {
		return err
	}
	names, err := openNames(ctx, r.cfg.State, tenant)
	if err != nil {
		return err
	}
	log := &plan.Log{Offline: f.Offline, Matching: matchingNames(m), Resolve: names.resolver(ctx)}
	out, err := os.Create(filepath.Join(r.cfg.Out, "entries"))
	if err != nil {
		return errors.Join(err, names.close())
	}
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	path := filepath.Join(r.cfg.Out, "provisioning-log.jsonl")
	err = names.learn(path, func(s *provlog.Summary) bool { return s.ProvisioningAction == provlog.Delete })
	if err != nil {
		return errors.Join(err, out.Close(), names.close())
	}
	err = eachSummary(path, func(s *provlog.Summary) error {
		e := log.Entry(s)
		f.add(&e)
		return enc.Encode(e)
	})
	return errors.Join(err, names.err, w.Flush(), out.Close(), names.close())
}

func (p *planning) write(r *run, f *Forecast) error {
	lines, err := os.Open(filepath.Join(r.cfg.Out, "entries"))
	if err != nil {
		return err
	}
	defer lines.Close()
	path := filepath.Join(p.cfg.Out, PlanFile)
	part, err := os.Create(path + ".part")
	if err != nil {
		return fmt.Errorf("write plan: %w", err)
	}
	if err := errors.Join(plan.Write(part, &f.Document, lines), part.Close()); err != nil {
		return errors.Join(fmt.Errorf("write plan: %w", err), os.Remove(path+".part"))
	}
	return os.Rename(path+".part", path)
}
