package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"time"

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
	Proxy recordProxy `cmd:"" default:"withargs" help:"Stand between a real Entra and an endpoint and record what passes."`
	Diff  recordDiff  `cmd:"" help:"Show where a recording and our engine differ, rule by rule."`
}

// Help is the example of --help.
func (recordCommand) Help() string {
	return recordProxy{}.Help() + "\n\n`scimdrill record proxy --help` lists the flags of record, `scimdrill record diff --help` those of the\ncomparison."
}

type recordProxy struct {
	Target             string        `help:"Base of /Users and /Groups, where requests go on to. Flags such as aadOptscim062020 belong into the tenant URL that Entra gets." placeholder:"URL" group:"Target"`
	CAFile             string        `name:"ca-file" help:"Certificates (PEM) to trust besides the system's." placeholder:"FILE" group:"Target"`
	InsecureSkipVerify bool          `help:"Do not check the certificate. The token can be stolen on the way." group:"Target"`
	Timeout            time.Duration `type:"above-zero" help:"Longest wait for one answer." default:"60s" group:"Target"`
	AllowHost          []string      `help:"Host that may be written to though it is not loopback; repeatable." placeholder:"HOST" group:"Target"`
	Redact             []string      `help:"Further header or JSON attribute whose values stay out of all files; repeatable." placeholder:"NAME"`
	Pseudonyms         bool          `help:"Put made-up people in the place of those in the recording; a SCIMDRILL_PSEUDONYM_SEED makes the same ones again."`
	Listen             string        `help:"Address to listen on." default:"127.0.0.1:8085" placeholder:"HOST:PORT"`
	Expose             bool          `help:"Listen on an address that is not loopback. Bearer tokens come in there in clear."`
	Out                string        `help:"Folder for the recording." default:"scimdrill-recording" placeholder:"DIR"`
}

// Help is the example of --help.
func (recordProxy) Help() string {
	return `Forwards every request to the target as it came, and the answer back, and writes both down:
exchanges.har, requests.jsonl (a line a request, with placeholders for ids) and run.json. Tokens,
cookies and passwords are redacted; with --pseudonyms people, groups and domains are replaced, the
same value by the same one everywhere, and what passes on is not changed. Give Entra the address of a tunnel with TLS that ends at
--listen. SIGINT and SIGTERM end the recording with a summary.

Example:

    scimdrill record --target https://api.vendor.example/scim/v2 \
        --allow-host api.vendor.example --out recording
    scimdrill record diff --tenant tenant.jsonl --changes changes.jsonl \
        --profile customappsso recording`
}

// Run records until it is told to stop.
func (c *recordProxy) Run(ctx context.Context, a *console.Console) error {
	e, handler, err := c.open(a)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(c.Out, recorder.StreamName)); err == nil {
		return exit.Usage("name another folder with --out DIR", "%s holds a recording already", c.Out)
	}
	listener, err := serve.Listen(ctx, c.Listen)
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
		a.Say("recording into %s; give Entra a tenant URL that leads here; Ctrl-C ends it", c.Out)
		server := serve.New(handler.Handler())
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

// open checks the flags; nothing is sent.
func (c *recordProxy) open(a *console.Console) (*endpoint.Endpoint, *exchange.Proxy, error) {
	flags := endpoint.Flags{
		Target: c.Target, Anonymous: true, CAFile: c.CAFile, InsecureSkipVerify: c.InsecureSkipVerify, Timeout: c.Timeout, AllowHost: c.AllowHost, Redact: c.Redact,
	}
	e, err := flags.OpenForWriting(a)
	if err != nil {
		return nil, nil, err
	}
	if e.URL.RawQuery != "" {
		return nil, nil, exit.Usage("leave out what follows the question mark, and give it to Entra",
			"--target has a query; what passes through is not changed, so a flag belongs into the tenant URL that Entra gets")
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return nil, nil, exit.Usage("for example --listen 127.0.0.1:8085", "--listen %q is no HOST:PORT", c.Listen)
	}
	if !endpoint.Loopback(host) {
		if !c.Expose {
			return nil, nil, exit.Usage("listen on loopback behind a tunnel with TLS; if this network may see the tokens, add --expose",
				"--listen %s is not loopback: requests with bearer tokens would come in there in clear", c.Listen)
		}
		a.Say("WARNING: --expose: bearer tokens come in at %s in clear; whoever stands between can read them, and whoever reaches it reaches the target", c.Listen)
	}
	trust, err := flags.Trust(&console.Console{Process: console.Process{Stderr: discard{}}}) // the warning was given by openForWriting
	if err != nil {
		return nil, nil, err
	}
	transport, _ := endpoint.NewTransport(a, trust)
	transport.DisableCompression = true // what was not asked for is not asked for
	return e, &exchange.Proxy{Target: e.URL, Transport: transport, Limits: e.Limits, Now: a.Now}, nil
}

type discard struct{}

// Write throws away.
func (discard) Write(b []byte) (int, error) { return len(b), nil }
