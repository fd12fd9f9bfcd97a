package job

import (
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

// The states of a schedule, in Graph's words.
const (
	Active   = "Active"
	Disabled = "Disabled"
)

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
	Progress                           []Progress    `json:"progress"`
	Quarantine                         *Quarantine   `json:"quarantine"`
	SteadyStateFirstAchievedTime       time.Time     `json:"steadyStateFirstAchievedTime"`
	SteadyStateLastAchievedTime        time.Time     `json:"steadyStateLastAchievedTime"`
	SynchronizedEntryCountByType       []CountByType `json:"synchronizedEntryCountByType"`
	TroubleshootingURL                 *string       `json:"troubleshootingUrl"`
}

// Progress is Graph's synchronizationProgress (G-9).
type Progress struct {
	CompletedUnits              int64     `json:"completedUnits"`
	ProgressObservationDateTime time.Time `json:"progressObservationDateTime"`
	TotalUnits                  int64     `json:"totalUnits"`
	Units                       string    `json:"units"`
}

// CountByType counts the linked objects of a type (G-6, E-54).
type CountByType struct {
	Key   string `json:"key"`
	Value int64  `json:"value"`
}

// Execution is Graph's synchronizationTaskExecution (G-7).
type Execution struct {
	ActivityIdentifier           *string           `json:"activityIdentifier"`
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
