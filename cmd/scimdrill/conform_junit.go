package main

import (
	"io"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// writeJUnit writes what --junit asks for, also of a target that cannot be judged.
func (c *conformCommand) writeJUnit(results io.Writer, rep *reports.Report) error {
	var err error
	switch {
	case c.JUnit == "" || rep.Conformance == nil:
	case c.JUnit == "-":
		err = reports.WriteJUnit(results, rep)
	default:
		err = wholefile.WriteFrom(c.JUnit, 0o600, func(w io.Writer) error { return reports.WriteJUnit(w, rep) })
	}
	return exit.Unwritten(err)
}
