package main

import (
	"errors"
	"math/rand/v2"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/expressions"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/expression"
)

type expressionCommand struct {
	Eval expressionEval `cmd:"" help:"Evaluate an expression with given attributes."`
	List expressionList `cmd:"" help:"List the functions."`
}

type expressionEval struct {
	Expression    string   `arg:"" help:"The expression, as in a mapping." placeholder:"EXPR"`
	Attr          []string `help:"Attribute of the user. Repeat the name for several values." placeholder:"NAME=VALUE" sep:"none"`
	User          string   `help:"File with a Graph user that supplies the attributes." placeholder:"FILE"`
	Explain       bool     `help:"Show the value of each part of the expression."`
	JSON          bool     `name:"json" help:"Print JSON, which distinguishes null from empty."`
	DefaultDomain string   `help:"Default verified domain of the tenant, for DefaultDomain()." placeholder:"DOMAIN"`
	LenientIIF    bool     `name:"lenient-iif" help:"Evaluate IIF even when an attribute of its condition is null."`
	Seed          *uint64  `help:"Seed that makes Guid() and RandomString() repeatable." placeholder:"N"`
}

// Help is the example of --help.
func (expressionEval) Help() string {
	return `Prints the value, one line per element. Null prints nothing.

Example:

    scimdrill expression eval 'Join(" ", [givenName], [surname])' \
        --attr givenName=Ada --attr surname=Lovelace
    scimdrill expression eval --explain 'Left([mail], 3)' --attr mail=ada@x.test
    scimdrill expression eval --attr appRoleAssignments=Admin \
        --attr appRoleAssignments=User \
        'AppRoleAssignmentsComplex([appRoleAssignments])'`
}

// Run evaluates and prints.
func (c *expressionEval) Run(a *console.Console) error {
	parsed, err := expression.Parse(c.Expression)
	if err != nil {
		return misspelled(err)
	}
	for _, w := range parsed.Warnings() {
		a.Say("warning: %s", w)
	}
	attributes, err := expressions.NewPlayground(c.User, c.Attr)
	if err != nil {
		return err
	}
	for _, w := range attributes.Doubts(parsed.Attributes()) {
		a.Say("warning: %s", w)
	}
	env := c.env(a, attributes)
	if c.Explain {
		part, err := parsed.Explain(env)
		if err := expressions.ShowParts(a, part, c.JSON); err != nil {
			return err
		}
		return misspelled(err)
	}
	value, err := parsed.Eval(env)
	if err != nil {
		return misspelled(err)
	}
	return c.show(a, value)
}

func (c *expressionEval) env(a *console.Console, attributes *expressions.Playground) *expression.Env {
	seed := a.Random()
	if c.Seed != nil {
		seed = *c.Seed
	}
	return &expression.Env{
		Attribute: attributes.Value, Now: a.Now, Random: rand.New(rand.NewPCG(seed, 1)),
		DefaultDomain: c.DefaultDomain, LenientIIF: c.LenientIIF,
		Warn: func(message string) { a.Say("warning: %s", message) },
	}
}

func (c *expressionEval) show(a *console.Console, value expression.Value) error {
	if c.JSON {
		return a.PrintJSON(value.Any())
	}
	if value.IsNull() {
		return nil
	}
	for _, v := range value.List() {
		if v.Kind() == expression.KindRole {
			a.PrintLines(v.String()) // a role in full
			continue
		}
		a.PrintLines(v.Text())
	}
	return nil
}

// misspelled is an error in the expression itself; its text shows where.
func misspelled(err error) error {
	if _, ok := errors.AsType[*expression.Error](err); ok {
		return &exit.Error{Code: reports.ExitUsage, Err: err}
	}
	return err
}
