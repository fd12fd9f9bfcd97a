package forecast

import (
	"context"
	"fmt"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// addFacts adds what there is to say about the cycle as a whole.
func (p *planning) addFacts(ctx context.Context, tenant *directory.Tenant, f *Result) error {
	if len(p.result.Cycles) == 0 {
		f.Notes = append(f.Notes, "no cycle would run: the job is paused, or was disabled after 28 days in quarantine (E-259); --restart starts it")
		return nil
	}
	res := p.result.Cycles[0]
	f.Cycle = plan.Cycle{Number: res.Number, Kind: string(res.Kind), Why: p.why(), At: res.Began}
	f.Failed = res.Failed
	if res.Cause != nil {
		f.Quarantine = p.redact.Text(fmt.Sprintf("%s: %s: %s", res.Cause.Reason, res.Cause.Error.Code, res.Cause.Error.Message))
	}
	users, groups, memberships, err := p.countScope(ctx, tenant)
	if err != nil {
		return err
	}
	f.Duration = plan.Estimate(res.Kind == cycle.Initial, p.cfg.ScopeAll, users, groups, memberships)
	return nil
}

// why says why the cycle is of its kind (E-30, E-40, E-51, E-273).
func (p *planning) why() string {
	switch {
	case !p.known:
		return "the job has not run yet"
	case p.cfg.Restart != nil:
		return "the job is restarted: " + p.cfg.Restart.String()
	case p.before.SchemaHash != p.cfg.App.Schema.Hash():
		return "the schema changed since the job last ran: an initial cycle, without escrows and quarantine (E-51, E-273)"
	case !p.before.Initialised:
		return "no initial cycle of the job was completed yet"
	}
	if p.before.Cycle == 1 {
		return "1 cycle has run"
	}
	return fmt.Sprintf("%d cycles have run", p.before.Cycle)
}

// countScope counts what E-301 counts: users and groups in scope, and the members of those groups.
func (p *planning) countScope(ctx context.Context, tenant *directory.Tenant) (users, groups, memberships int, err error) {
	everyone, err := tenant.EveryoneAssigned(ctx)
	if err != nil {
		return 0, 0, 0, err
	}
	everyone = everyone || p.cfg.ScopeAll
	counted := func(o *directory.Object) (bool, error) {
		if o.Presence != directory.Present || everyone {
			return o.Presence == directory.Present, nil
		}
		return tenant.Entitled(ctx, o.Num)
	}
	err = tenant.Each(ctx, directory.User, func(o *directory.Object) error {
		in, err := counted(o)
		if in {
			users++
		}
		return err
	})
	if err != nil {
		return 0, 0, 0, err
	}
	err = tenant.Each(ctx, directory.Group, func(o *directory.Object) error {
		in, err := counted(o)
		if err != nil || !in {
			return err
		}
		groups++
		members, err := tenant.Members(ctx, o.Num)
		memberships += len(members)
		return err
	})
	return users, groups, memberships, err
}

// addNotes adds what a reader has to know about this plan, and what no plan can know.
func (p *planning) addNotes(f *Result, against *syncschema.Schema) {
	f.Notes = append(f.Notes, p.horizon()...)
	if p.known && p.before.SchemaHash != p.cfg.App.Schema.Hash() && against == nil {
		f.Notes = append(f.Notes, "the state keeps only a hash of the schema it last ran with; --against FILE or PROFILE shows the difference")
	}
	if p.known && against != nil && p.before.SchemaHash != against.Hash() {
		f.Notes = append(f.Notes, "the schema of --against is not the one that the job last ran with: their hashes differ")
	}
	if p.cfg.External && !p.cfg.AdoptExisting && !f.Offline {
		f.Notes = append(f.Notes, "objects that were in the target before are left alone, as simulate would without --adopt-existing")
	}
	f.Unknown = unknown(f.Offline)
}

// horizon says which part of what was asked for lies beyond the next cycle.
func (p *planning) horizon() []string {
	var notes []string
	if p.cfg.Cycles > 1 || p.cfg.For > 0 {
		notes = append(notes, "only the next cycle is planned; what later ones do depends on how the target answers this one")
	}
	if len(p.cfg.Changes) == 0 || len(p.result.Cycles) == 0 {
		return notes
	}
	due, began := 0, p.result.Cycles[0].Began
	for _, c := range p.cfg.Changes {
		if !p.result.Started.Add(c.At).After(began) {
			due++
		}
	}
	applied := min(p.before.Applied, due)
	return append(notes, fmt.Sprintf("of %d changes in the stream %d fall due by %s and are part of the plan, %d were taken before, %d come later",
		len(p.cfg.Changes), due-applied, began.UTC().Format(time.DateTime), applied, len(p.cfg.Changes)-due))
}

// unknown lists what cannot be predicted.
func unknown(offline bool) []string {
	list := []string{
		"whether the target accepts a write: all are taken to succeed. A refused one becomes an escrow, and what refers to its object waits",
		"which ids the target gives to new objects",
		"what happens in the target between the plan and the run",
	}
	if offline {
		return append([]string{
			"what is in the target: nothing was asked. Whether an object is found or created, and whether it differs",
			"which attribute changed: the change log names objects, and every mapped value is compared (A-8)",
		}, list...)
	}
	return append(list, "whether the target keeps values as they are written; if not, later cycles see a difference")
}
