package apps

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// ShowMapping prints what is mapped where.
func ShowMapping(con *console.Console, om *syncschema.ObjectMapping) {
	state := "enabled"
	if !om.Enabled {
		state = "disabled"
	}
	con.Print("")
	con.Row("", fmt.Sprintf("%s to %s (%s, %s)", om.SourceObjectName, om.TargetObjectName, om.Flow, state))
	showFilters(con, om.Scope)
	for _, m := range om.AttributeMappings {
		source := "<- " + sourceText(m) + mappingNotes(m)
		switch {
		case !con.OutTerminal:
			con.Print("  %-62s %s", m.TargetAttributeName, source)
		case len(m.TargetAttributeName) < 36:
			con.Item(fmt.Sprintf("  %-36s ", m.TargetAttributeName), source)
		default:
			con.Print("  %s", m.TargetAttributeName)
			con.Item(strings.Repeat(" ", 39), source)
		}
	}
}

// showFilters prints the scoping filters; an object has to pass one of each set (E-75, E-86).
func showFilters(con *console.Console, f *syncschema.Filter) {
	meaning := map[string]string{
		"groups": "in scope", "inputFilterGroups": "read (inputFilterGroups)", "categoryFilterGroups": "handled by this mapping (categoryFilterGroups)",
	}
	for _, set := range f.Sets() {
		if len(set.Groups) == 0 {
			continue
		}
		con.Print("  An object is %s if it passes one of these filters:", meaning[set.Name])
		for _, g := range set.Groups {
			clauses := make([]string, len(g.Clauses))
			for i, c := range g.Clauses {
				clauses[i] = c.String()
			}
			con.Item("    "+g.Name+": ", strings.Join(clauses, " AND "))
		}
	}
}

func sourceText(m syncschema.AttributeMapping) string {
	if m.Source == nil {
		return "(default only)"
	}
	e, err := m.Source.Parse()
	if err != nil {
		return m.Source.Expression
	}
	return e.String()
}

func mappingNotes(m syncschema.AttributeMapping) string {
	notes := ""
	if m.MatchingPriority > 0 {
		notes += fmt.Sprintf("  [matching %d]", m.MatchingPriority)
	}
	if m.FlowType != "" && m.FlowType != syncschema.Always {
		notes += "  [" + m.FlowType + "]"
	}
	if m.DefaultValue != nil && *m.DefaultValue != "" {
		notes += fmt.Sprintf("  [default %q]", *m.DefaultValue)
	}
	return notes
}
