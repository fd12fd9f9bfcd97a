package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/options"
)

// choice is an option with its default.
type choice struct{ name, standard string }

// choices are the options of the engine, as simulate --list-options shows them.
func choices() []choice {
	var out []choice
	for _, o := range options.All() {
		out = append(out, choice{o.Name, o.Default})
	}
	return out
}

// options are the names in the column of options: of options, and of flags of simulate.
func (r *rule) options() []string {
	cell := r.cells[columns-3]
	if cell == "" || cell == "–" || strings.HasPrefix(cell, oneSide) {
		return nil
	}
	return strings.Split(cell, ", ")
}

// checkOptions compares the column of options with the options there are, both ways.
func checkOptions(l *ledger, known []choice) error {
	var errs []error
	named := map[string]bool{}
	for _, r := range l.rules {
		for _, o := range r.options() {
			named[o] = true
			if !slices.ContainsFunc(known, func(c choice) bool { return c.name == o }) && !strings.HasPrefix(o, "--") {
				errs = append(errs, fmt.Errorf("line %d: %s names the unknown option %s; hint: scimdrill simulate --list-options lists the options", r.line+1, r.id, o))
			}
		}
	}
	for _, c := range known {
		if !named[c.name] {
			errs = append(errs, fmt.Errorf("no rule names the option %s", c.name))
		}
	}
	return errors.Join(errs...)
}
