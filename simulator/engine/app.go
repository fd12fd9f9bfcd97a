package engine

import (
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// App is the application of the job.
type App struct {
	Name               string // "goto"
	Title              string // "GoTo"
	TemplateID         string
	Interval           string // ISO 8601
	Dialect            string
	SupportsSoftDelete bool
	Schema             *syncschema.Schema
	// Warning is what the application's tutorial warns of, and FirstTest what it advises to assign
	// for a first test. Both may be empty.
	Warning, FirstTest string
}

// Builtin returns the application of a built-in profile, and the options that the profile sets.
func Builtin(profile string) (App, map[string]string, error) {
	p, err := fixtures.LoadProfile(profile)
	if err != nil {
		return App{}, nil, err
	}
	schema, err := p.ParseSchema()
	if err != nil {
		return App{}, nil, err
	}
	return App{
		Name: p.Name, Title: p.Title, TemplateID: p.TemplateID, Interval: p.Interval,
		Dialect: p.Dialect, SupportsSoftDelete: p.SupportsSoftDelete, Schema: schema,
		Warning: p.Warning(), FirstTest: p.FirstTest,
	}, p.Options, nil
}
