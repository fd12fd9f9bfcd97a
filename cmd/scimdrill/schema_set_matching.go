package main

import (
	"encoding/json"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

type schemaSetMatching struct {
	Schema    string `arg:"" help:"An exported file, or the name of a built-in profile."`
	Attribute string `arg:"" help:"Mapped attribute of the target, such as userName."`
	Object    string `help:"Objects that it matches: User or Group." enum:"User,Group" default:"User"`
	Out       string `help:"File for the changed schema. Without it, the schema is printed." placeholder:"FILE"`
}

// Help is the example of --help.
func (schemaSetMatching) Help() string {
	return `Changes the attribute that objects are matched by, and nothing else. The target must be able to
filter by it: schema validate --target asks it.

Example:

    scimdrill schema set-matching goto externalId --out schema.json
    scimdrill schema validate schema.json --target "$TARGET" --token-file token`
}

// Run changes the schema.
func (c *schemaSetMatching) Run(a *console.Console) error {
	s, err := apps.SchemaOf(a, c.Schema)
	if err != nil {
		return err
	}
	changed, before, err := s.WithMatching(c.Object, c.Attribute)
	if err != nil {
		return exit.Usage("", "set the matching attribute: %w", err)
	}
	a.Say("%s objects are matched by %s, no longer by %s", c.Object, c.Attribute, strings.Join(before, ", "))
	if c.Out == "" {
		return a.PrintIndented(changed)
	}
	text, err := json.MarshalIndent(changed, "", "  ")
	if err != nil {
		return err
	}
	if err := wholefile.Write(c.Out, 0o600, append(text, '\n')); err != nil {
		return exit.Unwritten(err)
	}
	a.Say("next: scimdrill schema validate %s --target URL, which asks the target whether it can filter by it", layout.Quote(c.Out))
	return nil
}
