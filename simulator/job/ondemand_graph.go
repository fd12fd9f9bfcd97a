package job

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// KeyValue is Graph's stringKeyStringValuePair: both are texts that hold JSON (G-33).
type KeyValue struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type demandResult struct {
	Result  string       `json:"result"`
	Details demandDetail `json:"details"`
}

type demandDetail struct {
	ErrorCode    string `json:"errorCode"`
	ErrorMessage string `json:"errorMessage"`
}

// demandEntry is a log entry as the answer has it: other names and cases than the log (G-33).
type demandEntry struct {
	Action               string                     `json:"action"`
	ChangeID             string                     `json:"changeId"`
	StartTime            time.Time                  `json:"startTime"`
	EndTime              time.Time                  `json:"endTime"`
	ModifiedProperties   []provlog.ModifiedProperty `json:"modifiedProperties"`
	ProvisioningSteps    []demandStep               `json:"provisioningSteps"`
	ReportableIdentifier string                     `json:"reportableIdentifier"`
	StatusInfo           demandStatus               `json:"statusInfo"`
	SourceIdentity       demandIdentity             `json:"sourceIdentity"`
	SourceSystem         demandSystem               `json:"sourceSystem"`
	TargetIdentity       demandIdentity             `json:"targetIdentity"`
	TargetSystem         demandSystem               `json:"targetSystem"`
}

type demandStep struct {
	Name        string          `json:"name"`
	Type        string          `json:"type"`
	Status      string          `json:"status"`
	Description string          `json:"description"`
	Timestamp   time.Time       `json:"timestamp"`
	Details     provlog.Details `json:"details"`
}

type demandStatus struct {
	Status            string  `json:"status"`
	ErrorCode         string  `json:"errorCode"`
	Reason            string  `json:"reason"`
	AdditionalDetails *string `json:"additionalDetails"`
	ErrorCategory     string  `json:"errorCategory"`
	RecommendedAction *string `json:"recommendedAction"`
}

type demandIdentity struct {
	ID          string          `json:"id"`
	Type        string          `json:"type"`
	DisplayName string          `json:"displayName"`
	Details     provlog.Details `json:"details"`
}

type demandSystem struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Details provlog.Details `json:"details"`
}

// Verdict is Success, Skipped or Failure with its code and reason (G-33).
func Verdict(d *cycle.Demanded) (result, code, reason string) {
	if d.Cause != nil && len(d.Entries) == 0 {
		return "Failure", d.Cause.Error.Code, d.Cause.Error.Message
	}
	result = "Skipped"
	for _, e := range d.Entries {
		switch info := e.ProvisioningStatusInfo; {
		case info.Status == provlog.Failure:
			return "Failure", info.ErrorInformation.ErrorCode, info.ErrorInformation.Reason
		case info.Status == provlog.Success:
			result = "Success"
		case code == "":
			for _, s := range e.ProvisioningSteps {
				if skip := s.Details.Get("SkipReason"); skip != "" {
					code, reason = skip, s.Description
				}
			}
		}
	}
	if result == "Success" {
		code, reason = "", ""
	}
	return result, code, reason
}

// DemandGraph is the documented answer of provisionOnDemand (E-286).
func DemandGraph(d *cycle.Demanded) (KeyValue, error) {
	var r demandResult
	r.Result, r.Details.ErrorCode, r.Details.ErrorMessage = Verdict(d)
	key, err := json.Marshal(r)
	if err != nil {
		return KeyValue{}, fmt.Errorf("write the response: %w", err)
	}
	value, err := json.Marshal(entryOf(d, r))
	if err != nil {
		return KeyValue{}, fmt.Errorf("write the response: %w", err)
	}
	return KeyValue{Key: string(key), Value: string(value)}, nil
}

// entryOf joins the entries of the object and of its references to one.
func entryOf(d *cycle.Demanded, r demandResult) demandEntry {
	e := demandEntry{
		Action: "Other", StartTime: d.Began, EndTime: d.Ended, ModifiedProperties: []provlog.ModifiedProperty{}, ProvisioningSteps: []demandStep{},
		StatusInfo: demandStatus{Status: r.Result, ErrorCode: r.Details.ErrorCode, Reason: r.Details.ErrorMessage},
	}
	for i, s := range d.Entries {
		if i == 0 || e.Action == "Other" {
			e.Action = pascal(string(s.ProvisioningAction))
		}
		if i == 0 {
			e.ChangeID, e.ReportableIdentifier = s.ChangeID, s.SourceIdentity.DisplayName
			e.SourceIdentity, e.TargetIdentity = identity(s.SourceIdentity), identity(s.TargetIdentity)
			e.SourceSystem, e.TargetSystem = system(s.SourceSystem), system(s.TargetSystem)
		}
		if info := s.ProvisioningStatusInfo.ErrorInformation; info != nil {
			e.StatusInfo.ErrorCategory, e.StatusInfo.AdditionalDetails = pascal(string(info.ErrorCategory)), info.AdditionalDetails
			e.StatusInfo.RecommendedAction = info.RecommendedAction
		}
		e.ModifiedProperties = append(e.ModifiedProperties, s.ModifiedProperties...)
		for _, step := range s.ProvisioningSteps {
			e.ProvisioningSteps = append(e.ProvisioningSteps, demandStep{
				Name: step.Name, Type: pascal(string(step.Type)), Status: pascal(string(step.Status)),
				Description: step.Description, Timestamp: time.Time(s.ActivityDateTime), Details: step.Details,
			})
		}
	}
	return e
}

func identity(i provlog.Identity) demandIdentity {
	return demandIdentity{ID: i.ID, Type: i.IdentityType, DisplayName: i.DisplayName, Details: i.Details}
}

func system(s provlog.System) demandSystem {
	return demandSystem{ID: s.ID, Name: s.DisplayName, Details: s.Details}
}

func pascal(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
