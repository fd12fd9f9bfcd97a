package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// Demand names the object to provision on demand: one of User and Group, by id,
// userPrincipalName, mail or displayName.
type Demand struct {
	User, Group string
	Members     []string // selected members of the group
}

// Demanded is what a provisioning on demand came to.
type Demanded struct {
	cycle.Demanded

	// EndState is the comparison of the object with the target; nil if there was none.
	EndState *EndState
}

// OnDemand provisions one object now, outside the cycles of the job (section 16 of the
// engine rules). A *job.Refusal means that the service refuses the object.
func OnDemand(ctx context.Context, cfg Config, deps Deps, what Demand) (*Demanded, error) {
	r, err := newRun(cfg, deps)
	if err != nil {
		return nil, err
	}
	jobConfig, err := r.open(ctx)
	if err != nil {
		return nil, errors.Join(err, r.close())
	}
	res, err := r.provisionOnDemand(ctx, jobConfig, what)
	return res, errors.Join(err, r.unwritten, r.close())
}

func (r *run) provisionOnDemand(ctx context.Context, cfg job.Config, what Demand) (*Demanded, error) {
	var err error
	if cfg.Cycle.Dialect, err = r.unflagged(); err != nil {
		return nil, err
	}
	kind, name := directory.User, what.User
	if what.Group != "" {
		kind, name = directory.Group, what.Group
	}
	o, err := r.find(ctx, name, kind)
	if err != nil {
		return nil, err
	}
	var members []*directory.Object
	for _, name := range what.Members {
		m, err := r.find(ctx, name, directory.User, directory.Group)
		if err != nil {
			return nil, err
		}
		members = append(members, m)
	}
	j, err := r.openJob(ctx, cfg)
	if err != nil {
		return nil, err
	}
	before, err := r.memberships(ctx)
	if err != nil {
		return nil, err
	}
	res, err := j.OnDemand(ctx, o, members)
	if _, refused := errors.AsType[*job.Refusal](err); refused {
		return nil, err
	}
	err = errors.Join(err, r.saveResult(context.WithoutCancel(ctx), j))
	if err == nil && r.witness != nil && len(r.witness.failed) == 0 {
		err = r.verifyOne(ctx, j, o, members, before)
	}
	return &Demanded{res, r.result.EndState}, err
}

// find looks for an object of one of the kinds by its id or a name.
func (r *run) find(ctx context.Context, name string, kinds ...directory.Kind) (*directory.Object, error) {
	if o, err := r.tenant.ByID(ctx, name); err != nil || o != nil && slices.Contains(kinds, o.Kind) {
		return o, err
	}
	var found []*directory.Object
	for _, kind := range kinds {
		err := r.tenant.Each(ctx, kind, func(o *directory.Object) error {
			for _, property := range []string{"userPrincipalName", "mail", "displayName"} {
				if s, _ := o.Properties[property].(string); s != "" && strings.EqualFold(s, name) {
					found = append(found, o)
					break
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("the directory has no %s %q; hint: give an id, userPrincipalName, mail address or displayName", strings.ToLower(kinds[0].String()), name)
	}
	return nil, fmt.Errorf("%d objects in the directory have the name %q; hint: give the id of one, such as %s", len(found), name, found[0].ID)
}
