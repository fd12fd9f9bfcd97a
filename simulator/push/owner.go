package push

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/reach"
)

// owner is what a state belongs to. Its links are ids that this target gave (S9).
type owner struct {
	ID     string `json:"id"` // names the state in journals
	Client string `json:"client"`
	Target string `json:"target"`
	Tenant string `json:"tenant"` // marks what selects a tenant there
}

const ownerRecord = "owner"

const rebindHint = "hint: use another state folder, or --rebind, which drops the links and matches all objects again"

// address names the target of this run. An embedded target is gone with its process.
func (r *run) address() string {
	if r.cfg.Embedded {
		return "the embedded target of run " + r.cfg.RunID
	}
	return r.redact.Text(reach.Address(r.cfg.Endpoint.TenantURL, func(query string) string { return query }))
}

// claim makes the state that of this client and target, or refuses.
func (r *run) claim(ctx context.Context) error {
	if _, err := os.Stat(filepath.Join(r.cfg.State, "job.db")); err == nil {
		return fmt.Errorf("the state folder %s belongs to a job of Entra; hint: use another state folder", r.cfg.State)
	}
	if _, err := r.store.Load(ctx, ownerRecord, &r.owner); err != nil || r.cfg.Rehearsal && r.cfg.Rebind {
		return err
	}
	id := cmp.Or(r.owner.ID, rand.Text())
	now := owner{ID: id, Client: r.provider.Name(), Target: r.address(), Tenant: reach.Tenancy(id, r.cfg.Endpoint.TenantURL, r.cfg.Endpoint.Header)}
	switch {
	case r.owner == now:
		return nil
	case r.owner.Client != "" && r.owner.Client != now.Client:
		return fmt.Errorf("this state belongs to the client %s, not to %s; hint: use another state folder", r.owner.Client, now.Client)
	case r.owner.Target != "" && !r.cfg.Rebind:
		if r.owner.Target == now.Target {
			return fmt.Errorf("this state belongs to another tenant of %s: the address or the headers name another one; %s", now.Target, rebindHint)
		}
		return fmt.Errorf("this state belongs to %s, not to %s; %s", r.owner.Target, now.Target, rebindHint)
	case r.owner.Target != "":
		r.note("the links of this state are dropped; all objects are matched again in " + now.Target)
		if err := r.store.clear(ctx); err != nil {
			return err
		}
		var p position
		if _, err := r.store.Load(ctx, positionRecord, &p); err != nil {
			return err
		}
		p.Initial = false
		if err := r.store.Save(ctx, positionRecord, p); err != nil {
			return err
		}
	}
	r.owner = now
	if err := r.store.Save(ctx, ownerRecord, now); err != nil {
		return err
	}
	return r.store.Commit(ctx)
}

// loadTenant reads the source into the directory of the state.
func (r *run) loadTenant(ctx context.Context) error {
	var p position
	if _, err := r.store.Load(ctx, positionRecord, &p); err != nil {
		return err
	}
	at := r.deps.Clock.Now()
	if p.Now.After(at) { // the clock stopped there
		at = p.Now
	}
	applied, note, err := r.tenant.Follow(ctx, r.cfg.Changes, at)
	if err != nil {
		return err
	}
	source := directory.Source{File: r.cfg.Tenant, Name: r.cfg.TenantName, Whole: r.cfg.WholeTenant, Generated: r.cfg.Generated, Changes: r.cfg.Changes}
	lacks, err := r.tenant.Take(ctx, source, applied, at)
	for _, text := range []string{note, lacks} {
		if text != "" {
			r.note(text)
		}
	}
	return err
}
