package cycle

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/mapping"
)

// Wanting says what the directory and the mapping want of objects now, as an initial cycle would.
// It sends nothing and keeps nothing.
type Wanting struct{ run *run }

// NewWanting looks at the directory of a job.
func NewWanting(ctx context.Context, cfg Config) (*Wanting, error) {
	r := &run{Config: cfg, in: Input{Kind: Initial}}
	r.init()
	r.begin()
	var err error
	r.everyone, err = r.Tenant.EveryoneAssigned(ctx)
	return &Wanting{r}, err
}

// Each gives fn every object of a kind, after import, scoping and mapping, with its decision.
func (w *Wanting) Each(ctx context.Context, kind directory.Kind, fn func(*Entry) error) error {
	if w.mapping(kind) == nil {
		return nil
	}
	return w.run.Tenant.Each(ctx, kind, func(o *directory.Object) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		e, err := w.One(ctx, o)
		if err != nil {
			return err
		}
		return fn(e)
	})
}

// One is the entry of one object.
func (w *Wanting) One(ctx context.Context, o *directory.Object) (*Entry, error) {
	return w.run.plan(ctx, o, w.mapping(o.Kind))
}

// Last is the entry of an object with the values that its last attributes give; none where they
// cannot be evaluated. It says nothing of what is wanted of the object.
func (w *Wanting) Last(ctx context.Context, o *directory.Object) (*Entry, error) {
	e := &Entry{}
	m := w.mapping(o.Kind)
	if m == nil {
		return e, nil
	}
	e.Subject = w.run.subject(o, m)
	env, err := w.run.environment(ctx, e)
	if err != nil {
		return e, err
	}
	if e.Values, err = m.Evaluate(env); err != nil {
		e.Values = nil
	}
	return e, nil
}

func (w *Wanting) mapping(kind directory.Kind) *mapping.Object {
	if kind == directory.Group {
		return w.run.Groups
	}
	return w.run.Users
}

// Type is "User" or "Group".
func (s *Subject) Type() string { return s.kind() }

// Name is what people know the object by.
func (s *Subject) Name() string { return s.name() }

// TargetID is the object's id in the target, "" while it has none.
func (e *Entry) TargetID() string { return e.targetID() }
