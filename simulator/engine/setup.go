package engine

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/outbox"
)

// Setup is what a state remembers of the configuration of the last run, so that an administrator
// can look at the job and act on it without it. It has no secret.
type Setup struct {
	App, Title, Target       string
	Dialect                  string
	TemplateID, IntervalText string
	Interval                 time.Duration
	Identity                 cycle.Identity
	Seed                     uint64
	Types                    []job.ObjectType
	Out                      string // as an absolute path
	Wall                     bool   // the job runs on the wall clock
	Set                      map[string]string
}

// The keys of the setup and of the settings of an administrator in the state.
const (
	setupRecord    = "setup"
	settingsRecord = "settings"
)

// keepSetup writes the configuration of this run into the state.
func (r *run) keepSetup(ctx context.Context, cfg job.Config) error {
	out, err := filepath.Abs(r.cfg.Out)
	if err != nil {
		return fmt.Errorf("the folder of the logs: %w", err)
	}
	_, wall := r.deps.Clock.(clock.Wall)
	set := map[string]string{}
	for _, name := range options.OfAdministrator() {
		if v, ok := r.cfg.Set[name]; ok {
			set[name] = v
		}
	}
	return r.store.Save(ctx, setupRecord, Setup{
		App: r.cfg.App.Name, Title: r.cfg.App.Title, Target: r.owner.Target, Dialect: r.owner.Dialect,
		TemplateID: cfg.TemplateID, IntervalText: cfg.IntervalText, Interval: cfg.Interval,
		Identity: cfg.Identity, Seed: r.cfg.Seed, Types: cfg.Types, Out: out, Wall: wall, Set: set,
	})
}

// administered puts the settings of the state into force. What the run itself says goes before them.
func (r *run) administered(ctx context.Context) error {
	set := map[string]string{}
	if _, err := r.store.Load(ctx, settingsRecord, &set); err != nil {
		return err
	}
	maps.Copy(set, r.cfg.Set)
	s, err := options.Parse(set)
	if err != nil {
		return err
	}
	r.settings, r.cfg.Set = s, set
	if r.cfg.ScopeKept {
		rec, had, err := job.Load(ctx, r.store)
		if err != nil {
			return err
		}
		r.cfg.ScopeAll = had && rec.ScopeAll
	}
	return nil
}

// notify keeps a notification, without secrets.
func (r *run) notify(ctx context.Context, l outbox.Letter) error {
	l.Text, l.Code = r.redact.Text(l.Text), r.redact.Text(l.Code)
	return r.box.Add(ctx, l)
}
