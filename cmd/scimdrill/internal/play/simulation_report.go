package play

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/outbox"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// section is what the report says about the run of the engine, with its one job; cause is why
// it broke off.
func (s *simulation) section(ctx context.Context, res *engine.Result, cause error) (*reports.Simulation, error) {
	j := reports.Job{
		Profile: s.cfg.App.Name, ID: res.Job.ID, Status: res.Job.Status.Code, Quarantined: res.Job.Status.Quarantine != nil,
		Disabled:     res.Job.Schedule.State == job.Disabled && res.Job.Status.Quarantine != nil,
		EscrowsTotal: len(res.Escrows), Cycles: []reports.Cycle{}, Quarantines: s.quarantines(res.Audit), Notifications: notifications(res.Letters, s.cfg.Out),
	}
	for _, c := range res.Cycles {
		j.Cycles = append(j.Cycles, s.reportCycle(c))
	}
	var err error
	if j.Entries, j.EntriesTotal, err = s.chosen(); err != nil {
		return nil, err
	}
	if j.Escrows, err = s.escrows(ctx, res.Escrows); err != nil {
		return nil, err
	}
	j.EscrowReasons = reasons(res.Escrows)
	sec := &reports.Simulation{Jobs: []reports.Job{j}, Events: diary(s.cfg.Changes, j.Entries)}
	sec.Gone = s.gone(res, j.Escrows)
	if s.differences != nil {
		if err := s.differences.close(); err != nil {
			return nil, exit.Unwritten(err)
		}
		sec.EndState = endState(s.Console, res.EndState, s.cfg.Verify, s.differences)
	}
	if ctx.Err() != nil && cause != nil {
		cause = context.Cause(ctx)
	}
	if cause != nil && !errors.Is(cause, context.Canceled) {
		sec.Stopped = s.Redact.Text(cause.Error())
	}
	return sec, nil
}

func cycleState(c cycle.Result) string {
	switch {
	case c.Failed:
		return reports.CycleFailed
	case c.Counts.Failed > 0:
		return reports.CycleEntryLevelErrors
	default:
		return reports.CycleSucceeded
	}
}

func (s *simulation) reportCycle(c cycle.Result) reports.Cycle {
	n := c.Counts
	r := reports.Cycle{
		Number: c.Number, Kind: string(c.Kind), Began: c.Began, Ended: c.Ended, State: cycleState(c),
		Counts: reports.CycleCounts{
			Imported: int(n.Imported), Created: int(n.Created), Updated: int(n.Updated), Disabled: int(n.Disabled),
			Deleted: int(n.Deleted), Skipped: int(n.Skipped), Failed: int(n.Failed), Escrowed: int(n.Escrows + n.ReferenceEscrows),
			MembershipsAdded: int(n.MembersAdded), MembershipsRemoved: int(n.MembersRemoved), Requests: int(n.Requests),
		},
	}
	if c.Cause != nil {
		r.Events = append(r.Events, "quarantine: "+string(c.Cause.Reason)+": "+c.Cause.Error.Message)
		r.Failure = s.failure(c.Cause.Error.Code, c.Cause.Error.Message, c.Cause.Fault)
	}
	return r
}

func figures(c cycle.Result) runs.Cycle {
	return runs.Cycle{
		Number: c.Number, Kind: string(c.Kind), Began: c.Began, Ended: c.Ended, State: cycleState(c),
		Exported: c.Counts.Exports(), Imported: c.Counts.Imported, Escrowed: c.Counts.Escrows + c.Counts.ReferenceEscrows,
		Requests: c.Counts.Requests,
	}
}

// quarantines folds the audit log into spans of quarantine.
func (s *simulation) quarantines(audit []*job.Audit) []reports.Span {
	var spans []reports.Span
	for _, a := range audit {
		q := a.Quarantine
		if q == nil {
			continue
		}
		at := time.Time(a.ActivityDateTime)
		attempt := reports.Attempt{At: at, Result: a.ResultReason}
		if q.Notice != quarantine.Left && q.Notice != quarantine.Disabled {
			attempt.Failure = s.failure(q.Code, a.ResultReason, q.Fault)
		}
		n := len(spans)
		switch {
		case q.Notice == quarantine.Left:
			if n > 0 {
				spans[n-1].Ended, spans[n-1].Attempts = at, append(spans[n-1].Attempts, attempt)
			}
		case q.Notice == quarantine.Entered || n == 0:
			spans = append(spans, reports.Span{Began: at, Reason: string(q.Reason), Error: a.ResultReason, Failure: attempt.Failure})
		default:
			spans[n-1].Attempts = append(spans[n-1].Attempts, attempt)
		}
	}
	return spans
}

// notifications are the mails of the job; a file of another folder of an earlier run is not named.
func notifications(letters []outbox.Letter, out string) []reports.Notification {
	var list []reports.Notification
	for i := range letters {
		l := &letters[i]
		n := reports.Notification{At: l.At, Kind: string(l.Kind), To: l.To, Subject: l.Subject(), State: l.State()}
		if l.File == filepath.Join(out, outbox.Folder, l.Name()) {
			n.File = l.Name()
		}
		list = append(list, n)
	}
	return list
}

// failure is an error in its parts; text is all there is where no fault is behind it.
func (s *simulation) failure(code, text string, f *provlog.Fault) *reports.Failure {
	if f == nil {
		return &reports.Failure{Code: code, Text: s.Redact.Text(text)}
	}
	return &reports.Failure{Code: f.Code, Why: string(f.Why), Status: f.Status, Text: s.Redact.Text(f.Unquoted()), Body: s.Redact.Text(f.Body)}
}
