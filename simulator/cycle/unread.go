package cycle

import (
	"context"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// Updates that do not read the target first: the other side of A-28, by option. What changed in
// the source is written, whatever the target has. Everything else is read as before: who is
// new, came back, changed in more than properties, failed before, or was created without something.

// planUnread notes what changed of a linked object, if that is all there is to be written.
func (r *run) planUnread(ctx context.Context, e *Entry) error {
	if !r.Options.UnreadUpdates || r.later[e.Object.Num] || e.Decision != DecideUpdate || !e.Link.Managed || r.in.Kind == Initial {
		return nil
	}
	if _, failed, err := r.Store.Escrow(ctx, e.Object.Num, state.Object, 0); err != nil || failed {
		return err
	}
	names, all, err := r.Tenant.Touched(ctx, e.Object.Num, r.in.After, r.in.UpTo)
	if err != nil {
		return planError(e.kind(), e.Object.ID, err)
	}
	if !all && len(names) > 0 && !slices.Contains(names, "IsSoftDeleted") { // changes of a blocked user waited
		e.touched = names
	}
	return nil
}

// updateUnread writes what is mapped from what changed.
func (r *run) updateUnread(ctx context.Context, e *Entry) []provlog.Step {
	e.Target = scimclient.Resource{ID: e.Link.TargetID}
	changes := e.Mapping.Touched(e.Values, e.touched)
	if len(changes) == 0 {
		return []provlog.Step{e.skipRedundant()}
	}
	changed := e.Named.Differing(len(changes), false, e.warned())
	return []provlog.Step{changed, r.update(ctx, e, changes, changed)}
}
