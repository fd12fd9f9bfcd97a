package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

const (
	demoUsers  = 120
	demoGroups = 8
	demoWeek   = 7 * 24 * time.Hour
	// The outage of Wednesday, counted from the start on Monday 08:00.
	outageBegins = 50*time.Hour + 15*time.Minute
	outageEnds   = 53*time.Hour + 30*time.Minute
)

// week runs the engine over seven days.
func (d *demo) week(ctx context.Context) (*reports.Simulation, error) {
	dir, err := os.MkdirTemp("", "scimdrill-demo-")
	if err != nil {
		return nil, exit.Broken("", "create a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	r, err := d.job(dir)
	if err != nil {
		return nil, err
	}
	cycles := 0
	r.Deps = engine.Deps{TargetNow: d.clock.Now, Exchange: d.transcript.Add, Ended: func(cycle.Result) {
		if cycles++; cycles == 2 {
			d.early = d.persona.State()
		}
	}}
	p, err := r.Play(ctx)
	if err != nil {
		return nil, err
	}
	section, err := p.Section(ctx)
	if err != nil {
		return nil, err
	}
	start := engine.Start()
	section.Events = append(section.Events, reports.Event{
		At: start.Add(outageBegins), Until: start.Add(outageEnds), Kind: reports.EventOutage, Title: "the target returns 503",
	})
	if ctx.Err() == nil && section.Stopped == "" {
		section.Expectations, err = d.expectations(ctx, dir, section)
	}
	return section, err
}

// job is the run of the week; its state is in dir.
func (d *demo) job(dir string) (*play.Run, error) {
	r := &play.Run{Console: d.Console, Endpoint: d.end, Clock: d.clock, File: d.run, Stored: d.target.Snapshot}
	if err := r.Configure(play.Settings{
		Target: d.end.URL.String(), Profile: "goto", For: demoWeek, Parallel: 1, State: dir, Out: d.out, Transcript: "off",
	}); err != nil {
		return nil, err
	}
	if err := r.Begin(d.id, nil); err != nil {
		return nil, err
	}
	o := generate.TenantOptions{Users: demoUsers, Groups: demoGroups, Seed: d.id.Seed, RunID: d.id.RunID}
	var tenant, week bytes.Buffer
	if err := d.source(&tenant, &week, o); err != nil {
		return nil, exit.Broken("", "generate the week: %w", err)
	}
	changes, err := directory.ReadChanges(&week, "week")
	if err != nil {
		return nil, exit.Broken("", "generate the week: %w", err)
	}
	r.Provision(&tenant, "generated tenant", changes)
	return r, nil
}

// source writes the tenant and what happens in it.
func (d *demo) source(tenant, week *bytes.Buffer, o generate.TenantOptions) error {
	if err := generate.Tenant(tenant, o); err != nil {
		return fmt.Errorf("the tenant: %w", err)
	}
	return errors.Join(d.partner(week, tenant.String()), generate.Week(week, o))
}

// expectations compare what the week came to with what was planned.
func (d *demo) expectations(ctx context.Context, dir string, s *reports.Simulation) (list []reports.Expectation, err error) {
	t, err := directory.Open(ctx, filepath.Join(dir, "tenant.db"))
	if err != nil {
		return nil, exit.Broken("", "%w", err)
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	counts, err := t.Counts(ctx)
	if err != nil {
		return nil, exit.Broken("", "count: %w", err)
	}
	expect := func(title, expected, actual string) {
		list = append(list, met(title, expected, actual))
	}
	job := &s.Jobs[0]
	users, groups, memberships := d.target.Counts()
	expect("The target contains the groups and memberships of the directory",
		fmt.Sprintf("%d groups, %d memberships", counts.Groups, counts.Memberships), fmt.Sprintf("%d groups, %d memberships", groups, memberships))
	expect("No user has two accounts", fmt.Sprintf("%d accounts", job.Totals().Created-groups), fmt.Sprintf("%d accounts", users))
	expect("The outage on Wednesday puts the job into quarantine once", "1 quarantine", console.Counted(len(job.Quarantines), "quarantine"))
	expect("The job leaves quarantine when the target is back", "status Active", "status "+job.Status)
	d.organized(s, expect)
	quiet, requests := 0, 0
	for _, c := range job.Cycles {
		if c.Kind == reports.CycleIncremental && c.State == reports.CycleSucceeded && c.Counts.Imported == 0 {
			quiet++
			requests += c.Counts.Requests
		}
	}
	expect("A cycle without changes sends only the preflight request", fmt.Sprintf("%d requests in %d cycles", quiet, quiet), fmt.Sprintf("%d requests in %d cycles", requests, quiet))
	return list, nil
}
