package main

import (
	"cmp"
	"context"
	"fmt"
	"net"
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
	return `Serves a SCIM 2.0 target in memory: a correct one, or one with defects. The first line on stdout
is the base URL. If SCIMDRILL_TOKEN is not set, the target creates a token and prints it on the
second line. With --tls-self or --tls-cert, it serves https with HTTP/2. SIGINT and SIGTERM stop it.

With --oauth-client-id, the target requires access tokens, which it issues at /oauth/token. With
--oauth-redirect, an administrator can sign in at /oauth/authorize, as scimdrill authorize expects.

Faults: the choice of requests depends on the seed, the method, the object and its request count.
A run therefore meets the same faults with any --parallel. --list-faults lists the kinds: rejections
(429, 500, burst, rate-limit, object-limit), closed connections (reset-before, reset-after), lost
responses (lost, truncated, corrupted), stale reads, latency and jitter. A fault can be limited
to methods, a path and a duration. At the end, the target prints the number of requests per fault.

Limits: --max-results, --max-operations, --max-payload-size and --cursor-timeout limit pages, bulk
requests and cursors. /ServiceProviderConfig announces these limits, and the target enforces them.

Variants: a target with a --variant is still correct, and no RFC check fails on it. Three variants
conflict with Entra's needs; --list-variants names the checks that report them.

Tenants: with --tenant, each tenant has its own data, and the token selects the tenant. With --data
too, each tenant has its own file; its name is appended to that path. Only one target at a time
can use a file.

Persona: with --persona goto, the target simulates an organization with domains to verify, nine
attributes, and User Sync rules. The rules turn directory groups into seats, rights and mails.
GET / shows the organization, and which parts are documented or assumed. GET /persona/state returns
the same as JSON. At /persona/rules, rules are made, ordered and tried; /persona/api has the same for
programs. Other machines need the credentials of the target for them. With --dns, dig and nslookup
find the verification codes of its domains; a line "dns HOST:PORT" on stdout says where.

Network: the target listens on loopback unless --expose is given. It answers for loopback names,
for the host of --listen, and for the names of --serve-host.

Example:

    scimdrill target --persona goto --persona-config organization.yaml

    scimdrill target --persona goto --dns 127.0.0.1:5353

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
				title += fmt.Sprintf(" (reported by %s: %s)", strings.Join(v.Against, ", "), v.Why)
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
		a.PrintLines(text)
		return nil
	}
	t, err := c.Open(ctx, a)
	if err != nil {
		return err
	}
	defer t.Close()
	base := "http://" + t.Listener.Addr().String()
	if t.Secure != nil {
		base = "https://" + t.Listener.Addr().String()
	}
	a.Print("%s", base)
	for _, line := range t.Made {
		a.Print("%s", line)
	}
	if t.DNS != "" {
		a.Print("dns %s", t.DNS)
	}
	if c.Persona != "" {
		a.Say("persona %s: %s", c.Persona, gotopersona.Label)
		a.Say("organization, rules, seats and mails: %s/", base)
		a.Say("User Sync rules: %s/persona/rules", base)
	}
	if t.DNS != "" {
		host, port, _ := net.SplitHostPort(t.DNS)
		a.Say("names of its domains: dig @%s -p %s TXT DOMAIN", host, port)
	}
	a.Say("serving with seed %d; press Ctrl-C to stop", t.Seed)
	server := serve.New(a, c.Door(c.Listen), t.Handler)
	server.TLSConfig = t.Secure
	return serve.Until(ctx, t.Listener, server)
}
