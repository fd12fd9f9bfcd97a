package scenario

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/duration"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// evaluate finds the value of a subject, and context that helps to understand it.
func (p *Play) evaluate(ctx context.Context, j *job.Job, c *clause) (value any, also string, err error) {
	head := c.subject[0]
	switch head.name {
	case "job":
		g, err := j.Graph(ctx)
		if err != nil {
			return nil, "", err
		}
		value, err = walk(plain(g), c.subject[1:])
		also = "the job is " + g.Status.Code
		if q := g.Status.Quarantine; q != nil {
			also += ", reason " + string(q.Reason) + ": " + q.Error.Message
		}
		return value, also, err
	case "target":
		return p.lookAtTarget(ctx, j, c)
	case organization:
		return p.lookAtOrganization(ctx, j, c)
	case "log":
		n, also := p.countLog(head)
		return float64(n), also, nil
	case "audit":
		n, also := p.countAudit(head)
		return float64(n), also, nil
	case "requests":
		n, also := p.countRequests(head)
		return float64(n), also, nil
	case "faults":
		n, also := p.countMishaps(head)
		return float64(n), also, nil
	case "cycles":
		return p.lookAtCycles(c)
	}
	return p.countEscrows(ctx, j, head)
}

// plain converts a value to plain JSON values.
func plain(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil // Graph's values can always be marshalled
	}
	var out any
	_ = json.Unmarshal(raw, &out)
	return out
}

// walk follows names and indexes into JSON; a missing value is absent. A list of
// objects with a type is entered by [type] too: emails["work"].
func walk(v any, path []part) (any, error) {
	for i, p := range path {
		switch at := v.(type) {
		case nil:
			return nil, nil
		case map[string]any:
			found := false
			for name, e := range at {
				if strings.EqualFold(name, p.name) {
					v, found = e, true
				}
			}
			if !found {
				return nil, nil
			}
		case []any:
			switch {
			case p.name == "count":
				return float64(len(at)), nil
			case p.name != "":
				v = nil
				for _, e := range at {
					if m, _ := e.(map[string]any); m != nil && strings.EqualFold(fmt.Sprint(m["type"]), p.name) {
						v = m
					}
				}
			case p.index < len(at):
				v = at[p.index]
			default:
				return nil, nil
			}
		default:
			return nil, fmt.Errorf("%v has no %q", v, path[i].name)
		}
	}
	return v, nil
}

// within reports whether an instant lies between since and until.
func (p *Play) within(at time.Time, head part) bool {
	offset := at.Sub(p.env.Start)
	if text, ok := head.arg("since"); ok {
		if d, err := duration.Parse(text); err == nil && offset < d {
			return false
		}
	}
	if text, ok := head.arg("until"); ok {
		if d, err := duration.Parse(text); err == nil && offset >= d {
			return false
		}
	}
	return true
}

// asked reports whether a field has the value of an argument, or the argument is missing.
func asked(head part, name, got string) bool {
	want, ok := head.arg(name)
	return !ok || matches(got, want)
}

func (p *Play) countLog(head part) (int, string) {
	n := 0
	all := map[string]int{}
	for i := range p.facts.log {
		f := &p.facts.log[i]
		if !p.within(f.at, head) || !p.about(head, f.id) || !asked(head, "type", f.kind) {
			continue
		}
		key := strings.TrimSpace(f.action + " " + f.status + " " + f.code)
		if f.code == "" && f.skip != "" {
			key += " " + f.skip
		}
		all[key]++
		property, ok := head.arg("property")
		if asked(head, "action", f.action) && asked(head, "status", f.status) && asked(head, "code", f.code) &&
			asked(head, "skip", f.skip) && asked(head, "step", f.step) && (!ok || slices.Contains(f.properties, property)) {
			n++
		}
	}
	return n, "the log contains " + tally(all)
}

// about reports whether an entry is about the user or group of an argument.
func (p *Play) about(head part, id string) bool {
	for _, name := range []string{"user", "group"} {
		if want, ok := head.arg(name); ok && id != want && id != ID(p.env.RunID, want) {
			return false
		}
	}
	return true
}

func tally(all map[string]int) string {
	if len(all) == 0 {
		return "no such entries"
	}
	var parts []string
	for _, key := range sorted(all) {
		parts = append(parts, strconv.Itoa(all[key])+" "+key)
	}
	const most = 12
	if len(parts) > most {
		parts = append(parts[:most], "and others")
	}
	return strings.Join(parts, ", ")
}

func (p *Play) countAudit(head part) (int, string) {
	n := 0
	all := map[string]int{}
	for _, f := range p.facts.audit {
		if !p.within(f.at, head) {
			continue
		}
		all[strings.TrimSpace(f.activity+" "+f.result+" "+f.details["event"])]++
		ok := asked(head, "activity", f.activity) && asked(head, "result", f.result)
		for name, key := range map[string]string{"reason": "reason", "event": "event", "mail": "mail", "scope": "resetscope"} {
			ok = ok && asked(head, name, f.details[key])
		}
		if ok {
			n++
		}
	}
	return n, "the audit log contains " + tally(all)
}

func (p *Play) countRequests(head part) (int, string) {
	p.facts.mu.Lock()
	defer p.facts.mu.Unlock()
	n := 0
	all := map[string]int{}
	path, byPath := head.arg("path")
	body, byBody := head.arg("body")
	for i := range p.facts.requests {
		f := &p.facts.requests[i]
		if !p.within(f.at, head) {
			continue
		}
		collection, _, _ := strings.Cut(strings.TrimPrefix(f.path, "/"), "/")
		collection, _, _ = strings.Cut(collection, "?")
		all[f.method+" /"+collection+" "+strconv.Itoa(f.status)]++
		if asked(head, "method", f.method) && asked(head, "status", strconv.Itoa(f.status)) &&
			(!byPath || strings.HasPrefix(f.path, path)) && (!byBody || strings.Contains(f.body, body)) {
			n++
		}
	}
	return n, "the requests were " + tally(all)
}

func (p *Play) lookAtCycles(c *clause) (any, string, error) {
	head := c.subject[0]
	n := 0
	began, ended := []any{}, []any{}
	var all []string
	for _, r := range p.facts.cycles {
		offset := duration.Format(r.Began.Sub(p.env.Start))
		all = append(all, fmt.Sprintf("%s %s %s", offset, r.Kind, state(r)))
		if !p.within(r.Began, head) || !asked(head, "kind", string(r.Kind)) || !asked(head, "state", state(r)) {
			continue
		}
		n++
		began = append(began, offset)
		ended = append(ended, duration.Format(r.Ended.Sub(p.env.Start)))
	}
	if len(all) > 40 {
		all = append(all[:40], "and others")
	}
	also := "the cycles were " + strings.Join(all, "; ")
	if len(c.subject) == 1 {
		return float64(n), also, nil
	}
	switch c.subject[1].name {
	case "began":
		return began, "", nil
	case "ended":
		return ended, "", nil
	}
	return nil, "", errors.New("unknown property of cycles(…); hint: cycles(…) is a number, cycles(…).began and cycles(…).ended are lists of times")
}

func (p *Play) countEscrows(ctx context.Context, j *job.Job, head part) (any, string, error) {
	list, err := j.Escrows(ctx)
	if err != nil {
		return nil, "", err
	}
	n := 0
	all := map[string]int{}
	for _, e := range list {
		id, err := j.SourceID(ctx, e.Num)
		if err != nil {
			return nil, "", err
		}
		if !p.about(head, id) {
			continue
		}
		all[string(e.What)+" "+e.Fault.Code]++
		if asked(head, "code", e.Fault.Code) {
			n++
		}
	}
	return float64(n), "the open escrows are " + tally(all), nil
}
