package cycle

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// importObject is the first stage: what the source says about the object (E-30, E-40).
func (r *run) importObject(ctx context.Context, o *directory.Object, m *mapping.Object) (*Entry, provlog.Step, error) {
	e := &Entry{Subject: r.subject(o, m), Outcome: Outcome{Action: provlog.Other}}
	if !r.unlinked[e.kind()] {
		var err error
		if e.Link, e.Linked, err = r.Store.Link(ctx, o.Num); err != nil {
			return nil, provlog.Step{}, planError(e.kind(), o.ID, err)
		}
	}
	e.call = scimclient.Call{Label: r.changeID(o.ID, "object"), At: r.clock.base, Waited: &e.waited}
	name := provlog.EntryImportUpdate
	switch {
	case o.Presence == directory.Deleted:
		name = provlog.EntryImportDelete
	case !e.Linked:
		name = provlog.EntryImportAdd
	}
	var err error
	if e.Retrial, err = r.retrial(ctx, o.Num, state.Object); err != nil {
		return nil, provlog.Step{}, planError(e.kind(), o.ID, err)
	}
	return e, e.Named.Imported(name, provlog.Details{{Key: "objectId", Value: o.ID}}), nil
}

// subject begins an entry about an object.
func (r *run) subject(o *directory.Object, m *mapping.Object) Subject {
	return Subject{Object: o, Mapping: m, Named: r.Identity.named(o, r.Options.NamedByID), plain: r.Options.PlainSteps}
}

// describeSource adds what the source says to the step of the import: all that the mapping
// reads, or of a linked object in a later cycle what changed.
func (r *run) describeSource(ctx context.Context, e *Entry, env *expression.Env) error {
	if e.plain {
		return nil
	}
	changed := func(string) bool { return true }
	if e.Linked && r.in.Kind != Initial && r.demand == nil {
		names, all, err := r.Tenant.Touched(ctx, e.Object.Num, r.in.After, r.in.UpTo)
		if err != nil {
			return planError(e.kind(), e.Object.ID, err)
		}
		if !all {
			changed = func(name string) bool { return slices.Contains(names, name) }
		}
	}
	step := &e.Steps[0]
	step.Details = append(step.Details, sourceValues(e.Mapping, env, e.Values, changed)...)
	return nil
}

// lookAtLinks notes the kinds of objects of which none is linked: in a first cycle that
// spares a look for the link of each.
func (r *run) lookAtLinks(ctx context.Context) error {
	r.unlinked = map[string]bool{}
	if r.in.Kind != Initial {
		return nil
	}
	for _, kind := range []string{"User", "Group"} {
		any, err := r.Store.HasLinks(ctx, kind)
		if err != nil {
			return err
		}
		r.unlinked[kind] = !any
	}
	return nil
}

// changeID joins what belongs to one change of one object in this cycle (E-310).
func (r *run) changeID(objectID, part string) string {
	return r.IDs.ForChange(r.id, objectID, part)
}

// environment is what the mapping is evaluated over: the current object, never a delta alone
// with the computed attribute IsSoftDeleted (E-142) and the app roles if they are
// read (E-145). What is drawn depends on seed, cycle and object, not on their order.
func (r *run) environment(ctx context.Context, e *Entry) (*expression.Env, error) {
	env := r.Evaluation
	isSoftDeleted := e.Scope.IsSoftDeleted
	env.Attribute = func(name string) expression.Value {
		if name == "IsSoftDeleted" {
			return expression.Boolean(isSoftDeleted)
		}
		return expression.FromAny(e.Object.Attribute(name))
	}
	env.Warn = func(message string) {
		if !slices.Contains(e.warnings, message) {
			e.warnings = append(e.warnings, message)
		}
	}
	now := r.clock.base
	env.Now = func() time.Time { return now }
	if e.Mapping.DrawsRandom() {
		h := fnv.New128a()
		_, _ = h.Write([]byte(r.changeID(e.Object.ID, "draw"))) // never fails
		sum := h.Sum(nil)
		env.Random = rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])))
	}
	if r.Options.SwitchDeltaDefect && r.in.Kind != Initial && e.Linked {
		names, all, err := r.Tenant.Touched(ctx, e.Object.Num, r.in.After, r.in.UpTo)
		if err != nil {
			return nil, planError(e.kind(), e.Object.ID, err)
		}
		if len(names) > 0 && !all {
			env.Unchanged = func(name string) bool { return !slices.Contains(names, name) }
		}
	}
	if !e.Mapping.ReadsRoles() {
		return &env, nil
	}
	held, err := r.Tenant.Roles(ctx, e.Object.Num)
	if err != nil {
		return nil, planError(e.kind(), e.Object.ID, err)
	}
	roles := make([]expression.AppRole, len(held))
	for i, role := range held {
		roles[i] = expression.AppRole(role)
	}
	env.AppRoles = func() []expression.AppRole { return roles }
	return &env, nil
}
