package main

import (
	"context"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/player"
)

type replayCommand struct {
	endpoint.Flags
	Load player.Flags `embed:""`

	ListProfiles bool     `help:"List the load profiles. Needs no target."`
	Seed         *uint64  `help:"Seed that makes a generated stream repeatable." placeholder:"N"`
	Format       []string `help:"Reports to write: text, json, junit, html, markdown, sarif, codequality, badge." default:"json,html" placeholder:"FORMAT"`
	Out          string   `help:"Folder for the reports." default:"scimdrill-out" placeholder:"DIR"`
}

// Help is the example of --help.
func (replayCommand) Help() string {
	return `Sends a recorded or generated stream of requests as load, and measures each kind of request. A
stream holds placeholders for ids, so that it replays against a fresh target: ids are taken from
the responses. The requests of one object keep their order, and a request that needs an id waits
for the response that gives it. What cannot be sent for that reason is counted and named.

Response times count from the moment at which a request was due, so that a target that stalls
cannot hide it. Service times count from sending. The lag is the delay of this machine.

In the open model (--rate, --speed, most profiles), the schedule says when a request is due. In
the closed model (--profile max), --concurrency requests are always under way.

With --fail-if, a condition that holds ends the run with 1. Figures: p50 to p99.99, max, mean,
each for 'service' times too; errors, rate, lag, unsent, different, throttled. A kind of request
in brackets limits a figure to it.

Beside the reports, the run writes replay.hlog (histograms, for HdrHistogram's tools) and
metrics.prom (Prometheus).

Example:

    SCIMDRILL_TOKEN=secret scimdrill replay --target http://127.0.0.1:8080 \
        --generate users=500,groups=20 --profile entra-gallery

    scimdrill replay --target http://127.0.0.1:8080 --token-file token \
        --stream recording --speed 10x --fail-if 'p99>250ms,errors>0.1%'`
}

// Run sends the stream.
func (c *replayCommand) Run(ctx context.Context, a *console.Console) error {
	if c.ListProfiles {
		player.ListProfiles(a)
		return nil
	}
	if err := checkFormats(c.Format); err != nil {
		return err
	}
	e, err := c.OpenForWriting(a)
	if err != nil {
		return err
	}
	l := &player.Load{
		Flags: &c.Load, Console: a, Endpoint: e, Target: &c.Flags, Seed: c.Seed, Out: c.Out, Formats: c.Format,
	}
	return l.Run(ctx)
}
