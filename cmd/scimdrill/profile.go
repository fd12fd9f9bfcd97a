package main

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

func loadProfile(name string) (*fixtures.Profile, error) {
	p, err := fixtures.LoadProfile(name)
	if err != nil {
		return nil, exit.Usage("`scimdrill profiles` lists them", "%w", err)
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
		return nil, exit.Broken("", "%w", err)
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
		return simulator.App{}, nil, exit.Broken("", "%w", err)
	}
	return simulator.App{
		Name: p.Name, Title: p.Title, TemplateID: p.TemplateID, Interval: p.Interval, Dialect: p.Dialect,
		SupportsSoftDelete: p.SupportsSoftDelete, Schema: schema,
	}, p.Options, nil
}
