package shell

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"
)

// Man is the manual page of a command line, in section 1. It has no date, so that two builds of
// one version are equal.
func Man(app *kong.Application, version string) string {
	m := manual{}
	m.line(`.TH SCIMDRILL 1 "" "scimdrill ` + roff(version) + `" "User Commands"`)
	m.section("NAME", `scimdrill \- `+roff(strings.TrimSuffix(app.Help, ".")))
	m.section("SYNOPSIS", `.B scimdrill`, `.I COMMAND`, `.RI [ flags ]`)
	m.section("DESCRIPTION", roff("scimdrill runs Microsoft Entra's provisioning engine against a SCIM 2.0 endpoint on a virtual clock, "+
		"and grades the endpoint with conformance checks. It connects to the target that it is given, and to nothing else. "+
		"It sends no usage data and never looks for updates."))
	m.line(".SH COMMANDS")
	for _, leaf := range app.Leaves(true) {
		m.command(leaf)
	}
	m.section("ENVIRONMENT", roff("SCIMDRILL_TOKEN is the bearer token of the target. SCIMDRILL_<FLAG> sets a flag, such as SCIMDRILL_ALLOW_HOST. "+
		"NO_COLOR switches colours off."))
	m.section("FILES", roff("scimdrill.yaml in the working folder has flags, one `flag: value` per line. `scimdrill help files` lists the files of a run."))
	m.section("EXIT STATUS", roff("0: conformant, or all expectations are met. 1: not conformant, or an expectation is not met. "+
		"2: wrong usage or configuration. 3: the target could not be reached, or the run broke. 4: a report could not be written. 130: interrupted."))
	m.section("SEE ALSO", roff("`scimdrill help TOPIC` prints the pages of the reference."))
	return m.text.String()
}

// manual collects lines of roff.
type manual struct{ text strings.Builder }

func (m *manual) line(text string) { m.text.WriteString(text + "\n") }

func (m *manual) section(name string, lines ...string) {
	m.line(".SH " + name)
	for _, line := range lines {
		m.line(line)
	}
}

// command writes one command with its flags. The flags of all commands are not repeated.
func (m *manual) command(node *kong.Node) {
	m.line(".SS scimdrill " + roff(command(node)))
	m.line(roff(node.Help))
	for _, p := range node.Positional {
		m.item(p.Summary(), p.Help)
	}
	for _, f := range node.Flags {
		if f.Hidden || f.Name == "help" {
			continue
		}
		name := "--" + f.Name
		if !f.IsBool() {
			name += "=" + f.FormatPlaceHolder()
		}
		m.item(name, f.Help)
	}
	example := ""
	if provider, ok := reflect.TypeAssert[kong.HelpProvider](node.Target); ok {
		_, example, _ = strings.Cut(provider.Help(), "Example:\n\n")
	}
	if example != "" {
		m.line(".PP\n.EX")
		for line := range strings.Lines(example) {
			m.line(roff(strings.TrimRight(line, "\n")))
		}
		m.line(".EE")
	}
}

func (m *manual) item(name, help string) {
	m.line(fmt.Sprintf(".TP\n.B %s\n%s", roff(name), roff(strings.Join(strings.Fields(help), " "))))
}

// roff writes text so that nothing in it is a request or an escape.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\"", `\(dq`).Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	var b strings.Builder
	for _, r := range text {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\[u%04X]`, r)
		}
	}
	return b.String()
}
