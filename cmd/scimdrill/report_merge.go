package main

import (
	"context"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/player"
)

type reportMerge struct {
	endpoint.Flags

	Dirs    []string `arg:"" name:"dir" help:"Output folder (--out) of each shard of one replay."`
	FailIf  string   `help:"Conditions that fail the merged report, such as 'p99>250ms' (default: those of the shards)." placeholder:"CONDITIONS" sep:"none"`
	Stream  string   `help:"With --target: stream of the shards, if it is not where they found it." placeholder:"FILE"`
	Verify  string   `help:"With --target: compare what the target holds with what the writes of all shards should have left: all, sample=N or off." default:"all" placeholder:"SCOPE"`
	Tenants string   `name:"tenant-token-file" help:"File with the bearer tokens of several tenants, as for replay." placeholder:"FILE" group:"Target"`
	Format  []string `help:"Reports to write: text, json, junit, html, markdown, sarif, codequality, badge." default:"json,html" placeholder:"FORMAT"`
	Out     string   `help:"Folder for the reports." default:"scimdrill-out" placeholder:"DIR"`
}

// Help is the example of --help.
func (reportMerge) Help() string {
	return `Makes one report of the shards of a replay (--shard). Histograms and counts are added, so that the
percentiles are those of one run and not means of means. All shards must be there, each once, with the same
stream, schedule and target. A shard that began later counts from the moment at which the first one began.

With --target, the end state of the target is compared with what the writes of all shards should have left.
The target is only read.

Example:

    scimdrill report merge out-1 out-2 out-3 out-4 --out all \
        --fail-if 'p99>250ms,errors>0.1%' --target "$TARGET" --token-file token`
}

// Run merges.
func (c *reportMerge) Run(ctx context.Context, a *console.Console) error {
	if err := checkFormats(c.Format); err != nil {
		return err
	}
	m := &player.Merge{Console: a, Dirs: c.Dirs, FailIf: c.FailIf, Out: c.Out, Formats: c.Format}
	if c.Target != "" {
		e, err := c.Open(a)
		if err != nil {
			return err
		}
		m.Held = &player.Held{Endpoint: e, Target: &c.Flags, Stream: c.Stream, TenantTokenFile: c.Tenants, Verify: c.Verify}
	}
	return m.Run(ctx)
}
