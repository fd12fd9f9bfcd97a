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

// addFacts adds the facts about the cycle as a whole.
func (p *planning) addFacts(ctx context.Context, tenant *directory.Tenant, f *Result) error {
	if len(p.result.Cycles) == 0 {
		f.Notes = append(f.Notes, "no cycle would run: the job is paused, or was disabled after 28 days in quarantine (E-259); hint: --restart starts it")
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

// why is the reason for the kind of the cycle (E-30, E-40, E-51, E-273).
func (p *planning) why() string {
	switch {
	case !p.known:
		return "the job has not run yet"
	case p.cfg.Restart != nil:
		return "the job restarts: " + p.cfg.Restart.String()
	case p.before.SchemaHash != p.cfg.App.Schema.Hash():
		return "the schema changed since the last run, so an initial cycle follows, without escrows and quarantine (E-51, E-273)"
	case !p.before.Initialised:
		return "the job has not completed an initial cycle yet"
	}
	if p.before.Cycle == 1 {
		return "1 cycle has run"
	}
	return fmt.Sprintf("%d cycles have run", p.before.Cycle)
}

// countScope counts users and groups in scope, and the members of those groups, as E-301 does.
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

// addNotes adds notes on this plan, and what it cannot predict.
func (p *planning) addNotes(f *Result, against *syncschema.Schema) {
	if w := p.cfg.App.Warning; w != "" {
		f.Notes = append(f.Notes, w)
	}
	if first := p.cfg.App.FirstTest; first != "" && !p.known {
		f.Notes = append(f.Notes, "the tutorial of "+p.cfg.App.Title+" advises to assign "+first+" for a first test")
	}
	f.Notes = append(f.Notes, p.horizon()...)
	if p.known && p.before.SchemaHash != p.cfg.App.Schema.Hash() && against == nil {
		f.Notes = append(f.Notes, "the state contains only a hash of the schema of the last run; pass --against FILE or PROFILE to show the difference")
	}
	if p.known && against != nil && p.before.SchemaHash != against.Hash() {
		f.Notes = append(f.Notes, "the schema of --against is not the schema of the last run: the hashes differ")
	}
	if p.cfg.External && !p.cfg.AdoptExisting && !f.Offline {
		f.Notes = append(f.Notes, "objects that already exist in the target stay unchanged, as in simulate without --adopt-existing")
	}
	f.Unknown = unknown(f.Offline)
}

// horizon notes which part of the requested run is beyond the next cycle.
func (p *planning) horizon() []string {
	var notes []string
	if p.cfg.Cycles > 1 || p.cfg.For > 0 {
		notes = append(notes, "the plan covers only the next cycle; later cycles depend on the target's responses to it")
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
	applied := min(p.result.Applied, due)
	return append(notes, fmt.Sprintf("of %d changes in the stream, %d are due by %s and are part of the plan, %d were applied before, and %d follow later",
		len(p.cfg.Changes), due-applied, began.UTC().Format(time.DateTime), applied, len(p.cfg.Changes)-due))
}

// unknown lists what cannot be predicted.
func unknown(offline bool) []string {
	list := []string{
		"whether the target accepts a write: the plan assumes that all writes succeed. A rejected write becomes an escrow, and references to its object wait",
		"which ids the target assigns to new objects",
		"what happens in the target between the plan and the run",
	}
	if offline {
		return append([]string{
			"what the target contains: no request was sent. The plan cannot tell whether an object is found or created, or whether it differs",
			"which attributes changed: the change log names only objects, and every mapped value is compared (A-8)",
		}, list...)
	}
	return append(list, "whether the target stores values unchanged; if not, later cycles find a difference")
}
