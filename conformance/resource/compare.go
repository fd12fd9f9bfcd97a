package resource

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
)

// Rules say what counts as equal.
type Rules struct {
	// Touched are the top names that a write names. A server may add to them what follows from
	// the write: type, display, $ref, primary and formatted.
	Touched []string
	// Loose reports attributes whose strings are case-insensitive, so that a server may change
	// their case (RFC 7643 section 7).
	Loose func(path string) bool
	// Ignored reports attributes that are not compared, such as a read-only one.
	Ignored func(path string) bool
}

// Difference is one attribute that is not as wanted.
type Difference struct {
	Path      string
	Kind      fact.Kind
	Want, Got any
}

// Compare returns the differences between two resources, sorted by path. It ignores id, meta and
// schemas, which have checks of their own.
func Compare(want, got map[string]any, r Rules) []Difference {
	c := comparison{rules: r}
	for _, name := range names(want, got) {
		if slices.ContainsFunc([]string{"id", "meta", "schemas"}, func(s string) bool { return strings.EqualFold(s, name) }) {
			continue
		}
		c.added = slices.ContainsFunc(r.Touched, func(s string) bool { return strings.EqualFold(s, name) })
		c.value(name, want[Key(want, name)], got[Key(got, name)])
	}
	return c.found
}

// comparison collects differences.
type comparison struct {
	rules Rules
	added bool // whether the server may add what follows from a write
	found []Difference
}

// names returns the names in both objects once, sorted.
func names(a, b map[string]any) []string {
	seen := map[string]string{}
	for _, object := range []map[string]any{a, b} {
		for _, k := range slices.Sorted(maps.Keys(object)) {
			if _, there := seen[strings.ToLower(k)]; !there {
				seen[strings.ToLower(k)] = k
			}
		}
	}
	return slices.Sorted(maps.Values(seen))
}

func (c *comparison) value(at string, want, got any) {
	want, got = plain(want), plain(got)
	if c.rules.Ignored != nil && c.rules.Ignored(at) {
		return
	}
	switch w := want.(type) {
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			c.object(at, w, g)
			return
		}
		if empty(w) && got == nil {
			return
		}
	case []any:
		if g, ok := got.([]any); ok {
			c.list(at, w, g)
			return
		}
	case nil:
		if g, ok := got.(map[string]any); ok && empty(g) {
			return
		}
	}
	if !c.same(at, want, got) {
		c.found = append(c.found, Difference{Path: at, Kind: kind(want, got), Want: want, Got: got})
	}
}

// empty reports an object without a value in it.
func empty(object map[string]any) bool {
	for _, v := range object {
		if m, ok := v.(map[string]any); plain(v) != nil && (!ok || !empty(m)) {
			return false
		}
	}
	return true
}

func (c *comparison) object(at string, want, got map[string]any) {
	for _, name := range names(want, got) {
		w, g := want[Key(want, name)], got[Key(got, name)]
		if plain(w) == nil && c.follows(name, g) {
			continue
		}
		c.value(join(at, name), w, g)
	}
}

// follows reports a value that a server may add by itself.
func (c *comparison) follows(name string, got any) bool {
	switch strings.ToLower(name) {
	case "$ref", "display", "formatted":
		return true
	case "primary", "type":
		return c.added || got == false
	}
	return false
}

func join(at, name string) string {
	if strings.HasPrefix(strings.ToLower(at), "urn:") && strings.Count(at, ":") == strings.Count(Enterprise, ":") {
		return at + ":" + name
	}
	return at + "." + name
}

// list compares lists without regard to order: each wanted element takes the element that
// differs least from it.
func (c *comparison) list(at string, want, got []any) {
	if strings.EqualFold(at, "members") {
		c.members(at, want, got)
		return
	}
	left := slices.Clone(got)
	var missing []any
	for _, w := range want {
		i := slices.IndexFunc(left, func(g any) bool { return len(c.apart(at, w, g)) == 0 })
		if i < 0 {
			missing = append(missing, w)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	for _, w := range missing {
		best, least := -1, []Difference(nil)
		for i, g := range left {
			if d := c.apart(at, w, g); related(w, g) && (best < 0 || len(d) < len(least)) {
				best, least = i, d
			}
		}
		if best < 0 {
			c.found = append(c.found, Difference{Path: at, Kind: fact.TooFew, Want: w, Got: nil})
			continue
		}
		c.found = append(c.found, least...)
		left = slices.Delete(left, best, best+1)
	}
	for _, g := range left {
		extra := fact.TooMany
		if slices.ContainsFunc(want, func(w any) bool { return len(c.apart(at, w, g)) == 0 }) {
			extra = fact.Duplicated
		}
		c.found = append(c.found, Difference{Path: at, Kind: extra, Got: g})
	}
}

// members compares members, of which there may be many. Those with different values have nothing in
// common.
func (c *comparison) members(at string, want, got []any) {
	left := map[string][]any{}
	for _, g := range got {
		left[valueOf(g)] = append(left[valueOf(g)], g)
	}
	for _, w := range want {
		same := left[valueOf(w)]
		if len(same) == 0 {
			c.found = append(c.found, Difference{Path: at, Kind: fact.TooFew, Want: w})
			continue
		}
		c.value(at, w, same[0])
		left[valueOf(w)] = same[1:]
	}
	for _, g := range got {
		rest := left[valueOf(g)]
		if i := slices.IndexFunc(rest, func(l any) bool { return raw(l) == raw(g) }); i >= 0 {
			left[valueOf(g)] = slices.Delete(slices.Clone(rest), i, i+1)
			extra := fact.TooMany
			if slices.ContainsFunc(want, func(w any) bool { return valueOf(w) == valueOf(g) }) {
				extra = fact.Duplicated
			}
			c.found = append(c.found, Difference{Path: at, Kind: extra, Got: g})
		}
	}
}

// valueOf is the value of an element of a list, folded, or "".
func valueOf(element any) string {
	m, _ := element.(map[string]any)
	s, _ := m[Key(m, "value")].(string)
	return strings.ToLower(s)
}

// apart returns the differences between two elements of a list.
func (c *comparison) apart(at string, want, got any) []Difference {
	in := comparison{rules: c.rules, added: c.added}
	in.value(at, want, got)
	return in.found
}

// related reports elements that mean the same thing: of the same type, or of the same value.
func related(a, b any) bool {
	x, _ := a.(map[string]any)
	y, _ := b.(map[string]any)
	if x == nil || y == nil {
		return false
	}
	for _, name := range []string{"type", "value"} {
		v := plain(x[Key(x, name)])
		if v != nil && raw(v) == raw(plain(y[Key(y, name)])) {
			return true
		}
	}
	return false
}

func kind(want, got any) fact.Kind {
	switch {
	case got == nil:
		return fact.Absent
	case want == nil:
		return fact.Unasked
	case strings.EqualFold(strings.Trim(raw(want), `"`), strings.Trim(raw(got), `"`)):
		return fact.OtherForm
	}
	return fact.OtherValue
}

func raw(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return string(b)
}
