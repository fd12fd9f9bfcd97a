package syncschema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dlclark/regexp2"
)

// Check looks for what is wrong with a filter; paths are relative to it. Errors are what the
// service does not offer or what cannot be evaluated, warnings are what is evaluated all the
// same. source is the object that the filter reads, nil when the schema does not define it.
func (f *Filter) Check(source *ObjectDefinition, rules FilterRules) []Issue {
	c := &filterCheck{source: source, rules: rules}
	for _, set := range f.Sets() {
		for i := range set.Groups {
			c.group(&set.Groups[i], fmt.Sprintf("%s[%d]", set.Name, i))
		}
	}
	return c.issues
}

// FilterRules are choices about what a filter may contain; the zero value is the default.
type FilterRules struct {
	// LooseNumbers lets a size pass that is no number.
	LooseNumbers bool
	// RefusePresent makes the operator Present an error.
	RefusePresent bool
	// NoCertificate takes a clause with Valid Cert Match, which nobody passes then.
	NoCertificate bool
}

type filterCheck struct {
	source *ObjectDefinition
	rules  FilterRules
	issues []Issue
}

func (c *filterCheck) add(severity Severity, path, format string, args ...any) {
	c.issues = append(c.issues, Issue{severity, path, fmt.Sprintf(format, args...)})
}

func (c *filterCheck) group(g *FilterGroup, path string) {
	if len(g.Clauses) == 0 {
		c.add(SeverityWarning, path, "the filter %q has no clauses and is ignored; hint: remove it", g.Name)
	}
	for i := range g.Clauses {
		where := fmt.Sprintf("%s.clauses[%d]", path, i)
		o, known := FindOperator(g.Clauses[i].Operator)
		switch {
		case !known || o.Name == Present && c.rules.RefusePresent:
			c.unknown(g.Clauses[i].Operator, where)
			continue
		case o.Name == ValidCertMatch:
			c.certificate(o, where)
			continue
		case o.Reported:
			c.add(SeverityWarning, where+".operatorName", "%s is reported by users, and no page describes it; it is evaluated as IS NOT NULL (A-61, option presentOperator)", o.Name)
		}
		c.attribute(&g.Clauses[i], o, where)
		c.operand(&g.Clauses[i], o, where)
	}
}

// certificate judges the operator of which nobody knows what it compares.
func (c *filterCheck) certificate(o Operator, path string) {
	severity, then := SeverityError, "hint: remove the clause to simulate the others, or give --set certOperator=never"
	if c.rules.NoCertificate {
		severity, then = SeverityWarning, "nobody passes it (A-64, option certOperator)"
	}
	c.add(severity, path+".operatorName", "%s is reported by users, and no page says what it compares; %s", o.Name, then)
}

func (c *filterCheck) unknown(name, path string) {
	names := make([]string, 0, len(Operators()))
	for _, o := range Operators() {
		names = append(names, o.Name)
	}
	c.add(SeverityError, path+".operatorName", "unknown operator %q; the operators of scoping filters are %s (E-79)", name, strings.Join(names, ", "))
}

// attribute checks the name and the type of what a clause compares (E-78, E-81, E-82).
func (c *filterCheck) attribute(clause *Clause, o Operator, path string) {
	path += ".sourceOperandName"
	name := clause.Attribute
	switch {
	case name == "":
		c.add(SeverityError, path, "the attribute name is missing; hint: name an attribute of the source object")
		return
	case strings.ContainsAny(name, "[]()\", "):
		c.add(SeverityError, path, "%q is an expression; a filter must contain only the name of an attribute, without brackets (E-78)", name)
		return
	case strings.EqualFold(name, "IsSoftDeleted"):
		c.add(SeverityError, path, "IsSoftDeleted depends on the scope (E-142), so a filter cannot read it; hint: use accountEnabled")
		return
	case slices.ContainsFunc(unfilterable(), func(s string) bool { return strings.EqualFold(s, name) }):
		c.add(SeverityError, path, "%s cannot be used in a scoping filter (E-81, E-82); hint: choose another attribute", name)
		return
	case c.source == nil:
		return
	}
	a := c.source.Attribute(name)
	switch {
	case a == nil:
		c.add(SeverityWarning, path, "the source object %s does not define %s; its value will be null, which only IS NULL matches", c.source.Name, name)
	case a.Name != name:
		c.add(SeverityWarning, path, "%s is null for everybody, which only IS NULL matches; hint: write %s, because names are case-sensitive (E-131)", name, a.Name)
	case a.Type == "DateTime" || a.Type == "Reference":
		c.add(SeverityError, path, "%s has type %s, which no operator supports (E-81, E-82); hint: choose another attribute", name, a.Type)
	case a.Multivalued:
		c.add(SeverityWarning, path, "%s is multi-valued, which the portal rejects (E-82); here, every value must satisfy the clause (A-41)", name)
	case !slices.Contains(o.Types, a.Type):
		c.add(SeverityWarning, path, "%s is not documented for %s attributes (E-79); it compares strings, such as True or False for a Boolean", o.Name, a.Type)
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
			c.add(SeverityWarning, path, "%s does not take a value; %q is ignored", o.Name, strings.Join(clause.Values, ", "))
		}
		return
	case len(clause.Values) != 1:
		c.add(SeverityError, path, "%s takes one value, not %d; hint: use a separate filter for each value; filters are joined by OR (E-75)", o.Name, len(clause.Values))
		return
	}
	value := clause.Values[0]
	switch o.Name {
	case "Greater_Than", "Greater_Than_OR_EQUALS":
		if !IsWhole(value) && !c.rules.LooseNumbers {
			c.add(SeverityError, path, "%s needs a non-negative integer, not %q (E-83, A-6)", o.Name, value)
		}
	case "REGEX MATCH", "NOT REGEX MATCH":
		if _, err := regexp2.Compile(value, regexp2.None); err != nil {
			c.add(SeverityError, path, "invalid pattern: %v; patterns are .NET regular expressions", err)
		} else if !anchored(value) {
			c.add(SeverityWarning, path, "the pattern %q matches anywhere in the value; hint: enclose it in ^ and $ to match the whole value (A-3)", value)
		}
	default:
		if value == "" {
			c.add(SeverityWarning, path, "the value for %s is empty; an empty attribute still makes the clause false; hint: use IS NULL (E-79)", o.Name)
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
