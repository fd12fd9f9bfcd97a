package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// The columns of the ledger of requirements that are made from the code.
const variantsColumn, checksColumn = columns - 3, columns - 1

// requirements compares the ledger of requirements with the tests of the reference target,
// which alone count for it.
func requirements(out io.Writer, path string, write bool, by map[string][]string) (bool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return false, fmt.Errorf("read the requirements: %w", err)
	}
	l, err := parseLedger(string(text))
	if err != nil {
		return false, fmt.Errorf("read the requirements %s: %w", path, err)
	}
	if write {
		l.name(variantsColumn, variants())
		l.name(checksColumn, checks())
		if err := os.WriteFile(path, []byte(l.text(by)), 0o644); err != nil {
			return false, fmt.Errorf("write the requirements: %w", err)
		}
	}
	return report(out, l, by), nil
}

// name fills a column with what is named after each requirement.
func (l *ledger) name(column int, by map[string][]string) {
	for i := range l.rules {
		cells := slices.Clone(l.rules[i].cells)
		cells[column] = "–"
		if names := by[l.rules[i].id]; len(names) > 0 {
			cells[column] = strings.Join(names, ", ")
		}
		l.rules[i].cells = cells
		l.lines[l.rules[i].line] = "| " + strings.Join(cells, " | ") + " |"
	}
}

// variants are the other choices of the target that each requirement leaves open.
func variants() map[string][]string {
	out := map[string][]string{}
	for _, v := range target.Variants() {
		for _, id := range v.Rules {
			out[id] = append(out[id], v.ID)
		}
	}
	return out
}

// checks are the conformance checks of each requirement.
func checks() map[string][]string {
	out := map[string][]string{}
	for _, c := range suites.All() {
		for _, id := range ids(c.Rule) {
			out[id] = append(out[id], string(c.ID))
		}
	}
	for id := range out {
		slices.Sort(out[id])
	}
	return out
}
