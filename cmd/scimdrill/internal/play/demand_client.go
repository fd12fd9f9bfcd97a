package play

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// DemandedClient is what a client other than Entra did on demand.
type DemandedClient struct {
	*push.Result

	Entries []push.Entry
}

// Failed reports that an operation failed.
func (d *DemandedClient) Failed() bool { return len(d.Tasks) > 0 }

// Lines are the operations for people.
func (d *DemandedClient) Lines() []string {
	var list []string
	for _, e := range d.Entries {
		list = append(list, planned(e))
	}
	if len(list) == 0 {
		list = []string{"nothing to do: what was sent is up to date, or the object is not assigned"}
	}
	return list
}

// DemandClient lets a client other than Entra look at some objects now, as an administrator does who clicks Retry or
// Provision User. names are ids, userPrincipalNames, mails or displayNames.
func (r *Run) DemandClient(ctx context.Context, provider Client, user, group string, members []string) (*DemandedClient, error) {
	cfg := r.pushes()
	t, err := directory.Open(ctx, filepath.Join(cfg.State, "tenant.db"))
	if err != nil {
		return nil, Misconfigured(err)
	}
	if cfg.Tenant != nil {
		if _, err := t.Take(ctx, directory.Source{File: cfg.Tenant, Name: cfg.TenantName, Whole: cfg.WholeTenant}, 0, r.Clock.Now()); err != nil {
			_ = t.Close() // the first error counts
			return nil, Misconfigured(err)
		}
		cfg.Tenant = nil
	}
	cfg.Only, err = chosen(ctx, t, user, group, members)
	if closing := t.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, err
	}
	d := &DemandedClient{}
	d.Result, err = push.Run(ctx, cfg, r.pushDeps(), provider, func(e push.Entry) { d.Entries = append(d.Entries, e) })
	if d.Result == nil {
		return nil, Misconfigured(err)
	}
	if err != nil {
		return nil, exit.Broken("", "provision on demand: %w", err)
	}
	return d, nil
}

// chosen finds the ids of the objects that a person named.
func chosen(ctx context.Context, t *directory.Tenant, user, group string, members []string) ([]string, error) {
	var ids []string
	find := func(kind directory.Kind, name string) error {
		id := ""
		err := t.Each(ctx, kind, func(o *directory.Object) error {
			for _, attribute := range []string{"objectId", "userPrincipalName", "mail", "displayName"} {
				if v, _ := o.Attribute(attribute).(string); v != "" && strings.EqualFold(v, name) {
					id = o.ID
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("look for %q in the directory: %w", name, err)
		}
		if id == "" {
			return exit.Usage("", "the directory has no %s %q", strings.ToLower(kind.String()), name)
		}
		ids = append(ids, id)
		return nil
	}
	names := members
	if user != "" {
		names = append([]string{user}, names...)
	}
	for _, name := range names {
		if err := find(directory.User, name); err != nil {
			return nil, err
		}
	}
	if group == "" {
		return ids, nil
	}
	return ids, find(directory.Group, group)
}
