package recording

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// reference is a string of a body that is the id of another object: of a member, a manager or a group.
type reference struct {
	start, end int // with its quotes
	text       string
}

// references finds the ids of other objects in a body. It knows them by their place, so an id may be as short as
// 7. A body that is not JSON has none.
func references(body []byte) []reference {
	dec := jsontext.NewDecoder(bytes.NewReader(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var out []reference
	var path []string // the names of the members that are open, "" for elements of a list
	for {
		kind := dec.PeekKind()
		within, length := dec.StackIndex(dec.StackDepth())
		isName := within == '{' && length%2 == 0 && kind == '"'
		token, err := dec.ReadToken()
		if err != nil {
			return out
		}
		switch {
		case isName:
			path[len(path)-1] = token.String()
		case kind == '{' || kind == '[':
			path = append(path, "")
		case kind == '}' || kind == ']':
			path = path[:len(path)-1]
		case kind == '"' && refers(path):
			end := int(dec.InputOffset())
			text := token.String()
			start := bytes.LastIndexByte(body[:end-1], '"')
			out = append(out, reference{start: start, end: end, text: text})
		}
	}
}

var valueEq = regexp.MustCompile(`(?i)^(?:[^\[]*[:.])?(?:members|manager|groups)\[value eq "([^"]*)"`)

// References are the ids of other objects in the body of a request, as it has them.
func (r *Request) References() []string {
	var out []string
	for _, ref := range references(r.Body) {
		out = append(out, ref.text)
	}
	for _, o := range r.Operations() {
		if m := valueEq.FindStringSubmatch(o.Path); m != nil {
			out = append(out, m[1])
		}
		path := strings.ToLower(o.Path)
		if path != "members" && !strings.HasSuffix(path, "manager") && !strings.HasSuffix(path, "manager.value") {
			continue
		}
		var list []struct{ Value string }
		var one string
		switch {
		case json.Unmarshal(o.Value, &list) == nil:
			for _, e := range list {
				out = append(out, e.Value)
			}
		case json.Unmarshal(o.Value, &one) == nil && !strings.HasPrefix(one, "{"): // W-66
			out = append(out, one)
		}
	}
	return slices.DeleteFunc(out, func(id string) bool { return id == "" })
}

// refers reports whether a string at a place is the id of another object: members[].value, manager.value, manager
// alone, or $ref.
func refers(path []string) bool {
	var names []string
	for _, p := range path {
		if p != "" {
			names = append(names, strings.ToLower(p[strings.LastIndexAny(p, ":.")+1:]))
		}
	}
	if len(names) == 0 {
		return false
	}
	last, owner := names[len(names)-1], ""
	if len(names) > 1 {
		owner = names[len(names)-2]
	}
	if strings.HasSuffix(strings.ToLower(path[len(path)-1]), "manager.value") {
		return true
	}
	switch owner {
	case "members", "manager", "groups":
		return last == "value" || last == "$ref"
	}
	return last == "manager"
}
