package job

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// ended records the effect of a cycle on the job.
func (j *Job) ended(ctx context.Context, res cycle.Result, latest int64) error {
	before := j.rec.Quarantine
	pruned, err := j.prune(ctx, &res)
	if err != nil {
		return err
	}
	var notice quarantine.Notice
	j.rec.Quarantine, notice = quarantine.Next(before, quarantine.Event{At: res.Ended, Cause: res.Cause, Attempts: j.cfg.Attempts})
	j.rec.Cycle++
	j.attempt, j.again = 0, nil
	j.execution(res)
	if !res.Failed {
		j.completed(res, latest)
	}
	j.rec.Next = res.Began.Add(j.cfg.Interval)
	if j.cfg.EndToEnd {
		j.rec.Next = res.Ended.Add(j.cfg.Interval)
	}
	if j.rec.Quarantine.Active() {
		j.rec.Next = j.rec.Quarantine.NextAttempt
	}
	if j.rec.Next.Before(res.Ended) {
		j.rec.Next = res.Ended
	}
	j.rec.Now = res.Ended
	if pruned {
		if err := j.cfg.Audit(ctx, j.audit(res.Ended, activityPause, "success", "the escrows of the initial cycle were pruned", AuditDetail{"EscrowsPruned", "true"})); err != nil {
			return err
		}
	}
	if err := j.notify(ctx, res.Ended, notice, &res); err != nil {
		return err
	}
	if event := j.quarantined(res.Ended, before, notice, res.Cause); event != nil {
		return j.cfg.Audit(ctx, event)
	}
	return nil
}

// completed records a cycle that its preflight did not stop (E-50, A-33).
func (j *Job) completed(res cycle.Result, latest int64) {
	if !j.cfg.HoldWatermark || res.Counts.Failed == 0 {
		j.rec.Watermark, j.rec.Initialised, j.rec.Completed = latest, true, true
	}
	j.rec.achieved(res.Counts)
	j.rec.Staged, j.rec.ForceDeletes = res.Staged, false
	if res.Counts.Escrows+res.Counts.ReferenceEscrows == 0 && len(res.Staged) == 0 {
		j.rec.SteadyLast = res.Ended
		if j.rec.SteadyFirst.IsZero() {
			j.rec.SteadyFirst = res.Ended
		}
	}
}

// prune is the behaviour of Graph's pages if counts would end an initial cycle in
// quarantine: escrows are dropped and the job pauses (E-34); off by default.
func (j *Job) prune(ctx context.Context, res *cycle.Result) (bool, error) {
	if !j.cfg.InitialPruning || res.Kind != cycle.Initial || res.Cause == nil || !res.Cause.Reason.Counted() {
		return false, nil
	}
	res.Cause = nil
	j.rec.Pruned, j.rec.Paused = true, true
	return true, j.cfg.Cycle.Store.ClearEscrows(ctx)
}

// execution keeps the figures of the cycle as Graph shows them (E-332).
func (j *Job) execution(res cycle.Result) {
	c := res.Counts
	e := &Execution{
		ActivityIdentifier: &res.ID, CountEntitled: c.Entitled, CountEntitledForProvisioning: c.Entitled,
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
