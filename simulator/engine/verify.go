package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Verification is how the end state is compared with the directory.
type Verification struct {
	// Sample compares so many objects; 0 compares all.
	Sample int
	// Reader reads the target in another way than by requests; nil sends requests.
	Reader endstate.Reader
	// Each receives every difference; it may be nil.
	Each func(endstate.Difference) error
	// Progress receives the number of compared objects; it may be nil.
	Progress func(done int)
}

// EndState is what the comparison of the end state came to.
type EndState struct {
	endstate.Result

	// Waiting is the number of objects that were not compared because they wait for a retry.
	Waiting int
	// Pending is the number of objects that were not compared because the job has not processed
	// their last change.
	Pending int
	// Census counts the users of the directory, whatever was compared.
	Census Census
	// Own means that only what this run wrote was compared (decisions: harmless).
	Own bool
}

// maxWait is how long a comparison waits for a target that asks for time.
const maxWait = 2 * time.Minute

// verify compares the target with the directory, if that was asked for. It only reads.
func (r *run) verify(ctx context.Context, j *job.Job) error {
	if r.cfg.Verify == nil || ctx.Err() != nil || r.gone() != nil {
		return nil
	}
	w, cfg, err := j.Wanting(ctx)
	if err != nil {
		return fmt.Errorf("compare the end state: %w", err)
	}
	e := &expecting{run: r, wanting: w, cfg: cfg, state: &EndState{Own: r.cfg.External}}
	if err := e.open(ctx, j); err != nil {
		return fmt.Errorf("compare the end state: %w", err)
	}
	if err := r.compare(ctx, e); err != nil {
		return fmt.Errorf("compare the end state: %w", err)
	}
	r.result.EndState = e.state
	return nil
}

// compare compares what is expected with the target.
func (r *run) compare(ctx context.Context, e *expecting) (err error) {
	o := endstate.Options{
		Matching: e.matching(), Marks: e.marks(), ByID: e.state.Own || e.only != nil, Sample: r.cfg.Verify.Sample, Owner: e.owner, Deleted: e.deletedBefore, Name: e.named,
		Each: r.cfg.Verify.Each, Progress: r.cfg.Verify.Progress,
	}
	reader, client, err := r.verificationReader()
	if err != nil {
		return err
	}
	if client != nil {
		o.Announces, o.SpotChecks = endstate.Announced(client), true
		path := filepath.Join(r.cfg.State, "end-state.tmp")
		spool, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, spool.Close(), os.Remove(path)) }()
		o.Spool = spool
	}
	e.state.Result, err = endstate.Compare(ctx, e.all(ctx), reader, o)
	e.state.Census.sort()
	return err
}

// verificationReader reads the target, by requests unless the run was given another way; the client
// is nil then.
func (r *run) verificationReader() (endstate.Reader, *scimclient.Client, error) {
	if r.cfg.Verify.Reader != nil {
		return r.cfg.Verify.Reader, nil, nil
	}
	client, err := r.reader()
	return endstate.Over(client, patient), client, err
}

// reader is a client that the comparison reads with. Its requests belong neither to the job nor to
// the virtual clock.
func (r *run) reader() (*scimclient.Client, error) {
	limits := r.cfg.Limits
	limits.Grace = grace
	sender := exchange.NewSender(r.deps.HTTP, limits, r.deps.Now)
	endpoint := r.authorized(sender, limits)
	endpoint.TenantURL = r.requestURL()
	return scimclient.New(endpoint, scimclient.Deps{
		Sender: sender, Record: r.readBack, Redact: r.redact, Guard: scimclient.NewGuard(r.cfg.Rate, r.cfg.External), Now: r.targetNow(),
		Wait: patient,
	})
}

// readBack keeps an exchange of the comparison in the transcript.
func (r *run) readBack(x *exchange.Exchange) {
	x.Label = exchange.EndState
	r.keep(x)
}

// patient waits, but not for long.
func patient(ctx context.Context, d time.Duration) error {
	if d > maxWait {
		return fmt.Errorf("the target asks for %v of patience", d)
	}
	c := clock.Wall{}
	return c.WaitUntil(ctx, c.Now().Add(d))
}

// verifyOne compares one object after it was provisioned on demand, and the groups of the target with
// those of before.
func (r *run) verifyOne(ctx context.Context, j *job.Job, o *directory.Object, members []*directory.Object, before *endstate.Memberships) error {
	if r.cfg.Verify == nil || ctx.Err() != nil {
		return nil
	}
	w, cfg, err := j.Wanting(ctx)
	if err != nil {
		return fmt.Errorf("compare the end state: %w", err)
	}
	e := &expecting{run: r, wanting: w, cfg: cfg, state: &EndState{}, only: o, selected: members, processed: true}
	if err := errors.Join(r.compare(ctx, e), r.elsewhere(ctx, e, before)); err != nil {
		return fmt.Errorf("compare the end state: %w", err)
	}
	r.result.EndState = e.state
	return nil
}

// mappingOf is the mapping of a kind.
func mappingOf(m cycle.Mappings, kind directory.Kind) []string {
	var names []string
	object := m.Users
	if kind == directory.Group {
		object = m.Groups
	}
	if object == nil {
		return nil
	}
	for _, a := range object.Matching() {
		names = append(names, a.Name)
	}
	return names
}
