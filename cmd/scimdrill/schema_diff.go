package main

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

type schemaDiff struct {
	A    string `arg:"" help:"The older schema: an exported file, or the name of a built-in profile."`
	B    string `arg:"" help:"The newer schema: an exported file, or the name of a built-in profile."`
	JSON bool   `name:"json" help:"Print the difference as JSON."`
}

// Help is the example of --help.
func (schemaDiff) Help() string {
	return "Shows what a job would do differently. The exit code is 0 with and without differences.\n\nExample:\n\n    scimdrill schema diff customappsso exported.json"
}

// Run prints the difference.
func (c *schemaDiff) Run(a *console.Console) error {
	older, err := apps.SchemaOf(a, c.A)
	if err != nil {
		return err
	}
	newer, err := apps.SchemaOf(a, c.B)
	if err != nil {
		return err
	}
	d, err := syncschema.Compare(older, newer)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	if c.JSON {
		return a.PrintIndented(d)
	}
	t := &console.Page{}
	for _, line := range apps.SchemaDifference(d) {
		t.Wrapped(line)
	}
	return exit.Unwritten(a.PrintPage(t))
}
