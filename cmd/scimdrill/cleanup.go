package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

type cleanupCommand struct {
	endpoint.Flags
	Dir  string  `name:"run" help:"Output folder (--out) of the run." placeholder:"DIR" required:""`
	Rate float64 `help:"Requests per second; 0 means no limit on loopback and 25 elsewhere." placeholder:"N"`
}

// Help is the example of --help.
func (cleanupCommand) Help() string {
	return `Removes only the objects listed in the journal of the run. It finds them by the target's id or
by the exact value they were created with. The target is the target of the run; use --target
if its address has changed.

Example:

    scimdrill cleanup --run scimdrill-out`
}

// Run removes what is left of a run.
func (c *cleanupCommand) Run(ctx context.Context, a *console.Console) error {
	run, err := runs.Read(c.Dir)
	switch {
	case err != nil && c.Target == "":
		return exit.Usage("pass the --out folder of the run, or the target's address with --target", "%w", err)
	case c.Target == "":
		c.Target = run.Target
	}
	entries, err := journal.Read(filepath.Join(c.Dir, runs.JournalName))
	if errors.Is(err, fs.ErrNotExist) {
		return exit.Usage("pass the --out folder of a run", "%s not found in %s; that run created no objects", runs.JournalName, c.Dir)
	}
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	e, err := c.OpenForWriting(a)
	if err != nil {
		return err
	}
	rate, err := endpoint.MayHurry(e.URL, c.Rate, c.AllowRate)
	if err != nil {
		return err
	}
	client, err := scimclient.New(
		e.Scim(c.Target),
		scimclient.Deps{
			Sender: e.Authorized(a, exchange.NewSender(e.Client, e.Limits, a.Now), nil), Redact: e.Redact,
			Guard: scimclient.NewGuard(rate, e.External()),
		})
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	return runs.Sweep(ctx, a, client, c.Dir, entries)
}
