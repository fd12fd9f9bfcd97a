package expressions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/expression"
)

// partJSON is a part of an explanation as JSON.
type partJSON struct {
	Expression string     `json:"expression"`
	Value      any        `json:"value"`
	Skipped    bool       `json:"skipped,omitempty"`
	Error      string     `json:"error,omitempty"`
	Parts      []partJSON `json:"parts,omitempty"`
}

// ShowParts prints an explanation, as lines or as JSON.
func ShowParts(con *console.Console, p expression.Part, asObject bool) error {
	if asObject {
		return con.PrintJSON(asJSON(p))
	}
	var lines [][2]string
	collect(p, 0, &lines)
	width := 0
	for _, l := range lines {
		width = max(width, min(layout.Cells(l[0]), layout.Columns*3/5))
	}
	for _, l := range lines {
		text := layout.Cut(l[0], width)
		con.Print("%s%s  %s", text, strings.Repeat(" ", width-layout.Cells(text)), layout.Cut(l[1], layout.Columns-width-2))
	}
	return nil
}

// collect makes a line for each part; constants say nothing new.
func collect(p expression.Part, depth int, lines *[][2]string) {
	result := "= " + p.Value.String()
	switch {
	case p.Skipped:
		result = "not evaluated"
	case p.Err != nil:
		result = "! failed"
	case failedBelow(p):
		result = "incomplete"
	case p.Value.Dropped():
		result = "= null, dropped from the flow"
	}
	*lines = append(*lines, [2]string{strings.Repeat("  ", depth) + p.Text, result})
	for _, part := range p.Parts {
		if !part.Constant {
			collect(part, depth+1, lines)
		}
	}
}

func failedBelow(p expression.Part) bool {
	return slices.ContainsFunc(p.Parts, func(part expression.Part) bool { return part.Err != nil || failedBelow(part) })
}

func asJSON(p expression.Part) partJSON {
	j := partJSON{Expression: p.Text, Value: p.Value.Any(), Skipped: p.Skipped}
	if p.Value.Redacted() {
		j.Value = fmt.Sprint(p.Value)
	}
	if p.Err != nil {
		j.Error = p.Err.Summary()
	}
	for _, part := range p.Parts {
		j.Parts = append(j.Parts, asJSON(part))
	}
	return j
}
