package syncschema

import "strings"

// Filter holds the three filter sets of an object mapping (E-86, G-18). In each set the
// clauses of a group are joined by AND, the groups by OR.
type Filter struct {
	Groups         []FilterGroup // leaving it deprovisions
	InputGroups    []FilterGroup // filtered while reading; leaving it does not deprovision
	CategoryGroups []FilterGroup // decides whether the mapping applies at all
}

// FilterGroup is one filter as the portal shows it.
type FilterGroup struct {
	Name    string
	Clauses []Clause
}

// Clause compares one source attribute (E-78).
type Clause struct {
	Operator  string
	Attribute string
	Values    []string // empty for IS NULL and its like
}

// String is the clause as the log and the portal show it: department EQUALS 'Sales' (G-37).
func (c Clause) String() string {
	operator := c.Operator
	o, known := FindOperator(operator)
	if known {
		operator = o.Name
	}
	if o.Unary {
		return c.Attribute + " " + operator
	}
	return c.Attribute + " " + operator + " '" + strings.Join(c.Values, "', '") + "'"
}

// Sets gives the three filter sets under Graph's names, also of a nil filter.
func (f *Filter) Sets() []FilterSet {
	if f == nil {
		return nil
	}
	return []FilterSet{{"groups", f.Groups}, {"inputFilterGroups", f.InputGroups}, {"categoryFilterGroups", f.CategoryGroups}}
}

// FilterSet is one of the sets of a filter.
type FilterSet struct {
	Name   string
	Groups []FilterGroup
}

// Empty reports whether everything passes: no set has a clause (E-75, E-87). A nil filter is empty.
func (f *Filter) Empty() bool {
	for _, set := range f.Sets() {
		for _, g := range set.Groups {
			if len(g.Clauses) > 0 {
				return false
			}
		}
	}
	return true
}

func (n node) filter() *Filter {
	return &Filter{
		Groups:         n.filterGroups("groups"),
		InputGroups:    n.filterGroups("inputFilterGroups"),
		CategoryGroups: n.filterGroups("categoryFilterGroups"),
	}
}

func (n node) filterGroups(name string) []FilterGroup {
	var out []FilterGroup
	for _, g := range n.list(name) {
		group := FilterGroup{Name: g.text("name", "")}
		for _, c := range g.list("clauses") {
			clause := Clause{Operator: c.text("operatorName", ""), Attribute: c.text("sourceOperandName", "")}
			if operand, ok := c.object("targetOperand"); ok {
				clause.Values = operand.words("values")
			}
			group.Clauses = append(group.Clauses, clause)
		}
		out = append(out, group)
	}
	return out
}
