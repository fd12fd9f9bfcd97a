package okta

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// The events of the System Log (O-27).
const (
	eventUser        = "application.provision.user.push"
	eventProfile     = "application.provision.user.push_profile"
	eventDeactivate  = "application.provision.user.deactivate"
	eventPassword    = "application.provision.user.password"
	eventImport      = "application.provision.user.import"
	eventGroupImport = "application.provision.group.import"
	eventGroup       = "application.provision.group.add"
	eventGroupUpdate = "application.provision.group.update"
	eventGroupRemove = "application.provision.group.remove"
	eventGroupExists = "application.provision.group.verify_exists"
	eventJoin        = "application.provision.group_membership.add"
	eventLeave       = "application.provision.group_membership.remove"
	eventPushed      = "application.provision.group_push.updated"
)

// event is a line of the System Log, with the members that are documented and known here.
type event struct {
	Published string   `json:"published"`
	EventType string   `json:"eventType"`
	Severity  string   `json:"severity"`
	Outcome   outcome  `json:"outcome"`
	Target    []target `json:"target,omitempty"`
	Debug     debug    `json:"debugContext"`
}

type outcome struct {
	Result string `json:"result"`
	Reason string `json:"reason,omitempty"`
}

type target struct {
	ID          string `json:"id,omitempty"`
	Type        string `json:"type"`
	AlternateID string `json:"alternateId,omitempty"`
	DisplayName string `json:"displayName,omitempty"`
}

type debug struct {
	Data map[string]any `json:"debugData,omitempty"`
}

// LogName is the file of the System Log.
func (c *Client) LogName() string { return "system-log.jsonl" }

// LogLine is the form of an entry in the System Log.
func (c *Client) LogLine(e push.Entry) any {
	line := event{Published: e.At.UTC().Format(time.RFC3339Nano), EventType: e.Event, Severity: "INFO", Outcome: outcome{e.Outcome, e.Reason}}
	if e.Outcome == push.Failure {
		line.Severity = "ERROR"
	}
	if e.SourceID != "" {
		kind := "User"
		id := ID(&directory.Object{ID: e.SourceID})
		if e.Kind == directory.Group {
			kind, id = "UserGroup", e.SourceID
		}
		line.Target = append(line.Target, target{ID: id, Type: kind, AlternateID: e.Name})
	}
	if e.Target != "" {
		line.Target = append(line.Target, target{ID: e.Target, Type: "App" + e.Kind.String(), DisplayName: e.Name})
	}
	data := map[string]any{}
	for key, list := range map[string][]string{"changed": e.Changed, "added": e.Added, "removed": e.Removed} {
		if len(list) > 0 {
			data[key] = list
		}
	}
	if e.Status != 0 {
		data["status"] = e.Status
	}
	if len(data) > 0 {
		line.Debug.Data = data
	}
	return line
}
