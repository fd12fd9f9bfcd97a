package main

import (
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/setup"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/shell"
	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/dialect"
	"github.com/scimdrill/scimdrill/simulator/options"
)

// completionCommand prints the script of a shell.
type completionCommand struct {
	Shell string `arg:"" help:"bash, zsh, fish or powershell." enum:"bash,zsh,fish,powershell"`
}

// Help is the example of --help.
func (completionCommand) Help() string {
	return `The script asks scimdrill for the words that fit: commands, flags, and values such as the ids of
checks. Load it in the start file of your shell.

Example:

    source <(scimdrill completion bash)
    scimdrill completion zsh > "${fpath[1]}/_scimdrill"
    scimdrill completion fish | source
    scimdrill completion powershell | Out-String | Invoke-Expression`
}

// Run prints the script.
func (c *completionCommand) Run(a *console.Console) error {
	text, err := shell.Script(c.Shell)
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	_, err = io.WriteString(a.Stdout, text)
	return exit.Unwritten(err)
}

// completeCommand answers such a script.
type completeCommand struct {
	Words []string `arg:"" optional:"" passthrough:"" help:"Words behind scimdrill, up to the cursor."`
}

// Help is the example of --help.
func (completeCommand) Help() string {
	return "Prints the words that may stand at the cursor, for the script of a shell.\n\nExample:\n\n    scimdrill complete -- conform --pro"
}

// Run prints a candidate a line, with its meaning behind a tab.
func (c *completeCommand) Run(a *console.Console, app *kong.Kong) error {
	words := c.Words
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	list, files := shell.Complete(app.Model, words, flagValues)
	for _, candidate := range list {
		a.Print("%s\t%s", candidate.Word, candidate.Help)
	}
	if files {
		a.Print(":files")
	}
	return nil
}

// flagValues lists what a flag or an argument takes, where the program has a list.
func flagValues(command, name string) []string {
	switch name {
	case "format":
		return formatNames()
	case "app":
		return applicationNames()
	case "dialect":
		return dialect.Names()
	case "check", "what":
		return checkIDs()
	case "defect":
		return defectIDs()
	case "persona":
		return gotopersona.Names()
	case "feature":
		return catalog.Features()
	case "level":
		return []string{"MUST", "SHOULD", "ENTRA"}
	case "ci":
		return setup.Names()
	case "topic":
		return docs.Topics()
	case "set":
		return optionNames()
	case "profile":
		switch {
		case command == "conform":
			return conformance.Profiles()
		case strings.HasPrefix(command, "replay"):
			return nil
		}
		return applicationNames()
	case "name":
		if command == "profiles" {
			return applicationNames()
		}
	}
	return nil
}

func formatNames() (names []string) {
	for _, f := range reports.Formats() {
		names = append(names, f.Name)
	}
	return names
}

func applicationNames() (names []string) {
	list, err := fixtures.Profiles()
	if err != nil {
		return nil // a test reads them all
	}
	for _, p := range list {
		names = append(names, p.Name)
	}
	return names
}

func checkIDs() (ids []string) {
	for _, c := range suites.Checks() {
		ids = append(ids, string(c.ID))
	}
	return ids
}

func defectIDs() (ids []string) {
	for _, d := range target.Catalog() {
		ids = append(ids, d.ID)
	}
	return ids
}

func optionNames() (names []string) {
	for _, o := range options.All() {
		names = append(names, o.Name+"=")
	}
	return names
}
