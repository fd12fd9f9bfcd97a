package main

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/recorder"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/recording/diff"
	"github.com/scimdrill/scimdrill/simulator/recording/har"
)

type recordDiff struct {
	Paths []string `arg:"" name:"path" help:"RUN and RECORDING, each a folder or a HAR file; or RECORDING alone with --tenant." placeholder:"RUN RECORDING"`

	Tenant  string   `help:"Source directory: a tenant file, responses of Graph, CSV, or a folder of them. Run the engine on an embedded target instead of reading RUN." placeholder:"FILE" group:"Run"`
	Changes string   `help:"Change stream of the source." placeholder:"FILE" group:"Run"`
	Profile string   `help:"Built-in application profile." default:"customappsso" placeholder:"NAME" group:"Run"`
	Schema  string   `help:"Synchronization schema exported from Graph, instead of the profile's schema." placeholder:"FILE" group:"Run"`
	Dialect string   `help:"How changes become requests: legacy, optscim or customappsso." placeholder:"NAME" group:"Run"`
	Flag    string   `help:"Flag in the tenant URL, such as aadOptscim062020." placeholder:"NAME" group:"Run"`
	Cycles  int      `help:"Number of cycles to run (default: as many as RECORDING has)." placeholder:"N" group:"Run"`
	Scope   string   `help:"Users and groups in scope: assigned or all." enum:"assigned,all" default:"assigned" group:"Run"`
	Set     []string `help:"Engine option; see simulate --list-options. Repeatable." placeholder:"OPTION=VALUE" sep:"none" group:"Run"`

	Pseudonyms bool `help:"RECORDING contains pseudonyms: replace people in RUN too, with the same SCIMDRILL_PSEUDONYM_SEED."`

	Format string `help:"Output format: text, markdown (for a bug report) or json." enum:"text,markdown,json" default:"text"`
}

// Help is the example of --help.
func (recordDiff) Help() string {
	return `Compares the requests of a simulate run with a recording: their set, order and form, byte for byte.
Ids and random values are masked. Differences are grouped by the rules of docs/why/behaviour.md.
If an option explains a difference, the option is named. The exit code is 0 without differences, and
1 with differences.

Example:

    scimdrill simulate --target http://127.0.0.1:8080 --tenant tenant.jsonl \
        --changes changes.jsonl --transcript all --out run
    scimdrill record diff run recording --format markdown

The same with an embedded target:

    scimdrill record diff --tenant tenant.jsonl --changes changes.jsonl \
        recording`
}

// Run compares and prints.
func (c *recordDiff) Run(ctx context.Context, a *console.Console) error {
	want := 2
	if c.Tenant != "" {
		want = 1
	}
	if len(c.Paths) != want {
		return exit.Usage("`scimdrill record diff --help` shows both forms", "got %d paths, want %d: RUN and RECORDING, or RECORDING alone with --tenant", len(c.Paths), want)
	}
	if c.Tenant == "" && (c.Changes != "" || c.Schema != "" || c.Dialect != "" || c.Flag != "" || c.Cycles != 0 || len(c.Set) > 0) {
		return exit.Usage("add --tenant FILE, or omit these flags", "RUN is read, so flags for running the engine have no effect")
	}
	theirs, complete, err := har.Load(c.Paths[want-1])
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	ours, whole, err := c.ours(ctx, a, cyclesOf(theirs))
	if err != nil {
		return err
	}
	if c.Pseudonyms {
		if err := recorder.Rename(a, ours); err != nil {
			return err
		}
	}
	res := diff.Compare(ours, theirs)
	if !complete || !whole {
		res.Notes = append(res.Notes, "A HAR file reached its size limit, so exchanges are missing. They can appear here as differences.")
	}
	if err := recorder.PrintDifference(a, res, c.Format); err != nil {
		return err
	}
	if len(res.Differences) > 0 {
		return exit.Unmet()
	}
	return nil
}

// ours are the requests of our engine: of a run, or of one that is made now.
func (c *recordDiff) ours(ctx context.Context, a *console.Console, recorded int) (list []*recording.Request, complete bool, err error) {
	if c.Tenant == "" {
		list, complete, err = har.Load(c.Paths[0])
		if err != nil {
			return nil, false, exit.Usage("", "%w", err)
		}
		return list, complete, nil
	}
	dir, err := os.MkdirTemp("", "scimdrill-diff-")
	if err != nil {
		return nil, false, exit.Broken("", "create a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	if err := c.simulate(ctx, a, dir, recorded); err != nil {
		return nil, false, err
	}
	return har.Load(dir)
}

// cyclesOf is the number of cycles of a recording, 0 if it shows none.
func cyclesOf(list []*recording.Request) int {
	s := recording.NewSummary()
	for _, r := range list {
		s.Add(r)
	}
	return s.Cycles
}

// simulate runs the engine on a target in this process; its files are in dir. The run ends where the
// recording ends: what changes later is in no request of it.
func (c *recordDiff) simulate(ctx context.Context, a *console.Console, dir string, recorded int) error {
	virtual := clock.NewVirtual(engine.Start())
	token := rand.Text()
	const seed = 1 // nothing in requests depends on it but what is masked
	t, err := target.New(target.Options{Seed: seed, Token: token, Now: virtual.Now})
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	base, stop, err := serve.Loopback(ctx, a, t)
	if err != nil {
		return err
	}
	defer stop()

	flags := endpoint.Flags{Anonymous: true, Target: base.String(), Timeout: time.Minute}
	if c.Flag != "" {
		flags.Target += "?" + c.Flag
	}
	e, err := flags.Open(a)
	if err != nil {
		return err
	}
	e.Authorization, e.Secrets, e.Embedded = "Bearer "+token, append(e.Secrets, token), true
	r := &play.Run{
		Console: a, Source: play.Source{Tenant: c.Tenant, Changes: c.Changes}, Endpoint: e, Clock: virtual,
		Deps: engine.Deps{TargetNow: virtual.Now},
	}
	if err := r.Configure(play.Settings{
		Target: flags.Target, Profile: c.Profile, Schema: c.Schema, Dialect: c.Dialect, Scope: c.Scope, Cycles: c.Cycles, Parallel: 1,
		State: dir, Out: dir, Transcript: "all", Set: c.Set,
	}); err != nil {
		return err
	}
	if err := r.Begin(runs.Identity{Seed: seed, RunID: "diff"}, nil); err != nil {
		return err
	}
	if n := len(r.Config.Changes); c.Cycles == 0 && recorded > 0 {
		r.Config.Cycles = recorded
	} else if n > 0 && c.Cycles == 0 {
		r.Config.Cycles, r.Config.For = 0, r.Config.Changes[n-1].At+24*time.Hour // the last change has a cycle, whatever the interval
	}
	leave, err := r.Enter()
	if err != nil {
		return err
	}
	defer leave()
	p, err := r.Play(ctx)
	switch {
	case err != nil:
		return err
	case p.Cause != nil:
		return exit.Broken("", "run the engine: %w", p.Cause)
	}
	if _, err := os.Stat(filepath.Join(dir, runs.HARName)); err != nil {
		return exit.Broken("", "run the engine: %w", errors.Join(errors.New("transcript not found"), err))
	}
	a.Say("ran the engine on an embedded target: %s", console.Counted(int64(len(p.Cycles)), "cycle"))
	return nil
}
