package main

import (
	"io"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/rivo/uniseg"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// tooWide are the lines that do not fit; a word that is longer than a line, such as a URL
// or the URN of an attribute, stands alone in one.
func tooWide(text string, columns int) []string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if uniseg.StringWidth(line) > columns && len(strings.Fields(line)) > 1 && !strings.Contains(line, "https://") {
			lines = append(lines, line)
		}
	}
	return lines
}

// The help of every command fits 80 columns, its example included.
func TestHelpFits(t *testing.T) {
	t.Parallel()
	parser, err := kong.New(&commands{}, durationFlags(), kong.Writers(io.Discard, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	args := [][]string{{"--help"}}
	for _, leaf := range parser.Model.Leaves(false) {
		args = append(args, append(strings.Fields(strings.TrimPrefix(leaf.Path(), "scimdrill ")), "--help"))
	}
	if len(args) < 15 {
		t.Fatalf("only %d commands were found", len(args))
	}
	for _, a := range args {
		r := invocation{}.run(t, a...)
		r.want(t, 0, "Usage: scimdrill")
		if wide := tooWide(r.stdout, 80); len(wide) > 0 {
			t.Errorf("%v: %q", a, wide)
		}
		if len(a) > 1 && a[0] != "version" && !strings.Contains(r.stdout, "Example:") {
			t.Errorf("%v has no example", a)
		}
	}
}

// The sentences of an error fold on a terminal; elsewhere they are a line each.
func TestErrorsFit(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"simulate", "--target", "https://scim.example.com/v2", "--generate", "users=5"},
		{"connect", "--target", "http://127.0.0.1:1"},
		{"profiles", strings.Repeat("nosuch ", 20)},
		{"expression", "eval", "Replace([mail], , , \"" + strings.Repeat("x", 200)},
	} {
		plain := invocation{}.run(t, args...)
		folded := invocation{prepare: func(p *console.Process) { p.ErrTerminal, p.ErrColumns = true, func() int { return 60 } }}.run(t, args...)
		if plain.code == 0 || plain.code != folded.code {
			t.Errorf("%v: codes %d and %d", args, plain.code, folded.code)
		}
		for _, line := range tooWide(folded.stderr, 59) {
			if strings.HasPrefix(line, "scimdrill: ") || strings.HasPrefix(line, "hint: ") {
				t.Errorf("%v: %q", args, line)
			}
		}
		if a, b := strings.Join(strings.Fields(plain.stderr), " "), strings.Join(strings.Fields(folded.stderr), " "); a != b {
			t.Errorf("folding changes the words: %q and %q", a, b)
		}
	}
}

// Lists fold under themselves on a terminal, and are a line each for a program.
func TestListsFit(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"profiles"},
		{"profiles", "sap-cloud-identity-services"},
		{"simulate", "--list-options"},
		{"target", "--list-defects"},
		{"target", "--list-faults"},
		{"conform", "--list"},
		{"expression", "list"},
		{"schema", "show", "--profile", "customappsso"},
	} {
		for _, columns := range []int{60, 80, 200} {
			r := invocation{prepare: func(p *console.Process) {
				p.OutTerminal, p.OutColumns = true, func() int { return columns }
			}}.run(t, args...)
			r.want(t, 0)
			fits := min(columns, 80)
			if args[0] == "profiles" && len(args) == 1 || args[0] == "expression" {
				fits = 80 // tables
			}
			if wide := tooWide(r.stdout, fits); len(wide) > 0 {
				t.Errorf("%v on %d columns: %q", args, columns, wide)
			}
		}
	}
	r := invocation{}.run(t, "target", "--list-defects")
	if lines, want := strings.Count(r.stdout, "\n"), len(target.Catalog()); lines != want {
		t.Errorf("%d lines for %d defects", lines, want)
	}
}
