package job

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/outbox"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// mailed reports whether a mail tells of a notice: one when a series begins, a further one when its
// reason changes (E-335), and one when the job is disabled.
func mailed(notice quarantine.Notice) bool {
	return notice == quarantine.Entered || notice == quarantine.ReasonChanged || notice == quarantine.Disabled
}

// notify tells the address of the job what became of it; res is nil if that was no cycle. Failed
// objects are told of once, until a cycle without any.
func (j *Job) notify(ctx context.Context, at time.Time, notice quarantine.Notice, res *cycle.Result) error {
	failed := res != nil && !res.Failed && res.Counts.Failed > 0
	told := j.rec.FailureTold
	if res != nil && !res.Failed {
		j.rec.FailureTold = failed && (told || j.cfg.Mail != "")
	}
	if j.cfg.Mail == "" || j.cfg.Notify == nil {
		return nil
	}
	q := j.rec.Quarantine
	l := outbox.Letter{At: at, To: j.cfg.Mail, App: j.cfg.App, Job: j.cfg.Identity.JobID}
	if res != nil {
		l.Activity = res.ID
	}
	if next, runs := j.Next(); runs && !j.rec.Paused {
		l.Next = next
	}
	switch {
	case mailed(notice):
		l.Kind, l.Reason, l.Code, l.Text = outbox.Quarantine, string(q.Reason), q.Error.Code, q.Error.Message
		switch {
		case notice == quarantine.Disabled:
			l.Kind, l.Next = outbox.Disabled, time.Time{}
		case q.Reason == quarantine.TooManyDeletes:
			l.Kind, l.Objects = outbox.Deletions, int64(len(j.rec.Staged))
		}
	case failed && !told && notice == quarantine.None:
		l.Kind, l.Objects = outbox.Failure, res.Counts.Failed
	default:
		return nil
	}
	return j.cfg.Notify(ctx, l)
}
