package job

import (
	"context"
	"errors"
	"time"

	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/outbox"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Config is a job: its cycles, its rhythm, what changes in its source.
type Config struct {
	Cycle        cycle.Config // its Options.ScopeAll is the scope setting
	Identity     cycle.Identity
	TemplateID   string
	Interval     time.Duration
	IntervalText string // as ISO 8601, the way Graph shows it
	SchemaHash   string
	// Compile makes the mappings of a schema; a schema that changes under way needs it.
	Compile func(*syncschema.Schema) (cycle.Mappings, error)
	// Attempts are the times of cycles in quarantine; nil is what is documented.
	Attempts []time.Duration
	// InitialPruning drops escrows and pauses the job where counts would put it into
	// quarantine in an initial cycle (E-34, A-14).
	InitialPruning bool
	Choices
	// Mail is who is notified; "" is nobody in particular.
	Mail string
	// App names the application in notifications.
	App string
	// Notify keeps a notification; nil keeps none.
	Notify func(context.Context, outbox.Letter) error
	// Types are the object types, as Graph counts them.
	Types []ObjectType
	// Changes are the events of the source, sorted, counted from the start of the first cycle.
	Changes []directory.Change
	// Audit receives the events of the audit log.
	Audit func(context.Context, *Audit) error
}

// ObjectType is a kind of source object, and the type that it has in the target.
type ObjectType struct {
	Kind   string `json:"kind"`
	Target string `json:"target"`
}

// Types are the object types of mappings.
func Types(m cycle.Mappings) []ObjectType {
	out := []ObjectType{{"User", m.Users.Target}}
	if m.Groups != nil {
		out = append(out, ObjectType{"Group", m.Groups.Target})
	}
	return out
}

// Choices are documented choices about the life of a job; the zero value is the recommended one.
type Choices struct {
	// EndToEnd counts the interval from the end of a cycle, not from its start.
	EndToEnd bool
	// RestartDropsLinks lets the portal's restart clear the connector data store too (A-16, E-53).
	RestartDropsLinks bool
	// HoldWatermark leaves the watermark where it was when an object of the cycle failed.
	HoldWatermark bool
	// DemandStopped refuses provisioning on demand while the job runs; it is for jobs with OAuth (E-282).
	DemandStopped bool
	// DemandLimit refuses the sixth provisioning on demand in ten seconds, as the API does (E-280).
	DemandLimit bool
	// ExpiryDisables disables the job when an object failed for 28 days.
	ExpiryDisables bool
	// IdleProgressEmpty shows no progress between cycles.
	IdleProgressEmpty bool
}

// Job is a job that can run cycle after cycle.
type Job struct {
	cfg      Config
	rec      Record
	progress progress
	idle     int          // cycles since the last commit, in which nothing happened
	attempt  int          // of the next cycle: it was broken off so often
	again    []int64      // objects whose references the attempts before had still to write
	partial  cycle.Counts // of a cycle that was broken off, in this run
}

// ErrDisabled says that quarantine lasted 28 days and no cycle will run again (E-259).
var ErrDisabled = errors.New("the job was disabled after 28 days in quarantine")

// Open takes the job up where its state says it stopped, or starts it. A changed schema
// makes the next cycle an initial one and lifts quarantine and escrows, links are kept
// (E-51, E-273); a changed scope setting is E-275.
func Open(ctx context.Context, cfg Config) (*Job, error) {
	j := &Job{cfg: cfg}
	j.watchProgress()
	had, err := cfg.Cycle.Store.Load(ctx, record, &j.rec)
	if err != nil {
		return nil, err
	}
	all := cfg.Cycle.Options.ScopeAll
	if !had {
		now := cfg.Cycle.Clock.Now()
		j.rec = Record{Started: now, Now: now, Next: now, SchemaHash: cfg.SchemaHash, ScopeAll: all, ScopeInForce: all}
		if err := errors.Join(cycle.Forget(ctx, cfg.Cycle), cfg.Cycle.Tenant.BeginStream(ctx, now)); err != nil {
			return nil, err
		}
		if err := cfg.Audit(ctx, j.audit(now, activityStart, "success", "")); err != nil {
			return nil, err
		}
		return j, j.Save(ctx) // before the first request, so that a run that is killed finds this job
	}
	if err := j.recover(ctx); err != nil {
		return nil, err
	}
	if err := cfg.Cycle.Clock.WaitUntil(ctx, j.rec.Now); err != nil {
		return nil, err
	}
	if err := errors.Join(j.resume(ctx), j.Save(ctx)); err != nil {
		return nil, err
	}
	if j.rec.ScopeAll != all {
		if err := j.ChangeScope(ctx, cfg.Cycle.Clock.Now(), all); err != nil {
			return nil, err
		}
	}
	if j.rec.SchemaHash != cfg.SchemaHash {
		return j, j.schemaChanged(ctx, cfg.Cycle.Clock.Now())
	}
	return j, nil
}

// recover takes over what a run that was killed wrote and did not commit (S1).
func (j *Job) recover(ctx context.Context) error {
	found, err := cycle.Recover(ctx, j.cfg.Cycle)
	if err != nil {
		return err
	}
	applied, known, err := j.cfg.Cycle.Tenant.Applied(ctx)
	if err != nil {
		return err
	}
	if known {
		j.rec.Applied = applied
	}
	j.rec.Demands = max(j.rec.Demands, found.Demands)
	j.rec.achieved(cycle.Counts{LinkedUsers: found.Counts.LinkedUsers, LinkedGroups: found.Counts.LinkedGroups})
	return nil
}

// resume takes up a cycle that was broken off: it begins again, at the instant that its
// log had reached, under an id of its own. What it had achieved counts for the job.
func (j *Job) resume(ctx context.Context) error {
	var at cycle.LogPosition
	if _, err := j.cfg.Cycle.Store.Load(ctx, cycle.LogRecord, &at); err != nil || at.Cycle != j.rec.Cycle+1 {
		return err
	}
	j.attempt, j.again = at.Attempt+1, at.Again
	j.rec.achieved(at.Done)
	if err := j.cfg.Cycle.Store.Save(ctx, cycle.LogRecord, at.Counted()); err != nil {
		return err
	}
	if err := j.save(ctx); err != nil {
		return err
	}
	return j.cfg.Cycle.Clock.WaitUntil(ctx, at.At)
}

func (j *Job) schemaChanged(ctx context.Context, at time.Time) error {
	if err := j.reset(ctx, Portal); err != nil {
		return err
	}
	j.rec.SchemaHash = j.cfg.SchemaHash
	if !j.rec.Paused {
		j.wake()
	}
	return j.controlled(ctx, j.audit(at, activitySchema, "success", ""))
}

// Next is when the job does something by itself: its next cycle, or the end of a
// quarantine that outlives a pause. It is false when that will never be.
func (j *Job) Next() (time.Time, bool) {
	q := j.rec.Quarantine
	switch {
	case q.Disabled:
		return time.Time{}, false
	case !j.rec.Paused:
		return j.rec.Next, true
	case q.Active():
		return q.Ends(), true
	}
	return time.Time{}, false
}

// Started is the start of the first cycle.
func (j *Job) Started() time.Time { return j.rec.Started }

// Quarantine is the present state of quarantine.
func (j *Job) Quarantine() quarantine.State { return j.rec.Quarantine }

// Cycle waits for what comes next and does it. The result has the number 0 when that
// was no cycle.
func (j *Job) Cycle(ctx context.Context) (cycle.Result, error) {
	at, ok := j.Next()
	if !ok {
		return cycle.Result{}, ErrDisabled
	}
	if err := j.cfg.Cycle.Clock.WaitUntil(ctx, at); err != nil {
		return cycle.Result{}, err
	}
	began := j.cfg.Cycle.Clock.Now()
	if j.rec.Paused {
		return cycle.Result{}, j.expire(ctx, began)
	}
	applied := j.rec.Applied
	if j.attempt == 0 { // else the cycle begins again with the source that it had
		if err := j.source(ctx, began); err != nil {
			return cycle.Result{}, err
		}
	}
	latest, err := j.cfg.Cycle.Tenant.Latest(ctx)
	if err != nil {
		return cycle.Result{}, err
	}
	if before, ok := j.cfg.Cycle.Options.Retry.Expired(began); ok {
		n, err := j.cfg.Cycle.Store.Expire(ctx, before)
		if err != nil {
			return cycle.Result{}, err
		}
		if n > 0 && j.cfg.ExpiryDisables {
			return cycle.Result{}, j.giveUp(ctx, began)
		}
	}
	cfg := j.cfg.Cycle
	cfg.Options.ScopeAll = j.rec.ScopeInForce
	j.progress = progress{running: true}
	res, err := cycle.Run(ctx, cfg, cycle.Input{
		Number: j.rec.Cycle + 1, Attempt: j.attempt, Again: j.again, Kind: j.rec.kind(), After: j.rec.Watermark, UpTo: latest, Successes: j.rec.Successes,
		Restarted: j.rec.Completed, Staged: j.rec.Staged, ForceDeletes: j.rec.ForceDeletes,
	})
	if err != nil {
		j.partial = res.Counts
		return res, err
	}
	if p := j.progress; p.total > 0 {
		j.rec.Progress = &Progress{CompletedUnits: p.done, TotalUnits: p.total, Units: "pages", ProgressObservationDateTime: res.Ended}
	}
	j.progress = progress{}
	if err := j.ended(ctx, res, latest); err != nil {
		return res, err
	}
	if res.Cause == nil && res.Counts.Imported == 0 && applied == j.rec.Applied {
		return res, j.rest(ctx)
	}
	return res, j.Save(ctx)
}

// idleCycles is how many cycles in which nothing happened share a commit. A run that is
// killed repeats them; nothing was sent but their preflights.
const idleCycles = 64

// rest saves a cycle in which nothing happened. On the wall clock it is committed at once,
// for the next one is far away.
func (j *Job) rest(ctx context.Context) error {
	j.idle++
	if _, wall := j.cfg.Cycle.Clock.(clock.Wall); wall || j.idle >= idleCycles {
		return j.Save(ctx)
	}
	return j.save(ctx)
}

// giveUp disables the job because an object failed for 28 days: the other side of A-45.
func (j *Job) giveUp(ctx context.Context, now time.Time) error {
	j.rec.Paused, j.rec.Now = true, now
	return j.controlled(ctx, j.audit(now, activityPause, "success", "an operation was retried for 28 days"))
}

// expire disables a paused job whose 28 days of quarantine are over (E-259, A-26).
func (j *Job) expire(ctx context.Context, now time.Time) error {
	before := j.rec.Quarantine
	var notice quarantine.Notice
	j.rec.Quarantine, notice = quarantine.Expire(before, now)
	j.rec.Now = now
	if err := j.notify(ctx, now, notice, nil); err != nil {
		return err
	}
	return j.controlled(ctx, j.quarantined(now, before, notice, nil))
}

// Save makes the job's record durable.
func (j *Job) Save(ctx context.Context) error {
	j.idle = 0
	if err := j.save(ctx); err != nil {
		return err
	}
	return j.cfg.Cycle.Store.Commit()
}

// save writes the job's record; it becomes durable with the next commit.
func (j *Job) save(ctx context.Context) error {
	return j.cfg.Cycle.Store.Save(context.WithoutCancel(ctx), record, j.rec)
}
