package main

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// oneSide begins the column of options of a choice that has no second side, and the reason follows.
const oneSide = "one side only:"

// chosen reports whether the rule is a choice of ours where the sources leave something open.
// Each has to have an option, whose sides tests show, or to say why there is one side only.
func (r *rule) chosen() bool {
	return family(r.id) == "A" || strings.HasPrefix(r.id, "W-C")
}

// reason is why a choice has one side only, "" when the ledger does not say that.
func (r *rule) reason() string {
	reason, _ := strings.CutPrefix(r.cells[columns-3], oneSide)
	if reason == r.cells[columns-3] {
		return ""
	}
	return strings.TrimSpace(reason)
}

// reportSides says which choices lack an option, or a test of one of its sides. names are the
// tests that passed, by rule id.
func reportSides(out io.Writer, l *ledger, known []choice, names map[string][]string) bool {
	var both, one int
	var lacking []string
	for _, r := range l.rules {
		if !r.chosen() {
			continue
		}
		lacks := r.lacks(known, names[r.id])
		switch {
		case len(lacks) > 0:
			lacking = append(lacking, lacks...)
		case r.reason() != "":
			one++
		default:
			both++
		}
	}
	_, _ = fmt.Fprintf(out, "choices: %d with tests of both sides of each option, %d with one side only\n", both, one)
	for _, text := range lacking {
		_, _ = fmt.Fprintln(out, text)
	}
	return len(lacking) == 0
}

// lacks is what is missing of the sides of a choice.
func (r *rule) lacks(known []choice, names []string) []string {
	options := r.options()
	if len(options) == 0 && r.reason() == "" {
		return []string{r.id + " names no option and gives no reason; write \"" + oneSide + " …\" in the options column"}
	}
	var out []string
	for _, o := range options {
		name := strings.TrimPrefix(o, "--")
		values := sides(name, names)
		if i := slices.IndexFunc(known, func(c choice) bool { return c.name == o }); i >= 0 && !slices.Contains(values, known[i].standard) {
			out = append(out, fmt.Sprintf("%s: sub-test \"%s … %s %s\" not found (the default of its option)", r.id, r.id, name, known[i].standard))
		}
		if len(values) < 2 {
			out = append(out, fmt.Sprintf("%s: the sub-tests named \"%s … %s VALUE\" cover %d values of the option; want two", r.id, r.id, name, len(values)))
		}
	}
	return out
}

// repeated is what go test appends to the name of a sub-test that came before.
var repeated = regexp.MustCompile(`#[0-9]+$`)

// sides are the values that stand behind the name of an option in names of tests.
func sides(option string, names []string) []string {
	var out []string
	for _, name := range names {
		words := strings.FieldsFunc(repeated.ReplaceAllString(name, ""), func(c rune) bool { return strings.ContainsRune("_/ ", c) })
		for i, word := range words[:max(len(words)-1, 0)] {
			value := strings.TrimRight(words[i+1], ",:;")
			if word == option && value != "" && !slices.Contains(out, value) {
				out = append(out, value)
			}
		}
	}
	return out
}
