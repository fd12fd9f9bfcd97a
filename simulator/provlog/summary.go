package provlog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Summary is one provisioningObjectSummary (G-36): what one cycle did about one object.
type Summary struct {
	ID                     string             `json:"id"`
	ActivityDateTime       Time               `json:"activityDateTime"`
	TenantID               string             `json:"tenantId"`
	JobID                  string             `json:"jobId"`
	CycleID                string             `json:"cycleId"`
	ChangeID               string             `json:"changeId"`
	ProvisioningAction     Action             `json:"provisioningAction"`
	DurationInMilliseconds int64              `json:"durationInMilliseconds"`
	ProvisioningStatusInfo StatusInfo         `json:"provisioningStatusInfo"`
	InitiatedBy            Initiator          `json:"initiatedBy"`
	ServicePrincipal       Named              `json:"servicePrincipal"`
	SourceSystem           System             `json:"sourceSystem"`
	TargetSystem           System             `json:"targetSystem"`
	SourceIdentity         Identity           `json:"sourceIdentity"`
	TargetIdentity         Identity           `json:"targetIdentity"`
	ProvisioningSteps      []Step             `json:"provisioningSteps"`
	ModifiedProperties     []ModifiedProperty `json:"modifiedProperties"`
}

// Named is an id with the name it is shown under.
type Named struct {
	ID          string `json:"id"`
	DisplayName string `json:"displayName"`
}

// Initiator is who started the change; for a cycle always the service itself (E-310).
type Initiator struct {
	ID            string `json:"id"`
	DisplayName   string `json:"displayName"`
	InitiatorType string `json:"initiatorType"`
}

// System is the source or the target of the job.
type System struct {
	ID          string  `json:"id"`
	DisplayName string  `json:"displayName"`
	Details     Details `json:"details"`
}

// Identity is the object on one side. The id of a target identity is empty before creation (G-37).
type Identity struct {
	ID           string  `json:"id"`
	DisplayName  string  `json:"displayName"`
	IdentityType string  `json:"identityType"`
	Details      Details `json:"details"`
}

// ModifiedProperty is one value that flowed; the old value of a create is null (E-316).
type ModifiedProperty struct {
	DisplayName string  `json:"displayName"`
	OldValue    *string `json:"oldValue"`
	NewValue    *string `json:"newValue"`
}

// Time is an instant with whole seconds in UTC, as Graph writes it in this log.
type Time time.Time

// MarshalJSON writes 2026-01-05T08:00:00Z.
func (t Time) MarshalJSON() ([]byte, error) {
	return []byte(`"` + time.Time(t).UTC().Format("2006-01-02T15:04:05Z") + `"`), nil
}

// UnmarshalJSON reads any RFC 3339 instant.
func (t *Time) UnmarshalJSON(b []byte) error {
	var v time.Time
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*t = Time(v)
	return nil
}

// Details are the free key and value pairs of Graph's log, written in the order they were given.
// All values are strings, also for Booleans (G-37).
type Details []Detail

// Detail is one pair.
type Detail struct {
	Key, Value string
	// Attribute is the full name of the attribute, where Key is a shorter form of it. The log does
	// not hold it.
	Attribute string
}

// Attribute is the detail about the value of an attribute: the service writes its name without
// dots and colons, such as namegivenName.
func Attribute(name, value string) Detail {
	return Detail{Key: bareName(name), Value: value, Attribute: name}
}

// bareName is a name without dots and colons.
func bareName(name string) string {
	if !strings.ContainsAny(name, ".:") {
		return name
	}
	bare := make([]byte, 0, len(name))
	for i := range len(name) {
		if c := name[i]; c != '.' && c != ':' {
			bare = append(bare, c)
		}
	}
	return string(bare)
}

// Name is the name of the attribute that the detail is about, or its key.
func (d *Detail) Name() string {
	return cmp.Or(d.Attribute, d.Key)
}

// Get returns the value under a key, or "".
func (d Details) Get(key string) string {
	for _, p := range d {
		if p.Key == key {
			return p.Value
		}
	}
	return ""
}

// MarshalJSON writes one object with the keys in order.
func (d Details) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range d {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writeString(&b, p.Key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := writeString(&b, p.Value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads one object and keeps the order of its keys.
func (d *Details) UnmarshalJSON(raw []byte) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("read details: expected a JSON object, got %s", raw)
	}
	*d = Details{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return fmt.Errorf("read details: %w", err)
		}
		var p Detail
		p.Key, _ = key.(string)
		if err := dec.Decode(&p.Value); err != nil {
			return fmt.Errorf("read details, member %q: %w", p.Key, err)
		}
		*d = append(*d, p)
	}
	return nil
}

func writeString(b *bytes.Buffer, s string) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // Encode ends with a line feed
	return nil
}
