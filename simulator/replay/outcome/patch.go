package outcome

import (
	"regexp"
	"strings"
)

// filtered is the removal of one member by a filter.
var filtered = regexp.MustCompile(`(?i)^members\[\s*value\s+eq\s+"((?:[^"\\]|\\.)*)"\s*\]$`)

// patch takes the operations of a PATCH.
func (o *object) patch(body map[string]any) {
	var operations []any
	for name, v := range body {
		if strings.EqualFold(name, "Operations") {
			operations, _ = v.([]any)
		}
	}
	if operations == nil {
		o.uncertain = true
	}
	for _, raw := range operations {
		operation, _ := raw.(map[string]any)
		op, _ := operation["op"].(string)
		path, _ := operation["path"].(string)
		o.operation(strings.ToLower(op), dotted(path), operation["value"])
	}
}

// dotted writes the attribute of an extension with a colon, where an old client wrote a dot (W-54).
func dotted(path string) string {
	const user = ":user."
	if i := strings.Index(strings.ToLower(path), user); i >= 0 && strings.HasPrefix(strings.ToLower(path), "urn:") {
		return path[:i+len(user)-1] + ":" + path[i+len(user):]
	}
	return path
}

func (o *object) operation(op, path string, v any) {
	lower := strings.ToLower(path)
	switch {
	case op != "add" && op != "replace" && op != "remove":
		o.uncertain = true
	case path == "":
		o.pathless(op, v)
	case filtered.MatchString(path):
		if op == "remove" {
			o.take(filtered.FindStringSubmatch(path)[1])
		}
	case lower == "members":
		o.membersOperation(op, v)
	case op == "remove" && isManager(lower):
		o.setManager(path, "")
	case op == "remove" && lower == "active":
		o.active = nil
	case op == "remove":
		o.drop(path)
	case lower != "active" && !isManager(lower) && v == "":
		o.drop(path)
	default:
		if op == "replace" && !strings.Contains(path, "[") {
			if _, list := v.([]any); list && !isManager(lower) {
				o.drop(path)
			}
		}
		o.assign(path, v)
	}
}

// pathless takes the members of a value; its names may be paths (W-76).
func (o *object) pathless(op string, v any) {
	values, ok := v.(map[string]any)
	if !ok || op == "remove" {
		o.uncertain = true
		return
	}
	for name, v := range values {
		if extension, ok := v.(map[string]any); ok && strings.HasPrefix(strings.ToLower(name), "urn:") && !isManager(strings.ToLower(name)) {
			for attribute, v := range extension {
				o.operation(op, name+":"+attribute, v)
			}
			continue
		}
		o.operation(op, dotted(name), v)
	}
}

func (o *object) membersOperation(op string, v any) {
	switch op {
	case "add":
		o.addMembers(v)
	case "replace":
		clear(o.members)
		o.membersKnown = true
		o.addMembers(v)
	default:
		if v == nil {
			clear(o.members)
			o.membersKnown, o.removed = true, true
		}
		for _, id := range ids(v) {
			o.take(id)
		}
	}
}

func (o *object) take(id string) {
	o.members[id], o.removed = false, true
}
