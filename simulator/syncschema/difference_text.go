package syncschema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func (m *ObjectMapping) state() string {
	if m.SourceObjectName == "" && m.TargetObjectName == "" {
		return ""
	}
	return strconv.FormatBool(m.Enabled)
}

func (m *ObjectMapping) actions() string {
	if m.state() == "" {
		return ""
	}
	return m.Flow.String()
}

// matching lists the matching attributes by precedence (E-90).
func (m *ObjectMapping) matching() string {
	var list []*AttributeMapping
	for i := range m.AttributeMappings {
		if m.AttributeMappings[i].MatchingPriority > 0 {
			list = append(list, &m.AttributeMappings[i])
		}
	}
	slices.SortStableFunc(list, func(a, b *AttributeMapping) int { return a.MatchingPriority - b.MatchingPriority })
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = a.TargetAttributeName
	}
	return strings.Join(names, ", ")
}

// sourceText is the source in canonical spelling, so that two spellings of one expression
// are no difference; one that does not parse stands as it is.
func (m *AttributeMapping) sourceText() string {
	if m.Source == nil {
		return ""
	}
	if e, err := m.Source.Parse(); err == nil {
		return e.String()
	}
	return m.Source.Expression
}

// sets is one of the three filter sets as text: clauses joined by AND, groups by OR (E-86).
func (f *Filter) sets(which int) string {
	if f == nil {
		return ""
	}
	var groups []string
	for _, g := range [][]FilterGroup{f.Groups, f.InputGroups, f.CategoryGroups}[which] {
		clauses := make([]string, len(g.Clauses))
		for i, c := range g.Clauses {
			clauses[i] = strings.TrimSpace(c.Attribute + " " + c.Operator + " " + strings.Join(c.Values, ", "))
		}
		if len(clauses) > 0 {
			groups = append(groups, strings.Join(clauses, " AND "))
		}
	}
	if len(groups) < 2 {
		return strings.Join(groups, "")
	}
	return "(" + strings.Join(groups, ") OR (") + ")"
}

func optionalText(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// definitions compares what the two schemas say about the mapped target attributes.
func definitions(older, newer *Schema, pairs []pair[ObjectMapping]) []PropertyDelta {
	var list []PropertyDelta
	for _, p := range pairs {
		if p.old == nil || p.new == nil {
			continue
		}
		_, before := older.Definitions(p.old)
		_, after := newer.Definitions(p.new)
		for _, m := range p.new.AttributeMappings {
			a, b := before.Attribute(m.TargetAttributeName), after.Attribute(m.TargetAttributeName)
			list = deltas(list, [][3]string{{"definition of " + m.TargetAttributeName, a.text(), b.text()}})
		}
	}
	return list
}

func (a *AttributeDefinition) text() string {
	if a == nil {
		return ""
	}
	parts := []string{a.Type}
	for _, f := range []struct {
		on   bool
		name string
	}{{a.Multivalued, "multivalued"}, {a.Required, "required"}, {a.CaseExact, "caseExact"}} {
		if f.on {
			parts = append(parts, f.name)
		}
	}
	if a.DefaultValue != nil && *a.DefaultValue != "" {
		parts = append(parts, fmt.Sprintf("default %q", *a.DefaultValue))
	}
	return strings.Join(parts, ", ")
}
