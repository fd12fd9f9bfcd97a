package syncschema

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/scim"
)

// mappingCheck is the check of one object mapping's attributes.
type mappingCheck struct {
	*validation
	source, target *ObjectDefinition // nil when not defined
	hard           Severity          // of what stops the mapping
	mapped         map[string]bool   // target attributes seen, lower case
	priorities     map[int]bool      // matching priorities seen
}

func (c mappingCheck) attribute(m *AttributeMapping, path string) {
	name := strings.ToLower(m.TargetAttributeName)
	switch p, err := scim.ParseTargetPath(m.TargetAttributeName); {
	case err != nil:
		c.add(c.hard, path+".targetAttributeName", "%v", err)
	case c.mapped[name]:
		c.add(c.hard, path+".targetAttributeName", "%s is mapped twice", m.TargetAttributeName)
	case p == scim.TargetPath{Attribute: "id"}:
		c.add(SeverityWarning, path+".targetAttributeName", "id belongs to the target and must not be mapped (E-117)")
	case c.target != nil && c.target.Attribute(m.TargetAttributeName) == nil:
		c.add(SeverityWarning, path+".targetAttributeName", "the target object does not define %s; the service would fail with SchemaAttributeNotFound (E-129)", m.TargetAttributeName)
	}
	c.mapped[name] = true
	if m.MatchingPriority > 0 {
		c.matching(m, path)
	}
	c.expression(m, path)
}

func (c mappingCheck) expression(m *AttributeMapping, path string) {
	if m.Source == nil {
		switch {
		case m.MatchingPriority > 0:
			c.add(c.hard, path+".source", "the matching attribute has no source")
		case m.DefaultValue == nil:
			c.add(SeverityWarning, path+".source", "%s has no source and no default, so it is never written", m.TargetAttributeName)
		}
		return
	}
	e, err := m.Source.Parse()
	if err != nil {
		c.add(c.hard, path+".source.expression", "%v", err)
		return
	}
	if d := c.target.Attribute(m.TargetAttributeName); d != nil && d.Type == "Reference" && e.Calls("Switch") {
		c.add(SeverityWarning, path+".source.expression", "%s is a reference, and Switch is not meant for references (E-138)", m.TargetAttributeName)
	}
	for _, w := range e.Warnings() {
		c.add(SeverityWarning, path+".source.expression", "%s", w)
	}
	if c.source == nil {
		return
	}
	for _, name := range e.Attributes() {
		switch d := c.source.Attribute(name); {
		case d == nil:
			c.add(SeverityWarning, path+".source.expression", "the source object %s does not define [%s]; it will be null%s", c.source.Name, name, c.source.meant(name))
		case d.Name != name && m.MatchingPriority > 0 && m.Source.Type == "Attribute":
			c.add(c.hard, path+".source.expression", "[%s] is null for everybody, so every object is skipped without a matching value; hint: write [%s], because names are case-sensitive (E-131)",
				name, d.Name)
		case d.Name != name:
			c.add(SeverityWarning, path+".source.expression", "[%s] is null for everybody; hint: write [%s], because names are case-sensitive (E-131)", name, d.Name)
		}
	}
}

// matching checks what objects are matched by.
func (c mappingCheck) matching(m *AttributeMapping, path string) {
	if c.priorities[m.MatchingPriority] {
		c.add(SeverityWarning, path+".matchingPriority", "another attribute also has matching priority %d", m.MatchingPriority)
	}
	c.priorities[m.MatchingPriority] = true
	if d := c.target.Attribute(m.TargetAttributeName); d != nil && d.Type == "Reference" {
		c.add(c.hard, path+".matchingPriority", "a reference cannot be a matching attribute")
	}
	if m.Source == nil {
		return
	}
	if e, err := m.Source.Parse(); err == nil && e.Calls("SingleAppRoleAssignment", "AppRoleAssignments", "AppRoleAssignmentsComplex", "AssertiveAppRoleAssignmentsComplex") {
		c.add(SeverityWarning, path+".matchingPriority", "roles do not identify anybody: users without a role are skipped, and all users with one role match the same object")
	}
}

// meant is a suggestion for a name that is not defined, "" when none is near.
func (o *ObjectDefinition) meant(name string) string {
	known := make([]string, len(o.Attributes))
	for i := range o.Attributes {
		known[i] = o.Attributes[i].Name
	}
	if near := nearest.Hint(name, known); near != "" {
		return "; " + near
	}
	return ""
}
