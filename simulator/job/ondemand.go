package job

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
)

// MaxMembers is the largest number of group members in one provisioning on demand (E-280, G-46).
const MaxMembers = 5

// Refusal is a provisioning on demand that the service refuses, with its rule.
type Refusal struct{ Rule, Text string }

// Error is the text with the rule.
func (r *Refusal) Error() string { return r.Text + " (" + r.Rule + ")" }

func refuse(rule, format string, args ...any) error {
	return &Refusal{rule, fmt.Sprintf(format, args...)}
}

// OnDemand provisions one user, or one group with up to five of its members, now (E-280).
func (j *Job) OnDemand(ctx context.Context, o *directory.Object, members []*directory.Object) (cycle.Demanded, error) {
	if err := j.refused(ctx, o, members); err != nil {
		return cycle.Demanded{}, err
	}
	if err := j.untimely(); err != nil {
		return cycle.Demanded{}, err
	}
	j.rec.Demands++
	cfg := j.cfg.Cycle
	cfg.Options.ScopeAll = j.rec.ScopeInForce
	res, err := cycle.OnDemand(ctx, cfg, cycle.Demand{Object: o, Members: members, Number: j.rec.Demands, Cycle: j.rec.Cycle})
	if j.rec.Linked == nil {
		j.rec.Linked = map[string]int64{}
	}
	j.rec.Linked["User"] += res.Counts.LinkedUsers
	j.rec.Linked["Group"] += res.Counts.LinkedGroups
	if res.Ended.After(j.rec.Now) {
		j.rec.Now = res.Ended
	}
	return res, errors.Join(err, j.Save(context.WithoutCancel(ctx)))
}

// maxDemands is the number of provisionings on demand that the API accepts in demandWindow (E-280).
const (
	maxDemands   = 5
	demandWindow = 10 * time.Second
)

// untimely refuses what the service would accept later. Both checks are options: a simulated job
// stands still meanwhile, and the portal has no such limit.
func (j *Job) untimely() error {
	now := j.cfg.Cycle.Clock.Now()
	running := j.rec.Cycle > 0 && !j.rec.Paused && !j.rec.Quarantine.Disabled
	if j.cfg.DemandStopped && running {
		return refuse("E-282", "the job is running, and with OAuth, provisioning on demand requires a stopped job; hint: pause the job")
	}
	if !j.cfg.DemandLimit {
		return nil
	}
	j.rec.Demanded = slices.DeleteFunc(j.rec.Demanded, func(at time.Time) bool { return now.Sub(at) >= demandWindow })
	if len(j.rec.Demanded) >= maxDemands {
		return refuse("E-280", "the API limit of %d provisionings on demand in %v is reached; the next one is accepted at %s", maxDemands, demandWindow, j.rec.Demanded[0].Add(demandWindow).Format(time.RFC3339))
	}
	j.rec.Demanded = append(j.rec.Demanded, now)
	return nil
}

// refused reports what cannot be provisioned on demand (E-280, E-283, E-284).
func (j *Job) refused(ctx context.Context, o *directory.Object, members []*directory.Object) error {
	group := o.Kind == directory.Group
	switch {
	case o.Presence != directory.Present:
		return refuse("E-283", "%s is deleted in Entra, and provisioning on demand cannot find it; a cycle disables or deletes it, and restoring it on demand could create a second account (E-284)", o.ID)
	case !group && !o.Enabled():
		return refuse("E-283", "%s is disabled in Entra, and provisioning on demand cannot find it; a cycle disables its account", o.ID)
	case !group && len(members) > 0:
		return refuse("E-280", "only a group has members, and %s is a user", o.ID)
	case group && j.cfg.Cycle.Groups == nil:
		return refuse("E-116", "the mapping of groups is disabled, so groups are not provisioned")
	case len(members) > MaxMembers:
		return refuse("E-280", "%d members were selected, but provisioning on demand accepts at most %d members of one group; the next cycle provisions the others", len(members), MaxMembers)
	case !group:
		return nil
	}
	have, err := j.cfg.Cycle.Tenant.Members(ctx, o.Num)
	if err != nil {
		return err
	}
	for _, m := range members {
		switch {
		case !slices.Contains(have, m.Num):
			return refuse("E-280", "%s is not a direct member of the group %s; only direct members can be selected", m.ID, o.ID)
		case m.Kind == directory.Group:
			return refuse("E-284", "%s is a nested group; nested groups are not provisioned on demand", m.ID)
		}
	}
	return nil
}
