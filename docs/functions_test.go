package docs_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/expression"
)

// TestFunctionsPage holds the list of functions to the table of the language.
func TestFunctionsPage(t *testing.T) {
	t.Parallel()
	functions := expression.Functions()
	var page strings.Builder
	fmt.Fprintf(&page, `# Functions of expressions

%d functions of attribute mappings, by topic. `+"`scimdrill expression eval`"+` evaluates an expression, and `+"`scimdrill expression list NAME`"+`
prints a section. A function marked as inferred is undocumented. This page is made from the program by `+"`make golden`"+`.
`, len(functions))
	for _, group := range expression.Groups() {
		fmt.Fprintf(&page, "\n## %s\n", group)
		for _, f := range functions {
			if f.Group == group {
				function(&page, f)
			}
		}
	}
	hold(t, "reference/functions.md", page.String())
}

// function writes what the table knows about a function.
func function(page *strings.Builder, f expression.Function) {
	fmt.Fprintf(page, "\n### %s\n\n`%s`\n\n%s\n\n", f.Name, f.Signature(), cell(f.Doc))
	for _, p := range f.Parameters {
		note := ""
		if !p.Required {
			note = ", optional"
		}
		if p.Repeatable {
			note += ", repeatable"
		}
		fmt.Fprintf(page, "- Argument `%s`: %s%s\n", p.Name, p.Type, note)
	}
	fmt.Fprintf(page, "- Evidence: [%s](%s)\n- Rule: %s\n", f.Evidence, f.Source, f.Rule)
	for _, choice := range f.Chosen {
		fmt.Fprintf(page, "- Chosen, because the pages are silent: %s\n", cell(choice))
	}
	if f.Refused != "" {
		fmt.Fprintf(page, "- Not available: %s\n", cell(f.Refused))
	}
	if f.Example.Expression == "" {
		return
	}
	fmt.Fprintf(page, "\n```text\n%s\n= %s\n", f.Example.Expression, f.Example.Result)
	for _, a := range f.Example.Attributes {
		fmt.Fprintf(page, "where [%s] is %s\n", a.Name, expression.FromAny(a.Value).String())
	}
	page.WriteString("```\n")
}
