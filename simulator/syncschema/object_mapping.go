package syncschema

import (
	"fmt"
	"strings"
)

// ObjectMapping says which type of object becomes which, and how (E-115, E-116, G-15).
type ObjectMapping struct {
	Name              string
	Enabled           bool
	Flow              FlowTypes
	SourceObjectName  string // "User", "Group"; "" in helper mappings
	TargetObjectName  string
	Scope             *Filter
	AttributeMappings []AttributeMapping
	Metadata          []Metadata
}

// FlowTypes are the target object actions Create, Update and Delete (E-115).
type FlowTypes struct{ Add, Update, Delete bool }

// String is Graph's one string of flags (G-15).
func (f FlowTypes) String() string {
	var parts []string
	for _, p := range []struct {
		on   bool
		name string
	}{{f.Add, "Add"}, {f.Update, "Update"}, {f.Delete, "Delete"}} {
		if p.on {
			parts = append(parts, p.name)
		}
	}
	if len(parts) == 0 {
		return "None"
	}
	return strings.Join(parts, ",")
}

// parseFlowTypes reads flags in one string, with or without blanks.
func parseFlowTypes(s string) (FlowTypes, error) {
	var f FlowTypes
	for part := range strings.SplitSeq(s, ",") {
		switch strings.ToLower(strings.TrimSpace(part)) {
		case "add":
			f.Add = true
		case "update":
			f.Update = true
		case "delete":
			f.Delete = true
		case "none":
		default:
			return FlowTypes{}, fmt.Errorf("unknown flow type %q; valid types are Add, Update, Delete and None, separated by commas in one string", strings.TrimSpace(part))
		}
	}
	return f, nil
}

func (n node) objectMapping() ObjectMapping {
	m := ObjectMapping{
		Name:             n.text("name", ""),
		Enabled:          n.flag("enabled", true),
		Flow:             n.flowTypes("flowTypes"),
		SourceObjectName: n.text("sourceObjectName", ""),
		TargetObjectName: n.text("targetObjectName", ""),
		Metadata:         n.metadata(),
	}
	if scope, ok := n.object("scope"); ok {
		m.Scope = scope.filter()
	}
	for _, e := range n.list("attributeMappings") {
		m.AttributeMappings = append(m.AttributeMappings, e.attributeMapping())
	}
	return m
}

// flowTypes also takes the bits 1, 2, 4 of the numeric form (G-15).
func (n node) flowTypes(name string) FlowTypes {
	all := FlowTypes{true, true, true}
	v, ok := n.member(name)
	if !ok {
		return all
	}
	if bits, ok := v.whole(); ok {
		if bits < 0 || bits > 7 {
			v.fail("%d is not a valid set of flow types; the bits are 1 Add, 2 Update, 4 Delete", bits)
		}
		return FlowTypes{bits&1 != 0, bits&2 != 0, bits&4 != 0}
	}
	s, ok := v.value.(string)
	if !ok {
		v.want("a string such as \"Add,Update,Delete\"")
		return all
	}
	f, err := parseFlowTypes(s)
	if err != nil {
		v.fail("%v", err)
	}
	return f
}
