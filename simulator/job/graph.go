package job

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// Synchronization is Graph's synchronizationJob (G-4 to G-11).
type Synchronization struct {
	ID         string    `json:"id"`
	TemplateID string    `json:"templateId"`
	Schedule   Schedule  `json:"schedule"`
	Status     Status    `json:"status"`
	Settings   []Setting `json:"synchronizationJobSettings"`
}

// Schedule is Graph's synchronizationSchedule (G-5).
type Schedule struct {
	Expiration *time.Time `json:"expiration"`
	Interval   string     `json:"interval"`
	State      string     `json:"state"`
}

// Setting is one name and value of synchronizationJobSettings; both are strings (G-4).
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Status is Graph's synchronizationStatus (G-6).
type Status struct {
	Code                               string        `json:"code"`
	CountSuccessiveCompleteFailures    int64         `json:"countSuccessiveCompleteFailures"`
	EscrowsPruned                      bool          `json:"escrowsPruned"`
	LastExecution                      *Execution    `json:"lastExecution"`
	LastSuccessfulExecution            *Execution    `json:"lastSuccessfulExecution"`
	LastSuccessfulExecutionWithExports *Execution    `json:"lastSuccessfulExecutionWithExports"`
	Progress                           []struct{}    `json:"progress"`
	Quarantine                         *Quarantine   `json:"quarantine"`
	SteadyStateFirstAchievedTime       time.Time     `json:"steadyStateFirstAchievedTime"`
	SteadyStateLastAchievedTime        time.Time     `json:"steadyStateLastAchievedTime"`
	SynchronizedEntryCountByType       []CountByType `json:"synchronizedEntryCountByType"`
	TroubleshootingURL                 *string       `json:"troubleshootingUrl"`
}

// CountByType counts the linked objects of a type (G-6, E-54).
type CountByType struct {
	Key   string `json:"key"`
	Value int64  `json:"value"`
}

// Execution is Graph's synchronizationTaskExecution (G-7).
type Execution struct {
	ActivityIdentifier           string            `json:"activityIdentifier"`
	CountEntitled                int64             `json:"countEntitled"`
	CountEntitledForProvisioning int64             `json:"countEntitledForProvisioning"`
	CountEscrowed                int64             `json:"countEscrowed"`
	CountEscrowedRaw             int64             `json:"countEscrowedRaw"`
	CountExported                int64             `json:"countExported"`
	CountExports                 int64             `json:"countExports"`
	CountImported                int64             `json:"countImported"`
	CountImportedDeltas          int64             `json:"countImportedDeltas"`
	CountImportedReferenceDeltas int64             `json:"countImportedReferenceDeltas"`
	State                        string            `json:"state"`
	Error                        *quarantine.Error `json:"error"`
	TimeBegan                    time.Time         `json:"timeBegan"`
	TimeEnded                    time.Time         `json:"timeEnded"`
}

// Quarantine is Graph's synchronizationQuarantine (G-10).
type Quarantine struct {
	CurrentBegan time.Time         `json:"currentBegan"`
	NextAttempt  *time.Time        `json:"nextAttempt"`
	Reason       quarantine.Reason `json:"reason"`
	SeriesBegan  time.Time         `json:"seriesBegan"`
	SeriesCount  int64             `json:"seriesCount"`
	Error        quarantine.Error  `json:"error"`
}

// Graph is the job as Graph would show it now.
func (j *Job) Graph(ctx context.Context) (Synchronization, error) {
	s := Synchronization{
		ID: j.cfg.Identity.JobID, TemplateID: j.cfg.TemplateID,
		Schedule: Schedule{Interval: j.cfg.IntervalText, State: "Active"},
		Settings: []Setting{},
		Status: Status{
			Code: "Active", CountSuccessiveCompleteFailures: j.rec.Failures,
			LastExecution: j.rec.Last, LastSuccessfulExecution: j.rec.LastSuccess,
			LastSuccessfulExecutionWithExports: j.rec.LastExports, Progress: []struct{}{},
			SteadyStateFirstAchievedTime: j.rec.SteadyFirst, SteadyStateLastAchievedTime: j.rec.SteadyLast,
			SynchronizedEntryCountByType: []CountByType{},
		},
	}
	if j.rec.Cycle > 0 {
		s.Status.TroubleshootingURL = new(string) // "" after the first run (G-6)
	}
	if !j.rec.Initialised {
		s.Status.Code = "NotRun"
	}
	if q := j.rec.Quarantine; q.Active() {
		s.Status.Code = "Quarantine"
		s.Status.Quarantine = &Quarantine{
			CurrentBegan: q.CurrentBegan, Reason: q.Reason, SeriesBegan: q.SeriesBegan, SeriesCount: q.SeriesCount, Error: q.Error,
		}
		if !q.NextAttempt.IsZero() {
			s.Status.Quarantine.NextAttempt = &q.NextAttempt
		}
		if q.Disabled {
			s.Schedule.State = "Disabled"
		}
	}
	for _, t := range j.cfg.types() {
		n, err := j.cfg.Cycle.Store.Links(ctx, t.kind)
		if err != nil {
			return s, err
		}
		s.Status.SynchronizedEntryCountByType = append(s.Status.SynchronizedEntryCountByType, CountByType{Key: t.kind + " to " + t.target, Value: n})
	}
	return s, nil
}
