package cycle

import (
	"context"
	"errors"

	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// reference is a user whose manager is to be compared once all users are written (E-135).
type reference struct {
	num     int64
	current string // the manager's target id as the target returned it
	present bool   // the target returned a manager
}

// keepManager remembers a user for the next phase, if it has a manager and is in scope.
func (r *run) keepManager(ctx context.Context, e *Entry) error {
	if r.Users.Manager() == nil || e.touched != nil { // whose manager is another one is read
		return nil
	}
	if e.Target.ID == "" || e.Skip.Reason == provlog.ReasonNotAdopted || e.Object.ManagerID == "" && !r.Dialect.ClearsManagers() || !e.Scope.InScope || e.Scope.IsSoftDeleted {
		return r.Store.DropReferences(ctx, e.Object.Num, state.Manager)
	}
	ref := reference{num: e.Object.Num}
	if v, ok := r.Users.Manager().Path.Get(e.Target.Values); ok {
		ref.current, ref.present = managerID(v), true
	}
	if e.Object.ManagerID == "" && ref.current == "" {
		return r.Store.DropReferences(ctx, e.Object.Num, state.Manager)
	}
	r.managers = append(r.managers, ref)
	r.result.Counts.ImportedReferences++
	return nil
}

// managerID reads the manager as an object with value, or as a bare string (W-108).
func managerID(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		s, _ := v["value"].(string)
		return s
	}
	return ""
}

// managerReferences is the second phase: managers are written after all users exist (W-63, W-87).
func (r *run) managerReferences(ctx context.Context) error {
	w := newWindow(r.Options.Parallel)
	return w.drain(ctx, r.eachManager(ctx, w))
}

func (r *run) eachManager(ctx context.Context, w *window) error {
	for i, ref := range r.managers {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.progress(PhaseManagers, int64(i+1), int64(len(r.managers)))
		u, err := r.planManager(ctx, ref)
		if err != nil {
			return err
		}
		if u == nil {
			continue
		}
		if err := w.add(ctx, *u); err != nil {
			return err
		}
	}
	return nil
}

// planManager resolves the manager; nil means that nothing is to be done or said.
func (r *run) planManager(ctx context.Context, ref reference) (*unit, error) {
	o, err := r.Tenant.Get(ctx, ref.num)
	if err != nil {
		return nil, err
	}
	e := &Entry{Subject: r.subject(o, r.Users), Outcome: Outcome{Action: provlog.Update}}
	if e.Link, e.Linked, err = r.Store.Link(ctx, ref.num); err != nil || !e.Linked {
		return nil, err
	}
	if e.Retrial, err = r.retrial(ctx, ref.num, state.Manager); err != nil {
		return nil, err
	}
	e.call = scimclient.Call{Label: r.changeID(o.ID, "manager"), At: r.clock.base, Waited: &e.waited}
	if o.ManagerID == "" {
		return r.clearManager(e, ref), nil
	}
	manager, err := r.resolve(ctx, o.ManagerID)
	switch {
	case err != nil:
		return nil, err
	case manager.target == "":
		return r.unresolvedManager(e, manager), nil
	case ref.present && ref.current == manager.target:
		return nil, errors.Join(r.Store.PutManager(ctx, ref.num, manager.target), r.Store.DropReferences(ctx, ref.num, state.Manager))
	}
	return r.writeManager(e, ref, manager.target), nil
}

// resolved is what a reference stands for.
type resolved struct {
	id     string // in the source
	num    int64  // 0 when the directory does not know the id
	target string // "" when it is not provisioned
}

// keptTargets bounds the memory of managers, who are looked up again for each of their reports.
const keptTargets = 1 << 16

// resolve gives the number of a source object, and its target id if it is provisioned and
// in scope (E-44).
func (r *run) resolve(ctx context.Context, id string) (resolved, error) {
	if known, ok := r.targets[id]; ok {
		return known, nil
	}
	m := resolved{id: id}
	var err error
	if m.num, err = r.Tenant.Num(ctx, id); err != nil || m.num == 0 {
		return m, err
	}
	link, _, err := r.Store.Link(ctx, m.num)
	if err != nil {
		return m, err
	}
	if link.Managed {
		m.target = link.TargetID
	}
	if r.targets == nil || len(r.targets) == keptTargets {
		r.targets = map[string]resolved{}
	}
	r.targets[id] = m
	return m, nil
}

func (r *run) unresolvedManager(e *Entry, manager resolved) *unit {
	e.step(e.skipManager())
	return &unit{commit: func(ctx context.Context) error {
		if err := r.Store.DropOtherReferences(ctx, e.Object.Num, state.Manager, manager.num); err != nil {
			return err
		}
		if err := r.waitFor(ctx, e.Object.Num, state.Manager, manager); err != nil {
			return err
		}
		return r.logManager(ctx, e)
	}}
}

// waitFor escrows a reference whose object failed itself, and no other (E-44, E-45). One that
// waited for an object which failed no more, because it left scope, waits no longer.
func (r *run) waitFor(ctx context.Context, num int64, what state.What, referenced resolved) error {
	_, failed, err := r.Store.Escrow(ctx, referenced.num, state.Object, 0)
	if err != nil {
		return err
	}
	if referenced.num == 0 || !failed && !r.Options.RetryUnresolved {
		return r.Store.DropEscrow(ctx, num, what, referenced.num)
	}
	_, err = r.keep(ctx, state.Escrow{Num: num, What: what, Other: referenced.num}, scimclient.Failed(provlog.Fault{
		Code: provlog.CodeUnresolvedReference, Why: provlog.WhyNotProvisioned, About: provlog.About{SourceID: referenced.id},
	}))
	return err
}

func (r *run) writeManager(e *Entry, ref reference, target string) *unit {
	op := "Add" // W-51, W-63
	if ref.present && ref.current != "" {
		op = "Replace"
	}
	path := r.Users.Manager().Name
	p := provlog.ModifiedProperty{DisplayName: path, NewValue: &target}
	if op == "Replace" {
		p.OldValue = &ref.current
	}
	e.Modified = []provlog.ModifiedProperty{p}
	e.step(e.Named.Resolved(e.Object.ManagerID, target))
	return r.managerUnit(e, func(ctx context.Context) *scimclient.Failure {
		return r.writeReferences(ctx, e, []string{target}, referenceWrite{
			collection: "Users", attribute: "manager", present: true,
			render: func(ids []string) []byte { return r.Dialect.Manager(op, path, ids[0]) },
			begun:  func(ids []string) inflight.Facts { return managerWrite(e, ids[0]) }, steps: e.managerSteps(),
		})
	})
}

// clearManager takes away a manager that the source does not name any more: with the flag the
// service does so (W-64, A-56).
func (r *run) clearManager(e *Entry, ref reference) *unit {
	path := r.Users.Manager().Name
	e.Modified = []provlog.ModifiedProperty{{DisplayName: path, OldValue: &ref.current}}
	e.step(e.Named.Resolved("", ""))
	return r.managerUnit(e, func(ctx context.Context) *scimclient.Failure {
		write, failure := r.announce(ctx, e, managerWrite(e, ""), e.managerSteps()...)
		if failure != nil {
			return failure
		}
		e.requests++
		failure = r.Client.Patch(ctx, e.call, "Users", e.Link.TargetID, r.Dialect.ClearManager(path, ref.current))
		r.answered(e, write, "", failure)
		return failure
	})
}

// managerWrite are the facts of a write of the manager.
func managerWrite(e *Entry, manager string) inflight.Facts {
	return inflight.Facts{Part: string(PartManager), Target: e.Link.TargetID, Manager: manager}
}

// managerSteps are the steps of an entry about a manager that was written.
func (e *Entry) managerSteps() []provlog.Step {
	return []provlog.Step{e.exportStep(provlog.EntryExportUpdate, false)}
}

// managerUnit writes a manager and remembers what came of it.
func (r *run) managerUnit(e *Entry, write func(context.Context) *scimclient.Failure) *unit {
	return &unit{
		exchange: func(ctx context.Context) {
			failure := write(ctx)
			e.step(e.exported(provlog.EntryExportUpdate, failure))
			e.Wrote = failure == nil
		},
		commit: func(ctx context.Context) error { return r.commitManager(ctx, e) },
	}
}

func (r *run) commitManager(ctx context.Context, e *Entry) error {
	r.result.Counts.Requests += e.requests
	if e.Failure == nil {
		sent := ""
		if v := e.Modified[0].NewValue; v != nil {
			sent = *v
		}
		if err := errors.Join(r.Store.PutManager(ctx, e.Object.Num, sent), r.Store.DropReferences(ctx, e.Object.Num, state.Manager)); err != nil {
			return err
		}
		return r.logManager(ctx, e)
	}
	if e.Failure.Stop != nil {
		return halted{e.Failure.Stop}
	}
	if err := r.Store.DropOtherReferences(ctx, e.Object.Num, state.Manager, 0); err != nil {
		return err
	}
	kept, err := r.keep(ctx, state.Escrow{Num: e.Object.Num, What: state.Manager}, e.Failure)
	if err != nil {
		return err
	}
	e.Failure.Retry = retry(kept)
	return r.logManager(ctx, e)
}

// logManager logs an entry about a manager.
func (r *run) logManager(ctx context.Context, e *Entry) error {
	r.count(e)
	r.clock.took(r.cost(e))
	return r.write(ctx, e, PartManager)
}
