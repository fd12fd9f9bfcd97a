package model

import (
	"fmt"
	"slices"
	"strings"
)

// Kind is what a step does.
type Kind string

// The kinds of steps. Read, Project and Find change nothing.
const (
	Create  Kind = "create"
	Rename  Kind = "rename"
	Set     Kind = "set"
	Clear   Kind = "clear"
	Several Kind = "set several"
	Disable Kind = "disable"
	Enable  Kind = "enable"
	Put     Kind = "put"
	Delete  Kind = "delete"
	Join    Kind = "add members"
	Leave   Kind = "remove members"
	Read    Kind = "read"
	Project Kind = "read parts"
	Find    Kind = "find"
)

// Slot is the place of an object in the model: a numbered user or group.
type Slot struct {
	Group bool
	N     int
}

func (s Slot) String() string {
	if s.Group {
		return fmt.Sprintf("group %d", s.N+1)
	}
	return fmt.Sprintf("user %d", s.N+1)
}

func (s Slot) collection() string {
	if s.Group {
		return "Groups"
	}
	return "Users"
}

// naming is the attribute that names an object.
func (s Slot) naming() string {
	if s.Group {
		return "displayName"
	}
	return "userName"
}

// Step is one request, in terms of the model. Equal steps on new objects send the same request with
// other names and ids.
type Step struct {
	Kind Kind
	// Entra spells the request as Entra does, and otherwise as RFC 7644 does.
	Entra bool
	On    Slot
	// Paths are the attributes that the step writes, and Values the numbers of their values.
	Paths  []string
	Values []int
	// Name is the number of the name that a create or a rename gives.
	Name int
	// Members are users to add or to remove, or the members of a new group.
	Members []int
}

// writes reports whether the step changes something.
func (s Step) writes() bool { return s.Kind != Read && s.Kind != Project && s.Kind != Find }

// named are the attributes that the step writes. A create or a PUT writes all.
func (s Step) named(path string) bool {
	switch s.Kind {
	case Create, Put, Delete:
		return true
	case Rename:
		return path == s.On.naming()
	case Disable, Enable:
		return path == "active"
	case Join, Leave:
		return path == "members"
	case Set, Clear, Several:
		return slices.Contains(s.Paths, path)
	case Read, Project, Find:
	}
	return false
}

// signature is the form of the request, whatever its values are.
func (s Step) signature() string {
	style := "rfc"
	if s.Entra {
		style = "entra"
	}
	return strings.Join([]string{string(s.Kind), s.On.collection(), style, strings.Join(s.Paths, " ")}, "|")
}

// String says what the step does, for people.
func (s Step) String() string {
	switch s.Kind {
	case Set, Clear, Several:
		return fmt.Sprintf("%s %s of %s", s.Kind, strings.Join(s.Paths, " and "), s.On)
	case Join, Leave:
		list := make([]string, len(s.Members))
		for i, n := range s.Members {
			list[i] = Slot{N: n}.String()
		}
		verb, preposition := "add", "to"
		if s.Kind == Leave {
			verb, preposition = "remove", "from"
		}
		return fmt.Sprintf("%s %s %s %s", verb, strings.Join(list, " and "), preposition, s.On)
	case Put:
		return fmt.Sprintf("replace %s by PUT", s.On)
	case Project:
		return fmt.Sprintf("read parts of %s", s.On)
	case Create, Rename, Disable, Enable, Delete, Read, Find:
	}
	return fmt.Sprintf("%s %s", s.Kind, s.On)
}
