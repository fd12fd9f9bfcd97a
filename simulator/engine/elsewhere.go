package engine

import (
	"context"
	"errors"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/endstate"
)

// maxMemberships limits what is remembered of a target while an object is provisioned on demand.
const maxMemberships = 100_000

// memberships are the groups of the target before or after an object is provisioned on demand; nil if
// they are not compared. On a host that is not loopback nothing is listed.
func (r *run) memberships(ctx context.Context) (*endstate.Memberships, error) {
	if r.cfg.Verify == nil || r.cfg.External {
		return nil, nil //nolint:nilnil // nothing is known
	}
	reader := r.cfg.Verify.Reader
	if reader == nil {
		client, err := r.reader()
		if err != nil {
			return nil, err
		}
		reader = endstate.Over(client, impatient)
	}
	return endstate.ListMemberships(ctx, reader, maxMemberships)
}

// impatient does not wait: what a target does not list at once is not compared.
func impatient(context.Context, time.Duration) error { return errBusy }

var errBusy = errors.New("the target asks for patience")

// elsewhere reports who got into a group that was not provisioned.
func (r *run) elsewhere(ctx context.Context, e *expecting, before *endstate.Memberships) error {
	if before == nil {
		return nil
	}
	after, err := r.memberships(ctx)
	if err != nil || after == nil {
		return err
	}
	people, group := map[string]endstate.Ref{}, ""
	for _, o := range append([]*directory.Object{e.only}, e.selected...) {
		link, linked, err := r.store.Link(ctx, o.Num)
		switch {
		case err != nil:
			return err
		case !linked:
		case o == e.only && o.Kind == directory.Group:
			group = link.TargetID
		default:
			people[link.TargetID] = endstate.Ref{Type: o.Kind.String(), ID: o.ID, Name: (&cycle.Subject{Object: o}).Name(), Target: link.TargetID}
		}
	}
	return e.state.Found(after.Joined(before, people, group), r.cfg.Verify.Each)
}
