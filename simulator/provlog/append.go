package provlog

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
)

// Append writes an entry as one JSON object, with the bytes that encoding/json gives
// without the escaping of HTML: a log has an entry for every object, and reflection costs
// five times as much. A test compares the two.
func (s *Summary) Append(b []byte) []byte {
	b = appendText(append(b, `{"id":`...), s.ID)
	b = appendTime(append(b, `,"activityDateTime":`...), s.ActivityDateTime)
	b = appendText(append(b, `,"tenantId":`...), s.TenantID)
	b = appendText(append(b, `,"jobId":`...), s.JobID)
	b = appendText(append(b, `,"cycleId":`...), s.CycleID)
	b = appendText(append(b, `,"changeId":`...), s.ChangeID)
	b = appendText(append(b, `,"provisioningAction":`...), string(s.ProvisioningAction))
	b = strconv.AppendInt(append(b, `,"durationInMilliseconds":`...), s.DurationInMilliseconds, 10)
	b = s.ProvisioningStatusInfo.append(append(b, `,"provisioningStatusInfo":`...))
	b = appendText(append(b, `,"initiatedBy":{"id":`...), s.InitiatedBy.ID)
	b = appendText(append(b, `,"displayName":`...), s.InitiatedBy.DisplayName)
	b = appendText(append(b, `,"initiatorType":`...), s.InitiatedBy.InitiatorType)
	b = appendText(append(b, `},"servicePrincipal":{"id":`...), s.ServicePrincipal.ID)
	b = appendText(append(b, `,"displayName":`...), s.ServicePrincipal.DisplayName)
	b = s.SourceSystem.append(append(b, `},"sourceSystem":`...))
	b = s.TargetSystem.append(append(b, `,"targetSystem":`...))
	b = s.SourceIdentity.append(append(b, `,"sourceIdentity":`...))
	b = s.TargetIdentity.append(append(b, `,"targetIdentity":`...))
	b = appendList(append(b, `,"provisioningSteps":`...), s.ProvisioningSteps, Step.append)
	b = appendList(append(b, `,"modifiedProperties":`...), s.ModifiedProperties, ModifiedProperty.append)
	return append(b, '}')
}

func (s StatusInfo) append(b []byte) []byte {
	b = appendText(append(b, `{"status":`...), string(s.Status))
	b = append(b, `,"errorInformation":`...)
	e := s.ErrorInformation
	if e == nil {
		return append(b, `null}`...)
	}
	b = appendText(append(b, `{"errorCode":`...), e.ErrorCode)
	b = appendText(append(b, `,"reason":`...), e.Reason)
	b = appendPointer(append(b, `,"additionalDetails":`...), e.AdditionalDetails)
	b = appendPointer(append(b, `,"recommendedAction":`...), e.RecommendedAction)
	b = appendText(append(b, `,"errorCategory":`...), string(e.ErrorCategory))
	return append(b, `}}`...)
}

func (s System) append(b []byte) []byte {
	b = appendText(append(b, `{"id":`...), s.ID)
	b = appendText(append(b, `,"displayName":`...), s.DisplayName)
	b = s.Details.append(append(b, `,"details":`...))
	return append(b, '}')
}

func (i Identity) append(b []byte) []byte {
	b = appendText(append(b, `{"id":`...), i.ID)
	b = appendText(append(b, `,"displayName":`...), i.DisplayName)
	b = appendText(append(b, `,"identityType":`...), i.IdentityType)
	b = i.Details.append(append(b, `,"details":`...))
	return append(b, '}')
}

func (s Step) append(b []byte) []byte {
	b = appendText(append(b, `{"name":`...), s.Name)
	b = appendText(append(b, `,"provisioningStepType":`...), string(s.Type))
	b = appendText(append(b, `,"status":`...), string(s.Status))
	b = appendText(append(b, `,"description":`...), s.Description)
	b = s.Details.append(append(b, `,"details":`...))
	return append(b, '}')
}

func (m ModifiedProperty) append(b []byte) []byte {
	b = appendText(append(b, `{"displayName":`...), m.DisplayName)
	b = appendPointer(append(b, `,"oldValue":`...), m.OldValue)
	b = appendPointer(append(b, `,"newValue":`...), m.NewValue)
	return append(b, '}')
}

func (d Details) append(b []byte) []byte {
	b = append(b, '{')
	for i, p := range d {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, p.Key), ':')
		b = appendText(b, p.Value)
	}
	return append(b, '}')
}

func appendList[T any](b []byte, list []T, one func(T, []byte) []byte) []byte {
	if list == nil {
		return append(b, `null`...)
	}
	b = append(b, '[')
	for i, e := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(e, b)
	}
	return append(b, ']')
}

func appendPointer(b []byte, s *string) []byte {
	if s == nil {
		return append(b, `null`...)
	}
	return appendText(b, *s)
}

func appendTime(b []byte, t Time) []byte {
	b = append(b, '"')
	b = time.Time(t).UTC().AppendFormat(b, "2006-01-02T15:04:05Z")
	return append(b, '"')
}

// appendText writes a string; anything but plain ASCII is left to encoding/json.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			return appendQuoted(b, s)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func appendQuoted(b []byte, s string) []byte {
	w := bytes.NewBuffer(b)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string and a buffer in memory: neither fails
	return bytes.TrimSuffix(w.Bytes(), []byte{'\n'})
}
