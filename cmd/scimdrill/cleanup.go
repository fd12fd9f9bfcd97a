package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/bound"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/player"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

type cleanupCommand struct {
	endpoint.Flags
	bound.Whole
	Dir             string  `name:"run" help:"Output folder (--out) of the run." placeholder:"DIR" required:""`
	Rebind          bool    `help:"With --target: the target of the run has moved to this address." group:"Target"`
	TenantTokenFile string  `help:"File with the bearer tokens of several tenants, as for replay." placeholder:"FILE" group:"Target"`
	Rate            float64 `help:"Requests per second; 0 means no limit on loopback and 25 elsewhere." placeholder:"N"`
}

// Help is the example of --help.
func (cleanupCommand) Help() string {
	return `Removes only the objects listed in the journals of the folder: that of the last run, and those of
earlier runs. It finds them by the target's id and compares the values they were created with.
Each journal knows its target. --target selects the journals of one target; add --rebind if its
address has changed. The last line counts all journals.

Example:

    scimdrill cleanup --run scimdrill-out`
}

// Run removes what is left of the runs in a folder.
func (c *cleanupCommand) Run(ctx context.Context, a *console.Console) (err error) {
	s, err := runs.NewSweep(a, c.Dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	parts, err := c.parts(a, s.Journals)
	if err != nil {
		return err
	}
	for i := range parts { // all mistakes show before the first request
		if parts[i].clients, err = c.clients(a, parts[i].target); err != nil {
			return err
		}
		if err := parts[i].clients.Reach(parts[i].journals); err != nil {
			return exit.Usage("pass the --tenant-token-file of the run", "%w", err)
		}
	}
	for _, p := range parts {
		if err := s.Remove(ctx, p.clients, p.journals); err != nil {
			return err
		}
	}
	return s.End()
}

// part are the journals of one target.
type part struct {
	target   string
	journals []runs.Journal
	clients  runs.Clients
}

// parts sorts the journals by their targets, and selects those of --target.
func (c *cleanupCommand) parts(a *console.Console, list []runs.Journal) ([]part, error) {
	if len(list) == 0 {
		return nil, exit.Usage("pass the --out folder of a run", "%s not found in %s; that run created no objects", runs.JournalName, c.Dir)
	}
	var parts []part
	for _, j := range list {
		i := slices.IndexFunc(parts, func(p part) bool { return p.target == j.Target })
		if i < 0 {
			i, parts = len(parts), append(parts, part{target: j.Target})
		}
		parts[i].journals = append(parts[i].journals, j)
	}
	if c.Target != "" {
		return c.selected(a, parts)
	}
	for _, p := range parts {
		if p.target == "" || strings.Contains(p.target, exchange.Redacted) {
			return nil, exit.Usage("pass the address of the target with --target", "read the run: %s does not say its target", p.journals[0].Path)
		}
	}
	return parts, nil
}

// selected are the journals of --target, and those that do not say their target. Journals of
// another target are only taken if --rebind says that it is the same one.
func (c *cleanupCommand) selected(a *console.Console, parts []part) ([]part, error) {
	here := a.Redact.Text(engine.Address(c.Target))
	out := part{target: c.Target}
	var others []string
	for _, p := range parts {
		if p.target == here || p.target == "" {
			out.journals = append(out.journals, p.journals...)
		} else {
			others = append(others, p.target)
		}
	}
	switch {
	case !c.Rebind && len(out.journals) == 0:
		return nil, exit.Usage("omit --target; if the target has moved to this address, add --rebind",
			"the objects in the journals of %s are in %s, not in %s", c.Dir, strings.Join(others, " and "), here)
	case !c.Rebind:
		for _, p := range parts {
			if slices.Contains(others, p.target) {
				a.Say("not looked at: the journals of %s; omit --target to clean up there too", p.target)
			}
		}
		return []part{out}, nil
	case len(others) > 1:
		return nil, exit.Usage("move the journals of one target into a folder of their own",
			"--rebind: the journals of %s belong to several targets: %s", c.Dir, strings.Join(others, " and "))
	}
	out.journals = nil
	for _, p := range parts {
		out.journals = append(out.journals, p.journals...)
	}
	return []part{out}, nil
}

// clients opens a target for writing. Nothing is sent.
func (c *cleanupCommand) clients(a *console.Console, target string) (list runs.Clients, err error) {
	flags := c.Flags
	flags.Target = target
	e, err := flags.OpenForWriting(a)
	if err != nil {
		return list, err
	}
	rate, err := endpoint.MayHurry(e.URL, c.Rate, c.AllowRate)
	if err != nil {
		return list, err
	}
	if list.One, err = scimclient.New(
		e.Scim(target),
		scimclient.Deps{
			Sender: e.Authorized(a, exchange.NewSender(e.Client, e.Limits, a.Now), nil), Redact: e.Redact,
			Guard: scimclient.NewGuard(rate, e.External()),
		}); err != nil {
		return list, exit.Usage("", "%w", err)
	}
	if c.TenantTokenFile != "" {
		list.Tenants, err = player.TenantClients(a, e, &flags, c.TenantTokenFile, rate)
	}
	return list, err
}
