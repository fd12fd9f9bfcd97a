package main

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/expressions"
	"github.com/scimdrill/scimdrill/simulator/expression"
)

type expressionList struct {
	Name string `arg:"" optional:"" help:"Show one function with its arguments, evidence and example."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// Help is the example of --help.
func (expressionList) Help() string {
	return "Example:\n\n    scimdrill expression list\n    scimdrill expression list Switch"
}

// Run prints the functions by topic, or one function in full.
func (c *expressionList) Run(a *console.Console) error {
	functions := expression.Functions()
	if c.Name != "" {
		f, err := expressions.NamedFunction(functions, c.Name)
		if err != nil {
			return err
		}
		functions = []expression.Function{f}
	}
	switch {
	case c.JSON:
		return a.PrintJSON(expressions.AsObjects(functions))
	case c.Name != "":
		expressions.ShowFunction(a, functions[0])
	default:
		expressions.ListFunctions(a, functions)
	}
	return nil
}
