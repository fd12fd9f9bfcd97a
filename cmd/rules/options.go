package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator"
)

// optionNames are the options of the engine, as simulate --list-options shows them.
func optionNames() []string {
	var names []string
	for _, o := range simulator.Options() {
		names = append(names, o.Name)
	}
	return names
}

// options are the names in the column of options: of options, and of flags of simulate.
func (r *rule) options() []string {
	cell := r.cells[columns-3]
	if cell == "" || cell == "–" {
		return nil
	}
	return strings.Split(cell, ", ")
}

// checkOptions compares the column of options with the options there are, both ways.
func checkOptions(l *ledger, names []string) error {
	var errs []error
	named := map[string]bool{}
	for _, r := range l.rules {
		for _, o := range r.options() {
			named[o] = true
			if !slices.Contains(names, o) && !strings.HasPrefix(o, "--") {
				errs = append(errs, fmt.Errorf("line %d: %s names the option %s, which does not exist; see scimdrill simulate --list-options", r.line+1, r.id, o))
			}
		}
	}
	for _, name := range names {
		if !named[name] {
			errs = append(errs, fmt.Errorf("no rule names the option %s", name))
		}
	}
	return errors.Join(errs...)
}
