package job

import (
	"strconv"
	"time"

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
	// Quarantine is what the event tells of quarantine, as facts; nil of other events.
	Quarantine *QuarantineEvent `json:"-"`
}

// QuarantineEvent is what became of a quarantine.
type QuarantineEvent struct {
	Notice quarantine.Notice
	Reason quarantine.Reason
	// Code and Fault are the error; Fault is nil where counts are the cause, and of a notice
	// that tells of no error.
	Code  string
	Fault *provlog.Fault
}

// The activities of the audit log that this engine writes (E-336, G-45).
const (
	activityStart      = "Enable/start provisioning configuration"
	activityPause      = "Disable/pause provisioning configuration"
	activityRestart    = "Enable/restart provisioning configuration"
	activitySetting    = "Update provisioning setting or credentials"
	activitySchema     = "Update attribute mappings or scope"
	activityQuarantine = "Quarantine"
)

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
		ID:               "Sync_" + j.cfg.Cycle.IDs.For(append([]string{"audit", activity, stamp, reason}, values(details)...)...),
		ActivityDateTime: provlog.Time(at), ActivityDisplayName: activity,
		Category: "ProvisioningManagement", CorrelationID: j.cfg.Cycle.IDs.For("correlation", stamp),
		LoggedByService: "Account Provisioning", Result: result, ResultReason: reason,
		AdditionalDetails: details,
		TargetResources:   []provlog.Named{j.cfg.Identity.ServicePrincipal},
		InitiatedBy:       provlog.Initiator{DisplayName: "Azure AD Provisioning Service", InitiatorType: "system"},
	}
}

// quarantined says what became of quarantine, or nil.
func (j *Job) quarantined(at time.Time, before quarantine.State, notice quarantine.Notice, cause *quarantine.Cause) *Audit {
	event := &QuarantineEvent{Notice: notice, Reason: j.rec.Quarantine.Reason}
	if notice == quarantine.Left {
		event.Reason = before.Reason
	}
	if cause != nil {
		event.Code, event.Fault = cause.Error.Code, cause.Fault
	}
	a := j.announce(at, event)
	if a != nil {
		a.Quarantine = event
	}
	return a
}

// announce words an event of quarantine for the audit log; nil says nothing.
func (j *Job) announce(at time.Time, event *QuarantineEvent) *Audit {
	notice := event.Notice
	q := j.rec.Quarantine
	mail := AuditDetail{"Mail", boolText(j.cfg.Mail != "" && mailed(notice))}
	switch notice {
	case quarantine.Entered, quarantine.ReasonChanged, quarantine.Kept:
		details := []AuditDetail{
			{"Event", string(notice)},
			{"Reason", string(q.Reason)},
			{"ErrorCode", q.Error.Code},
			{"NextAttempt", q.NextAttempt.Format(time.RFC3339)},
			mail,
		}
		if j.cfg.Mail != "" && notice != quarantine.Kept {
			details = append(details, AuditDetail{"Recipients", j.cfg.Mail})
		}
		return j.audit(at, activityQuarantine, "failure", q.Error.Message, details...)
	case quarantine.Disabled:
		return j.audit(at, activityPause, "success", "the job was in quarantine for 28 days",
			AuditDetail{"Event", string(notice)}, AuditDetail{"Reason", string(event.Reason)}, mail)
	case quarantine.Left:
		return j.audit(at, activityQuarantine, "success", "the cause is gone",
			AuditDetail{"Event", string(notice)}, AuditDetail{"Reason", string(event.Reason)}, mail)
	case quarantine.None:
	}
	return nil
}

func values(details []AuditDetail) []string {
	var out []string
	for _, d := range details {
		out = append(out, d.Value)
	}
	return out
}

func boolText(b bool) string { return strconv.FormatBool(b) }
