package main

import (
	"strings"

	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

type profilesCommand struct {
	Name string `arg:"" optional:"" help:"Show one profile in full."`
}

// Help is the example of --help.
func (profilesCommand) Help() string {
	return "A profile is an application as Entra's provisioning service knows it.\n\nExample:\n\n    scimdrill profiles goto"
}

// Run prints one line a profile, or one profile in full.
func (c *profilesCommand) Run(a *app) error {
	if c.Name != "" {
		p, err := loadProfile(c.Name)
		if err != nil {
			return err
		}
		a.showProfile(p)
		return nil
	}
	all, err := fixtures.Profiles()
	if err != nil {
		return broken("", "%w", err)
	}
	for i := range all {
		note := ""
		if all[i].Retired {
			note = " (retired)"
		}
		a.print("%-24s %s%s", all[i].Name, all[i].Title, note)
	}
	return nil
}

func (a *app) showProfile(p *fixtures.Profile) {
	a.print("%s: %s", p.Name, p.Title)
	if p.Tutorial != "" {
		a.print("  tutorial     %s", p.Tutorial)
	}
	a.print("  interval     %s", p.Interval)
	a.print("  credential   %s", p.Credential)
	a.print("  soft delete  %v", p.SupportsSoftDelete)
	a.print("  dialect      %s", p.Dialect)
	if p.Retired {
		a.print("  retired      yes: its owner no longer supports it")
	}
	for _, basis := range []fixtures.Basis{fixtures.BasisMicrosoft, fixtures.BasisAssumption} {
		heading := "\nKnown from Microsoft's pages:"
		if basis == fixtures.BasisAssumption {
			heading = "\nAssumed:"
		}
		for _, n := range p.Notes {
			if n.Basis != basis {
				continue
			}
			if heading != "" {
				a.print("%s", heading)
				heading = ""
			}
			a.print("  - %s", strings.TrimSpace(n.Text))
		}
	}
	a.print("\nThe mapping: scimdrill schema show --profile %s", p.Name)
}

func loadProfile(name string) (*fixtures.Profile, error) {
	p, err := fixtures.LoadProfile(name)
	if err != nil {
		return nil, usage("`scimdrill profiles` lists them", "%w", err)
	}
	return p, nil
}

func profileSchema(name string) (*syncschema.Schema, error) {
	p, err := loadProfile(name)
	if err != nil {
		return nil, err
	}
	s, err := p.ParseSchema()
	if err != nil {
		return nil, broken("", "%w", err)
	}
	return s, nil
}

// loadApp gives the application of a profile to the engine.
func loadApp(name string) (simulator.App, map[string]string, error) {
	p, err := loadProfile(name)
	if err != nil {
		return simulator.App{}, nil, err
	}
	schema, err := p.ParseSchema()
	if err != nil {
		return simulator.App{}, nil, broken("", "%w", err)
	}
	return simulator.App{
		Name: p.Name, Title: p.Title, TemplateID: p.TemplateID, Interval: p.Interval, Dialect: p.Dialect,
		SupportsSoftDelete: p.SupportsSoftDelete, Schema: schema,
	}, p.Options, nil
}
