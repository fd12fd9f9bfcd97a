package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/jobpage"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
)

type jobCommand struct {
	Status  jobStatus  `cmd:"" help:"Show the job as the portal's page does: progress, cycles, counts, quarantine, notifications."`
	Pause   jobPause   `cmd:"" help:"Let no further cycle start. Everything is kept."`
	Start   jobStart   `cmd:"" help:"Resume a paused or disabled job, and take it out of quarantine."`
	Restart jobRestart `cmd:"" help:"Restart the job as Graph does, such as to allow deletions."`
	Set     jobSet     `cmd:"" help:"Change settings: scope, notification address, deletion threshold."`

	Credentials jobCredentials `cmd:"" help:"Test the connection with credentials, and note in the job that they were saved."`
}

// jobState is the flag of all commands about a job.
type jobState struct {
	State string `help:"Folder that stores the job, as given to simulate." placeholder:"DIR" required:""`
}

// open opens the job between two runs. What goes wrong is mostly a wrong folder.
func (s jobState) open(ctx context.Context, a *console.Console, do func(*engine.Office) error) error {
	err := engine.Administer(ctx, s.State, a.Command(), a.Now, do)
	if _, own := errors.AsType[*exit.Error](err); own || err == nil {
		return err
	}
	if path, ok := errors.AsType[*os.PathError](err); ok {
		return exit.Broken("", "job: %w", path)
	}
	return exit.Usage("", "%w", err)
}

// act does something to the job, and shows what became of it.
func (s jobState) act(ctx context.Context, a *console.Console, do func(*job.Job) error) error {
	return s.open(ctx, a, func(o *engine.Office) error {
		if err := do(o.Job); err != nil {
			return err
		}
		return shortly(ctx, a, o)
	})
}

// shortly prints the rows of the page that tell whether the job runs.
func shortly(ctx context.Context, a *console.Console, o *engine.Office) error {
	rows, err := jobpage.Rows(ctx, o)
	if err != nil {
		return err
	}
	for _, r := range rows {
		switch r.Head {
		case "status", "next cycle":
			printRow(a, r)
		}
	}
	return nil
}

func printRow(a *console.Console, r jobpage.Row) { a.Row(fmt.Sprintf("%-13s ", r.Head), r.Text) }

type jobStatus struct {
	jobState

	JSON bool `name:"json" help:"Print the job as Graph shows it."`
}

// Help is the example of --help.
func (jobStatus) Help() string {
	return `Reads the job that simulate kept in a state folder. No request is sent.

Example:

    scimdrill job status --state job`
}

// Run prints the page.
func (c *jobStatus) Run(ctx context.Context, a *console.Console) error {
	return c.open(ctx, a, func(o *engine.Office) error {
		if c.JSON {
			g, err := o.Job.Graph(ctx)
			if err != nil {
				return err
			}
			return a.PrintIndented(g)
		}
		rows, err := jobpage.Rows(ctx, o)
		if err != nil {
			return err
		}
		for _, r := range rows {
			printRow(a, r)
		}
		return nil
	})
}

type jobPause struct{ jobState }

// Help is the example of --help.
func (jobPause) Help() string {
	return `The 28 days of a quarantine go on meanwhile. simulate runs no cycle of a paused job.

Example:

    scimdrill job pause --state job`
}

// Run pauses.
func (c *jobPause) Run(ctx context.Context, a *console.Console) error {
	return c.act(ctx, a, func(j *job.Job) error { return j.Pause(ctx, j.Record().Now) })
}

type jobStart struct{ jobState }

// Help is the example of --help.
func (jobStart) Help() string {
	return `The next cycle is due at once. If the cause of a quarantine is still there, it begins anew.

Example:

    scimdrill job start --state job`
}

// Run starts.
func (c *jobStart) Run(ctx context.Context, a *console.Console) error {
	return c.act(ctx, a, func(j *job.Job) error { return j.Start(ctx, j.Record().Now) })
}

type jobRestart struct {
	jobState

	Scope string `help:"Comma-separated list of Watermark, Escrows, QuarantineState, ConnectorDataStore, ForceDeletes (allow deletions) and Full, or None. Without it, the job restarts like the portal." placeholder:"SCOPE" sep:"none"`
}

// Help is the example of --help.
func (jobRestart) Help() string {
	return `Resets what SCOPE names. The next cycle is due at once, and sends the requests.

Example: allow deletions that were held back

    scimdrill job restart --state job --scope ForceDeletes`
}

// Run restarts.
func (c *jobRestart) Run(ctx context.Context, a *console.Console) error {
	scope, err := job.ParseScope(c.Scope)
	if err != nil {
		return exit.Usage("", "--scope: %w", err)
	}
	return c.act(ctx, a, func(j *job.Job) error { return j.Restart(ctx, j.Record().Now, scope) })
}
