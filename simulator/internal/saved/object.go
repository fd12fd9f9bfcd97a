package saved

import (
	"strings"
	"unicode"
)

// Object finds members by name, whatever the letter case and the separators: "AADTenantId",
// "aadTenantId" and "aad tenant id" are one name. A table names a member of a member with both
// names, "sourceIdentity.displayName"; such a name is found as well.
type Object struct {
	Value
	members map[string]Value
	names   []string // as they are spelled, in order
}

// Object reads the value as an object.
func (v *Value) Object() (*Object, error) {
	list, err := v.Members()
	if err != nil {
		return nil, err
	}
	o := &Object{Value: *v, members: make(map[string]Value, len(list))}
	for _, m := range list {
		o.add(m.Name, m.Value)
	}
	return o, nil
}

func (o *Object) add(name string, v Value) {
	o.names = append(o.names, name)
	if key := Normal(name); key != "" {
		if _, twice := o.members[key]; !twice {
			o.members[key] = v
		}
	}
}

// Normal is a name without letter case and separators.
func Normal(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// Names lists the names of the members as they are spelled.
func (o *Object) Names() []string { return o.names }

// Get finds the first of some paths; null and the empty string count as missing. The parts of a
// path are joined by dots.
func (o *Object) Get(paths ...string) (Value, bool) {
	for _, path := range paths {
		if v, ok := o.get(path); ok && v.Kind() != 'n' && string(v.Raw) != `""` {
			return v.Unwrapped(), true
		}
	}
	return Value{}, false
}

func (o *Object) get(path string) (Value, bool) {
	if v, ok := o.members[Normal(path)]; ok {
		return v, true
	}
	head, rest, nested := strings.Cut(path, ".")
	v, ok := o.members[Normal(head)]
	if !ok || !nested {
		return Value{}, false
	}
	v = v.Unwrapped()
	if v.Kind() == '[' { // a list of one, as the reference page of Graph types some members
		list, err := v.List()
		if err != nil || len(list) == 0 {
			return Value{}, false
		}
		v = list[0]
	}
	if v.Kind() != '{' {
		return Value{}, false
	}
	inner, err := v.Object()
	if err != nil {
		return Value{}, false
	}
	return inner.get(rest)
}

// Text is the string at the first of some paths that is there.
func (o *Object) Text(paths ...string) string {
	if v, ok := o.Get(paths...); ok {
		return v.String()
	}
	return ""
}

// Has reports whether one of the members exists.
func (o *Object) Has(names ...string) bool {
	for _, name := range names {
		if _, ok := o.members[Normal(name)]; ok {
			return true
		}
	}
	return false
}

// Below lists the members of a table whose names begin with a prefix, with the rest of the name.
func (o *Object) Below(prefix string) []Member {
	var out []Member
	for _, name := range o.names {
		if rest, ok := strings.CutPrefix(strings.ToLower(name), strings.ToLower(prefix)); ok && rest != "" && !isLetter(rest[0]) {
			rest = strings.TrimLeft(name[len(prefix):], "._/ :")
			out = append(out, Member{Name: rest, Value: o.members[Normal(name)]})
		}
	}
	return out
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' }
