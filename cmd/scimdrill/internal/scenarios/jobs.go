package scenarios

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/scenario"
)

// job is a job of the scenario: what the scenario says of it, and its run. Each job is another
// application with its own state. All jobs have the same directory and target.
type job struct {
	name           string // "" for the main job; another one has its logs in a folder of that name
	profile, scope string
	options        map[string]string
	directory      func(runID string, seed uint64) ([]byte, error)
	changes        func(runID string) ([]directory.Change, error)
	run            *play.Run
	played         *play.Played // nil if it never began
}

// described lists the jobs of a scenario, the main job first.
func described(s *scenario.Scenario) []*job {
	jobs := []*job{{profile: s.Profile, scope: s.Scope, options: s.Options, directory: s.Directory, changes: s.Changes}}
	if o := s.Second; o != nil {
		jobs = append(jobs, &job{
			name: scenario.SecondFolder, profile: cmp.Or(o.Profile, s.Profile), scope: o.Scope, options: o.Options,
			directory: s.SecondDirectory, changes: s.SecondChanges,
		})
	}
	return jobs
}

// called returns the name of the job in a sentence.
func (j *job) called() string {
	if j.name == "" {
		return "the scenario"
	}
	return "the " + j.name + " job"
}

// planned reports whether the scenario expects what is left of the job.
func (j *job) planned(script *scenario.Play, what string) bool {
	if j.name != "" {
		what = j.name + " " + what
	}
	return script.Planned(what)
}

// configured prepares the runs of all jobs; their states are below dir.
func (p *Performance) configured(dir string) ([]*job, error) {
	jobs := described(p.Scenario)
	for i, j := range jobs {
		if err := p.configure(j, dir); err != nil {
			return nil, err
		}
		j.run.Config.Seed += uint64(i) // it has ids of its own (E-5)
	}
	return jobs, nil
}

// configure prepares the run of a job with its source. Options of the command line win.
func (p *Performance) configure(j *job, dir string) error {
	s := p.Settings
	s.Profile, s.For, s.Scope = cmp.Or(j.profile, "customappsso"), time.Duration(p.Scenario.For), cmp.Or(j.scope, "assigned")
	s.State, s.Options = filepath.Join(dir, j.name), j.options
	if err := wholefile.PrivateDir(s.State); err != nil {
		return exit.Broken("", "make a temporary folder: %w", err)
	}
	j.run = &play.Run{Console: p.Console, Endpoint: p.Endpoint, Clock: p.clock}
	if p.embedded != nil {
		j.run.Stored = p.embedded.Snapshot
	}
	if p.Scenario.Second != nil {
		s.Verify = "off" // two jobs write to one target, so neither can say what it should hold
	}
	if err := j.run.Configure(s); err != nil {
		return err
	}
	if err := j.run.Begin(p.id, nil); err != nil {
		return err
	}
	if j.name != "" {
		j.run.Config.Out = filepath.Join(p.Settings.Out, j.name)
	}
	tenant, err := j.directory(p.id.RunID, p.id.Seed)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	changes, err := j.changes(p.id.RunID)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	j.run.Provision(bytes.NewReader(tenant), "the tenant of "+j.called(), changes)
	return nil
}

// run plays the jobs: a single job alone, several together.
func (p *Performance) run(ctx context.Context, jobs []*job) (err error) {
	if len(jobs) > 1 {
		return p.together(ctx, jobs)
	}
	jobs[0].played, err = jobs[0].run.Play(ctx)
	return err
}

// together runs jobs on one clock, in turns: the job whose cycle, or phase of a cycle, comes
// first continues. When one of them breaks, so do the others.
func (p *Performance) together(ctx context.Context, jobs []*job) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	turns := clock.NewTurns(p.clock, len(jobs))
	errs := make([]error, len(jobs))
	var all sync.WaitGroup
	for i, j := range jobs {
		j.run.Shared = true
		all.Go(func() {
			defer turns[i].Leave()
			if errs[i] = turns[i].Begin(ctx); errs[i] != nil {
				return
			}
			j.run.Clock = turns[i]
			j.played, errs[i] = j.run.Play(ctx)
			if broke := j.broken(errs[i]); broke != nil {
				cancel(broke)
			}
		})
	}
	all.Wait()
	return p.ended(jobs, errs)
}

// ended tells where the logs of all jobs but the main one are, and gives the main job the
// reason why another one broke.
func (p *Performance) ended(jobs []*job, errs []error) error {
	var broke error
	for i, j := range jobs[1:] {
		p.Console.Say("%s's logs are in %s", j.called(), j.run.Config.Out)
		if why := j.broken(errs[i+1]); broke == nil && why != nil && !errors.Is(why, context.Canceled) {
			broke = exit.Broken("", "%s: %w", j.called(), why)
		}
	}
	main := jobs[0].played
	if main != nil {
		main.End()
	}
	switch {
	case broke != nil && main == nil:
		return play.Misconfigured(broke)
	case errs[0] != nil:
		return errs[0]
	case broke != nil:
		main.Cause = broke
	}
	if exit.UnwrittenBelow(main.Cause, p.Settings.Out) {
		return exit.Unwritten(main.Cause)
	}
	return nil
}

// broken returns why a job has no result, or only a part of one.
func (j *job) broken(err error) error {
	if err == nil && j.played != nil {
		return j.played.Cause
	}
	return err
}
