package suites

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// ordered is a JSON object whose members stand in the order in which a client writes them.
type ordered []entry

// entry is one member of an ordered object.
type entry struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err //nolint:wrapcheck // a string has no error
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err //nolint:wrapcheck // the caller names the request
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// object is the content without an order.
func (o ordered) object() map[string]any {
	raw, err := json.Marshal(o)
	out := map[string]any{}
	if err != nil || json.Unmarshal(raw, &out) != nil {
		return map[string]any{}
	}
	return out
}

// with returns the object with a member set. A new one is the last.
func (o ordered) with(name string, value any) ordered {
	out := slices.Clone(o)
	if i := slices.IndexFunc(out, func(m entry) bool { return m.name == name }); i >= 0 {
		out[i].value = value
		return out
	}
	return append(out, entry{name, value})
}

// without returns the object without some members. "name.givenName" is a part of one.
func (o ordered) without(paths ...string) ordered {
	out := slices.DeleteFunc(slices.Clone(o), func(m entry) bool { return slices.Contains(paths, m.name) })
	for i, m := range out {
		if inner, ok := m.value.(ordered); ok {
			out[i].value = slices.DeleteFunc(slices.Clone(inner), func(part entry) bool { return slices.Contains(paths, m.name+"."+part.name) })
		}
	}
	return slices.DeleteFunc(out, func(m entry) bool { inner, ok := m.value.(ordered); return ok && len(inner) == 0 })
}

// filled returns the object with what another one has beyond it or otherwise.
func (o ordered) filled(more map[string]any) ordered {
	have := o.object()
	for _, name := range slices.Sorted(maps.Keys(more)) {
		if len(resource.Compare(map[string]any{name: more[name]}, map[string]any{name: have[name]}, resource.Rules{})) > 0 {
			o = o.with(name, more[name])
		}
	}
	return o
}
