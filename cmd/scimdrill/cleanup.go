package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

type cleanupCommand struct {
	targetFlags
	Dir  string  `name:"run" help:"Folder of the run, its --out." placeholder:"DIR" required:""`
	Rate float64 `help:"Requests a second; 0 is no limit on loopback and 25 elsewhere." placeholder:"N"`
}

// Help is the example of --help.
func (cleanupCommand) Help() string {
	return `Removes the objects that the journal of the run names, by the target's id or by the exact
value they were made with, and nothing else. The target is that of the run unless --target
names another address of it.

Example:

    scimdrill cleanup --run scimdrill-out`
}

// Run removes what is left of a run.
func (c *cleanupCommand) Run(ctx context.Context, a *app) error {
	run, err := readRun(c.Dir)
	switch {
	case err != nil && c.Target == "":
		return usage("give the --out folder of the run, or its address by --target", "%w", err)
	case c.Target == "":
		c.Target = run.Target
	}
	entries, err := journal.Read(filepath.Join(c.Dir, journalName))
	if errors.Is(err, fs.ErrNotExist) {
		return usage("give the --out folder of a run", "there is no %s in %s, so that run made nothing", journalName, c.Dir)
	}
	if err != nil {
		return usage("", "%w", err)
	}
	e, err := c.openForWriting(a)
	if err != nil {
		return err
	}
	rate, err := mayHurry(e.url, c.Rate, c.AllowRate)
	if err != nil {
		return err
	}
	client, err := scimclient.New(
		e.scim(c.Target),
		scimclient.Deps{
			Sender: a.authorized(e, exchange.NewSender(e.client, e.limits, a.now), nil), Redact: e.redact,
			Guard: scimclient.NewGuard(rate, e.external()),
		})
	if err != nil {
		return usage("", "%w", err)
	}
	return c.sweep(ctx, a, client, entries)
}

// sweep removes the newest first, so that groups go before their members.
func (c *cleanupCommand) sweep(ctx context.Context, a *app, client *scimclient.Client, entries []journal.Entry) (err error) {
	j, err := journal.Open(filepath.Join(c.Dir, journalName))
	if err != nil {
		return unwritten(err)
	}
	defer func() { err = errors.Join(err, unwritten(j.Close())) }()
	bar := a.progress()
	defer bar.end()
	s := &sweeper{client: client}
	slices.Reverse(entries)
	left := 0
	for i, entry := range entries {
		if err := s.remove(ctx, entry); err != nil {
			var f *scimclient.Failure
			if errors.As(err, &f) && (f.Stop != nil || f.Status == 0) {
				return broken("run the same command again; what is removed is not tried twice", "remove %s: %w", describe(entry), err)
			}
			a.say("not removed: %s: %s", describe(entry), a.redact.Text(err.Error()))
			left++
			continue
		}
		if err := j.Gone(entry.Seq); err != nil {
			return unwritten(err)
		}
		bar.step("cleanup", int64(i+1), int64(len(entries)))
	}
	bar.end()
	a.print("removed %d objects, %d were gone already, %d are left", s.removed, len(entries)-s.removed-left, left)
	if left > 0 {
		return &failure{code: reports.ExitFailed, err: fmt.Errorf("%d objects of the run are still in the target", left), hint: "see why above, then run the same command again"}
	}
	return nil
}

func describe(e journal.Entry) string {
	if e.ID != "" {
		return fmt.Sprintf("%s %s (%s %q)", e.Collection, e.ID, e.Attribute, e.Value)
	}
	return fmt.Sprintf("%s with %s %q", e.Collection, e.Attribute, e.Value)
}
