package push

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// maxWait is how long a comparison waits for a target that asks for time.
const maxWait = 2 * time.Minute

// verify compares the target with the directory, if that was asked for. It only reads.
func (r *run) verify(ctx context.Context) (err error) {
	v := r.cfg.Verify
	if v == nil || ctx.Err() != nil {
		return nil
	}
	s, err := r.session(ctx)
	if err != nil {
		return err
	}
	e := &expecting{Session: s, run: r, state: &EndState{Own: r.cfg.External, LeftOut: map[string]int{}}}
	o := endstate.Options{
		Matching: r.provider.Matching(), ByID: e.state.Own || r.cfg.Only != nil, Sample: v.Sample, Owner: e.owner, Each: v.Each, Progress: v.Progress,
	}
	reader := v.Reader
	if reader == nil {
		client, err := r.reader()
		if err != nil {
			return err
		}
		reader = endstate.Over(client, patient)
		o.Announces, o.SpotChecks = endstate.Announced(client), true
		path := filepath.Join(r.cfg.State, "end-state.tmp")
		spool, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
		if err != nil {
			return fmt.Errorf("compare the end state: %w", err)
		}
		defer func() { err = errors.Join(err, spool.Close(), os.Remove(path)) }()
		o.Spool = spool
	}
	if e.state.Result, err = endstate.Compare(ctx, e.all(ctx), reader, o); err != nil {
		return fmt.Errorf("compare the end state: %w", err)
	}
	r.result.EndState = e.state
	return nil
}

// reader is a client that the comparison reads with. Its requests are not those of the provider.
func (r *run) reader() (*scimclient.Client, error) {
	limits := r.cfg.Limits
	limits.Grace = grace
	sender := exchange.NewSender(r.deps.HTTP, limits, r.deps.Now)
	endpoint := r.cfg.Endpoint
	if r.deps.Authorize != nil {
		sender.Authorize(r.deps.Authorize)
		endpoint.Authorization = exchange.AccessToken
	}
	return scimclient.New(endpoint, scimclient.Deps{
		Sender: sender, Record: r.readBack, Redact: r.redact, Guard: scimclient.NewGuard(r.cfg.Rate, r.cfg.External), Now: r.deps.Now, Wait: patient,
	})
}

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

// expecting says what the target should hold at the end of a run.
type expecting struct {
	*Session

	run   *run
	state *EndState
}

// all are the expected objects: users, then groups.
func (e *expecting) all(ctx context.Context) iter.Seq2[endstate.Expected, error] {
	return func(yield func(endstate.Expected, error) bool) {
		for _, kind := range []directory.Kind{directory.User, directory.Group} {
			done, err := e.kind(ctx, kind, yield)
			if err != nil {
				yield(endstate.Expected{}, err)
			}
			if done || err != nil {
				return
			}
		}
	}
}

// kind yields the objects of a kind; done is true if the caller has enough.
func (e *expecting) kind(ctx context.Context, kind directory.Kind, yield func(endstate.Expected, error) bool) (done bool, err error) {
	var nums []int64
	if err := e.Tenant.Each(ctx, kind, func(o *directory.Object) error {
		nums = append(nums, o.Num)
		return nil
	}); err != nil {
		return false, err
	}
	for _, num := range nums {
		o, err := e.Tenant.Get(ctx, num)
		if err != nil || o == nil {
			return false, err
		}
		x, ok, err := e.expected(ctx, o)
		if err != nil {
			return false, err
		}
		if ok && !yield(x, nil) {
			return true, nil
		}
	}
	return false, nil
}

// expected is what is expected of one object; false leaves it out.
func (e *expecting) expected(ctx context.Context, o *directory.Object) (endstate.Expected, bool, error) {
	l, err := e.Store.Link(ctx, o.Num)
	if err != nil {
		return endstate.Expected{}, false, err
	}
	task, waits, err := e.Store.Task(ctx, o.Num)
	if err != nil {
		return endstate.Expected{}, false, err
	}
	x := endstate.Expected{Ref: endstate.Ref{Type: o.Kind.String(), ID: o.ID, Name: l.Name, Target: l.Target}}
	e.census(o, l, task, waits)
	switch {
	case e.run.written != nil && !e.run.written[o.ID]:
		return x, false, nil
	case waits && !task.Due.IsZero():
		e.state.Waiting++
		return x, false, nil
	case waits:
		x.Known = endstate.Known{GivenUp: true, Why: task.Text}
	}
	ok, err := e.run.provider.Expected(ctx, e.Session, o, l, &x)
	return x, ok, err
}

// census counts a user of the directory.
func (e *expecting) census(o *directory.Object, l Link, task Task, waits bool) {
	if o.Kind != directory.User || o.Presence != directory.Present {
		return
	}
	e.state.Directory++
	switch {
	case l.Target != "" && l.Active:
		e.state.Provisioned++
	case waits:
		e.state.LeftOut["waits for a task: "+task.Text]++
	case !e.Assigned(o):
		e.state.LeftOut["not assigned"]++
	default:
		e.state.LeftOut["not active"]++
	}
}

// owner finds the source object of a target id.
func (e *expecting) owner(ctx context.Context, targetID string) (endstate.Ref, bool, error) {
	for _, kind := range []directory.Kind{directory.User, directory.Group} {
		l, err := e.Store.Owner(ctx, kind, targetID)
		if err != nil {
			return endstate.Ref{}, false, err
		}
		if l.Num != 0 {
			return endstate.Ref{Type: kind.String(), ID: l.SourceID, Name: l.Name, Target: targetID}, true, nil
		}
	}
	return endstate.Ref{}, false, nil
}

// ExpectedMembers are the members that the client sent to a group, as the end state should have them. A user
// who is not active may be missing.
func (s *Session) ExpectedMembers(ctx context.Context, group int64) ([]endstate.Reference, error) {
	sent, err := s.Store.SentMembers(ctx, group)
	if err != nil {
		return nil, err
	}
	var out []endstate.Reference
	for _, num := range sent {
		u, err := s.Store.Link(ctx, num)
		if err != nil {
			return nil, err
		}
		if u.Target == "" {
			continue
		}
		out = append(out, endstate.Reference{
			Ref: endstate.Ref{Type: endstate.User, ID: u.SourceID, Name: u.Name, Target: u.Target}, Optional: !u.Active,
		})
	}
	return out, nil
}
