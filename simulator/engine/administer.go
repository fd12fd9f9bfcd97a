package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/outbox"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// Office is the job of a state in the hands of an administrator, between two runs.
type Office struct {
	Job      *job.Job
	Setup    Setup
	Settings options.Settings
	// Credentials are those that were saved last, or nil.
	Credentials *Credentials
	Letters     []outbox.Letter
	Escrows     []state.Escrow

	run run
	set map[string]string // what the administrator set
}

// Administer opens the job of a state folder, without a target and without a cycle. No run can use
// the state meanwhile. now is the time of a job on the wall clock; command names this process to others.
func Administer(ctx context.Context, dir, command string, now func() time.Time, do func(*Office) error) error {
	for _, name := range []string{"job.db", "tenant.db"} {
		if _, err := os.Stat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: %w", dir, job.ErrNone)
		}
	}
	o := &Office{run: run{cfg: Config{State: dir, Command: command}}, set: map[string]string{}}
	err := o.open(ctx, now)
	if err == nil {
		err = do(o)
	}
	return errors.Join(err, o.run.close())
}

// open takes up the job.
func (o *Office) open(ctx context.Context, now func() time.Time) (err error) {
	r := &o.run
	if err := r.lock(); err != nil {
		return err
	}
	if r.store, err = state.Open(ctx, filepath.Join(r.cfg.State, "job.db")); err != nil {
		return err
	}
	if r.tenant, err = directory.Open(ctx, filepath.Join(r.cfg.State, "tenant.db")); err != nil {
		return err
	}
	known, err := r.store.Load(ctx, setupRecord, &o.Setup)
	if err != nil {
		return err
	}
	if !known {
		return fmt.Errorf("%s was written by an older version, which did not keep the configuration of the job; hint: run one cycle with simulate --state", r.cfg.State)
	}
	if _, err := r.store.Load(ctx, settingsRecord, &o.set); err != nil {
		return err
	}
	if o.Settings, err = o.inForce(o.set); err != nil {
		return err
	}
	var saved Credentials
	if had, err := r.store.Load(ctx, credentialsRecord, &saved); err != nil {
		return err
	} else if had {
		o.Credentials = &saved
	}
	o.Job, err = job.Administer(ctx, o.config(now))
	if err != nil {
		return err
	}
	if o.Letters, err = outbox.Load(ctx, r.store); err != nil {
		return err
	}
	o.Escrows, err = r.store.Escrows(ctx)
	return err
}

// config is the job as far as an administrator acts on it.
func (o *Office) config(now func() time.Time) job.Config {
	start := time.Time{}
	if o.Setup.Wall {
		start = now()
	}
	return job.Config{
		Identity: o.Setup.Identity, TemplateID: o.Setup.TemplateID, Interval: o.Setup.Interval, IntervalText: o.Setup.IntervalText,
		Choices: o.Settings.Job, Mail: o.Settings.Notified(), App: o.Setup.Title, Types: o.Setup.Types, Audit: o.audit,
		Cycle: cycle.Config{
			Tenant: o.run.tenant, Store: o.run.store, Clock: clock.NewVirtual(start), Identity: o.Setup.Identity,
			IDs: cycle.IDs{Seed: o.Setup.Seed}, Options: o.Settings.Cycle,
		},
	}
}

// audit appends an event to the audit log of the last run. One that is gone begins anew.
func (o *Office) audit(ctx context.Context, a *job.Audit) error {
	r := &o.run
	if r.audit == nil {
		if err := r.resumeAudit(ctx, o.Setup.Out); err != nil {
			return err
		}
	}
	return r.writeAudit(ctx, a)
}

// resumeAudit opens the audit log in out as the state knows it. The state keeps the name of the file
// that the run gave it, which may be relative.
func (r *run) resumeAudit(ctx context.Context, out string) error {
	path := filepath.Join(out, "audit-log.jsonl")
	position := cycle.LogPosition{Path: path}
	if _, err := r.store.Load(ctx, auditRecord, &position); err != nil {
		return err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Size() < position.Offset:
		position.Offset = 0
	case err != nil:
		return fmt.Errorf("open audit log: %w", err)
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return fmt.Errorf("open audit log: %w", err)
	}
	if r.audit, err = openAudit(path, position.Offset); err != nil {
		return err
	}
	r.audit.path = position.Path
	return nil
}

// inForce are the settings of the job: those of the administrator before those of the last run.
func (o *Office) inForce(own map[string]string) (options.Settings, error) {
	set := maps.Clone(o.Setup.Set)
	if set == nil {
		set = map[string]string{}
	}
	maps.Copy(set, own)
	return options.Parse(set)
}

// Set changes settings of the job, by the names of options; the next run goes by them.
func (o *Office) Set(ctx context.Context, changes []job.AuditDetail) error {
	merged := maps.Clone(o.set)
	for _, c := range changes {
		merged[c.Key] = c.Value
	}
	parsed, err := o.inForce(merged)
	if err != nil {
		return err
	}
	if err := o.run.store.Save(ctx, settingsRecord, merged); err != nil {
		return err
	}
	o.set, o.Settings = merged, parsed
	return o.Job.ChangeSettings(ctx, changes...)
}
