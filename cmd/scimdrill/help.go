package main

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/shell"
	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/reports/nearest"
)

// helpCommand prints a page of the reference, or the help of a command.
type helpCommand struct {
	Topic []string `arg:"" optional:"" help:"A topic, or a command such as: tenant generate."`
	Man   bool     `help:"Print the manual page, for man -l."`
}

// Help lists the topics.
func (helpCommand) Help() string {
	return "Topics: " + strings.Join(docs.Topics(), ", ") + ".\n\nExample:\n\n    scimdrill help scenario\n    scimdrill help record diff"
}

// Run prints the page of a topic. Anything else is taken for a command.
func (c *helpCommand) Run(ctx context.Context, a *console.Console, app *kong.Kong) error {
	if c.Man {
		_, err := io.WriteString(a.Stdout, shell.Man(app.Model, currentVersion()))
		return exit.Unwritten(err)
	}
	if len(c.Topic) == 1 {
		if text, ok := docs.Topic(c.Topic[0]); ok {
			a.PrintLines(renderHelp(text, a.PageWidth()))
			return nil
		}
	}
	again := console.New(a.Process, a.Tool)
	again.Args = append(slices.Clone(c.Topic), "--help")
	if err := run(ctx, again); err != nil {
		known := docs.Topics()
		for _, leaf := range app.Model.Leaves(true) {
			known = append(known, strings.Fields(leaf.FullPath())[1])
		}
		hint := cmp.Or(nearest.Hint(strings.Join(c.Topic, " "), known), "`scimdrill help help` lists the topics; `scimdrill help` lists the commands")
		return exit.Usage(hint, "%q is neither a topic nor a command", strings.Join(c.Topic, " "))
	}
	return nil
}

// versionFlag is --version: it prints the version and ends.
type versionFlag bool

// BeforeReset prints before kong asks for a command.
func (versionFlag) BeforeReset(parser *kong.Kong, a *console.Console) error {
	if err := (versionCommand{}).Run(a); err != nil {
		return err
	}
	parser.Exit(0)
	return nil
}
