package push

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/filelock"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/reach"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// StateFile is the file of a client's state in the folder of a state.
const StateFile = "client.db"

// run holds the open parts of one run.
type run struct {
	cfg      Config
	deps     Deps
	provider Provider
	logged   func(Entry)
	redact   *exchange.Redactor
	client   *scimclient.Client
	locked   *filelock.Lock
	tenant   *directory.Tenant
	store    *Store
	log      *provlog.File
	har      *exchange.HAR
	journal  *journal.Journal
	made     map[string]int64 // journalled objects by collection and id
	intended map[string]int64 // those without an id, by collection and value
	written  map[string]bool  // source ids that this run wrote to; nil counts all
	owner    owner
	position position
	reach    reach.Counter
	result   Result
	// unwritten is the first error of the transcript.
	unwritten error
}

// Run runs a client until For is over, or nothing is left to do. The files in Out are complete even if it
// returns an error. logged receives every entry before it is written; it may be nil.
func Run(ctx context.Context, cfg Config, deps Deps, p Provider, logged func(Entry)) (*Result, error) {
	if deps.Now == nil {
		deps.Now = clock.Wall{}.Now
	}
	r := &run{
		cfg: cfg, deps: deps, provider: p, logged: logged, redact: exchange.NewRedactor(cfg.Secrets...).Hide(cfg.Redact...),
		made: map[string]int64{}, intended: map[string]int64{},
	}
	if cfg.External {
		r.written = map[string]bool{}
	}
	if err := r.open(ctx); err != nil {
		return nil, errors.Join(err, r.close(ctx))
	}
	err := r.rounds(ctx)
	if !cfg.Embedded {
		n := len(r.result.Rounds)
		r.result.Gone = r.reach.Gone(n > 0 && r.result.Rounds[n-1].Failed)
	}
	if err == nil && r.result.Gone == nil {
		err = r.verify(ctx)
	}
	var left error
	r.result.Tasks, left = r.store.Tasks(context.WithoutCancel(ctx))
	return &r.result, errors.Join(err, left, r.unwritten, r.close(ctx))
}

// open opens state and files; it sends nothing.
func (r *run) open(ctx context.Context) (err error) {
	if r.client, err = r.connect(); err != nil {
		return err
	}
	if err := r.lock(); err != nil {
		return err
	}
	if r.store, err = openStore(ctx, filepath.Join(r.cfg.State, StateFile)); err != nil {
		return err
	}
	if err := r.claim(ctx); err != nil {
		return err
	}
	if r.tenant, err = directory.Open(ctx, filepath.Join(r.cfg.State, "tenant.db")); err != nil {
		return err
	}
	if err := r.loadTenant(ctx); err != nil {
		return err
	}
	return r.openLogs(ctx)
}

func (r *run) lock() (err error) {
	r.locked, err = filelock.Folder(r.cfg.State, "lock", r.cfg.Command)
	if held, ok := errors.AsType[*filelock.InUse](err); ok {
		return fmt.Errorf("the state folder %w; hint: wait until it ends, or use another state folder", held)
	}
	return err
}

// connect makes the client. Its responses may take the time-out of the provider's service (O-11).
func (r *run) connect() (*scimclient.Client, error) {
	limits := r.cfg.Limits
	limits.Grace = grace
	sender := exchange.NewSender(r.deps.HTTP, limits, r.deps.Now)
	endpoint := r.cfg.Endpoint
	endpoint.Header, endpoint.BodyType = r.provider.Header(), r.provider.BodyType()
	maps.Copy(endpoint.Header, r.cfg.Endpoint.Header) // what the caller says goes before
	endpoint.Authorization = r.provider.Authorization(endpoint.Authorization)
	if r.deps.Authorize != nil {
		sender.Authorize(r.deps.Authorize)
		endpoint.Authorization = exchange.AccessToken
	}
	return scimclient.New(endpoint, scimclient.Deps{
		Sender: sender, Record: r.record, Redact: r.redact, Guard: scimclient.NewGuard(r.cfg.Rate, r.cfg.External), Now: r.deps.Now,
	})
}

// record keeps an exchange in the transcript.
func (r *run) record(x *exchange.Exchange) {
	if r.deps.Exchange != nil {
		r.deps.Exchange(x)
	}
	r.keep(x)
}

func (r *run) keep(x *exchange.Exchange) {
	r.reach.Saw(x)
	if r.har == nil || r.cfg.Transcript != "all" && x.Failure == "" && x.Status < 400 {
		return
	}
	if err := r.har.Add(x); err != nil {
		r.unwritten = cmp.Or(r.unwritten, err)
	}
}

// note adds a note for the administrator.
func (r *run) note(text string) {
	if r.deps.Note != nil {
		r.deps.Note(text)
	}
	r.result.Notes = append(r.result.Notes, text)
}

// wrote notes whom this run wrote to.
func (r *run) wrote(e Entry) {
	if r.written != nil && e.Outcome == Success && e.Action != Read && e.Action != Nothing {
		r.written[e.SourceID] = true
	}
}

// close closes open files and unlocks the state folder.
func (r *run) close(ctx context.Context) error {
	var errs []error
	if r.log != nil {
		errs = append(errs, r.log.Close())
	}
	if r.har != nil {
		errs = append(errs, r.har.Close())
	}
	if r.journal != nil {
		errs = append(errs, r.journal.Close())
	}
	if r.store != nil {
		errs = append(errs, r.store.close(ctx))
	}
	if r.tenant != nil {
		errs = append(errs, r.tenant.Close())
	}
	if r.locked != nil {
		errs = append(errs, r.locked.Release())
	}
	return errors.Join(errs...)
}
