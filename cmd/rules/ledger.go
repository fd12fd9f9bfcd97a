package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// rule is one row of the ledger.
type rule struct {
	id      string
	line    int // in the file, from 0
	cells   []string
	section string
}

// ledger is the file, line by line, and the rules in it.
type ledger struct {
	lines    []string
	rules    []rule
	evidence []evidence
}

// idPattern is a rule id that stands alone.
var idPattern = regexp.MustCompile(`(?:^|[^A-Za-z0-9-])((?:E|A|G|R|W|EN)-C?[0-9]+)`)

// ids lists the rule ids in a text, in order. In the names of sub-tests blanks are underscores.
func ids(text string) []string {
	var out []string
	text = strings.ReplaceAll(text, "_", " ")
	for _, m := range idPattern.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

const columns = 7 // id, rule, source, sure, option, tests, live

// parseLedger reads the tables; the error lists every bad row.
func parseLedger(text string) (*ledger, error) {
	l := &ledger{lines: strings.Split(text, "\n")}
	seen := map[string]int{}
	var errs []error
	section := ""
	for i, line := range l.lines {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			section = title
		}
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		cells := split(line)
		found := ids(cells[0])
		if len(found) != 1 || found[0] != cells[0] {
			continue // a heading of a table
		}
		if section == evidenceSection {
			e, err := parseEvidence(cells, i)
			l.evidence, errs = append(l.evidence, e), append(errs, err)
			continue
		}
		if len(cells) != columns {
			errs = append(errs, fmt.Errorf("line %d: %s has %d columns, want %d", i+1, cells[0], len(cells), columns))
			continue
		}
		if first, ok := seen[cells[0]]; ok {
			errs = append(errs, fmt.Errorf("line %d: %s is already in line %d", i+1, cells[0], first))
		}
		seen[cells[0]] = i + 1
		l.rules = append(l.rules, rule{id: cells[0], line: i, cells: cells, section: section})
	}
	if len(l.rules) == 0 {
		errs = append(errs, errors.New("table of rules not found"))
	}
	return l, errors.Join(append(errs, checkEvidence(l))...)
}

func split(line string) []string {
	cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// tests is the column that names what covers the rule.
func (r *rule) tests() string { return r.cells[columns-2] }

// leftOut reports whether the ledger says why there is no test.
func (r *rule) leftOut() bool {
	_, reason, ok := strings.Cut(r.tests(), "left out")
	return ok && strings.HasPrefix(r.tests(), "left out") && strings.Trim(reason, ": ") != ""
}

// text is the file with the column of tests brought up to date.
func (l *ledger) text(covered map[string][]string) string {
	for _, r := range l.rules {
		if r.leftOut() && len(covered[r.id]) == 0 {
			continue
		}
		cells := append([]string(nil), r.cells...)
		cells[columns-2] = short(covered[r.id])
		l.lines[r.line] = "| " + strings.Join(cells, " | ") + " |"
	}
	return strings.Join(l.lines, "\n")
}

// short names the tests that cover a rule, three of them at most.
func short(tests []string) string {
	const most = 3
	if len(tests) == 0 {
		return "–"
	}
	names := strings.Join(tests[:min(most, len(tests))], ", ")
	if len(tests) > most {
		names += fmt.Sprintf(" and %d more", len(tests)-most)
	}
	return names
}
