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
	if f := r.unknown[e.Object.Num]; f != nil {
		e.fail(new(*f)) // whether the object was made is not known yet
		return
	}
	e.step(r.talk(ctx, e)...)
	if e.Failure != nil && e.NewLink {
		// Released here and not at commit: the next object of the lane may look before that.
		r.unclaim(e)
	}
	if r.Options.MatchFirst {
		e.Steps = matchesBeforeScope(e.Steps)
	}
}

// talk does what was decided and returns the steps.
func (r *run) talk(ctx context.Context, e *Entry) []provlog.Step {
	switch e.Decision {
	case DecideMatch:
		return r.matchOrCreate(ctx, e)
	case DecideUpdate, DecideDisable:
		return r.readAndProcess(ctx, e)
	case DecideDelete:
		return r.remove(ctx, e)
	case DecideLook:
		return r.look(ctx, e)
	case DecideNothing, DecideSkip, DecideFail:
	}
	return nil
}

// readAndProcess is the way of a linked object.
func (r *run) readAndProcess(ctx context.Context, e *Entry) []provlog.Step {
	if e.touched != nil {
		return r.updateUnread(ctx, e)
	}
	var found []provlog.Step
	if r.renamed(e) {
		if found = r.match(ctx, e); e.Failure != nil {
			return nil
		}
	}
	if found == nil {
		found = r.read(ctx, e)
	}
	switch {
	case found != nil:
		return append(found, r.process(ctx, e, found...)...)
	case r.Options.RematchOn404 && e.Failure.Code == provlog.CodeInvalidAnchor:
		return r.rematch(ctx, e)
	}
	return nil
}

// matchOrCreate is the way of an object that is not linked.
func (r *run) matchOrCreate(ctx context.Context, e *Entry) []provlog.Step {
	if found := r.match(ctx, e); found != nil {
		return append(found, r.process(ctx, e, found...)...)
	}
	if e.Failure != nil {
		return nil
	}
	return r.create(ctx, e)
}

// process compares what is mapped with what the target returned and writes the difference
// . before are the steps that the entry does not have yet.
func (r *run) process(ctx context.Context, e *Entry, before ...provlog.Step) []provlog.Step {
	switch {
	case e.NewLink && !r.Options.AdoptExisting:
		// Objects that were in the target before this run are safe unless adopting them was
		// asked for. Entra would write to them; the log says so.
		r.unclaim(e)
		return []provlog.Step{e.skipExisting()}
	case e.NewLink && !e.Mapping.Flow.Update:
		return []provlog.Step{e.switchedOff(&r.Options, provlog.Update, provlog.ReasonMatchedOff)}
	}
	values := e.Values
	if e.Decision == DecideDisable {
		values = softOnly(e)
	}
	changes := e.Mapping.Diff(values, e.Target.Values)
	if len(changes) == 0 {
		return []provlog.Step{e.skipRedundant()}
	}
	differs := e.Named.Differing(len(changes), true, e.warned())
	if r.mustHoldBack(e) {
		e.holdBack(changes)
		return []provlog.Step{differs}
	}
	e.Back = e.Linked && e.Decision != DecideDisable && slices.ContainsFunc(changes, e.enables)
	return []provlog.Step{differs, r.update(ctx, e, changes, append(before, differs)...)}
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
