package cycle

import (
	"context"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// exchange is everything that talks to the target about one object: a read always
// comes before a write (W-19).
func (r *run) exchange(ctx context.Context, e *Entry) {
	r.talk(ctx, e)
	if e.Failure != nil && e.NewLink {
		// Released here and not at commit: the next object of the lane may look before that.
		r.unclaim(e)
	}
	if r.Options.MatchFirst {
		e.matchesBeforeScope()
	}
}

func (r *run) talk(ctx context.Context, e *Entry) {
	switch e.Decision {
	case DecideMatch:
		r.matchOrCreate(ctx, e)
	case DecideUpdate, DecideDisable:
		switch {
		case e.touched != nil:
			r.updateUnread(ctx, e)
		case r.renamed(e) && (r.match(ctx, e) || e.Failure != nil):
			if e.Failure == nil {
				r.process(ctx, e)
			}
		case r.read(ctx, e):
			r.process(ctx, e)
		case r.Options.RematchOn404 && e.Failure.Code == provlog.CodeInvalidAnchor:
			r.rematch(ctx, e)
		}
	case DecideDelete:
		r.remove(ctx, e)
	case DecideLook:
		r.look(ctx, e)
	case DecideNothing, DecideSkip, DecideFail:
	}
}

func (r *run) matchOrCreate(ctx context.Context, e *Entry) {
	if r.match(ctx, e) {
		r.process(ctx, e)
		return
	}
	if e.Failure == nil {
		r.create(ctx, e)
	}
}

// process compares what is mapped with what the target returned and writes the difference.
func (r *run) process(ctx context.Context, e *Entry) {
	if e.NewLink && !r.mayWrite(e) {
		return
	}
	if e.NewLink && !e.Mapping.Flow.Update {
		e.switchedOff(&r.Options, provlog.Update, provlog.ReasonMatchedOff)
		return
	}
	values := e.Values
	if e.Decision == DecideDisable {
		values = softOnly(e)
	}
	changes := e.Mapping.Diff(values, e.Target.Values)
	if len(changes) == 0 {
		e.skipRedundant()
		return
	}
	e.step(provlog.Differing(e.kind(), e.Object.ID, len(changes), true, e.warned()))
	if r.holds(e) {
		e.hold(changes)
		return
	}
	e.Back = e.Linked && e.Decision != DecideDisable && slices.ContainsFunc(changes, e.enables)
	r.update(ctx, e, changes)
}

// enables says that a change makes an object active again: the target said that it was not,
// or said nothing and the object had left scope. A target that never returns the attribute
// would have every update look like that.
func (e *Entry) enables(c mapping.Change) bool {
	return c.Attribute == e.Mapping.Soft() && (c.Old != nil || !e.Link.Managed)
}

// softOnly keeps the values that come from IsSoftDeleted.
func softOnly(e *Entry) []mapping.Value {
	soft := e.Mapping.Soft()
	var out []mapping.Value
	for _, v := range e.Values {
		if v.Attribute == soft {
			out = append(out, v)
		}
	}
	return out
}

// mayWrite keeps objects safe that were in the target before this run, unless adopting
// them was asked for. Entra would write to them; the log says so.
func (r *run) mayWrite(e *Entry) bool {
	if r.Options.AdoptExisting {
		return true
	}
	r.unclaim(e)
	e.skipExisting()
	return false
}

// modified lists changes for the log; redacted values stay out of it (E-316).
//
//go:fix inline
func modified(changes []mapping.Change) []provlog.ModifiedProperty {
	out := make([]provlog.ModifiedProperty, 0, len(changes))
	for _, c := range changes {
		p := provlog.ModifiedProperty{DisplayName: c.Attribute.Name, NewValue: new(c.New.Text())}
		if c.Old != nil {
			p.OldValue = new(plain(c.Old))
		}
		if c.New.Redacted() {
			p.NewValue = new(concealed)
			if p.OldValue != nil {
				p.OldValue = new(concealed)
			}
		}
		out = append(out, p)
	}
	return out
}

func created(values []mapping.Value) []provlog.ModifiedProperty {
	out := make([]provlog.ModifiedProperty, 0, len(values))
	for _, v := range values {
		p := provlog.ModifiedProperty{DisplayName: v.Attribute.Name, NewValue: new(v.Value.Text())}
		if v.Value.Redacted() {
			p.NewValue = new(concealed)
		}
		out = append(out, p)
	}
	return out
}
