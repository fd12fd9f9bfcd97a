package main

import (
	"context"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/docs"
)

// helpCommand prints a page of the reference, or the help of a command.
type helpCommand struct {
	Topic []string `arg:"" optional:"" help:"A topic, or a command such as: tenant generate."`
}

// Help lists the topics.
func (helpCommand) Help() string {
	return "Topics: " + strings.Join(docs.Topics(), ", ") + ".\n\nExample:\n\n    scimdrill help scenario\n    scimdrill help record diff"
}

// Run prints the page of a topic. Anything else is taken for a command.
func (c *helpCommand) Run(ctx context.Context, a *console.Console) error {
	if len(c.Topic) == 1 {
		if text, ok := docs.Topic(c.Topic[0]); ok {
			a.PrintLines(renderHelp(text, a.PageWidth()))
			return nil
		}
	}
	again := console.New(a.Process, a.Tool)
	again.Args = append(slices.Clone(c.Topic), "--help")
	if err := run(ctx, again); err != nil {
		return exit.Usage("`scimdrill help help` lists the topics; `scimdrill help` lists the commands", "%q is neither a topic nor a command", strings.Join(c.Topic, " "))
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
