package main

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/expressions"
	"github.com/scimdrill/scimdrill/simulator/scoping"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

type scopeCommand struct {
	Eval scopeEval `cmd:"" help:"Evaluate clauses of a scoping filter with given attributes."`
}

type scopeEval struct {
	Clauses []string `arg:"" help:"Clauses, joined by AND: ATTRIBUTE OPERATOR [VALUE]." placeholder:"CLAUSE"`
	Attr    []string `help:"Attribute of the user. Repeat the name for several values." placeholder:"NAME=VALUE" sep:"none"`
	User    string   `help:"File with a Graph user that supplies the attributes." placeholder:"FILE"`
}

// Help is the example of --help.
func (scopeEval) Help() string {
	return `Prints each clause with its result, and whether the user passes. The exit code is 1 if not.

Example:

    scimdrill scope eval "department EQUALS Sales" --attr department=Sales
    scimdrill scope eval "department EQUALS Sales" "mail IS NOT NULL" \
        --user user.json`
}

// Run evaluates each clause alone, then all of them.
func (c *scopeEval) Run(a *console.Console) error {
	attributes, err := expressions.NewPlayground(c.User, c.Attr)
	if err != nil {
		return err
	}
	read := func(name string) any { return attributes.Value(name).Any() }
	var names []string
	passes := true
	for _, text := range c.Clauses {
		clause, err := syncschema.ParseClause(text)
		if err != nil {
			return exit.Usage("", "%w", err)
		}
		filter, err := scoping.All([]syncschema.Clause{clause}, scoping.Options{})
		if err != nil {
			return exit.Usage("correct the value of the clause", "%s: %w", clause, err)
		}
		verdict, err := filter.Evaluate(read)
		if err != nil {
			return exit.Usage("", "%w", err)
		}
		names, passes = append(names, clause.Attribute), passes && !verdict.Failed
		a.Row(truth(!verdict.Failed), clause.String()+", "+clause.Attribute+" is "+attributes.Value(clause.Attribute).String())
	}
	for _, doubt := range attributes.Doubts(slices.Compact(names)) {
		a.Say("warning: %s", strings.ReplaceAll(doubt, "the expression does", "the clauses do"))
	}
	if passes {
		a.Print("in scope")
		return nil
	}
	a.Print("out of scope")
	return exit.Unmet()
}

func truth(holds bool) string {
	if holds {
		return "true   "
	}
	return "false  "
}
