package scenario

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/duration"
)

// names are the short names that the file gives to users and groups.
type names struct {
	users, groups map[string]bool
}

func (n *names) has(name string) bool { return n.users[name] || n.groups[name] }

// unknown is the error for an unknown user or group.
func (n *names) unknown(kind, name string) error {
	var known []string
	if kind != "group" {
		known = slices.AppendSeq(known, maps.Keys(n.users))
	}
	if kind != "user" {
		known = slices.AppendSeq(known, maps.Keys(n.groups))
	}
	slices.Sort(known)
	return nearest.Unknown(kind, name, known, "tenant, newUser and newGroup define the names")
}

var rangePattern = regexp.MustCompile(`^(.*)\{(\d+)\.\.(\d+)\}(.*)$`)

// maxRange is the largest number of names in one range.
const maxRange = 100_000

// expand expands staff-{001..600}.
func expand(text string) ([]string, error) {
	m := rangePattern.FindStringSubmatch(text)
	if m == nil {
		return []string{text}, nil
	}
	first, err1 := strconv.Atoi(m[2])
	last, err2 := strconv.Atoi(m[3])
	if err1 != nil || err2 != nil || last < first || last-first >= maxRange {
		return nil, fmt.Errorf("%q is not a valid range of names; hint: write for example staff-{001..600}", text)
	}
	out := make([]string, 0, last-first+1)
	for i := first; i <= last; i++ {
		out = append(out, fmt.Sprintf("%s%0*d%s", m[1], len(m[2]), i, m[4]))
	}
	return out, nil
}

// collect finds all short names of the file.
func (s *Scenario) collect() (*names, error) {
	n := &names{map[string]bool{}, map[string]bool{}}
	var errs []error
	add := func(path string, into map[string]bool, v any) {
		text, ok := v.(string)
		if !ok || text == "" || strings.ContainsAny(text, "@/ ") {
			errs = append(errs, s.errorAt(path, fmt.Errorf("%v is not a valid name; hint: use a word such as ada or staff-{001..600}", v)))
			return
		}
		list, err := expand(text)
		if err != nil {
			errs = append(errs, s.errorAt(path, err))
			return
		}
		for _, name := range list {
			if n.has(name) {
				errs = append(errs, s.errorAt(path, fmt.Errorf("the name %q is already used", name)))
				return
			}
			into[name] = true
		}
	}
	for i, m := range s.Tenant.Users {
		add(fmt.Sprintf("$.tenant.users[%d]", i), n.users, m["user"])
	}
	for i, m := range s.Tenant.Groups {
		add(fmt.Sprintf("$.tenant.groups[%d]", i), n.groups, m["group"])
	}
	for i := range s.Timeline {
		for k, m := range s.Timeline[i].Source {
			path := fmt.Sprintf("$.timeline[%d].source[%d]", i, k)
			if v, ok := m["newUser"]; ok {
				add(path, n.users, v)
			}
			if v, ok := m["newGroup"]; ok {
				add(path, n.groups, v)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(n.users) == 0 && s.Tenant.Generate == "" && s.Tenant.Lines == "" {
		return nil, s.errorAt("$.tenant", errors.New("the tenant has no users; hint: give users, generate or lines"))
	}
	s.names = n
	for i, m := range s.Tenant.Users {
		if _, err := s.userLines(m, "user", "r"); err != nil {
			errs = append(errs, s.errorAt(fmt.Sprintf("$.tenant.users[%d]", i), err))
		}
	}
	for i, m := range s.Tenant.Groups {
		if _, err := s.groupLines(m, "group", "r"); err != nil {
			errs = append(errs, s.errorAt(fmt.Sprintf("$.tenant.groups[%d]", i), err))
		}
	}
	if s.Tenant.Generate != "" {
		if _, err := generated(s.Tenant.Generate); err != nil {
			errs = append(errs, s.errorAt("$.tenant.generate", err))
		}
	}
	return n, errors.Join(errs...)
}

// ID is the id that a short name has in the directory of a run.
func ID(run, name string) string { return run + "-" + name }

// line is one line of a tenant file or change stream.
type line map[string]any

// Directory writes the tenant as Graph resources, one a line.
func (s *Scenario) Directory(run string, seed uint64) ([]byte, error) {
	var b bytes.Buffer
	if s.Tenant.Generate != "" {
		o, err := generated(s.Tenant.Generate)
		if err != nil {
			return nil, err
		}
		o.Seed, o.RunID = seed, run
		if err := generate.Tenant(&b, o); err != nil {
			return nil, fmt.Errorf("scenario %s: %w", s.Name, err)
		}
	}
	b.WriteString(strings.ReplaceAll(s.Tenant.Lines, "{run}", run))
	if b.Len() > 0 && !bytes.HasSuffix(b.Bytes(), []byte("\n")) {
		b.WriteByte('\n')
	}
	var later []line
	for _, m := range s.Tenant.Users {
		lines, err := s.userLines(m, "user", run)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			if l["manager@delta"] != nil || l["principalId"] != nil {
				later = append(later, l)
				continue
			}
			if err := write(&b, l); err != nil {
				return nil, err
			}
		}
	}
	for _, m := range s.Tenant.Groups {
		lines, err := s.groupLines(m, "group", run)
		if err != nil {
			return nil, err
		}
		later = append(later, lines...)
	}
	for _, l := range later {
		if err := write(&b, l); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func write(b *bytes.Buffer, l line) error {
	raw, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("write a line of the tenant: %w", err)
	}
	b.Write(append(raw, '\n'))
	return nil
}

// generated reads users=20,groups=2.
func generated(text string) (generate.TenantOptions, error) {
	var o generate.TenantOptions
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		n, err := strconv.Atoi(value)
		switch {
		case err != nil || n < 0 || n > maxRange:
			return o, fmt.Errorf("%q is not a valid count; hint: write for example users=20", part)
		case name == "users":
			o.Users = n
		case name == "groups":
			o.Groups = n
		default:
			return o, fmt.Errorf("%q cannot be generated; hint: write for example users=20,groups=2", name)
		}
	}
	if o.Users == 0 {
		return o, errors.New("users is missing; hint: write for example users=20,groups=2")
	}
	return o, nil
}

// userLines makes users with default properties; the given properties take precedence.
func (s *Scenario) userLines(m map[string]any, key, run string) ([]line, error) {
	text, _ := m[key].(string)
	list, err := expand(text)
	if err != nil {
		return nil, err
	}
	var out []line
	for _, name := range list {
		full, _ := m["name"].(string)
		given, surname, _ := strings.Cut(full, " ")
		if full == "" {
			given, surname = strings.ToUpper(name[:1])+name[1:], "Example"
		}
		l := line{
			"@odata.type": "#microsoft.graph.user", "id": ID(run, name), "accountEnabled": true,
			"displayName": strings.TrimSpace(given + " " + surname), "givenName": given, "surname": surname,
			"userPrincipalName": name + "@" + run + ".example", "mail": name + "@" + run + ".example", "mailNickname": run + "." + name,
		}
		more, err := s.properties(l, m, run, key, "name", "assigned", "manager")
		if err != nil {
			return nil, err
		}
		out = append(out, l)
		if manager, ok := m["manager"]; ok {
			delta, err := s.managerDelta(manager, run)
			if err != nil {
				return nil, err
			}
			out = append(out, line{"@odata.type": l["@odata.type"], "id": l["id"], "manager@delta": delta})
		}
		if more {
			out = append(out, s.assignment(name, run))
		}
	}
	return out, nil
}

// groupLines makes a group with its members.
func (s *Scenario) groupLines(m map[string]any, key, run string) ([]line, error) {
	name, _ := m[key].(string)
	full, _ := m["name"].(string)
	if full == "" {
		full = strings.ToUpper(name[:min(1, len(name))]) + name[min(1, len(name)):]
	}
	l := line{
		"@odata.type": "#microsoft.graph.group", "id": ID(run, name), "displayName": run + " " + full,
		"mailNickname": run + "." + name, "mailEnabled": false, "securityEnabled": true,
	}
	assigned, err := s.properties(l, m, run, key, "name", "assigned", "members")
	if err != nil {
		return nil, err
	}
	members, err := s.members(m["members"], run, false)
	if err != nil {
		return nil, err
	}
	if len(members) > 0 {
		l["members@delta"] = members
	}
	out := []line{l}
	if assigned {
		out = append(out, s.assignment(name, run))
	}
	return out, nil
}

// properties copies Graph's properties into a line and reports whether the object is assigned.
func (s *Scenario) properties(l line, m map[string]any, run string, reserved ...string) (assigned bool, err error) {
	assigned = true
	if v, ok := m["assigned"]; ok {
		if assigned, ok = v.(bool); !ok {
			return false, fmt.Errorf("assigned must be true or false, not %v", v)
		}
	}
	own := maps.Clone(m)
	for _, r := range reserved {
		delete(own, r)
	}
	for name, v := range own {
		if strings.HasPrefix(name, "@") || strings.HasSuffix(name, "@delta") || name == "id" {
			return false, fmt.Errorf("%s cannot be set directly; hint: use manager, members, add, remove or removed", name)
		}
		l[name] = fill(v, run)
	}
	return assigned, nil
}

// fill inserts the run id into strings.
func fill(v any, run string) any {
	switch v := v.(type) {
	case string:
		return strings.ReplaceAll(v, "{run}", run)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = fill(v[i], run)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = fill(e, run)
		}
		return out
	}
	return v
}

func (s *Scenario) managerDelta(v any, run string) ([]any, error) {
	name, ok := v.(string)
	if v == nil || ok && name == "" {
		return []any{}, nil
	}
	if !s.names.users[name] {
		return nil, fmt.Errorf("manager: %w", s.names.unknown("user", name))
	}
	return []any{map[string]any{"id": ID(run, name)}}, nil
}

// named returns the known users and groups of a name, a pattern of names or a list of them.
func (s *Scenario) named(v any) ([]string, error) {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, e := range list {
		text, _ := e.(string)
		all, err := expand(text)
		if err != nil {
			return nil, err
		}
		for _, name := range all {
			if !s.names.has(name) {
				return nil, s.names.unknown("user or group", name)
			}
			out = append(out, name)
		}
	}
	return out, nil
}

// members makes the entries of members@delta.
func (s *Scenario) members(v any, run string, removed bool) ([]any, error) {
	if v == nil {
		return nil, nil
	}
	all, err := s.named(v)
	if err != nil {
		return nil, err
	}
	var out []any
	for _, name := range all {
		m := map[string]any{"id": ID(run, name)}
		if removed {
			m["@removed"] = map[string]any{"reason": "deleted"}
		}
		out = append(out, m)
	}
	return out, nil
}

func (s *Scenario) assignment(name, run string) line {
	kind := "User"
	if s.names.groups[name] {
		kind = "Group"
	}
	return line{
		"@odata.type": "#microsoft.graph.appRoleAssignment", "id": ID(run, "assignment-"+name),
		"principalId": ID(run, name), "principalType": kind,
	}
}

// at sets the time of lines in a change stream.
func at(lines []line, d time.Duration) []line {
	for _, l := range lines {
		l["at"] = duration.ISO(d)
	}
	return lines
}
