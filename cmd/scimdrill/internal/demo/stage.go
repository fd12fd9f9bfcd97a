package demo

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/grading"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// Play plays the week, grades the reference target and writes one report about both.
func Play(ctx context.Context, con *console.Console, out string, seed *uint64) error {
	id := runs.Identify(con, seed)
	d := &demo{Console: con, id: id, out: out, clock: clock.NewVirtual(engine.Start())}
	defer d.close()
	if err := d.serve(ctx); err != nil {
		return err
	}
	r, err := runs.Start(con, out, id, "")
	if err != nil {
		return err
	}
	d.run = r
	return r.During(ctx, con, out, func() error {
		t, err := runs.OpenTranscript(filepath.Join(out, runs.HARName), con.Tool.Version, d.Redact)
		if err != nil {
			return err
		}
		d.transcript = t
		return errors.Join(d.play(ctx), t.Close())
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
	// transcript gets the exchanges of the week and of the checks.
	transcript *runs.Transcript
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
	start := engine.Start()
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
	base, stop, err := serve.Loopback(ctx, d.Console, handler)
	if err != nil {
		return nil, err
	}
	d.stops = append(d.stops, stop)
	client, dialled := endpoint.NewClient(d.Console, nil)
	return &endpoint.Endpoint{
		URL: base, Authorization: "Bearer " + d.token, Embedded: true,
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
	if !exit.Interrupted(ctx) && section.Stopped == "" {
		d.Say("the second act: Okta provisions the same people, and pushes their groups, to an organization of its own")
		if err := d.okta(ctx, section); err != nil {
			return err
		}
	}
	rep.Timing.Ended = d.Now().UTC()
	rep.Timing.SimulationSeconds = rep.Timing.Ended.Sub(rep.Timing.Started).Seconds()
	rep.Run.Interrupted = exit.Interrupted(ctx)
	if !rep.Run.Interrupted && section.Stopped == "" {
		d.Say("the week is complete; grading the reference target")
		if err := d.grade(ctx, rep); err != nil {
			return err
		}
	}
	err = runs.Finish(d.Console, rep, d.out, []string{"json", "junit", "html", "markdown"})
	d.yours()
	return err
}

// yours says what to type for an endpoint of one's own.
func (d *demo) yours() {
	d.Say("")
	d.Say("Your own endpoint, with its token in SCIMDRILL_TOKEN:")
	d.Say("  scimdrill connect --target https://HOST/scim/v2 --allow-host HOST")
	d.Say("  scimdrill conform --target https://HOST/scim/v2 --allow-host HOST")
	d.Say("  scimdrill simulate --target https://HOST/scim/v2 --allow-host HOST --generate users=20,groups=2")
}

// ServedAddress is where the command target serves: those of a demo are gone with it, and
// their ports are other ones each time.
const ServedAddress = "http://127.0.0.1:8080"

// grade runs the conformance checks on the reference target: the persona stands on it, but
// knows nine attributes and its own domains only.
func (d *demo) grade(ctx context.Context, rep *reports.Report) error {
	g := &grading.Grading{
		Console: d.Console, Run: d.run, Endpoint: d.graded, Out: d.out, Transcript: d.transcript, Address: ServedAddress, Other: "Bearer " + d.other,
		Wait: func(ctx context.Context, t time.Duration) error { return d.clock.WaitUntil(ctx, d.clock.Now().Add(t)) },
	}
	return g.Into(ctx, rep, conformance.Options{Profiles: []string{"rfc", "entra"}})
}
