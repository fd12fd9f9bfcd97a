package directory

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

// Change is one line of a tenant file or a change stream.
type Change struct {
	Line int
	At   time.Duration // since the start of the job's first cycle; 0 in a tenant file
	Resource
}

// Resource is what a line says about one object or assignment.
type Resource struct {
	Source     string // file and line, for errors
	Type       string // user, group, appRoleAssignment or servicePrincipal
	ID         string
	Removed    string // "", "changed" (recycle bin) or "deleted"
	Properties map[string]any
	Manager    *string // nil: not mentioned; "": removed
	Members    []MemberDelta
	Principal  string
	Role       string
	Since      string    // createdDateTime of an assignment, "" if it is not told
	AppRoles   []AppRole // of a servicePrincipal: the roles of the application
}

// MemberDelta adds a member to a group or removes it.
type MemberDelta struct {
	ID      string
	Removed bool
}

// maxLine is the longest line that is read; a group of 100,000 members fits.
const maxLine = 64 << 20

// ReadChanges reads a change stream, sorted by time; lines of one instant stay in order.
func ReadChanges(r io.Reader, name string) ([]Change, error) {
	var out []Change
	err := eachLine(r, name, func(source string, line int, raw []byte) error {
		c, err := parseLine(source, raw, true)
		if err != nil {
			return err
		}
		c.Line = line
		out = append(out, c)
		return nil
	})
	sort.SliceStable(out, func(i, j int) bool { return out[i].At < out[j].At })
	return out, err
}

// eachLine collects the mistakes of all lines, up to ten.
func eachLine(r io.Reader, name string, fn func(source string, line int, raw []byte) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 1<<16), maxLine)
	var errs []error
	line := 0
	for s.Scan() {
		line++
		raw := bytes.TrimSpace(s.Bytes())
		if len(raw) == 0 {
			continue
		}
		if err := fn(fmt.Sprintf("%s:%d", name, line), line, raw); err != nil {
			errs = append(errs, err)
			if len(errs) == 10 {
				return errors.Join(append(errs, errors.New("only the first ten mistakes are shown; there may be more"))...)
			}
		}
	}
	if err := s.Err(); err != nil {
		errs = append(errs, fmt.Errorf("read %s, line %d: %w", name, line+1, err))
	}
	return errors.Join(errs...)
}

func parseLine(source string, raw []byte, timed bool) (Change, error) {
	var c Change
	c.Source = source
	bad := func(field, format string, args ...any) (Change, error) {
		return c, fmt.Errorf("%s: %s: %w", source, field, fmt.Errorf(format, args...))
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil || m == nil {
		return bad("line", "not a JSON object (%v); hint: write one Graph resource on each line", err)
	}
	if at, ok := m["at"]; timed || ok {
		text, isText := at.(string)
		if !isText || !timed {
			return bad("at", "each line of a change stream needs a duration such as PT1H20M or 1h20m, not %v", at)
		}
		var err error
		if c.At, err = duration.Parse(text); err != nil {
			return bad("at", "%w", err)
		}
		delete(m, "at")
	}
	if place, ok := m["@scimdrill.place"].(string); ok {
		c.Source = place // of the file that the line was made from
	}
	kind, _ := m["@odata.type"].(string)
	c.Type = strings.TrimPrefix(strings.TrimPrefix(kind, "#"), "microsoft.graph.")
	switch c.Type {
	case "user", "group":
		return c, c.parseObject(m)
	case "appRoleAssignment":
		return c, c.parseAssignment(m)
	case "servicePrincipal":
		return c, c.parseApplication(m)
	}
	return bad("@odata.type", "unknown type %q; use #microsoft.graph.user, #microsoft.graph.group, #microsoft.graph.appRoleAssignment or #microsoft.graph.servicePrincipal", kind)
}

func (c *Change) parseObject(m map[string]any) error {
	bad := func(field, text string) error { return fmt.Errorf("%s: %s: %s", c.Source, field, text) }
	if c.ID, _ = m["id"].(string); c.ID == "" {
		return bad("id", "the id of a user or group must be a non-empty string")
	}
	if removed, ok := m["@removed"]; ok {
		reason, _ := removed.(map[string]any)
		c.Removed, _ = reason["reason"].(string)
		if c.Removed != "changed" && c.Removed != "deleted" {
			return bad("@removed", `the reason must be "changed" (recycle bin) or "deleted" (deleted permanently)`)
		}
	}
	if list, ok := m["manager@delta"]; ok {
		deltas, err := members(list)
		if err != nil {
			return bad("manager@delta", err.Error())
		}
		manager := ""
		for _, d := range deltas {
			if !d.Removed {
				manager = d.ID
			}
		}
		c.Manager = &manager
	}
	if list, ok := m["members@delta"]; ok {
		if c.Type != "group" {
			return bad("members@delta", "only groups have members")
		}
		var err error
		if c.Members, err = members(list); err != nil {
			return bad("members@delta", err.Error())
		}
	}
	if field, text := mistyped(m); field != "" {
		return bad(field, text)
	}
	c.Properties = m
	for name := range m {
		if name == "id" || strings.HasPrefix(name, "@") || strings.HasSuffix(name, "@delta") {
			delete(m, name)
		}
	}
	return nil
}

func members(v any) ([]MemberDelta, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, errors.New("the value must be a list of objects with an id")
	}
	out := make([]MemberDelta, 0, len(list))
	for i, e := range list {
		m, _ := e.(map[string]any)
		id, _ := m["id"].(string)
		if id == "" {
			return nil, fmt.Errorf("entry %d: id is missing", i)
		}
		_, removed := m["@removed"]
		out = append(out, MemberDelta{ID: id, Removed: removed})
	}
	return out, nil
}

func (c *Change) parseAssignment(m map[string]any) error {
	_, removed := m["@removed"]
	c.Principal, _ = m["principalId"].(string)
	if c.ID, _ = m["id"].(string); c.Principal == "" && (!removed || c.ID == "") {
		return fmt.Errorf("%s: principalId: an assignment must have the id of a user or group", c.Source)
	}
	c.Role, _ = m["appRoleId"].(string)
	c.Since, _ = m["createdDateTime"].(string)
	if removed {
		c.Removed = "deleted"
	}
	return nil
}

// parseApplication reads the roles of the application out of its service principal.
func (c *Change) parseApplication(m map[string]any) error {
	list, ok := m["appRoles"].([]any)
	if !ok {
		return fmt.Errorf("%s: appRoles: the value must be the list of the application's roles, as returned by GET /servicePrincipals/{id}", c.Source)
	}
	for i, e := range list {
		role, _ := e.(map[string]any)
		var r AppRole
		r.ID, _ = role["id"].(string)
		r.Value, _ = role["value"].(string)
		r.DisplayName, _ = role["displayName"].(string)
		if r.ID == "" {
			return fmt.Errorf("%s: appRoles: entry %d: id is missing", c.Source, i)
		}
		c.AppRoles = append(c.AppRoles, r)
	}
	return nil
}
