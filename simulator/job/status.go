package job

import (
	"context"
	"strconv"
	"time"

	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// Graph is the job as Graph would show it now.
func (j *Job) Graph(context.Context) (Synchronization, error) {
	return Synchronization{
		ID: j.cfg.Identity.JobID, TemplateID: j.cfg.TemplateID,
		Schedule: Schedule{Interval: j.cfg.IntervalText, State: j.scheduleState()},
		Settings: j.settings(),
		Status:   j.status(),
	}, nil
}

// scheduleState is Disabled for a job that was stopped, by hand or after 28 days (E-12, G-11, A-26).
func (j *Job) scheduleState() string {
	if j.rec.Paused || j.rec.Quarantine.Disabled {
		return Disabled
	}
	return Active
}

// settings are the job's settings that have a name in Graph (E-13, G-4).
func (j *Job) settings() []Setting {
	if d := j.cfg.Cycle.Options.Deletions; d.On {
		return []Setting{{Name: "QuarantineTooManyDeletesThreshold", Value: strconv.FormatInt(d.Threshold, 10)}}
	}
	return []Setting{}
}

func (j *Job) status() Status {
	s := Status{
		Code: j.code(), CountSuccessiveCompleteFailures: j.rec.Failures, EscrowsPruned: j.rec.Pruned,
		LastExecution: j.rec.Last, LastSuccessfulExecution: j.rec.LastSuccess,
		LastSuccessfulExecutionWithExports: j.rec.LastExports, Progress: []Progress{},
		SteadyStateFirstAchievedTime: j.rec.SteadyFirst, SteadyStateLastAchievedTime: j.rec.SteadyLast,
		SynchronizedEntryCountByType: []CountByType{},
		TroubleshootingURL:           new(string), // "" once the job was started (G-11)
	}
	if s.LastExecution == nil {
		s.LastExecution = unfinished()
	}
	switch p := j.progress; {
	case p.running:
		s.Progress = append(s.Progress, Progress{CompletedUnits: p.done, TotalUnits: p.total, Units: "pages", ProgressObservationDateTime: j.cfg.Cycle.Clock.Now()})
	case j.rec.Progress != nil && !j.cfg.IdleProgressEmpty:
		s.Progress = append(s.Progress, *j.rec.Progress)
	}
	if q := j.rec.Quarantine; q.Active() {
		s.Quarantine = &Quarantine{
			CurrentBegan: q.CurrentBegan, Reason: q.Reason, SeriesBegan: q.SeriesBegan, SeriesCount: q.SeriesCount, Error: q.Error,
		}
		if !q.NextAttempt.IsZero() {
			s.Quarantine.NextAttempt = &q.NextAttempt
		}
	}
	partial := map[string]int64{"User": j.partial.LinkedUsers, "Group": j.partial.LinkedGroups}
	for _, t := range j.cfg.Types {
		s.SynchronizedEntryCountByType = append(s.SynchronizedEntryCountByType, CountByType{Key: t.Kind + " to " + t.Target, Value: j.rec.Linked[t.Kind] + partial[t.Kind]})
	}
	return s
}

// code is Graph's status code (E-11). NotConfigured does not occur: a run has its credentials.
func (j *Job) code() string {
	switch {
	case j.rec.Quarantine.Active():
		return "Quarantine"
	case j.rec.Paused:
		return "Paused"
	case !j.rec.Completed:
		return "NotRun" // E-35
	}
	return "Active"
}

// unfinished is what Graph shows before the first execution ended; it is no failure (G-11).
func unfinished() *Execution {
	return &Execution{State: "Failed", Error: &quarantine.Error{Code: "None"}, TimeBegan: time.Time{}, TimeEnded: time.Time{}}
}
