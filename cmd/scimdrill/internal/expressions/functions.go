package expressions

import (
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/expression"
)

// NamedFunction finds a function by its name, in any letter case.
func NamedFunction(functions []expression.Function, name string) (expression.Function, error) {
	var names []string
	for _, f := range functions {
		if strings.EqualFold(f.Name, name) {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return expression.Function{}, exit.Usage("", "%w", nearest.Unknown("function", name, names, "`scimdrill expression list` lists them"))
}

// ListFunctions prints the functions by topic.
func ListFunctions(con *console.Console, functions []expression.Function) {
	for _, group := range expression.Groups() {
		con.Print("%s", group)
		for _, f := range functions {
			if f.Group == group {
				listFunction(con, f)
			}
		}
		con.Print("")
	}
	con.Print("*  undocumented; its effect is inferred")
	con.Print("`scimdrill expression list NAME` shows arguments, evidence and an example.")
}

// AsObjects are functions as they are printed in JSON.
func AsObjects(functions []expression.Function) []functionJSON {
	out := make([]functionJSON, len(functions))
	for i, f := range functions {
		out[i] = functionAsJSON(f)
	}
	return out
}

// listFunction prints the signature, and below it what the function does.
func listFunction(con *console.Console, f expression.Function) {
	mark := ""
	if f.Evidence == expression.EvidenceInferred {
		mark = " *"
	}
	for _, line := range layout.Hanging("  ", "      ", f.Signature()+mark, layout.Columns) {
		con.Print("%s", line)
	}
	for _, line := range layout.Labelled("      ", f.Doc, layout.Columns) {
		con.Print("%s", line)
	}
}

// ShowFunction prints everything that the table knows.
func ShowFunction(con *console.Console, f expression.Function) {
	paragraph := func(first, text string) {
		for _, line := range layout.Labelled(first, text, layout.Columns) {
			con.Print("%s", line)
		}
	}
	for _, line := range layout.Hanging("", "    ", f.Signature(), layout.Columns) {
		con.Print("%s", line)
	}
	con.Print("")
	paragraph("", f.Doc)
	if len(f.Parameters) > 0 {
		con.Print("\nArguments")
	}
	for _, p := range f.Parameters {
		note := ""
		if !p.Required {
			note = ", optional"
		}
		if p.Repeatable {
			note += ", may be repeated"
		}
		con.Print("  %s: %s%s", p.Name, p.Type, note)
	}
	con.Print("\nEvidence: %s (%s)\n  %s", f.Evidence, f.Rule, f.Source)
	if len(f.Chosen) > 0 {
		con.Print("\nChosen where Microsoft's pages are silent (%s)", expression.EvidenceInferred)
	}
	for _, text := range f.Chosen {
		paragraph("  - ", text)
	}
	if f.Refused != "" {
		con.Print("")
		paragraph("Not available: ", f.Refused)
	}
	if f.Example.Expression == "" {
		return
	}
	con.Print("\nExample\n  %s", f.Example.Expression)
	paragraph("  = ", f.Example.Result)
	for _, attribute := range f.Example.Attributes {
		paragraph("  where ", "["+attribute.Name+"] is "+expression.FromAny(attribute.Value).String())
	}
}

// functionJSON is a function as JSON.
type functionJSON struct {
	Name       string          `json:"name"`
	Topic      string          `json:"topic"`
	Signature  string          `json:"signature"`
	Parameters []parameterJSON `json:"parameters"`
	Doc        string          `json:"doc"`
	Rule       string          `json:"rule"`
	Evidence   string          `json:"evidence"`
	Source     string          `json:"source"`
	Chosen     []string        `json:"chosen"`
	Available  bool            `json:"available"`
	Refused    string          `json:"refused,omitempty"`
	Example    *exampleJSON    `json:"example,omitempty"`
}

type parameterJSON struct {
	Name                     string `json:"name"`
	Type                     string `json:"type"`
	Required                 bool   `json:"required"`
	AllowMultipleOccurrences bool   `json:"allowMultipleOccurrences"`
}

type exampleJSON struct {
	Expression string         `json:"expression"`
	Attributes map[string]any `json:"attributes"`
	Result     string         `json:"result"`
}

func functionAsJSON(f expression.Function) functionJSON {
	j := functionJSON{
		Name: f.Name, Topic: f.Group, Signature: f.Signature(), Parameters: []parameterJSON{}, Doc: f.Doc,
		Rule: f.Rule, Evidence: f.Evidence, Source: f.Source, Chosen: append([]string{}, f.Chosen...),
		Available: f.Implemented, Refused: f.Refused,
	}
	for _, p := range f.Parameters {
		j.Parameters = append(j.Parameters, parameterJSON{p.Name, p.Type, p.Required, p.Repeatable})
	}
	if f.Example.Expression != "" {
		j.Example = &exampleJSON{Expression: f.Example.Expression, Attributes: map[string]any{}, Result: f.Example.Result}
		for _, a := range f.Example.Attributes {
			j.Example.Attributes[a.Name] = expression.FromAny(a.Value).Any()
		}
	}
	return j
}
