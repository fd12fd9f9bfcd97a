package apps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// SchemaDifference words a difference, line by line, and what follows from it.
func SchemaDifference(d *syncschema.Difference) []string {
	if d.Identical {
		return []string{"The two schemas are the same document. Nothing changes."}
	}
	var lines []string
	for _, o := range d.Objects {
		lines = append(lines, fmt.Sprintf("%s %s", sign(o.Change), o.Object))
		lines = append(lines, propertyLines("    ", o.Properties)...)
		for _, m := range o.Attributes {
			lines = append(lines, fmt.Sprintf("    %s %s", sign(m.Change), m.Target))
			lines = append(lines, propertyLines("        ", m.Properties)...)
		}
	}
	lines = append(lines, propertyLines("", d.Other)...)
	if d.Same() {
		lines = append(lines, "The documents differ only in parts that no cycle reads.")
	}
	lines = append(lines, "Consequence: any schema change makes a job start with an initial cycle. Every object in scope is read and compared again. Links are kept; escrows and quarantine are dropped (E-51, E-273).")
	return append(lines, consequences(d)...)
}

func sign(change string) string {
	switch change {
	case syncschema.ChangeAdded:
		return "+"
	case syncschema.ChangeRemoved:
		return "-"
	}
	return "~"
}

func propertyLines(indent string, list []syncschema.PropertyDelta) []string {
	var lines []string
	for _, p := range list {
		switch {
		case p.Old == "":
			lines = append(lines, fmt.Sprintf("%s%s: %s", indent, p.Name, p.New))
		case p.New == "":
			lines = append(lines, fmt.Sprintf("%s%s: was %s", indent, p.Name, p.Old))
		default:
			lines = append(lines, fmt.Sprintf("%s%s: %s → %s", indent, p.Name, p.Old, p.New))
		}
	}
	return lines
}

// consequences says what the kinds of change in a difference mean for accounts.
func consequences(d *syncschema.Difference) []string {
	var lines []string
	add := func(text string) {
		if !slices.Contains(lines, text) {
			lines = append(lines, text)
		}
	}
	for _, o := range d.Objects {
		if o.Change == syncschema.ChangeRemoved {
			add("A removed object mapping no longer runs. Its objects stay unchanged in the target (E-116).")
		}
		for _, p := range o.Properties {
			switch {
			case o.Change != syncschema.ChangeChanged:
			case p.Name == "matching attributes":
				add("A new matching attribute affects only objects that are not linked. Linked objects keep their link (E-90, E-3).")
			case strings.HasSuffix(p.Name, "filter"):
				add("An object that no longer passes a scoping filter leaves scope. It is disabled or deleted as the actions allow.")
			case p.Name == "actions":
				add("A disabled action appears as skipped in the log (A-36).")
			case p.Name == "enabled":
				add("A disabled mapping does not run. Its objects stay unchanged (E-116).")
			}
		}
		for _, m := range o.Attributes {
			if m.Change == syncschema.ChangeRemoved {
				add("An attribute without a mapping keeps its value in the target.")
			}
		}
	}
	return lines
}
