package job

import (
	"strconv"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// Audit is one event of the directory audit log (G-44, G-45).
type Audit struct {
	ID                  string            `json:"id"`
	ActivityDateTime    provlog.Time      `json:"activityDateTime"`
	ActivityDisplayName string            `json:"activityDisplayName"`
	Category            string            `json:"category"`
	CorrelationID       string            `json:"correlationId"`
	LoggedByService     string            `json:"loggedByService"`
	Result              string            `json:"result"`
	ResultReason        string            `json:"resultReason"`
	AdditionalDetails   []AuditDetail     `json:"additionalDetails"`
	TargetResources     []provlog.Named   `json:"targetResources"`
	InitiatedBy         provlog.Initiator `json:"initiatedBy"`
}

// AuditDetail is a key and a value.
type AuditDetail struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func (j *Job) audit(at time.Time, activity, result, reason string, details ...AuditDetail) *Audit {
	if details == nil {
		details = []AuditDetail{}
	}
	stamp := strconv.FormatInt(at.Unix(), 10)
	return &Audit{
		ID:               "Sync_" + j.cfg.Cycle.IDs.For("audit", activity, stamp, reason),
		ActivityDateTime: provlog.Time(at), ActivityDisplayName: activity,
		Category: "ProvisioningManagement", CorrelationID: j.cfg.Cycle.IDs.For("correlation", stamp),
		LoggedByService: "Account Provisioning", Result: result, ResultReason: reason,
		AdditionalDetails: details,
		TargetResources:   []provlog.Named{j.cfg.Identity.ServicePrincipal},
		InitiatedBy:       provlog.Initiator{DisplayName: "Azure AD Provisioning Service", InitiatorType: "system"},
	}
}

// started is the event of a job that begins to run.
func (j *Job) started(at time.Time) *Audit {
	return j.audit(at, "Enable/start provisioning configuration", "success", "")
}

// quarantined says what became of quarantine, or nil. A mail goes out when a series
// begins and when its reason changes (E-335).
func (j *Job) quarantined(res cycle.Result, before quarantine.State, notice quarantine.Notice) *Audit {
	q := j.rec.Quarantine
	mail := AuditDetail{"Mail", strconv.FormatBool(notice == quarantine.Entered || notice == quarantine.ReasonChanged)}
	switch notice {
	case quarantine.Entered, quarantine.ReasonChanged, quarantine.Kept:
		return j.audit(res.Ended, "Quarantine", "failure", q.Error.Message,
			AuditDetail{"Event", string(notice)}, AuditDetail{"Reason", string(q.Reason)}, AuditDetail{"ErrorCode", q.Error.Code},
			AuditDetail{"NextAttempt", q.NextAttempt.Format(time.RFC3339)}, mail)
	case quarantine.Disabled:
		return j.audit(res.Ended, "Disable/pause provisioning configuration", "success",
			"the job was in quarantine for 28 days", AuditDetail{"Reason", string(q.Reason)}, mail)
	case quarantine.Left:
		return j.audit(res.Ended, "Quarantine", "success", "the cause is gone",
			AuditDetail{"Event", string(notice)}, AuditDetail{"Reason", string(before.Reason)}, mail)
	case quarantine.None:
	}
	return nil
}
