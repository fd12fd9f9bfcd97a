package job

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// Config is a job: its cycles, its rhythm, what changes in its source.
type Config struct {
	Cycle        cycle.Config
	Identity     cycle.Identity
	TemplateID   string
	Interval     time.Duration
	IntervalText string // as ISO 8601, the way Graph shows it
	SchemaHash   string
	// Changes are the events of the source, sorted, counted from the start of the first cycle.
	Changes []directory.Change
	// Audit receives the events of the audit log.
	Audit func(*Audit) error
}

type objectType struct{ kind, target string }

func (c Config) types() []objectType {
	out := []objectType{{"User", c.Cycle.Users.Target}}
	if c.Cycle.Groups != nil {
		out = append(out, objectType{"Group", c.Cycle.Groups.Target})
	}
	return out
}

// Job is a job that can run cycle after cycle.
type Job struct {
	cfg Config
	rec Record
}

// ErrDisabled says that quarantine lasted 28 days and no cycle will run again (E-259).
var ErrDisabled = errors.New("the job was disabled after 28 days in quarantine")

// Open takes the job up where its state says it stopped, or starts it. A changed schema
// makes the next cycle an initial one and lifts quarantine and escrows, links are kept (E-51, E-273).
func Open(ctx context.Context, cfg Config) (*Job, error) {
	j := &Job{cfg: cfg}
	had, err := cfg.Cycle.Store.Load(ctx, record, &j.rec)
	if err != nil {
		return nil, err
	}
	clock := cfg.Cycle.Clock
	if !had {
		now := clock.Now()
		j.rec = Record{Started: now, Now: now, Next: now, SchemaHash: cfg.SchemaHash}
		return j, cfg.Audit(j.started(now))
	}
	if err := clock.WaitUntil(ctx, j.rec.Now); err != nil {
		return nil, err
	}
	if j.rec.SchemaHash != cfg.SchemaHash {
		return j, j.schemaChanged(ctx)
	}
	return j, nil
}

func (j *Job) schemaChanged(ctx context.Context) error {
	store := j.cfg.Cycle.Store
	escrows, err := store.Escrows(ctx)
	if err != nil {
		return err
	}
	for _, e := range escrows {
		if err := store.DropEscrow(ctx, e.Num, e.What, e.Other); err != nil {
			return err
		}
	}
	j.rec.SchemaHash, j.rec.Initialised, j.rec.Watermark = j.cfg.SchemaHash, false, 0
	j.rec.Quarantine, j.rec.Successes = quarantine.State{}, 0
	j.rec.Next = j.cfg.Cycle.Clock.Now()
	return j.cfg.Audit(j.audit(j.rec.Next, "Update attribute mappings or scope", "success", ""))
}

// Next is when the next cycle is due.
func (j *Job) Next() time.Time { return j.rec.Next }

// Started is the start of the first cycle.
func (j *Job) Started() time.Time { return j.rec.Started }

// Quarantine is the present state of quarantine.
func (j *Job) Quarantine() quarantine.State { return j.rec.Quarantine }

// Cycle waits for the next cycle and runs it.
func (j *Job) Cycle(ctx context.Context) (cycle.Result, error) {
	if j.rec.Quarantine.Disabled {
		return cycle.Result{}, ErrDisabled
	}
	clock := j.cfg.Cycle.Clock
	if err := clock.WaitUntil(ctx, j.rec.Next); err != nil {
		return cycle.Result{}, err
	}
	began := clock.Now()
	if err := j.source(ctx, began); err != nil {
		return cycle.Result{}, err
	}
	latest, err := j.cfg.Cycle.Tenant.Latest(ctx)
	if err != nil {
		return cycle.Result{}, err
	}
	if _, err := j.cfg.Cycle.Store.Expire(ctx, began.Add(-cycle.Lifetime)); err != nil {
		return cycle.Result{}, err
	}
	res, err := cycle.Run(ctx, j.cfg.Cycle, cycle.Input{
		Number: j.rec.Cycle + 1, Kind: j.rec.kind(), After: j.rec.Watermark, UpTo: latest, Successes: j.rec.Successes,
	})
	if err != nil {
		return res, err
	}
	return res, j.ended(ctx, res, latest)
}

// source brings the directory to the present: the change stream, and what the recycle
// bin gives up after 30 days (E-40 step 9).
func (j *Job) source(ctx context.Context, now time.Time) error {
	due := j.rec.Applied
	for due < len(j.cfg.Changes) && !j.rec.Started.Add(j.cfg.Changes[due].At).After(now) {
		due++
	}
	if due > j.rec.Applied {
		if err := j.cfg.Cycle.Tenant.Apply(ctx, j.cfg.Changes[j.rec.Applied:due], j.rec.Started); err != nil {
			return fmt.Errorf("apply the change stream: %w", err)
		}
		j.rec.Applied = due
	}
	_, err := j.cfg.Cycle.Tenant.Purge(ctx, now)
	return err
}

// ended writes down what a cycle means for the job.
func (j *Job) ended(ctx context.Context, res cycle.Result, latest int64) error {
	before := j.rec.Quarantine
	var notice quarantine.Notice
	j.rec.Quarantine, notice = quarantine.Next(before, quarantine.Event{At: res.Ended, Cause: res.Cause})
	j.rec.Cycle++
	j.execution(res)
	if !res.Failed {
		j.rec.Watermark, j.rec.Initialised = latest, true
		j.rec.Successes += res.Counts.Exports()
		if res.Counts.Escrows+res.Counts.ReferenceEscrows == 0 {
			j.rec.SteadyLast = res.Ended
			if j.rec.SteadyFirst.IsZero() {
				j.rec.SteadyFirst = res.Ended
			}
		}
	}
	j.rec.Next = res.Began.Add(j.cfg.Interval)
	if j.rec.Quarantine.Active() {
		j.rec.Next = j.rec.Quarantine.NextAttempt
	}
	if j.rec.Next.Before(res.Ended) {
		j.rec.Next = res.Ended
	}
	j.rec.Now = res.Ended
	if event := j.quarantined(res, before, notice); event != nil {
		if err := j.cfg.Audit(event); err != nil {
			return err
		}
	}
	return j.Save(ctx)
}

// Save makes the job's record durable.
func (j *Job) Save(ctx context.Context) error {
	if err := j.cfg.Cycle.Store.Save(ctx, record, j.rec); err != nil {
		return err
	}
	return j.cfg.Cycle.Store.Commit()
}

// execution keeps the figures of the cycle as Graph shows them (E-332).
func (j *Job) execution(res cycle.Result) {
	c := res.Counts
	e := &Execution{
		ActivityIdentifier: res.ID, CountEntitled: c.Entitled, CountEntitledForProvisioning: c.Entitled,
		CountEscrowed: c.Escrows + c.ReferenceEscrows, CountEscrowedRaw: c.Escrows + c.ReferenceEscrows,
		CountExported: c.Exports(), CountExports: c.Exports() + c.Failed, CountImported: c.Imported,
		CountImportedDeltas: c.ImportedDeltas, CountImportedReferenceDeltas: c.ImportedReferences,
		State: "Succeeded", TimeBegan: res.Began, TimeEnded: res.Ended,
	}
	j.rec.Last = e
	switch {
	case res.Failed:
		e.State, e.Error = "Failed", &res.Cause.Error
		j.rec.Failures++
		return
	case c.Failed > 0:
		e.State = "EntryLevelErrors"
	default:
		j.rec.LastSuccess = e
		if c.Exports() > 0 {
			j.rec.LastExports = e
		}
	}
	j.rec.Failures = 0
}
