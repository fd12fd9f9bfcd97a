package forecast

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Unplanned holds the first cycle of a finished run against its plan. cfg is that of the
// run, whose state folder and log must still be there.
func Unplanned(ctx context.Context, cfg simulator.Config, res *simulator.Result, p *plan.Plan) ([]plan.Difference, error) {
	if p.Offline {
		return nil, errors.New("the plan was made without a target: it says what would be looked up, not what would be done; plan again with --target")
	}
	if len(res.Cycles) == 0 {
		if p.Cycle.Number == 0 {
			return nil, nil
		}
		return []plan.Difference{{Part: plan.PartObject, Plan: fmt.Sprintf("cycle %d", p.Cycle.Number), Run: "no cycle"}}, nil
	}
	first := res.Cycles[0]
	if first.Number != p.Cycle.Number || string(first.Kind) != p.Cycle.Kind {
		return []plan.Difference{{
			Part: plan.PartObject, Plan: fmt.Sprintf("cycle %d (%s)", p.Cycle.Number, p.Cycle.Kind), Run: fmt.Sprintf("cycle %d (%s)", first.Number, first.Kind),
		}}, nil
	}
	entries, err := firstCycle(ctx, cfg, first.ID)
	if err != nil {
		return nil, err
	}
	return plan.Differences(p.Entries, entries), nil
}

// firstCycle reads the entries of one cycle out of the log of a run.
func firstCycle(ctx context.Context, cfg simulator.Config, id string) (entries []plan.Entry, err error) {
	tenant, err := directory.Open(ctx, filepath.Join(cfg.State, "tenant.db"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, tenant.Close()) }()
	names, err := openNames(ctx, cfg.State, tenant)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, names.err, names.close()) }()
	log := &plan.Log{Resolve: names.resolver(ctx)}
	path := filepath.Join(cfg.Out, "provisioning-log.jsonl")
	begun := false
	err = names.learn(path, func(s *provlog.Summary) bool {
		begun = begun || s.CycleID == id
		return begun // later cycles may have dropped links that this one made
	})
	if err != nil {
		return nil, err
	}
	err = eachSummary(path, func(s *provlog.Summary) error {
		if s.CycleID == id {
			entries = append(entries, log.Entry(s))
		}
		return nil
	})
	return slices.Clip(entries), err
}
