package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

func main() {
	flags := flag.NewFlagSet("rules", flag.ExitOnError)
	write := flags.Bool("write", false, "update the tests column of the ledger")
	mutants := flags.String("mutants", "", "file of mutants: run the mutants of the drawn rules; no test run is read")
	ignore := flags.Bool("options", false, "also ignore each option in turn; a test of another value must fail")
	drawn := flags.Int("draw", 40, "number of rules to draw")
	seed := flags.Uint64("seed", 1, "seed for drawing rules")
	second := flags.String("requirements", "", "ledger of R-n; only tests of the reference target count")
	_ = flags.Parse(os.Args[1:]) // ends the program itself
	if flags.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: go test -json ./... | rules [-write] docs/why/behaviour.md")
		os.Exit(2)
	}
	o := task{known: choices(), ledger: flags.Arg(0), requirements: *second, write: *write, ignore: *ignore, mutants: *mutants, draw: *drawn, seed: *seed}
	good, err := run(context.Background(), o, os.Stdin, os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "rules:", err)
		os.Exit(2)
	}
	if !good {
		os.Exit(1)
	}
}

// task is what the command line asks for.
type task struct {
	known           []choice
	ledger, mutants string
	requirements    string // another ledger, or none
	write, ignore   bool
	draw            int
	seed            uint64
}

// run compares a ledger with a test run and reports whether nothing is open, or hunts mutants.
func run(ctx context.Context, o task, tests io.Reader, out io.Writer) (bool, error) {
	text, err := os.ReadFile(o.ledger)
	if err != nil {
		return false, fmt.Errorf("read the ledger: %w", err)
	}
	l, err := parseLedger(string(text))
	if err != nil {
		return false, fmt.Errorf("read the ledger %s: %w", o.ledger, err)
	}
	if err := checkOptions(l, o.known); err != nil {
		return false, fmt.Errorf("options column in %s: %w", o.ledger, err)
	}
	if o.mutants != "" {
		list, err := readMutants(o.mutants)
		if err != nil {
			return false, err
		}
		return hunt(ctx, out, list, draw(l, o.draw, o.seed))
	}
	ran, err := covered(tests)
	if err != nil {
		return false, err
	}
	if o.write {
		if err := os.WriteFile(o.ledger, []byte(l.text(ran.tests)), 0o644); err != nil {
			return false, fmt.Errorf("write the ledger: %w", err)
		}
	}
	good := report(out, l, ran.tests)
	if len(l.evidence) > 0 {
		_, _ = fmt.Fprintln(out, reportEvidence(l))
	}
	good = reportSides(out, l, o.known, ran.names) && good
	if o.ignore {
		looks, err := ignored(ctx, out, o.known, ran.names)
		if err != nil {
			return false, err
		}
		good = looks && good
	}
	if o.requirements == "" {
		return good, nil
	}
	met, err := requirements(out, o.requirements, o.write, ran.target)
	return met && good, err
}

// tally counts the rules of a section.
type tally struct{ covered, leftOut, open int }

// family is the letters of an id. Tests also carry ids of families that another document lists.
func family(id string) string {
	letters, _, _ := strings.Cut(id, "-")
	return letters
}

func report(out io.Writer, l *ledger, by map[string][]string) bool {
	var sections []string
	tallies := map[string]*tally{}
	total := &tally{}
	known, families := map[string]bool{}, map[string]bool{}
	var open []string
	for _, r := range l.rules {
		known[r.id] = true
		families[family(r.id)] = true
		t := tallies[r.section]
		if t == nil {
			t = &tally{}
			tallies[r.section] = t
			sections = append(sections, r.section)
		}
		switch {
		case len(by[r.id]) > 0:
			t.covered++
			total.covered++
		case r.leftOut():
			t.leftOut++
			total.leftOut++
		default:
			t.open++
			total.open++
			open = append(open, r.id)
		}
	}
	for _, name := range sections {
		t := tallies[name]
		_, _ = fmt.Fprintf(out, "%-44.44s %4d covered %4d left out %4d open\n", name, t.covered, t.leftOut, t.open)
	}
	_, _ = fmt.Fprintf(out, "%-44s %4d covered %4d left out %4d open\n", "all", total.covered, total.leftOut, total.open)
	unknown := slices.DeleteFunc(slices.Sorted(maps.Keys(by)), func(id string) bool { return known[id] || !families[family(id)] })
	if len(open) > 0 {
		_, _ = fmt.Fprintln(out, "open: "+strings.Join(open, " "))
	}
	if len(unknown) > 0 {
		_, _ = fmt.Fprintln(out, "named by tests but missing from the ledger: "+strings.Join(unknown, " "))
	}
	return len(open) == 0 && len(unknown) == 0
}
