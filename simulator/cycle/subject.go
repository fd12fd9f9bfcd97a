package cycle

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scoping"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// Subject is what an entry is about, as directory, state and mapping have it. The planning
// goroutine fills it in.
type Subject struct {
	Object  *directory.Object
	Mapping *mapping.Object
	// Named is how the log names the object and the two systems.
	Named  provlog.Subject
	Link   state.Link
	Linked bool
	Scope  scoping.Decision
	// Scoped says that the table of actions was read, so that Scope says who is managed.
	Scoped   bool
	Values   []mapping.Value
	warnings []string // of the mapping's expressions
	plain    bool     // steps of the log hold no values
	touched  []string // attributes of the source that changed, of an update without a read
}

// warned are the warnings of the mapping as details of a step.
func (s *Subject) warned() provlog.Details {
	if len(s.warnings) == 0 {
		return provlog.Details{}
	}
	return provlog.Details{{Key: "Warning", Value: strings.Join(s.warnings, "; ")}}
}

// kind is "User" or "Group", as logs spell it.
func (s *Subject) kind() string {
	if s.Object.Kind == directory.Group {
		return "Group"
	}
	return "User"
}

// collection is the endpoint of the object's type.
func (s *Subject) collection() string { return s.kind() + "s" }

// name is what the log calls the object: the value that an admin recognises.
func (s *Subject) name() string {
	for _, property := range []string{"displayName", "userPrincipalName", "mailNickname"} {
		if s, ok := s.Object.Properties[property].(string); ok && s != "" {
			return s
		}
	}
	return s.Object.ID
}

// lanes keep objects apart that share a matching value, without regard to case. All
// matching values count, because each of them may find what another object made, and so
// do those that the linked object has in the target: somebody else may want its old name.
func (s *Subject) lanes() []string {
	out := s.names()
	if s.Link.Names != "" {
		out = append(out, strings.Split(s.Link.Names, "\n")...)
	}
	return out
}

// names are the matching values that the object is to have.
func (s *Subject) names() []string {
	var out []string
	for _, a := range s.Mapping.Matching() {
		if v, ok := s.value(a); ok {
			out = append(out, strings.ToLower(v))
		}
	}
	return out
}

// value is the mapped value of an attribute as text; none when it is null or empty.
func (s *Subject) value(a *mapping.Attribute) (string, bool) {
	for _, v := range s.Values {
		if v.Attribute == a {
			return v.Value.Text(), !v.Value.IsEmpty()
		}
	}
	return "", false
}

// hasMatchingValue reports whether one matching attribute has a value (E-93, E-94).
func (s *Subject) hasMatchingValue() bool {
	for _, a := range s.Mapping.Matching() {
		if _, ok := s.value(a); ok {
			return true
		}
	}
	return false
}
