package syncschema

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// node is a place in a JSON document. Its readers collect mistakes instead of stopping at
// the first; a missing or null member gives the default.
type node struct {
	doc   *document
	path  string
	value any // decoded, numbers as json.Number
}

type document struct{ errs []error }

func (n node) fail(format string, args ...any) {
	where := n.path
	if where == "" {
		where = "the document"
	}
	n.doc.errs = append(n.doc.errs, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

func (n node) want(what string) {
	got, err := json.Marshal(n.value)
	if err != nil {
		got = []byte("something else")
	}
	text := string(got)
	if len(text) > 40 {
		text = strings.ToValidUTF8(text[:40], "") + "…"
	}
	n.fail("the value must be %s, not %s", what, text)
}

// member finds a member exactly, else without regard to case; null counts as missing.
func (n node) member(name string) (node, bool) {
	object, _ := n.value.(map[string]any)
	key := name
	if _, ok := object[name]; !ok {
		key = ""
		for k := range object {
			if strings.EqualFold(k, name) && (key == "" || k < key) {
				key = k
			}
		}
	}
	path := key
	if n.path != "" {
		path = n.path + "." + key
	}
	v := object[key]
	return node{n.doc, path, v}, v != nil
}

func (n node) text(name, missing string) string {
	if s := n.optional(name); s != nil {
		return *s
	}
	return missing
}

func (n node) optional(name string) *string {
	v, ok := n.member(name)
	if !ok {
		return nil
	}
	s, ok := v.value.(string)
	if !ok {
		v.want("a string")
		return nil
	}
	return &s
}

// enum reads one of the known words in any case (G-25); the first is the default.
func (n node) enum(name string, known ...string) string {
	s := n.optional(name)
	if s == nil {
		return known[0]
	}
	for _, k := range known {
		if strings.EqualFold(*s, k) {
			return k
		}
	}
	v, _ := n.member(name)
	v.fail("unknown value %q; valid values are %s", *s, strings.Join(known, ", "))
	return known[0]
}

// flag reads a Boolean, also written as a string.
func (n node) flag(name string, missing bool) bool {
	v, ok := n.member(name)
	if !ok {
		return missing
	}
	switch b := v.value.(type) {
	case bool:
		return b
	case string:
		if strings.EqualFold(b, "true") || strings.EqualFold(b, "false") {
			return strings.EqualFold(b, "true")
		}
	}
	v.want("true or false")
	return missing
}

func (n node) integer(name string) int {
	v, ok := n.member(name)
	if !ok {
		return 0
	}
	i, ok := v.whole()
	if !ok {
		v.want("a whole number")
	}
	return i
}

func (n node) whole() (int, bool) {
	number, ok := n.value.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(number.String())
	return i, err == nil
}

func (n node) object(name string) (node, bool) {
	v, ok := n.member(name)
	if !ok {
		return v, false
	}
	if _, ok := v.value.(map[string]any); !ok {
		v.want("an object")
		return v, false
	}
	return v, true
}

// list gives the objects of an array.
func (n node) list(name string) []node {
	var out []node
	for _, e := range n.array(name) {
		if _, ok := e.value.(map[string]any); !ok {
			e.want("an object")
			continue
		}
		out = append(out, e)
	}
	return out
}

func (n node) words(name string) []string {
	var out []string
	for _, e := range n.array(name) {
		s, ok := e.value.(string)
		if !ok {
			e.want("a string")
		}
		out = append(out, s)
	}
	return out
}

func (n node) array(name string) []node {
	v, ok := n.member(name)
	if !ok {
		return nil
	}
	values, ok := v.value.([]any)
	if !ok {
		v.want("an array")
	}
	out := make([]node, len(values))
	for i, value := range values {
		out[i] = node{n.doc, v.path + "[" + strconv.Itoa(i) + "]", value}
	}
	return out
}

// metadata reads key and value pairs; a value that is no string is kept as its JSON text.
func (n node) metadata() []Metadata {
	var out []Metadata
	for _, e := range n.list("metadata") {
		m := Metadata{Key: e.text("key", "")}
		if v, ok := e.member("value"); ok {
			if s, ok := v.value.(string); ok {
				m.Value = s
			} else if b, err := json.Marshal(v.value); err == nil {
				m.Value = string(b)
			}
		}
		out = append(out, m)
	}
	return out
}
