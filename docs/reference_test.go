package docs_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/options"
)

// TestCommandsPage holds the list of commands to what `--help` prints.
func TestCommandsPage(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	page.WriteString("# Commands\n\nThis page is made from the program by `make golden`. `scimdrill COMMAND --help` prints each section.\n")
	describe(t, &page, nil)
	hold(t, "reference/commands.md", page.String())
}

// describe writes the help of a command and of those below it.
func describe(t *testing.T, page *strings.Builder, command []string) {
	text := run(t, t.TempDir(), 0, append(command, "--help")...)
	fmt.Fprintf(page, "\n## %s\n\n```text\n%s\n```\n", strings.Join(append([]string{"scimdrill"}, command...), " "), strings.TrimSpace(text))
	_, list, _ := strings.Cut(text, "\nCommands:\n")
	for _, m := range regexp.MustCompile(`(?m)^  (\S+(?: \S+)*)  `).FindAllStringSubmatch(list, -1) {
		describe(t, page, strings.Fields(m[1]))
	}
}

// TestFilesPage holds the version of the schema of report.json to the program.
func TestFilesPage(t *testing.T) {
	t.Parallel()
	contains(t, read(t, "reference/files.md"), "`schemaVersion`, now "+reports.SchemaVersion+".")
}

// TestOptionsPage holds the list of options to the engine's table.
func TestOptionsPage(t *testing.T) {
	t.Parallel()
	var page strings.Builder
	page.WriteString(`# Options of the engine

Microsoft's pages leave some behaviour open, or contradict each other. Each such choice is an option with a default. Set one with
` + "`--set OPTION=VALUE`" + `. The rule is a row of the behaviour ledger. This page is made from the program by ` + "`make golden`" + `.

| option | meaning | default | rule | evidence |
|---|---|---|---|---|
`)
	for _, o := range options.All() {
		value := "–"
		if o.Default != "" {
			value = "`" + o.Default + "`"
		}
		fmt.Fprintf(&page, "| `%s` | %s | %s | %s | %s |\n", o.Name, strings.ReplaceAll(o.Meaning, "|", `\|`), value, o.Rule, o.Evidence)
	}
	hold(t, "reference/options.md", page.String())
}
