package play

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// maxEscrows is how many objects with an escrow a report lists.
const maxEscrows = 1000

// escrows names each object whose failure waits for a retry once: with the failure of the object
// itself, or else with the first one of its references.
func (s *simulation) escrows(ctx context.Context, all []state.Escrow) (list []reports.Escrow, err error) {
	if len(all) == 0 {
		return nil, nil
	}
	ctx = context.WithoutCancel(ctx) // an interrupted run is reported too
	d, err := s.openDirectory(ctx)
	if err != nil {
		return nil, exit.Broken("", "%w", err)
	}
	defer func() { err = errors.Join(err, d.close()) }()
	seen := map[int64]bool{}
	for _, what := range []state.What{state.Object, state.Manager, state.Member} {
		for i := range all {
			e := &all[i]
			if e.What != what || seen[e.Num] || len(list) == maxEscrows {
				continue
			}
			seen[e.Num] = true
			one, err := s.escrow(ctx, d, *e)
			if err != nil {
				return nil, exit.Broken("", "%w", err)
			}
			list = append(list, one)
		}
	}
	return list, nil
}

// escrow is one object in the report, without ids where there are names.
func (s *simulation) escrow(ctx context.Context, d *names, e state.Escrow) (reports.Escrow, error) {
	o, err := d.tenant.Get(ctx, e.Num)
	if err != nil {
		return reports.Escrow{}, err //nolint:wrapcheck // the caller's
	}
	if err := d.name(ctx, o, &e.Fault); err != nil {
		return reports.Escrow{}, err
	}
	r := reports.Escrow{
		Since: e.First, Attempts: e.Attempts, NextAttempt: e.Due,
		Error: s.Redact.Text(e.Fault.Code + ": " + e.Fault.Sentence()), Failure: s.failure("", "", &e.Fault),
	}
	if o != nil {
		r.ObjectType, r.SourceID, r.SourceName = o.Kind.String(), o.ID, (&cycle.Subject{Object: o}).Name()
	}
	return r, nil
}

// reasons counts all escrows by their code, and the objects that they belong to.
func reasons(all []state.Escrow) []reports.EscrowReason {
	byCode := map[string]*reports.EscrowReason{}
	objects := map[string]map[int64]bool{}
	var list []*reports.EscrowReason
	for _, e := range all {
		r := byCode[e.Fault.Code]
		if r == nil {
			r = &reports.EscrowReason{Code: e.Fault.Code}
			byCode[e.Fault.Code], objects[e.Fault.Code] = r, map[int64]bool{}
			list = append(list, r)
		}
		r.Escrows++
		objects[e.Fault.Code][e.Num] = true
		r.Objects = len(objects[e.Fault.Code])
	}
	slices.SortFunc(list, func(a, b *reports.EscrowReason) int {
		return cmp.Or(b.Escrows-a.Escrows, cmp.Compare(a.Code, b.Code))
	})
	out := make([]reports.EscrowReason, len(list))
	for i, r := range list {
		out[i] = *r
	}
	return out
}

// names finds the names of those whom a failure is about.
type names struct {
	tenant *directory.Tenant
	store  *state.Store
}

func (s *simulation) openDirectory(ctx context.Context) (*names, error) {
	t, err := directory.Open(ctx, filepath.Join(s.cfg.State, "tenant.db"))
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller's
	}
	store, err := state.Open(ctx, filepath.Join(s.cfg.State, "job.db"))
	if err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return &names{t, store}, nil
}

func (n *names) close() error { return errors.Join(n.store.Close(), n.tenant.Close()) }

// name puts names in the place of ids in a failure: of a reference that waits, and of the owner
// of an object of the target.
func (n *names) name(ctx context.Context, of *directory.Object, f *provlog.Fault) error {
	if f.About.SourceID != "" {
		o, err := n.tenant.ByID(ctx, f.About.SourceID)
		if err != nil {
			return err //nolint:wrapcheck // the caller's
		}
		if o != nil {
			f.About.SourceID = (&cycle.Subject{Object: o}).Name()
		}
	}
	if f.About.TargetID == "" || of == nil {
		return nil
	}
	num, ok, err := n.store.Owner(ctx, of.Kind.String(), f.About.TargetID)
	if err != nil || !ok {
		return err //nolint:wrapcheck // the caller's
	}
	o, err := n.tenant.Get(ctx, num)
	if err == nil && o != nil {
		f.About.TargetID = (&cycle.Subject{Object: o}).Name()
	}
	return err //nolint:wrapcheck // the caller's
}
