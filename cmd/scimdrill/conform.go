package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

type conformCommand struct {
	endpoint.Flags

	Profile     []string      `help:"rfc: the standard; entra: what Entra needs, too; attributes, groups: only checks on them. Repeatable." default:"rfc,entra" placeholder:"NAME"`
	Level       []string      `help:"Only checks of a level: MUST, SHOULD, ENTRA. Repeatable." placeholder:"LEVEL"`
	Feature     []string      `help:"Only checks that need a feature: enterprise, filter, groups, patch, put, tenants. Repeatable." placeholder:"NAME"`
	Check       []string      `help:"Only this check; repeatable." placeholder:"ID"`
	FailedFrom  string        `help:"Only the checks that failed or could not run in an earlier report.json." placeholder:"FILE"`
	LabelFilter string        `help:"Only checks whose labels match, such as 'suite:memberships && !level:SHOULD'." placeholder:"EXPR"`
	List        bool          `help:"List the checks; needs no target."`
	Expect      string        `help:"YAML file of findings that are known, each with reason and last day; they do not fail the run." placeholder:"FILE"`
	WriteExpect string        `help:"Write such a file from what is found." placeholder:"FILE"`
	SecondToken string        `name:"second-token-file" help:"File with the bearer token of another tenant of the same service, who must see nothing of what the checks make; or set SCIMDRILL_SECOND_TOKEN." placeholder:"FILE"`
	Keep        bool          `help:"Leave in the target what the checks made; cleanup removes it later."`
	Settle      time.Duration `help:"How long the target takes until what was written can be read." placeholder:"TIME"`
	Rate        float64       `help:"Requests a second; 0 is no limit on loopback and 25 elsewhere." placeholder:"N"`
	Seed        *uint64       `help:"Makes the names of the run repeatable." placeholder:"N"`
	Format      []string      `help:"Reports to write: text, json, junit, html, markdown." default:"json,html" placeholder:"FORMAT"`
	Out         string        `help:"Folder for the reports." default:"scimdrill-out" placeholder:"DIR"`
}

// Help is the example of --help.
func (conformCommand) Help() string {
	return `Grades the target. The checks make users and groups of their own, whose names carry the run id,
and remove them.

A file for --expect holds findings that are known. Each has a reason and a last day;
one that does not come, or whose day has passed, fails the run:

    expect:
      - check: ATT-005
        outcome: failed        # or skipped
        reason: value filters come with release 4.2
        expires: 2026-12-31

Example:

    SCIMDRILL_TOKEN=secret scimdrill conform --target http://127.0.0.1:8080 \
        --format junit,html`
}

// Run selects the checks, looks whether the target can be graded, and grades it.
func (c *conformCommand) Run(ctx context.Context, a *console.Console) error {
	o, err := c.options(a)
	if err != nil {
		return err
	}
	selected, err := conformance.Select(o)
	if err != nil {
		return exit.Usage("`scimdrill conform --list` lists the checks with level and suite", "%w", err)
	}
	if c.List {
		for _, check := range selected {
			a.Row(fmt.Sprintf("%-8s %-7s %-12s ", check.ID, check.Level, check.Suite), check.Title)
		}
		return nil
	}
	if err := checkFormats(c.Format); err != nil {
		return err
	}
	e, err := c.OpenForWriting(a)
	if err != nil {
		return err
	}
	other, err := c.otherTenant(a, e)
	if err != nil {
		return err
	}
	rate, err := endpoint.MayHurry(e.URL, c.Rate, c.AllowRate)
	if err != nil {
		return err
	}
	id := runs.Identify(a, c.Seed)
	if e.URL.RawQuery != "" {
		a.Say("note: the checks are sent without %q, as Entra does with its own flags", "?"+e.URL.RawQuery)
	}
	if other == "" && !o.Picked() {
		a.Say("note: whether another tenant sees what is this one's is not checked; --second-token-file FILE has its token checked")
	}
	r, err := runs.Start(a, c.Out, id, c.Target)
	if err != nil {
		return err
	}
	return r.During(ctx, a, c.Out, func() error {
		g := &grading{Console: a, run: r, endpoint: e, out: c.Out, har: runs.HARName, rate: rate, settle: c.Settle, other: other, otherFile: c.SecondToken}
		rep := r.Report(reports.TargetExternal)
		if err := g.into(ctx, rep, o); err != nil {
			return err
		}
		verdict := runs.Finish(a, rep, c.Out, c.Format)
		if err := c.writeExpectations(a, rep); err != nil {
			return err
		}
		return verdict
	})
}

// grading is one run of the conformance checks.
type grading struct {
	*console.Console

	run      *runs.File
	endpoint *endpoint.Endpoint
	out, har string
	rate     float64
	settle   time.Duration
	// other is the Authorization of another tenant, or ""; otherFile is where it was read.
	other, otherFile string
	// address is the target in commands to type; "" is the endpoint's own.
	address string
}

// into runs the checks and puts what they found into the report.
func (g *grading) into(ctx context.Context, rep *reports.Report, o conformance.Options) (err error) {
	t, err := runs.OpenTranscript(filepath.Join(g.out, g.har), g.Tool.Version, g.endpoint.Redact)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	j, err := journal.Open(filepath.Join(g.out, runs.JournalName))
	if err != nil {
		return exit.Unwritten(err)
	}
	defer func() { err = errors.Join(err, exit.Unwritten(j.Close())) }()

	inner, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	target := g.target(stop, t.Add)
	target.Journal, target.Record = j, t.Add
	if err := g.gradable(inner, target.Sender, t); err != nil {
		return err
	}
	if err := g.otherKnown(inner, target.Sender, t); err != nil {
		return err
	}
	bar := g.Progress()
	o.RunID = g.run.RunID
	o.Repeat = func(id string) string { return g.repeatCheck(id, o.Profiles) }
	o.Progress = func(done, total int, _ reports.Check) { bar.Step("conformance", int64(done), int64(total)) }
	began := g.Now()
	section, err := conformance.Run(inner, target, o)
	bar.End()
	if section == nil {
		return exit.Broken("", "run the checks: %w", err)
	}
	rep.Conformance = section
	if rep.Timing.Started.IsZero() {
		rep.Timing.Started = began.UTC()
	}
	rep.Timing.Ended = g.Now().UTC()
	rep.Timing.ConformanceSeconds = rep.Timing.Ended.Sub(began).Seconds()
	rep.Run.Interrupted = ctx.Err() != nil
	if errors.Is(context.Cause(inner), scimclient.ErrHarm) {
		g.Say("the run ended early: %v", scimclient.ErrHarm)
		rep.Target.Notes = append(rep.Target.Notes, "the run ended early: "+scimclient.ErrHarm.Error())
	}
	return nil
}

// target is the endpoint as the checks take it.
func (g *grading) target(stop context.CancelCauseFunc, record func(*exchange.Exchange)) conformance.Target {
	e := g.endpoint
	header := e.Header.Clone()
	header["User-Agent"] = []string{""} // W-26
	if e.Authorization != "" {
		header.Set("Authorization", e.Authorization)
	}
	base := *e.URL
	base.RawQuery = ""
	transport := &endpoint.Considerate{
		Next: e.Client.Transport, Guard: scimclient.NewGuard(g.rate, e.External()), Settle: g.settle, Now: g.Now, Stop: stop,
	}
	var other http.Header
	if g.other != "" {
		other = header.Clone()
		other.Set("Authorization", g.other)
	}
	return conformance.Target{
		URL: base.String(), Header: header, OtherTenant: other, Redact: e.Redact,
		Sender: e.Authorized(g.Console, exchange.NewSender(&http.Client{Transport: transport}, e.Limits, g.Now), record),
	}
}

// gradable looks whether there is a SCIM endpoint that lets us in: without one there is
// no verdict, and checks that all fail would say the wrong thing.
func (g *grading) gradable(ctx context.Context, sender *exchange.Sender, t *runs.Transcript) error {
	p := &endpoint.Probe{Endpoint: g.endpoint, Sender: sender, GUID: endpoint.RandomGUID(g.Random), Record: t.AddMasked}
	_, x := p.TestConnection(ctx)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case x.Status == 0:
		return endpoint.Unreachable(g.endpoint, x)
	case x.Failure != "": // what is endless or cut off would fail every check, for the wrong reason
		return exit.Broken("", "the target cannot be graded: GET /Users: %s", x.Failure.Explain())
	case x.Status == http.StatusUnauthorized, x.Status == http.StatusForbidden, x.Status >= 300 && x.Status < 400, endpoint.IsPage(x):
		why, fix := endpoint.EmptyList(x)
		return exit.Broken(endpoint.RefusalFix(g.endpoint, x, fix), "the target cannot be graded: GET /Users: %s", why)
	}
	return nil
}

// repeatCheck is the command that runs one check again.
func (g *grading) repeatCheck(id string, profiles []string) string {
	e := g.endpoint
	address := cmp.Or(g.address, e.Redact.Text(e.URL.String()))
	command := "scimdrill conform --target " + layout.Quote(address) + " --check " + layout.Quote(id)
	if !slices.Equal(slices.Sorted(slices.Values(profiles)), []string{"entra", "rfc"}) {
		command += " --profile " + strings.Join(profiles, ",")
	}
	if check, _ := catalog.Lookup(catalog.ParseID(id)); g.otherFile != "" && slices.Contains(check.Needs, catalog.Tenants) {
		command += " --second-token-file " + layout.Quote(g.otherFile)
	}
	if e.External() {
		command += " --allow-host " + e.URL.Hostname()
	}
	return command + fmt.Sprintf(" --seed %d", *g.run.Seed)
}
