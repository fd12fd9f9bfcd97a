package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
)

const (
	demoUsers  = 120
	demoGroups = 8
	demoWeek   = 7 * 24 * time.Hour
	// The outage of Wednesday, counted from the start on Monday 08:00.
	outageBegins = 50*time.Hour + 15*time.Minute
	outageEnds   = 53*time.Hour + 30*time.Minute
)

type demoCommand struct {
	Out  string  `help:"Folder for all files." default:"scimdrill-out" placeholder:"DIR"`
	Seed *uint64 `help:"Makes the run repeatable." placeholder:"N"`
}

// Help is the example of --help.
func (demoCommand) Help() string {
	return `Needs nothing: a target in this process that behaves like GoTo as far as that is documented, a
generated tenant, the profile goto. Entra provisions it for a simulated week with joiners,
movers, leavers, a domain to verify, an outage and the quarantine it causes; the groups become
product seats. Then the reference target is graded.

Example:

    scimdrill demo --out demo`
}

// Run plays the week, grades the target and says where the reports are.
func (c *demoCommand) Run(ctx context.Context, a *console.Console) error {
	id := runs.Identify(a, c.Seed)
	d := &demo{Console: a, id: id, out: c.Out, clock: clock.NewVirtual(simulator.Start())}
	defer d.close()
	if err := d.serve(ctx); err != nil {
		return err
	}
	r, err := runs.Start(a, c.Out, id, "")
	if err != nil {
		return err
	}
	d.run = r
	return r.During(ctx, a, c.Out, func() error {
		err := d.play(ctx)
		return errors.Join(err, exit.Unwritten(runs.RemoveIfThere(filepath.Join(c.Out, runs.JournalName)))) // the target is gone with the process
	})
}

// demo is the target in this process and what is done with it.
type demo struct {
	*console.Console

	id      runs.Identity
	out     string
	clock   *clock.Virtual
	token   string
	other   string // of the reference target's second tenant
	persona *gotopersona.Persona
	early   gotopersona.State  // after the second cycle
	target  *target.Target     // of the persona
	stops   []func()           // of their servers
	end     *endpoint.Endpoint // of the persona
	graded  *endpoint.Endpoint // of the reference target
	run     *runs.File
}

// serve starts two targets on loopback, on the engine's clock: the persona for the week, and
// the reference target, all of SCIM and no organization, for the checks.
func (d *demo) serve(ctx context.Context) error {
	d.token, d.other = rand.Text(), rand.Text()
	o := target.Options{Seed: d.id.Seed, Token: d.token, Now: d.clock.Now}
	reference, err := target.NewTenants(target.Options{Seed: o.Seed, Now: o.Now}, map[string]string{"contoso": d.token, "fabrikam": d.other})
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	cfg, err := d.organization()
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	if d.persona, err = gotopersona.New(gotopersona.Options{Target: o, Config: cfg}); err != nil {
		return exit.Broken("", "%w", err)
	}
	d.target = d.persona.Target()
	start := simulator.Start()
	d.target.Outage(start.Add(outageBegins), start.Add(outageEnds))
	if d.end, err = d.listen(ctx, d.persona); err != nil {
		return err
	}
	d.Redact = d.end.Redact
	d.graded, err = d.listen(ctx, reference)
	return err
}

// listen serves a handler on loopback until close.
func (d *demo) listen(ctx context.Context, handler http.Handler) (*endpoint.Endpoint, error) {
	base, stop, err := serve.Loopback(ctx, handler)
	if err != nil {
		return nil, err
	}
	d.stops = append(d.stops, stop)
	client, dialled := endpoint.NewClient(d.Console, nil)
	return &endpoint.Endpoint{
		URL: base, Authorization: "Bearer " + d.token,
		Header: http.Header{}, Client: client, Dialled: dialled, Secrets: []string{d.token, d.other},
		Redact: exchange.NewRedactor(d.token, d.other),
	}, nil
}

func (d *demo) close() {
	for _, stop := range d.stops {
		stop()
	}
}

// play runs the week and then the checks, and writes one report about both.
func (d *demo) play(ctx context.Context) error {
	rep := d.run.Report(reports.TargetEmbedded)
	rep.Target.URL = "embedded"
	rep.Timing.Started = d.Now().UTC()
	d.Say("a week of Entra on an embedded target, profile goto, %d users, %d groups", demoUsers, demoGroups)
	d.Say("persona goto: %s", gotopersona.Label)
	section, err := d.week(ctx)
	if err != nil {
		return err
	}
	rep.Simulation = section
	rep.Timing.Ended = d.Now().UTC()
	rep.Timing.SimulationSeconds = rep.Timing.Ended.Sub(rep.Timing.Started).Seconds()
	rep.Run.Interrupted = ctx.Err() != nil
	if !rep.Run.Interrupted && section.Stopped == "" {
		d.Say("the week is over; now the reference target is graded")
		if err := d.grade(ctx, rep); err != nil {
			return err
		}
	}
	return runs.Finish(d.Console, rep, d.out, []string{"json", "junit", "html", "markdown"})
}

// servedAddress is where the command target serves: those of a demo are gone with it, and
// their ports are other ones each time.
const servedAddress = "http://127.0.0.1:8080"

// grade runs the conformance checks on the reference target: the persona stands on it, but
// knows nine attributes and its own domains only.
func (d *demo) grade(ctx context.Context, rep *reports.Report) error {
	const second = "conformance.har"
	g := &grading{Console: d.Console, run: d.run, endpoint: d.graded, out: d.out, har: second, address: servedAddress, other: "Bearer " + d.other}
	if err := g.into(ctx, rep, conformance.Options{Profiles: []string{"rfc", "entra"}}); err != nil {
		return err
	}
	return runs.JoinTranscripts(filepath.Join(d.out, runs.HARName), filepath.Join(d.out, second))
}

// week runs the engine over seven days.
func (d *demo) week(ctx context.Context) (*reports.Simulation, error) {
	dir, err := os.MkdirTemp("", "scimdrill-demo-")
	if err != nil {
		return nil, exit.Broken("", "make a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	r, err := d.job(dir)
	if err != nil {
		return nil, err
	}
	cycles := 0
	r.deps = simulator.Deps{TargetNow: d.clock.Now, Ended: func(cycle.Result) {
		if cycles++; cycles == 2 {
			d.early = d.persona.State()
		}
	}}
	p, err := r.play(ctx)
	if err != nil {
		return nil, err
	}
	section, err := p.section(ctx)
	if err != nil {
		return nil, err
	}
	start := simulator.Start()
	section.Events = append(section.Events, reports.Event{
		At: start.Add(outageBegins), Until: start.Add(outageEnds), Kind: reports.EventOutage, Title: "the target answers 503",
	})
	if ctx.Err() == nil && section.Stopped == "" {
		section.Expectations, err = d.expectations(ctx, dir, section)
	}
	return section, err
}

// job is the run of the week; its state is in dir.
func (d *demo) job(dir string) (*playRun, error) {
	r := &playRun{console: d.Console, endpoint: d.end, clock: d.clock, file: d.run}
	if err := r.configure(settings{
		Target: d.end.URL.String(), Profile: "goto", For: demoWeek, Parallel: 1, State: dir, Out: d.out, Transcript: "all",
	}); err != nil {
		return nil, err
	}
	if err := r.begin(d.id, nil); err != nil {
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
	r.provision(&tenant, "generated tenant", changes)
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
		outcome := reports.Passed
		if expected != actual {
			outcome = reports.Failed
		}
		list = append(list, reports.Expectation{Title: title, Expected: expected, Actual: actual, Outcome: outcome})
	}
	users, groups, memberships := d.target.Counts()
	expect("The target holds the groups and memberships of the directory",
		fmt.Sprintf("%d groups, %d memberships", counts.Groups, counts.Memberships), fmt.Sprintf("%d groups, %d memberships", groups, memberships))
	expect("Nobody has two accounts", fmt.Sprintf("%d accounts", created(s)-groups), fmt.Sprintf("%d accounts", users))
	expect("The outage of Wednesday puts the job into quarantine, once", "1 quarantine", console.Counted(len(s.Quarantines), "quarantine"))
	expect("The job leaves it when the target is back", "status Active", "status "+s.Job.Status)
	d.organized(s, expect)
	quiet, requests := 0, 0
	for _, c := range s.Cycles {
		if c.Kind == reports.CycleIncremental && c.State == reports.CycleSucceeded && c.Counts.Imported == 0 {
			quiet++
			requests += c.Counts.Requests
		}
	}
	expect("A cycle without a change asks only whether the target is there", fmt.Sprintf("%d requests in %d cycles", quiet, quiet), fmt.Sprintf("%d requests in %d cycles", requests, quiet))
	return list, nil
}

func created(s *reports.Simulation) int {
	n := 0
	for _, c := range s.Cycles {
		n += c.Counts.Created
	}
	return n
}
