package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/expression"
)

type expressionCommand struct {
	Eval expressionEval `cmd:"" help:"Evaluate an expression over attributes."`
	List expressionList `cmd:"" help:"List the functions."`
}

type expressionEval struct {
	Expression    string   `arg:"" help:"The expression, as in a mapping." placeholder:"EXPR"`
	Attr          []string `help:"Attribute of the user; a repeated name makes several values." placeholder:"NAME=VALUE" sep:"none"`
	User          string   `help:"File with one Graph user whose attributes are used." placeholder:"FILE"`
	JSON          bool     `name:"json" help:"Print JSON: tells null from empty."`
	DefaultDomain string   `help:"Default verified domain of the tenant, for DefaultDomain()." placeholder:"DOMAIN"`
	LenientIIF    bool     `name:"lenient-iif" help:"Evaluate IIF also when an attribute of its condition is null."`
	Seed          *uint64  `help:"Makes Guid() and RandomString() repeatable." placeholder:"N"`
}

// Help is the example of --help.
func (expressionEval) Help() string {
	return `Prints the value: one line for each element, nothing for null.

Example:

    scimdrill expression eval 'Join(" ", [givenName], [surname])' --attr givenName=Ada --attr surname=Lovelace`
}

// Run evaluates and prints.
func (c *expressionEval) Run(a *app) error {
	parsed, err := expression.Parse(c.Expression)
	if err != nil {
		return misspelled(err)
	}
	for _, w := range parsed.Warnings() {
		a.say("warning: %s", w)
	}
	attribute, err := c.attributes()
	if err != nil {
		return err
	}
	seed := a.random()
	if c.Seed != nil {
		seed = *c.Seed
	}
	value, err := parsed.Eval(&expression.Env{
		Attribute: attribute, Now: a.now, Random: rand.New(rand.NewPCG(seed, 1)),
		DefaultDomain: c.DefaultDomain, LenientIIF: c.LenientIIF,
		Warn: func(message string) { a.say("warning: %s", message) },
	})
	if err != nil {
		return misspelled(err)
	}
	return c.show(a, value)
}

func (c *expressionEval) show(a *app, value expression.Value) error {
	if c.JSON {
		text, err := json.Marshal(value.Any())
		if err != nil {
			return fmt.Errorf("print the value: %w", err)
		}
		a.print("%s", text)
		return nil
	}
	if value.IsNull() {
		return nil
	}
	if value.Kind() != expression.KindList {
		a.print("%s", value.Text())
		return nil
	}
	for _, v := range value.List() {
		a.print("%s", v.Text())
	}
	return nil
}

// attributes reads --user and --attr, which goes before. Names are compared without
// regard to case (E-157).
func (c *expressionEval) attributes() (func(string) expression.Value, error) {
	user, err := readUser(c.User)
	if err != nil {
		return nil, err
	}
	given := map[string][]expression.Value{}
	for _, text := range c.Attr {
		name, value, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return nil, usage("for example --attr givenName=Ada", "--attr %q is not NAME=VALUE", text)
		}
		name = strings.ToLower(strings.Trim(name, "[]"))
		given[name] = append(given[name], expression.String(value))
	}
	return func(name string) expression.Value {
		switch values := given[strings.ToLower(name)]; len(values) {
		case 0:
			return expression.FromAny(user.Attribute(name))
		case 1:
			return values[0]
		default:
			return expression.List(values...)
		}
	}, nil
}

// readUser reads a user as Graph gives it; without a file the user has no attributes.
func readUser(path string) (*directory.Object, error) {
	user := &directory.Object{Kind: directory.User}
	if path == "" {
		return user, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, usage("", "read user: %w", err)
	}
	if err := json.Unmarshal(data, &user.Properties); err != nil || user.Properties == nil {
		return nil, usage("save the answer of Graph's GET /users/{id}", "read user %s: it is no JSON object (%v)", path, err)
	}
	user.ID, _ = user.Properties["id"].(string)
	return user, nil
}

// misspelled is an error in the expression itself; its text shows where.
func misspelled(err error) error {
	if _, ok := errors.AsType[*expression.Error](err); ok {
		return &failure{code: reports.ExitUsage, err: err}
	}
	return err
}

type expressionList struct {
	Name string `arg:"" optional:"" help:"Show one function with its example."`
}

// Help is the example of --help.
func (expressionList) Help() string { return "Example:\n\n    scimdrill expression list Switch" }

// Run prints one line a function, or one function in full.
func (c *expressionList) Run(a *app) error {
	functions := expression.Functions()
	if c.Name == "" {
		for _, f := range functions {
			note := ""
			if !f.Implemented {
				note = " (not available)"
			}
			a.print("%-58s %s%s", f.Signature(), f.Doc, note)
		}
		return nil
	}
	for _, f := range functions {
		if strings.EqualFold(f.Name, c.Name) {
			showFunction(a, f)
			return nil
		}
	}
	return usage("`scimdrill expression list` lists them", "there is no function %q", c.Name)
}

func showFunction(a *app, f expression.Function) {
	a.print("%s\n\n%s (%s)", f.Signature(), f.Doc, f.Rule)
	for _, p := range f.Parameters {
		note := ""
		if !p.Required {
			note = ", optional"
		}
		a.print("  %s: %s%s", p.Name, p.Type, note)
	}
	if f.Refused != "" {
		a.print("\nNot available: %s", f.Refused)
	}
	if f.Example.Expression != "" {
		a.print("\n  %s\n  = %s", f.Example.Expression, f.Example.Result)
		for _, attribute := range f.Example.Attributes {
			a.print("    where [%s] is %v", attribute.Name, attribute.Value)
		}
	}
}
