package engine

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// expecting says what the target should hold at the end of a run: what the directory and the
// mapping want, without what the job still has to do.
type expecting struct {
	*run
	wanting *cycle.Wanting
	cfg     cycle.Config
	state   *EndState

	only     *directory.Object // nil expects all
	selected []*directory.Object

	processed bool           // an initial cycle was completed
	pending   map[int64]bool // changed after the watermark, or held back
	after     int64          // the watermark
	latest    int64
	escrows   map[int64]escrows
	before    predecessors
	lacking   map[string]bool // matching values of those who are wanted and have no link
}

// escrows are the open escrows of an object.
type escrows struct {
	object, manager bool
	members         map[int64]bool
	code            string // of the object's
}

// open reads what the job still has to do.
func (e *expecting) open(ctx context.Context, j *job.Job) (err error) {
	e.after, e.processed = j.Processed()
	if e.latest, err = e.tenant.Latest(ctx); err != nil {
		return err
	}
	e.pending = map[int64]bool{}
	later, err := e.store.Later(ctx)
	if err != nil {
		return err
	}
	for _, num := range slices.Concat(j.HeldBack(), later) {
		e.pending[num] = true
	}
	if e.processed {
		for _, kind := range []directory.Kind{directory.User, directory.Group} {
			nums, err := e.tenant.Changed(ctx, e.after, e.latest, kind, true)
			if err != nil {
				return err
			}
			for _, num := range nums {
				e.pending[num] = true
			}
		}
	}
	if err := e.deletedPeople(ctx); err != nil {
		return err
	}
	return e.openEscrows(ctx)
}

func (e *expecting) openEscrows(ctx context.Context) error {
	list, err := e.store.Escrows(ctx)
	e.escrows = map[int64]escrows{}
	for _, esc := range list {
		of := e.escrows[esc.Num]
		switch esc.What {
		case state.Object:
			of.object, of.code = true, esc.Fault.Code
		case state.Manager:
			of.manager = true
		case state.Member:
			if of.members == nil {
				of.members = map[int64]bool{}
			}
			of.members[esc.Other] = true
		}
		e.escrows[esc.Num] = of
	}
	return err
}

// marks are the paths by which the job marks its users besides.
func (e *expecting) marks() map[string][]string {
	matching := mappingOf(e.cfg.Mappings, directory.User)
	if len(matching) == 0 || slices.Contains(matching, mark) {
		return nil
	}
	return map[string][]string{"Users": {mark}}
}

// mark is the attribute that a client marks its objects with (RFC 7643, 3.1).
const mark = "externalId"

// matching are the paths by which objects are found, by collection.
func (e *expecting) matching() map[string][]string {
	return map[string][]string{
		"Users": mappingOf(e.cfg.Mappings, directory.User), "Groups": mappingOf(e.cfg.Mappings, directory.Group),
	}
}

// all are the expected objects: users, groups, and what the run deleted.
func (e *expecting) all(ctx context.Context) iter.Seq2[endstate.Expected, error] {
	return func(yield func(endstate.Expected, error) bool) {
		err := e.each(ctx, func(x endstate.Expected) bool { return yield(x, nil) })
		if err != nil {
			yield(endstate.Expected{}, err)
		}
	}
}

// errEnough ends the objects early.
type errEnough struct{}

func (errEnough) Error() string { return "enough" }

func (e *expecting) each(ctx context.Context, yield func(endstate.Expected) bool) error {
	take := func(entry *cycle.Entry) error {
		x, ok, err := e.expected(ctx, entry)
		if err != nil {
			return err
		}
		if ok && !yield(x) {
			return errEnough{}
		}
		return nil
	}
	if e.only != nil {
		entry, err := e.wanting.One(ctx, e.only)
		if err != nil {
			return err
		}
		return enough(take(entry))
	}
	for _, kind := range []directory.Kind{directory.User, directory.Group} {
		if err := e.wanting.Each(ctx, kind, take); err != nil {
			return enough(err)
		}
	}
	return e.gone(ctx, yield)
}

// gone expects that what the job deleted is gone.
func (e *expecting) gone(ctx context.Context, yield func(endstate.Expected) bool) error {
	list, err := e.store.AllDeleted(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.Again || e.state.Own && !e.witness.deleted[d.Kind+" "+d.TargetID] {
			continue
		}
		x := endstate.Expected{Ref: deletedRef(d), Presence: endstate.Gone}
		last, err := e.last(ctx, d.SourceID)
		if err != nil {
			return err
		}
		if last != nil && last.Object.Kind.String() == d.Kind {
			for _, m := range e.matchingOf(last) {
				if !e.lacking[m.Path+" "+strings.ToLower(m.Value)] { // somebody else may have got the name
					x.Matching = append(x.Matching, m)
				}
			}
		}
		if !yield(x) {
			break
		}
	}
	return nil
}

func deletedRef(d state.Deleted) endstate.Ref {
	return endstate.Ref{Type: d.Kind, ID: d.SourceID, Name: d.Name, Target: d.TargetID}
}

// deletedBefore finds who had an id in the target before the job deleted the object.
func (e *expecting) deletedBefore(ctx context.Context, targetID string) (endstate.Ref, bool, error) {
	d, ok, err := e.store.DeletedBefore(ctx, targetID)
	return deletedRef(d), ok, err
}

func enough(err error) error {
	if _, ok := err.(errEnough); ok { //nolint:errorlint // it is never wrapped
		return nil
	}
	return err
}

// expected is what is expected of one object; false leaves it out.
func (e *expecting) expected(ctx context.Context, entry *cycle.Entry) (endstate.Expected, bool, error) {
	num := entry.Object.Num
	x := endstate.Expected{Ref: endstate.Ref{Type: entry.Type(), ID: entry.Object.ID, Name: entry.Name(), Target: entry.Link.TargetID}}
	wanted := entry.Scope.InScope && !entry.Scope.IsSoftDeleted
	e.state.Census.take(entry, known{waits: e.escrows[num].code, failed: e.witness.codes[num], foreign: e.witness.foreign[num]})
	switch {
	case e.state.Own && !e.witness.wrote[num]:
		return x, false, nil
	case e.escrows[num].object:
		e.state.Waiting++
		return x, false, nil
	case e.pending[num], !e.processed && !entry.Linked && wanted:
		e.state.Pending++
		return x, false, nil
	case entry.Decision == cycle.DecideDisable:
		x.Presence = endstate.Disabled
		x.Known.Why = e.witness.failed[part{num, cycle.PartObject}]
		e.activity(entry, &x)
		return x, entry.Linked, nil
	case entry.Decision == cycle.DecideDelete:
		x.Presence = endstate.Gone
		return x, entry.Linked, nil
	case !wanted, entry.Decision == cycle.DecideFail, entry.Decision == cycle.DecideNothing:
		return x, false, nil
	case !entry.Linked:
		e.unlinked(entry, &x)
		return x, true, nil
	}
	return x, true, e.linked(ctx, entry, &x)
}

// unlinked says why an object that is wanted has no link.
func (e *expecting) unlinked(entry *cycle.Entry, x *endstate.Expected) {
	e.identify(entry, x)
	if e.lacking == nil {
		e.lacking = map[string]bool{}
	}
	for _, m := range x.Matching {
		e.lacking[m.Path+" "+strings.ToLower(m.Value)] = true
	}
	failed, gaveUp := e.witness.failed[part{entry.Object.Num, cycle.PartObject}]
	switch {
	case e.witness.foreign[entry.Object.Num]:
		x.Known = endstate.Known{NeverTried: true, Why: "it was there before the run and is not adopted"}
	case entry.Skip.Reason == provlog.ReasonNoMatchingValue:
		x.Known = endstate.Known{NeverTried: true, Why: "no matching value"}
	case gaveUp:
		x.Known = endstate.Known{GivenUp: true, Why: failed}
	case !entry.Mapping.Flow.Add:
		x.Known = endstate.Known{NeverTried: true, Why: "the action Create is switched off"}
	}
}

// identify sets the matching values.
func (e *expecting) identify(entry *cycle.Entry, x *endstate.Expected) {
	x.Matching = e.matchingOf(entry)
}

// matchingOf are the matching values of an entry.
func (e *expecting) matchingOf(entry *cycle.Entry) []endstate.Match {
	var list []endstate.Match
	for _, a := range entry.Mapping.Matching() {
		for _, v := range entry.Values {
			if v.Attribute == a && !v.Value.IsEmpty() {
				list = append(list, endstate.Match{Path: a.Name, Value: v.Value.Text(), CaseExact: a.CaseExact})
			}
		}
	}
	return list
}

// linked is what is expected of an object that the job wrote or found.
func (e *expecting) linked(ctx context.Context, entry *cycle.Entry, x *endstate.Expected) error {
	if entry.Link.Shared { // its values are those of whoever was written last
		x.AnyMembers = true
		return nil
	}
	e.identify(entry, x)
	if failed, gaveUp := e.witness.failed[part{entry.Object.Num, cycle.PartObject}]; gaveUp {
		x.Known = endstate.Known{GivenUp: true, Why: failed}
	}
	if entry.Mapping.Flow.Update {
		e.values(entry, x)
		e.activity(entry, x)
		e.former(entry, x)
		e.inherited(entry, x)
	}
	if entry.Object.Kind == directory.Group {
		return e.members(ctx, entry, x)
	}
	return e.manager(ctx, entry, x)
}

// owner finds the source object of a target id.
func (e *expecting) owner(ctx context.Context, targetID string) (endstate.Ref, bool, error) {
	for _, kind := range []string{endstate.User, endstate.Group} {
		num, ok, err := e.store.Owner(ctx, kind, targetID)
		if err != nil {
			return endstate.Ref{}, false, err
		}
		if !ok {
			continue
		}
		o, err := e.tenant.Get(ctx, num)
		if err != nil || o == nil {
			return endstate.Ref{}, false, err
		}
		return endstate.Ref{Type: kind, ID: o.ID, Target: targetID}, true, nil
	}
	return endstate.Ref{}, false, nil
}

// named completes the name of a reference.
func (e *expecting) named(ctx context.Context, ref endstate.Ref) endstate.Ref {
	if o, err := e.tenant.ByID(ctx, ref.ID); err == nil && o != nil {
		ref.Name = (&cycle.Subject{Object: o}).Name()
	}
	return ref
}
