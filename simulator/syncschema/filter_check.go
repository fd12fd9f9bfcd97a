package syncschema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dlclark/regexp2"
)

// Check looks for what is wrong with a filter; paths are relative to it. Errors are what the
// service does not offer or what cannot be evaluated, warnings are what is evaluated all the
// same. source is the object that the filter reads, nil when the schema does not define it;
// looseNumbers lets a size pass that is no number.
func (f *Filter) Check(source *ObjectDefinition, looseNumbers bool) []Issue {
	c := &filterCheck{source: source, looseNumbers: looseNumbers}
	for _, set := range f.Sets() {
		for i := range set.Groups {
			c.group(&set.Groups[i], fmt.Sprintf("%s[%d]", set.Name, i))
		}
	}
	return c.issues
}

type filterCheck struct {
	source       *ObjectDefinition
	looseNumbers bool
	issues       []Issue
}

func (c *filterCheck) add(severity Severity, path, format string, args ...any) {
	c.issues = append(c.issues, Issue{severity, path, fmt.Sprintf(format, args...)})
}

func (c *filterCheck) group(g *FilterGroup, path string) {
	if len(g.Clauses) == 0 {
		c.add(SeverityWarning, path, "the filter %q has no clause and is left out; remove it", g.Name)
	}
	for i := range g.Clauses {
		where := fmt.Sprintf("%s.clauses[%d]", path, i)
		o, known := FindOperator(g.Clauses[i].Operator)
		if !known {
			c.unknown(g.Clauses[i].Operator, where)
			continue
		}
		c.attribute(&g.Clauses[i], o, where)
		c.operand(&g.Clauses[i], o, where)
	}
}

func (c *filterCheck) unknown(name, path string) {
	names := make([]string, 0, len(Operators()))
	for _, o := range Operators() {
		names = append(names, o.Name)
	}
	c.add(SeverityError, path+".operatorName", "%q is no operator of a scoping filter; the operators are %s (E-79)", name, strings.Join(names, ", "))
}

// attribute checks the name and the type of what a clause compares (E-78, E-81, E-82).
func (c *filterCheck) attribute(clause *Clause, o Operator, path string) {
	path += ".sourceOperandName"
	name := clause.Attribute
	switch {
	case name == "":
		c.add(SeverityError, path, "the clause names no attribute; give the name of an attribute of the source object")
		return
	case strings.ContainsAny(name, "[]()\", "):
		c.add(SeverityError, path, "%q is an expression; a filter reads an attribute by its name alone, without brackets (E-78)", name)
		return
	case strings.EqualFold(name, "IsSoftDeleted"):
		c.add(SeverityError, path, "IsSoftDeleted is computed from the scope itself (E-142), so a filter cannot read it; use accountEnabled")
		return
	case slices.ContainsFunc(unfilterable(), func(s string) bool { return strings.EqualFold(s, name) }):
		c.add(SeverityError, path, "%s cannot be used in a scoping filter (E-81, E-82); choose another attribute", name)
		return
	case c.source == nil:
		return
	}
	a := c.source.Attribute(name)
	switch {
	case a == nil:
		c.add(SeverityWarning, path, "the source object %s does not define %s; it will be null, and then only IS NULL is true", c.source.Name, name)
	case a.Type == "DateTime" || a.Type == "Reference":
		c.add(SeverityError, path, "%s is a %s, and there is no operator for it (E-81, E-82); choose another attribute", name, a.Type)
	case a.Multivalued:
		c.add(SeverityWarning, path, "%s has several values, which the portal refuses (E-82); here every value must satisfy the clause (A-41)", name)
	case !slices.Contains(o.Types, a.Type):
		c.add(SeverityWarning, path, "%s is not documented for %s attributes (E-79); it compares the text, which is True or False for a Boolean", o.Name, a.Type)
	}
}

// unfilterable names attributes that the known issues exclude whatever the schema calls their type (E-81, E-82).
func unfilterable() []string {
	return []string{
		"StatusHireDate", "StatusTerminationDate", "startDate", "endDate", "accountExpires",
		"appRoleAssignments", "userType", "manager", "members",
	}
}

// operand checks what the attribute is compared with.
func (c *filterCheck) operand(clause *Clause, o Operator, path string) {
	path += ".targetOperand.values"
	switch {
	case o.Unary:
		if strings.Join(clause.Values, "") != "" {
			c.add(SeverityWarning, path, "%s takes no value; %q is ignored", o.Name, strings.Join(clause.Values, ", "))
		}
		return
	case len(clause.Values) != 1:
		c.add(SeverityError, path, "%s compares with one value, and %d are given; put each into a filter of its own, filters are joined by OR (E-75)", o.Name, len(clause.Values))
		return
	}
	value := clause.Values[0]
	switch o.Name {
	case "Greater_Than", "Greater_Than_OR_EQUALS":
		if !IsWhole(value) && !c.looseNumbers {
			c.add(SeverityError, path, "%s compares non-negative integers, and %q is none (E-83, A-6)", o.Name, value)
		}
	case "REGEX MATCH", "NOT REGEX MATCH":
		if _, err := regexp2.Compile(value, regexp2.None); err != nil {
			c.add(SeverityError, path, "the pattern cannot be used: %v; patterns are .NET regular expressions", err)
		} else if !anchored(value) {
			c.add(SeverityWarning, path, "the pattern %q matches anywhere in the value; write ^ and $ around it if all of the value is meant (A-3)", value)
		}
	default:
		if value == "" {
			c.add(SeverityWarning, path, "%s is given an empty value; an empty attribute makes the clause false all the same, IS NULL finds it (E-79)", o.Name)
		}
	}
}

// anchored reports whether a pattern says itself where a match begins and ends.
func anchored(pattern string) bool {
	has := func(test func(string, string) bool, parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return test(pattern, p) })
	}
	return has(strings.HasPrefix, "^", `\A`, ".*") && has(strings.HasSuffix, "$", `\z`, `\Z`, ".*")
}
