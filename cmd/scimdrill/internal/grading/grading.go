package grading

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/reach"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Grading is one run of the conformance checks.
type Grading struct {
	*console.Console

	Run      *runs.File
	Endpoint *endpoint.Endpoint
	Out      string // folder of the journal
	// Transcript gets every exchange; the caller closes it.
	Transcript *runs.Transcript
	Rate       float64
	// Patience is how long a target that refuses connections gets to start.
	Patience time.Duration
	// Rounds is how often the checks run; 0 and 1 run them once.
	Rounds int
	// Other is the Authorization of another tenant, or ""; otherFile is where it was read.
	Other, OtherFile string
	// LeaverProbe is how the checks of leavers look, in commands to type.
	LeaverProbe string
	// Seen is called with every exchange; nil sees none.
	Seen func(*exchange.Exchange)
	// Wait lets time pass for the target; nil waits.
	Wait func(context.Context, time.Duration) error
	// Address is the target in commands to type; "" is the endpoint's own.
	Address string
}

// Into runs the checks and puts what they found into the report.
func (g *Grading) Into(ctx context.Context, rep *reports.Report, o conformance.Options) (err error) {
	t := g.Transcript
	inner, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	record := t.Add
	if g.Seen != nil {
		record = func(x *exchange.Exchange) {
			g.Seen(x)
			t.Add(x)
		}
	}
	target := g.target(stop, record)
	target.Record = t.Add
	if !g.Endpoint.Embedded {
		if target.Journal, err = g.Run.BeginJournal(g.Console, g.Out); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, exit.Unwritten(target.Journal.Close())) }()
	}
	for _, possible := range []func(context.Context, *exchange.Sender, *runs.Transcript) (*exchange.Exchange, error){g.gradable, g.otherKnown} {
		if x, err := possible(inner, target.Sender, t); err != nil {
			return errors.Join(err, g.notRun(ctx, rep, target, o, err, x))
		}
	}
	bar := g.Progress()
	o.RunID = g.Run.RunID
	if o.Steps > 0 || o.Deep > 0 {
		o.Seed = *g.Run.Seed
	}
	o.Repeat = func(id string) string { return g.repeatCheck(id, o) }
	var durations []reports.CheckTiming
	o.Timing = func(t reports.CheckTiming) { durations = append(durations, t) }
	began := g.Now()
	section, err := g.rounds(inner, target, o, bar)
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
	rep.Timing.Checks = slices.SortedFunc(slices.Values(durations), func(a, b reports.CheckTiming) int { return cmp.Compare(a.Check, b.Check) })
	rep.Run.Interrupted = exit.Interrupted(ctx)
	switch why := context.Cause(inner); {
	case errors.Is(why, scimclient.ErrHarm):
		g.Say("the run ended early: %v", why)
		rep.Target.Notes = append(rep.Target.Notes, "the run ended early: "+why.Error())
	case inner.Err() != nil && !rep.Run.Interrupted: // at a bound, which the command tells
		rep.Target.Notes = append(rep.Target.Notes, "the run ended early: "+g.Endpoint.Redact.Text(why.Error()))
	}
	return nil
}

// rounds runs the checks as often as asked. Each round has names of its own. The worst one counts.
func (g *Grading) rounds(ctx context.Context, t conformance.Target, o conformance.Options, bar *console.Progress) (*reports.Conformance, error) {
	var all []*reports.Conformance
	for n := 1; ; n++ {
		phase := "conformance"
		if n > 1 {
			phase, o.RunID, o.Timing = fmt.Sprintf("conformance %d", n), fmt.Sprintf("%s-%d", g.Run.RunID, n), nil
		}
		o.Ended = func(done, total int, share float64) {
			bar.Move(console.Position{Phase: phase, Done: int64(done), Total: int64(total), Share: share})
		}
		section, err := conformance.Run(ctx, t, o)
		if section == nil || err != nil {
			if len(all) > 0 { // a round that was cut off says nothing of steadiness
				return reports.Worst(all...), err
			}
			return section, err
		}
		if all = append(all, section); n >= g.Rounds || section.Stopped != "" {
			break
		}
	}
	worst := reports.Worst(all...)
	for _, u := range worst.Unsteady {
		g.Say("unsteady: %s: %s", u.Check, tallied(u.Outcomes))
	}
	return worst, nil
}

// tallied says how often each outcome came: "passed in 2 of 3 runs, failed in 1".
func tallied(outcomes []reports.Outcome) string {
	var seen []reports.Outcome
	count := map[reports.Outcome]int{}
	for _, o := range outcomes {
		if count[o]++; count[o] == 1 {
			seen = append(seen, o)
		}
	}
	parts := make([]string, len(seen))
	for i, o := range seen {
		parts[i] = fmt.Sprintf("%s in %d", o, count[o])
		if i == 0 {
			parts[i] += fmt.Sprintf(" of %d runs", len(outcomes))
		}
	}
	return strings.Join(parts, ", ")
}

// target is the endpoint as the checks take it.
func (g *Grading) target(stop context.CancelCauseFunc, record func(*exchange.Exchange)) conformance.Target {
	e := g.Endpoint
	header := e.Header.Clone()
	header["User-Agent"] = []string{""} // W-26
	if e.Authorization != "" {
		header.Set("Authorization", e.Authorization)
	}
	base := *e.URL
	base.RawQuery = ""
	transport := &endpoint.Considerate{
		Next: e.Client.Transport, Guard: scimclient.NewGuard(g.Rate, e.External()), Stop: stop,
	}
	var other http.Header
	if g.Other != "" {
		other = header.Clone()
		other.Set("Authorization", g.Other)
	}
	return conformance.Target{
		URL: base.String(), Header: header, OtherTenant: other, Redact: e.Redact, Wait: g.Wait,
		Sender: e.Authorized(g.Console, exchange.NewSender(&http.Client{Transport: transport}, e.Limits, g.Now), record),
	}
}

// gradable looks whether there is a SCIM endpoint that lets us in: without one there is
// no verdict, and checks that all fail would say the wrong thing.
func (g *Grading) gradable(ctx context.Context, sender *exchange.Sender, t *runs.Transcript) (*exchange.Exchange, error) {
	p := &endpoint.Probe{Endpoint: g.Endpoint, Sender: sender, GUID: endpoint.RandomGUID(g.Random), Record: t.AddMasked}
	x := g.started(ctx, p)
	switch {
	case ctx.Err() != nil:
		return x, ctx.Err()
	case x.Status == 0:
		return x, endpoint.Unreachable(g.Endpoint, x)
	case x.Failure != "": // what is endless or cut off would fail every check, for the wrong reason
		return x, exit.Broken("", "the target cannot be graded: GET /Users: %s", x.Failure.Explain())
	case x.Status == http.StatusUnauthorized, x.Status == http.StatusForbidden, x.Status >= 300 && x.Status < 400, reach.IsPage(x):
		why, fix := endpoint.EmptyList(x)
		return x, exit.Broken(endpoint.RefusalFix(g.Endpoint, x, fix), "the target cannot be graded: GET /Users: %s", why)
	}
	return x, nil
}

// started asks until the target accepts connections, or for as long as Patience.
func (g *Grading) started(ctx context.Context, p *endpoint.Probe) *exchange.Exchange {
	const knock = 250 * time.Millisecond
	for waited := time.Duration(0); ; waited += knock {
		_, x := p.TestConnection(ctx)
		if x.Failure != exchange.FailureRefused || waited >= g.Patience {
			return x
		}
		if waited == 0 {
			g.Say("the target refuses connections; waiting up to %s for it to start", g.Patience)
		}
		timer := time.NewTimer(knock)
		select {
		case <-ctx.Done():
			timer.Stop()
			return x
		case <-timer.C:
		}
	}
}

// repeatCheck is the command that runs one check again.
func (g *Grading) repeatCheck(id string, o conformance.Options) string {
	e := g.Endpoint
	address := cmp.Or(g.Address, e.Shown())
	command := "scimdrill conform --target " + layout.Quote(address) + " --check " + layout.Quote(id)
	if !slices.Equal(slices.Sorted(slices.Values(o.Profiles)), []string{"entra", "rfc"}) {
		command += " --profile " + strings.Join(o.Profiles, ",")
	}
	var check catalog.Check
	if o.Access != nil || g.OtherFile != "" { // else nothing of the check matters, and a report has hundreds
		check, _ = suites.Lookup(catalog.ParseID(id))
	}
	if check.Profile == catalog.Leavers && o.Access != nil {
		command += " --leaver-probe " + layout.Quote(e.Redact.Text(g.LeaverProbe)) + " --leaver-within " + o.Access.Within.String()
	}
	if g.OtherFile != "" && slices.Contains(check.Needs, catalog.Tenants) {
		command += " --second-token-file " + layout.Quote(g.OtherFile)
	}
	if e.External() {
		command += " --allow-host " + e.URL.Hostname()
	}
	if o.Steps > 0 && id == "MOD-001" {
		command += fmt.Sprintf(" --steps %d", o.Steps)
	}
	if o.Deep > 0 && id == "MOD-001" {
		command += " --deep " + o.Deep.String()
	}
	return command + fmt.Sprintf(" --seed %d", *g.Run.Seed)
}

// otherKnown checks that the target accepts the token of the other tenant. A rejected token sees
// nothing, which would prove nothing.
func (g *Grading) otherKnown(ctx context.Context, sender *exchange.Sender, t *runs.Transcript) (*exchange.Exchange, error) {
	if g.Other == "" {
		return nil, nil
	}
	e := *g.Endpoint
	e.Authorization = g.Other
	p := &endpoint.Probe{Endpoint: &e, Sender: sender, GUID: endpoint.RandomGUID(g.Random), Record: t.AddMasked}
	_, x := p.TestConnection(ctx)
	switch {
	case ctx.Err() != nil:
		return x, ctx.Err()
	case x.Status == http.StatusUnauthorized, x.Status == http.StatusForbidden:
		return x, exit.Broken("pass a valid token of another tenant of the same service, or omit it",
			"the token of the second tenant (--second-token-file or SCIMDRILL_SECOND_TOKEN) is rejected: GET /Users: status %d", x.Status)
	}
	return x, nil
}
