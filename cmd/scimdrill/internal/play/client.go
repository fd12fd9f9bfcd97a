package play

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// PlayedClient is a run of a client other than Entra that is over, or broke off.
type PlayedClient struct {
	*push.Result

	Cause   error // why it broke off, or nil
	run     *Run
	client  string
	entries reports.EntryLog
	watch   *stopwatch
	bar     *console.Progress
}

// PlayClient runs a client that pushes on events. An error means that nothing was sent, or that an output
// could not be written.
func (r *Run) PlayClient(ctx context.Context, provider push.Provider) (*PlayedClient, error) {
	p := &PlayedClient{run: r, client: provider.Name()}
	cfg, deps := r.pushes(), r.pushDeps()
	if r.File != nil {
		p.bar = r.Console.Progress()
		deps.Ended = p.ended
		deps.HTTP, p.watch = timed(deps.HTTP, r.Endpoint.URL, r.Console.Now)
	}
	res, err := push.Run(ctx, cfg, deps, provider, p.logged)
	if p.bar != nil {
		p.bar.End()
	}
	p.Result, p.Cause = res, err
	switch {
	case exit.UnwrittenBelow(err, r.Config.Out):
		return nil, exit.Unwritten(err)
	case res == nil:
		return nil, Misconfigured(err)
	}
	return p, nil
}

// pushes is the configuration in the form of such a client.
func (r *Run) pushes() push.Config {
	c := r.Config
	cfg := push.Config{
		Endpoint: c.Endpoint, Tenant: c.Tenant, TenantName: c.TenantName, WholeTenant: c.WholeTenant, Generated: c.Generated, Changes: c.Changes, For: c.For, ScopeAll: c.ScopeAll,
		Rate: c.Rate, Seed: c.Seed, RunID: c.RunID, State: c.State, Rebind: c.Rebind, Embedded: c.Embedded, Command: c.Command, Out: c.Out,
		Transcript: c.Transcript, External: c.External, AdoptExisting: c.AdoptExisting, Limits: c.Limits, Secrets: c.Secrets, Redact: c.Redact, Version: c.Version,
	}
	if v := c.Verify; v != nil {
		cfg.Verify = &push.Verification{Sample: v.Sample, Each: v.Each, Reader: v.Reader}
		if r.Stored != nil {
			cfg.Verify.Reader = endstate.Snapshot(r.Stored)
		}
	}
	return cfg
}

func (r *Run) pushDeps() push.Deps {
	return push.Deps{
		HTTP: r.Endpoint.Client, Clock: r.Clock, Now: r.Console.Now, Authorize: r.Endpoint.Authorizer(r.Console, nil),
		Note: func(text string) { r.Console.Say("note: %s", text) },
	}
}

// ended notes the figures of a round and prints it.
func (p *PlayedClient) ended(round push.Round) {
	c := round.Counts
	p.run.File.Cycles = append(p.run.File.Cycles, runs.Cycle{
		Number: round.Number, Kind: roundKind(round), Began: round.At, Ended: round.At, State: roundState(round),
		Exported: c.Created + c.Updated + c.Disabled + c.Deleted, Requests: c.Requests,
	})
	parts := tally([]tallied{
		{c.Created, "created"},
		{c.Updated, "updated"},
		{c.Disabled, "disabled"},
		{c.Deleted, "deleted"},
		{c.MembersAdded, "added to groups"},
		{c.MembersRemoved, "removed from groups"},
		{c.Failed, "failed"},
		{c.Skipped, "skipped"},
	})
	if round.Failed {
		parts = append(parts, "the connection test failed")
	}
	if len(parts) == 0 {
		if !round.First {
			return
		}
		parts = []string{"nothing to do"}
	}
	p.bar.Line(fmt.Sprintf("round %d, %s: %s", round.Number, round.At.UTC().Format("Mon 2 Jan 15:04"), strings.Join(parts, ", ")))
}

func roundKind(round push.Round) string {
	if round.First {
		return reports.CycleInitial
	}
	return reports.CycleIncremental
}

func roundState(round push.Round) string {
	switch {
	case round.Failed:
		return reports.CycleFailed
	case round.Counts.Failed > 0:
		return reports.CycleEntryLevelErrors
	}
	return reports.CycleSucceeded
}

// logged takes an entry of the client's log for the report.
func (p *PlayedClient) logged(e push.Entry) {
	status := map[string]string{push.Success: "success", push.Failure: reports.StatusFailure, push.Deferred: reports.StatusWarning, push.Skipped: "skipped"}[e.Outcome]
	p.entries.AddFunc(status, func() reports.Entry {
		one := reports.Entry{
			Time: e.At, Cycle: len(p.run.fileCycles()) + 1, Action: string(e.Action), Status: status, ObjectType: e.Kind.String(), SourceID: e.SourceID,
			SourceName: e.Name, TargetID: e.Target, Error: e.Reason,
		}
		for _, path := range e.Changed {
			one.Modified = append(one.Modified, reports.Change{Name: path})
		}
		for _, name := range e.Added {
			one.Modified = append(one.Modified, reports.Change{Name: "members", New: name})
		}
		for _, name := range e.Removed {
			one.Modified = append(one.Modified, reports.Change{Name: "members", Old: name})
		}
		return one
	})
}

func (r *Run) fileCycles() []runs.Cycle {
	if r.File == nil {
		return nil
	}
	return r.File.Cycles
}

// Requests is how many requests the client needed.
func (p *PlayedClient) Requests() int64 {
	var n int64
	for _, round := range p.Rounds {
		n += round.Counts.Requests
	}
	return n
}

// Timing is how the target responded; nil if that was not measured.
func (p *PlayedClient) Timing() *reports.RequestTiming {
	if p.watch == nil {
		return nil
	}
	return p.watch.figures()
}

// Section is what the report says about the run.
func (p *PlayedClient) Section(ctx context.Context) (*reports.Simulation, error) {
	j := reports.Job{Client: p.client, Profile: p.client, Status: "Active", EscrowsTotal: len(p.Tasks), Cycles: []reports.Cycle{}}
	for _, round := range p.Rounds {
		c := round.Counts
		j.Cycles = append(j.Cycles, reports.Cycle{
			Number: round.Number, Kind: roundKind(round), Began: round.At, Ended: round.At, State: roundState(round),
			Counts: reports.CycleCounts{
				Created: int(c.Created), Updated: int(c.Updated), Disabled: int(c.Disabled), Deleted: int(c.Deleted), Skipped: int(c.Skipped), Failed: int(c.Failed),
				MembershipsAdded: int(c.MembersAdded), MembershipsRemoved: int(c.MembersRemoved), Requests: int(c.Requests),
			},
		})
	}
	j.Entries, j.EntriesTotal = p.entries.Entries()
	for _, t := range p.Tasks[:min(len(p.Tasks), maxEscrows)] {
		j.Escrows = append(j.Escrows, reports.Escrow{
			ObjectType: t.Kind.String(), SourceID: t.SourceID, SourceName: t.Name, Since: t.Since, Attempts: t.Attempts, NextAttempt: t.Due, Error: t.Text,
		})
	}
	sec := &reports.Simulation{Jobs: []reports.Job{j}, Events: diary(p.run.Config.Changes, j.Entries)}
	if g := p.Gone; g != nil {
		sec.Gone = fmt.Sprintf("the target did not answer the last %s: %s", console.Counted(int(g.Silent), "request"), g.Why)
	}
	if p.run.differences != nil {
		if err := p.run.differences.close(); err != nil {
			return nil, exit.Unwritten(err)
		}
		sec.EndState = endState(p.run.Console, p.endState(), p.run.Config.Verify, p.run.differences)
	}
	cause := p.Cause
	if ctx.Err() != nil && cause != nil {
		cause = context.Cause(ctx)
	}
	if cause != nil && !errors.Is(cause, context.Canceled) {
		sec.Stopped = p.run.Console.Redact.Text(cause.Error())
	}
	return sec, nil
}

// endState is the comparison in the form that the report is written from; nil if there was none.
func (p *PlayedClient) endState() *engine.EndState {
	s := p.EndState
	if s == nil {
		return nil
	}
	out := &engine.EndState{Result: s.Result, Waiting: s.Waiting, Own: s.Own}
	out.Census.Users, out.Census.Provisioned = s.Directory, s.Provisioned
	for _, why := range slices.Sorted(maps.Keys(s.LeftOut)) {
		out.Census.Left = append(out.Census.Left, engine.LeftOut{Why: why, Users: s.LeftOut[why]})
	}
	return out
}
