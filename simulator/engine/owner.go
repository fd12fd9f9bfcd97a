package engine

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/reach"
)

// owner is what a state belongs to. Its links are ids that this target gave (S9).
type owner struct {
	// ID names the state. The journals of its runs have it.
	ID     string `json:"id"`
	Target string `json:"target"`
	// Tenant marks what selects a tenant there; see tenancy. It is "" in a state of an older version.
	Tenant string `json:"tenant,omitempty"`
	// App and Dialect tell a person which job it was; another one may continue the state (E-273).
	App     string `json:"app"`
	Dialect string `json:"dialect"`
	// Restart is set from the time when links of another target were dropped until the job
	// is restarted, also if the process dies in between.
	Restart bool `json:"restart,omitempty"`
}

// ownerRecord is the key of the owner in the job's state.
const ownerRecord = "owner"

// address names the target of this run, "" for a plan without one. An embedded target is gone
// with its process, so it is that of its run.
func (r *run) address() string {
	switch {
	case r.cfg.Embedded:
		return "the embedded target of run " + r.cfg.RunID
	case r.cfg.Endpoint.TenantURL == "":
		return ""
	}
	return r.redact.Text(Address(r.cfg.Endpoint.TenantURL))
}

// claim makes the state that of this target, or refuses: an id that one target gave may be
// that of somebody else in another one. With Rebind, the links are dropped, and every object
// is matched again like any that was there before (S9).
func (r *run) claim(ctx context.Context) error {
	here := r.address()
	if _, err := r.store.Load(ctx, ownerRecord, &r.owner); err != nil || here == "" {
		return err
	}
	id := cmp.Or(r.owner.ID, rand.Text())
	tenant := reach.Tenancy(id, r.cfg.Endpoint.TenantURL, r.cfg.Endpoint.Header)
	otherTenant := r.owner.Target == here && r.owner.Tenant != "" && r.owner.Tenant != tenant
	if r.owner.Target == here && !otherTenant {
		if r.owner.Tenant == tenant {
			return nil
		}
		r.owner.Tenant = tenant
		return r.store.Save(ctx, ownerRecord, r.owner)
	}
	known := r.owner.Target != "" // an older version wrote no owner
	linked, err := r.linked(ctx)
	if err != nil {
		return err
	}
	switch {
	case linked && r.cfg.Rebind:
		r.note("the links of this state are dropped; all objects are matched again in " + here)
	case linked && otherTenant:
		return fmt.Errorf("this state belongs to another tenant of %s: the address or the headers name another one; %s", here, rebindHint)
	case linked && known:
		return fmt.Errorf("this state belongs to %s (%s, %s), not to %s; %s", r.owner.Target, r.owner.App, r.owner.Dialect, here, rebindHint)
	case linked && r.cfg.External:
		return fmt.Errorf("this state was written by an older version and does not say to which target it belongs, so it is not used with %s; %s", here, rebindHint)
	case linked:
		r.note("this state was written by an older version and does not say to which target it belongs; from now on it is that of " + here)
	}
	elsewhere := known || linked && r.cfg.Rebind
	if elsewhere {
		if err := errors.Join(r.store.ClearLinks(ctx), r.store.ForgetDeeds(ctx)); err != nil {
			return err
		}
	}
	d, err := r.dialect()
	if err != nil {
		return err
	}
	r.owner = owner{ID: id, Target: here, Tenant: tenant, App: r.cfg.App.Name, Dialect: d.Name(), Restart: elsewhere}
	return r.store.Save(ctx, ownerRecord, r.owner)
}

const rebindHint = "hint: use another state folder, or --rebind, which drops the links and matches all objects again"

// linked reports whether the state has links.
func (r *run) linked(ctx context.Context) (bool, error) {
	users, err := r.store.HasLinks(ctx, "User")
	if err != nil || users {
		return users, err
	}
	return r.store.HasLinks(ctx, "Group")
}

// openJob opens the job. One whose links were dropped begins with an initial cycle.
func (r *run) openJob(ctx context.Context, cfg job.Config) (*job.Job, error) {
	if r.owner.Restart { // writes in flight are of the other target
		if err := cycle.Forget(ctx, cfg.Cycle); err != nil {
			return nil, err
		}
	}
	j, err := job.Open(ctx, cfg)
	if err != nil || !r.owner.Restart {
		return j, err
	}
	r.owner.Restart = false
	return j, errors.Join(r.store.Save(ctx, ownerRecord, r.owner), j.Restart(ctx, r.deps.Clock.Now(), job.Full))
}
