package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

type schemaCommand struct {
	Validate schemaValidate `cmd:"" help:"Check a schema exported from Graph or the portal."`
	Show     schemaShow     `cmd:"" help:"Print a schema: what is mapped where, or its JSON."`
	Diff     schemaDiff     `cmd:"" help:"Compare two schemas: mappings, matching, actions, filters, and what follows."`
}

type schemaValidate struct {
	File string `arg:"" help:"The exported JSON."`
}

// Help is the example of --help.
func (schemaValidate) Help() string {
	return "Ends with 1 if no cycle can run with the schema; warnings end with 0.\n\nExample:\n\n    scimdrill schema validate exported.json"
}

// Run prints the issues.
func (c *schemaValidate) Run(a *console.Console) error {
	s, err := readSchema(c.File)
	if err != nil {
		return err
	}
	errs, warnings := 0, 0
	for _, issue := range s.Validate() {
		a.Print("%s", issue)
		if issue.Severity == syncschema.SeverityError {
			errs++
		} else {
			warnings++
		}
	}
	if errs > 0 {
		return &exit.Error{
			Code: reports.ExitFailed, Err: fmt.Errorf("%s: %d errors, %d warnings: no cycle can run with it", c.File, errs, warnings),
			Hint: "correct the export, or the mapping in the portal and export it again",
		}
	}
	a.Say("%s: no errors, %d warnings", c.File, warnings)
	return nil
}

// readSchema reads an exported schema.
func readSchema(path string) (*syncschema.Schema, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, exit.Usage("", "read schema: %w", err)
	}
	s, err := syncschema.Parse(data, path)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	return s, nil
}

type schemaShow struct {
	File    string `arg:"" optional:"" help:"The exported JSON."`
	Profile string `help:"A built-in profile instead of a file; see scimdrill profiles." placeholder:"NAME"`
	JSON    bool   `name:"json" help:"Print the JSON."`
}

// Help is the example of --help.
func (schemaShow) Help() string { return "Example:\n\n    scimdrill schema show --profile goto" }

// Run prints the mappings of the rule that a job runs.
func (c *schemaShow) Run(a *console.Console) error {
	s, err := c.schema()
	if err != nil {
		return err
	}
	if c.JSON {
		return printIndented(a, s)
	}
	rule, ignored, err := s.Outbound()
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	for _, sentence := range ignored {
		a.Say("note: %s", sentence)
	}
	a.Row("", fmt.Sprintf("rule %s: %s to %s", rule.Name, rule.SourceDirectoryName, rule.TargetDirectoryName))
	for i := range rule.ObjectMappings {
		showMapping(a, &rule.ObjectMappings[i])
	}
	return nil
}

// printIndented prints a value as indented JSON.
func printIndented(a *console.Console, v any) error {
	compact, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	var text bytes.Buffer
	if err := json.Indent(&text, compact, "", "  "); err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	a.Print("%s", text.Bytes())
	return nil
}

func (c *schemaShow) schema() (*syncschema.Schema, error) {
	switch {
	case c.File != "" && c.Profile != "":
		return nil, exit.Usage("leave one of them out", "a file and --profile exclude each other")
	case c.File != "":
		return readSchema(c.File)
	case c.Profile != "":
		return profileSchema(c.Profile)
	}
	return nil, exit.Usage("for example --profile goto", "give the file of a schema, or --profile NAME")
}

func showMapping(a *console.Console, om *syncschema.ObjectMapping) {
	state := "enabled"
	if !om.Enabled {
		state = "disabled"
	}
	a.Print("")
	a.Row("", fmt.Sprintf("%s to %s (%s, %s)", om.SourceObjectName, om.TargetObjectName, om.Flow, state))
	showFilters(a, om.Scope)
	for _, m := range om.AttributeMappings {
		source := "<- " + sourceText(m) + mappingNotes(m)
		switch {
		case !a.OutTerminal:
			a.Print("  %-62s %s", m.TargetAttributeName, source)
		case len(m.TargetAttributeName) < 36:
			a.Item(fmt.Sprintf("  %-36s ", m.TargetAttributeName), source)
		default:
			a.Print("  %s", m.TargetAttributeName)
			a.Item(strings.Repeat(" ", 39), source)
		}
	}
}

// showFilters prints the scoping filters; an object has to pass one of each set (E-75, E-86).
func showFilters(a *console.Console, f *syncschema.Filter) {
	meaning := map[string]string{
		"groups": "in scope", "inputFilterGroups": "read at all (inputFilterGroups)", "categoryFilterGroups": "of this mapping (categoryFilterGroups)",
	}
	for _, set := range f.Sets() {
		if len(set.Groups) == 0 {
			continue
		}
		a.Print("  %s is who passes one of these filters:", meaning[set.Name])
		for _, g := range set.Groups {
			clauses := make([]string, len(g.Clauses))
			for i, c := range g.Clauses {
				clauses[i] = c.String()
			}
			a.Item("    "+g.Name+": ", strings.Join(clauses, " AND "))
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
