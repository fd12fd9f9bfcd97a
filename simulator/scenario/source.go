package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// Changes is the change stream of the timeline.
func (s *Scenario) Changes(run string) ([]directory.Change, error) {
	return s.stream(run, false)
}

// stream is the change stream of the first or the second job.
func (s *Scenario) stream(run string, second bool) ([]directory.Change, error) {
	var b bytes.Buffer
	for i := range s.Timeline {
		for k, m := range s.Timeline[i].Source {
			lines, err := s.sourceLines(m, time.Duration(s.Timeline[i].At), run)
			if err != nil {
				return nil, s.errorAt(fmt.Sprintf("$.timeline[%d].source[%d]", i, k), err)
			}
			for _, l := range lines {
				if !concerns(l, m["job"] == "second", second) {
					continue
				}
				if err := write(&b, l); err != nil {
					return nil, err
				}
			}
		}
	}
	return directory.ReadChanges(&b, s.file)
}

// sourceLines makes the lines of one change; a key names its kind.
func (s *Scenario) sourceLines(m map[string]any, when time.Duration, run string) ([]line, error) {
	var lines []line
	var err error
	switch {
	case m["newUser"] != nil:
		lines, err = s.userLines(m, "newUser", run)
	case m["newGroup"] != nil:
		lines, err = s.groupLines(m, "newGroup", run)
	case m["user"] != nil:
		lines, err = s.userChange(m, run)
	case m["group"] != nil:
		lines, err = s.groupChange(m, run)
	case m["assign"] != nil && s.onlyAssigns(m):
		lines, err = s.assignments(m["assign"], run, false)
	case m["unassign"] != nil && s.onlyAssigns(m):
		lines, err = s.assignments(m["unassign"], run, true)
	default:
		err = errors.New("a source change must contain user, group, newUser, newGroup, assign or unassign; assign and unassign allow no other field than job: second, and only with a second job")
	}
	return at(lines, when), err
}

// onlyAssigns reports that assign or unassign has no other field than job: second.
func (s *Scenario) onlyAssigns(m map[string]any) bool {
	return len(m) == 1 || len(m) == 2 && m["job"] == "second" && s.Second != nil
}

func (s *Scenario) userChange(m map[string]any, run string) ([]line, error) {
	list, err := s.known(m["user"], s.names.users, "user")
	if err != nil {
		return nil, err
	}
	var out []line
	for _, name := range list {
		l := line{"@odata.type": "#microsoft.graph.user", "id": ID(run, name)}
		if _, err := s.properties(l, m, run, "user", "removed", "restored", "manager"); err != nil {
			return nil, err
		}
		if err := removal(l, m); err != nil {
			return nil, err
		}
		if manager, ok := m["manager"]; ok {
			if l["manager@delta"], err = s.managerDelta(manager, run); err != nil {
				return nil, err
			}
		}
		out = append(out, l)
	}
	return out, nil
}

func (s *Scenario) groupChange(m map[string]any, run string) ([]line, error) {
	list, err := s.known(m["group"], s.names.groups, "group")
	if err != nil {
		return nil, err
	}
	added, err := s.members(m["add"], run, false)
	if err != nil {
		return nil, err
	}
	removed, err := s.members(m["remove"], run, true)
	if err != nil {
		return nil, err
	}
	var out []line
	for _, name := range list {
		l := line{"@odata.type": "#microsoft.graph.group", "id": ID(run, name)}
		if _, err := s.properties(l, m, run, "group", "removed", "restored", "add", "remove"); err != nil {
			return nil, err
		}
		if err := removal(l, m); err != nil {
			return nil, err
		}
		if members := slices.Concat(added, removed); len(members) > 0 {
			l["members@delta"] = members
		}
		out = append(out, l)
	}
	return out, nil
}

// removal reads removed: changed (recycle bin) or deleted (permanently); restored needs no line.
func removal(l line, m map[string]any) error {
	v, ok := m["removed"]
	if !ok {
		return nil
	}
	if v != "changed" && v != "deleted" {
		return fmt.Errorf("removed must be changed (recycle bin) or deleted (permanently), not %v", v)
	}
	l["@removed"] = map[string]any{"reason": v}
	return nil
}

func (s *Scenario) assignments(v any, run string, removed bool) ([]line, error) {
	all, err := s.named(v)
	if err != nil {
		return nil, err
	}
	var out []line
	for _, name := range all {
		l := s.assignment(name, run)
		if removed {
			l["@removed"] = map[string]any{"reason": "deleted"}
		}
		out = append(out, l)
	}
	return out, nil
}

func (s *Scenario) known(v any, in map[string]bool, kind string) ([]string, error) {
	text, _ := v.(string)
	list, err := expand(text)
	if err != nil {
		return nil, err
	}
	for _, name := range list {
		if !in[name] {
			return nil, s.names.unknown(kind, name)
		}
	}
	return list, nil
}
