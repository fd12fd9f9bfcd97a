package read

import (
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// entry reads one entry, in the names of Graph v1.0, of beta, of the portal or of Log Analytics.
func entry(o *saved.Object) (*Entry, error) {
	e := &Entry{Place: o.Place()}
	e.ID = o.Text("id")
	e.TenantID = o.Text("aadTenantId", "tenantId")
	e.JobID, e.CycleID = o.Text("jobId"), o.Text("cycleId")
	e.ChangeID = o.Text("changeId")
	if err := e.setTime(o); err != nil {
		return nil, err
	}
	var err error
	if e.ProvisioningAction, err = action(o); err != nil {
		return nil, err
	}
	if e.ProvisioningStatusInfo, err = statusInfo(o); err != nil {
		return nil, err
	}
	if text := o.Text("durationInMilliseconds", "durationMs", "duration"); text != "" {
		if ms, err := strconv.ParseFloat(text, 64); err == nil {
			e.DurationInMilliseconds = int64(ms)
		}
	}
	e.InitiatedBy = provlog.Initiator{
		ID: o.Text("initiatedBy.id"), DisplayName: o.Text("initiatedBy.displayName", "initiatedBy.name"),
		InitiatorType: o.Text("initiatedBy.initiatorType", "initiatedBy.type"),
	}
	e.ServicePrincipal = provlog.Named{ID: o.Text("servicePrincipal.id"), DisplayName: o.Text("servicePrincipal.displayName", "servicePrincipal.name", "servicePrincipal")}
	e.SourceSystem, e.TargetSystem = system(o, "sourceSystem"), system(o, "targetSystem")
	e.SourceIdentity, e.TargetIdentity = identity(o, "sourceIdentity"), identity(o, "targetIdentity")
	if id := o.Text("reportableIdentifier"); id != "" && e.SourceIdentity.DisplayName == "" {
		e.SourceIdentity.DisplayName = id
	}
	if err := e.lists(o); err != nil {
		return nil, err
	}
	return e, nil
}

// lists reads steps and modified properties.
func (e *Entry) lists(o *saved.Object) error {
	steps, err := objects(o, "provisioningSteps", "steps")
	if err != nil {
		return err
	}
	for _, s := range steps {
		e.ProvisioningSteps = append(e.ProvisioningSteps, step(s))
	}
	props, err := objects(o, "modifiedProperties")
	if err != nil {
		return err
	}
	for _, p := range props {
		e.ModifiedProperties = append(e.ModifiedProperties, property(p))
	}
	return nil
}

// objects reads a list of objects; one object counts as a list of one.
func objects(o *saved.Object, names ...string) ([]*saved.Object, error) {
	v, ok := o.Get(names...)
	if !ok {
		return nil, nil
	}
	list := []saved.Value{v}
	var err error
	switch v.Kind() {
	case '[':
		if list, err = v.List(); err != nil {
			return nil, err
		}
	case '{':
	default:
		return nil, v.Fault("expected a list, found %s; hint: save the download unchanged", v.String())
	}
	out := make([]*saved.Object, 0, len(list))
	for i := range list {
		inner := list[i].Unwrapped()
		element, err := inner.Object()
		if err != nil {
			return nil, err
		}
		out = append(out, element)
	}
	return out, nil
}

func (e *Entry) timed() bool { return !time.Time(e.ActivityDateTime).IsZero() }

// setTime reads when it happened; an entry may have no time of its own.
func (e *Entry) setTime(o *saved.Object) error {
	v, ok := o.Get("activityDateTime", "activityDateTime [UTC]", "timeGenerated", "timeGenerated [UTC]", "time", "startTime", "date (UTC)", "date")
	if !ok {
		return nil
	}
	text := v.String()
	for _, layout := range layouts() {
		if t, err := time.Parse(layout, text); err == nil {
			e.ActivityDateTime = provlog.Time(t.UTC())
			return nil
		}
	}
	return v.Fault("%q is not a time; hint: download the log with an English or ISO 8601 date format", text)
}

// layouts are the forms of times in downloads. The portal's tables show them in UTC.
func layouts() []string {
	return []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.9999999", "2006-01-02 15:04:05Z", "2006-01-02 15:04:05.9999999", "2006-01-02",
		"1/2/2006, 3:04:05.999 PM", "1/2/2006, 3:04:05 PM", "1/2/2006 3:04:05 PM", "1/2/2006 3:04:05 PM -07:00", "1/2/2006 15:04:05",
	}
}

func system(o *saved.Object, name string) provlog.System {
	s := provlog.System{ID: o.Text(name + ".id"), DisplayName: o.Text(name+".displayName", name+".name"), Details: details(o, name+".details")}
	if v, ok := o.Get(name); ok && v.Kind() == '"' {
		s.DisplayName = v.String()
	}
	return s
}

func identity(o *saved.Object, name string) provlog.Identity {
	i := provlog.Identity{
		ID: o.Text(name + ".id"), DisplayName: o.Text(name+".displayName", name+".name"),
		IdentityType: o.Text(name+".identityType", name+".type"), Details: details(o, name+".details"),
	}
	if v, ok := o.Get(name); ok && v.Kind() == '"' {
		i.DisplayName = v.String()
	}
	if i.IdentityType == "" {
		i.IdentityType = i.Details.Get("odatatype")
	}
	return i
}

// details reads free keys and values. All values are strings; text that is no object is kept
// under the empty key.
func details(o *saved.Object, name string) provlog.Details {
	out := provlog.Details{}
	v, ok := o.Get(name)
	switch {
	case !ok:
		for _, m := range o.Below(name) {
			if text := m.String(); text != "" {
				out = append(out, provlog.Detail{Key: m.Name, Value: text})
			}
		}
	case v.Kind() == '{':
		members, err := v.Members()
		if err != nil {
			return out
		}
		for _, m := range members {
			out = append(out, provlog.Detail{Key: m.Name, Value: m.String()})
		}
	case v.Kind() == '[': // pairs of key and value, as in the audit log
		pairs, err := objects(o, name)
		if err != nil {
			return out
		}
		for _, p := range pairs {
			out = append(out, provlog.Detail{Key: p.Text("key", "name"), Value: p.Text("value")})
		}
	default:
		if text := strings.TrimSpace(v.String()); text != "" {
			out = append(out, provlog.Detail{Value: text})
		}
	}
	return out
}
