package main

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/targets"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
)

type targetCommand struct{ targets.Flags }

// Help is the example of --help.
func (targetCommand) Help() string {
	return `Serves a correct SCIM 2.0 target in memory, or one with defects. Its first line on stdout is
the base URL; without SCIMDRILL_TOKEN it makes a token and prints it on the second line.
With --oauth-client-id it wants access tokens instead, which it gives at /oauth/token; with
--oauth-redirect an administrator can sign in at /oauth/authorize, as scimdrill authorize asks.
With --tls-self or --tls-cert it speaks https, and HTTP/2. SIGINT and SIGTERM stop it.

A fault depends on the seed, the method, the object and how often it was asked for, so that
a run meets the same ones with any --parallel. --list-faults shows the kinds: refusals (429,
500, burst, rate-limit, object-limit), connections that end (reset-before, reset-after),
effects whose answer is lost (lost, truncated, corrupted), stale reads, latency and jitter.
Behind it stand methods, a path and for how long, all as wanted. How many requests met which
is said at the end.

--max-results, --max-operations, --max-payload-size and --cursor-timeout bound pages, bulk
requests and cursors: /ServiceProviderConfig announces them under such names, and they are kept.

A target with a --variant is as correct as one without, and no RFC check fails on it. Three
variants conflict with what Entra needs; --list-variants names the checks that find them.

With --tenant, each tenant has data of its own, and the token says whose a request is about;
with --data too, each has a file with its name behind that path. One target at a time may
use a file.

With --persona goto an organization stands behind it: domains to verify, nine attributes, and
User Sync rules that turn directory groups into seats, rights and mails. GET / shows it, and
what is documented and what assumed; GET /persona/state is the same as JSON.

Example:

    scimdrill target --persona goto --persona-config organization.yaml

    scimdrill target --data people.data --tenant contoso --tenant fabrikam

    SCIMDRILL_TOKEN=secret scimdrill target --defect CAS-01 \
        --fault 500=0.02 --fault '429=0.5:30s on POST /Users for 10m' --seed 7`
}

// Run serves until it is told to stop.
func (c *targetCommand) Run(ctx context.Context, a *console.Console) error {
	if c.ListDefects {
		for _, d := range target.Catalog() {
			a.Row(fmt.Sprintf("%-6s  ", d.ID), d.Title)
		}
		return nil
	}
	if c.ListVariants {
		for _, v := range target.Variants() {
			title := v.Title
			if len(v.Against) > 0 {
				title += fmt.Sprintf(" (found by %s: %s)", strings.Join(v.Against, ", "), v.Why)
			}
			a.Row(fmt.Sprintf("%-23s  ", v.ID), title)
		}
		return nil
	}
	if c.ListFaults {
		targets.ListFaults(a)
		return nil
	}
	if c.PrintPersona {
		text, err := gotopersona.Text(cmp.Or(c.Persona, "goto"))
		if err != nil {
			return exit.Usage("", "--persona: %w", err)
		}
		a.Print("%s", strings.TrimSuffix(text, "\n"))
		return nil
	}
	t, err := c.Open(a)
	if err != nil {
		return err
	}
	defer t.Close()
	listener, err := serve.Listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	base := "http://" + listener.Addr().String()
	if t.Secure != nil {
		base = "https://" + listener.Addr().String()
	}
	a.Print("%s", base)
	for _, line := range t.Made {
		a.Print("%s", line)
	}
	if c.Persona != "" {
		a.Say("persona %s: %s", c.Persona, gotopersona.Label)
		a.Say("organization, rules, seats and mails: %s/", base)
	}
	a.Say("serving with seed %d; Ctrl-C stops it", t.Seed)
	server := serve.New(t.Handler)
	server.TLSConfig, server.ErrorLog = t.Secure, log.New(serve.Complaints{Console: a}, "", 0)
	return serve.Until(ctx, listener, server)
}
