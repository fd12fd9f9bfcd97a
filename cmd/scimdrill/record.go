package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/recorder"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/pseudonym"
)

type recordCommand struct {
	Proxy recordProxy `cmd:"" default:"withargs" help:"Record the traffic between a real Entra and an endpoint."`
	Diff  recordDiff  `cmd:"" help:"Show the differences between a recording and the engine, rule by rule."`
}

// Help is the example of --help.
func (recordCommand) Help() string {
	return recordProxy{}.Help() + "\n\n`scimdrill record proxy --help` lists the flags of record. `scimdrill record diff --help` lists the\nflags of the comparison."
}

type recordProxy struct {
	serve.DoorFlags
	endpoint.ForwardFlags

	Redact     []string `help:"Additional header or JSON attribute to redact in all files; repeatable." placeholder:"NAME"`
	Pseudonyms bool     `help:"Replace people in the recording by pseudonyms. The same SCIMDRILL_PSEUDONYM_SEED gives the same pseudonyms."`
	Listen     string   `help:"Address to listen on." default:"127.0.0.1:8085" placeholder:"HOST:PORT"`
	Out        string   `help:"Folder for the recording." default:"scimdrill-recording" placeholder:"DIR"`
}

// Help is the example of --help.
func (recordProxy) Help() string {
	return `Forwards each request to the target and each response to Entra, unchanged, and records both. It
writes exchanges.har, requests.jsonl (one line per request, with placeholders for ids) and
run.json. Tokens, cookies and passwords are redacted in these files. With --pseudonyms, people,
groups and domains are replaced there too, each value by the same pseudonym everywhere.

Give Entra the address of a tunnel with TLS that ends at --listen. SIGINT and SIGTERM end the
recording with a summary.

Example:

    scimdrill record --target https://api.vendor.example/scim/v2 \
        --allow-host api.vendor.example --out recording
    scimdrill record diff --tenant tenant.jsonl --changes changes.jsonl \
        --profile customappsso recording`
}

// Run records until it is told to stop.
func (c *recordProxy) Run(ctx context.Context, a *console.Console) error {
	e, handler, err := c.Proxy(a, c.Redact)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(c.Out, recorder.StreamName)); err == nil {
		return exit.Usage("name another folder with --out DIR", "%s already contains a recording", c.Out)
	}
	listener, err := c.DoorFlags.Listen(ctx, a, c.Listen)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }() // the server has closed it, if there was one
	var names *pseudonym.Names
	if c.Pseudonyms {
		if names, err = recorder.Pseudonyms(a); err != nil {
			return err
		}
	}
	run, err := runs.Start(a, c.Out, runs.Identity{}, c.Target)
	if err != nil {
		return err
	}
	return run.During(ctx, a, c.Out, func() error {
		r, err := recorder.New(a, c.Out, e.Redact)
		if err != nil {
			return err
		}
		r.Names = names
		handler.Record = r.Record
		a.Print("http://%s", listener.Addr())
		a.Say("recording to %s; point the tenant URL in Entra here; press Ctrl-C to stop", c.Out)
		door := c.Door(c.Listen)
		door.Transparent = true
		server := serve.New(a, door, handler.Handler())
		server.ConnContext = exchange.SpelledContext
		served := serve.Until(ctx, exchange.SpelledListener(listener), server)
		run.Recording = r.Facts()
		if err := r.Close(); err != nil {
			return err
		}
		recorder.PrintRecorded(a, r, c.Out)
		return served
	})
}
