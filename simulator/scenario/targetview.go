package scenario

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/job"
)

// Target is the interface of an embedded target. fixtures/target implements it.
type Target interface {
	// Schedule plays an event from an instant on; text is in the syntax of the target.
	Schedule(at time.Time, text string) (until time.Time, err error)
	// Do makes a request as an operator on the console would, without credentials and events.
	Do(method, path string, body []byte) (status int, answer []byte)
	// Snapshot returns all resources of /Users or /Groups, with members.
	Snapshot(endpoint string) []map[string]any
}

// lookAtTarget finds a count, or a resource or one of its values.
func (p *Play) lookAtTarget(ctx context.Context, j *job.Job, c *clause) (any, string, error) {
	users, groups := p.env.Target.Snapshot("/Users"), p.env.Target.Snapshot("/Groups")
	memberships := 0
	for _, g := range groups {
		members, _ := g["members"].([]any)
		memberships += len(members)
	}
	also := fmt.Sprintf("the target has %d users, %d groups and %d memberships", len(users), len(groups), memberships)
	what := c.subject[1]
	switch what.name {
	case "users":
		return float64(len(users)), also, nil
	case "groups":
		return float64(len(groups)), also, nil
	case "memberships":
		return float64(memberships), also, nil
	}
	list, key := users, "userName"
	if what.name == "group" {
		list, key = groups, "displayName"
	}
	found, err := p.resource(ctx, j, list, key, what.args[0].value)
	if err != nil || found == nil {
		if err == nil && len(c.subject) > 2 {
			also += "; the " + what.name + " was not found"
		}
		return nil, also, err
	}
	if len(c.subject) == 2 {
		return "present", also, nil
	}
	if last := c.subject[2]; strings.EqualFold(last.name, "members") {
		found["members"] = memberNames(found["members"], users, groups, p.env.RunID)
	}
	v, err := walk(found, c.subject[2:])
	if m, ok := v.(map[string]any); ok && m["value"] != nil {
		v = m["value"] // a manager is its id
	}
	return v, also, err
}

// resource finds the resource linked to a name of the scenario, or the one with that name in the target.
func (p *Play) resource(ctx context.Context, j *job.Job, list []map[string]any, key, name string) (map[string]any, error) {
	var id string
	if p.scenario.names.has(name) {
		var ok bool
		var err error
		if id, ok, err = j.TargetID(ctx, ID(p.env.RunID, name)); err != nil || !ok {
			return nil, err
		}
	}
	name = strings.ReplaceAll(name, "{run}", p.env.RunID)
	for _, m := range list {
		s, _ := m[key].(string)
		if id != "" && m["id"] == id || id == "" && strings.EqualFold(s, name) {
			return m, nil
		}
	}
	return nil, nil
}

// memberNames returns the short names of members, sorted.
func memberNames(v any, users, groups []map[string]any, run string) []any {
	names := map[string]string{}
	for _, u := range users {
		s, _ := u["userName"].(string)
		names[u["id"].(string)] = strings.TrimSuffix(s, "@"+run+".example")
	}
	for _, g := range groups {
		s, _ := g["displayName"].(string)
		names[g["id"].(string)] = strings.TrimPrefix(s, run+" ")
	}
	members, _ := v.([]any)
	out := make([]string, 0, len(members))
	for _, m := range members {
		s, _ := m.(string)
		out = append(out, names[s])
	}
	slices.Sort(out)
	list := make([]any, len(out))
	for i, s := range out {
		list[i] = s
	}
	return list
}
