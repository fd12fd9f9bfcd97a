package endstate

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// maxDerived limits the differences that wait.
const maxDerived = 1000

// derived is whether the target makes displayName from the parts of the name, as it may (RFC 7643, 4.1.1).
type derived struct {
	not     bool // somebody has another displayName, so it does not
	created bool // somebody was made with another displayName, so no change was ignored
	left    int  // more than are held
	held    []Difference
}

// derives takes a difference that may come from a displayName that the target derives. It is held
// back until everybody was seen.
func (c *comparison) derives(e *Expected, d Difference, r scimclient.Resource) bool {
	if e.Type != User || d.Kind != NotAsMapped {
		return false
	}
	if strings.EqualFold(d.Path, "name.formatted") && composed(d.Got, r) {
		d.Kind = OtherForm
		c.found.add(d)
		return true
	}
	if !strings.EqualFold(d.Path, "displayName") || c.derived.not {
		return false
	}
	for _, a := range e.Attributes {
		c.derived.created = c.derived.created || a.Path == d.Path && !a.Changed
	}
	if len(c.derived.held) < maxDerived {
		c.derived.held = append(c.derived.held, d)
	} else {
		c.derived.left++
	}
	return true
}

// namesItself notes a person whose displayName does not come from the parts of the name.
func (c *comparison) namesItself(r scimclient.Resource) {
	got, _ := value("displayName", r).(string)
	if got != "" && !composed(got, r) {
		c.derived.not = true
	}
}

// derivedNames reports the differences that waited.
func (c *comparison) derivedNames() {
	legal := !c.derived.not && c.derived.created
	if legal && len(c.derived.held) > 0 {
		c.note("the target derives displayName from name.givenName and name.familyName, so displayName was not compared")
	}
	for _, d := range c.derived.held {
		if legal {
			d.Kind = OtherForm
		}
		c.found.add(d)
	}
	if n := c.derived.left; n > 0 {
		d := Difference{Kind: NotAsMapped, Object: Ref{Type: User}, Path: "displayName", Count: n}
		if legal {
			d.Kind = OtherForm
		}
		c.found.add(d)
	}
}

// composed reports whether a name consists of the parts that the target has of it, in any order
// and with any punctuation.
func composed(name string, r scimclient.Resource) bool {
	given, _ := value("name.givenName", r).(string)
	family, _ := value("name.familyName", r).(string)
	formatted, _ := value("name.formatted", r).(string)
	words := func(s ...string) string {
		return strings.ToLower(strings.Join(strings.FieldsFunc(strings.Join(s, " "), func(c rune) bool { return c == ' ' || c == ',' }), " "))
	}
	if given == "" && family == "" {
		return false
	}
	got := words(name)
	return got == words(given, family) || got == words(family, given) || got == words(formatted)
}
