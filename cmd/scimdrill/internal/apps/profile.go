package apps

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// LoadProfile reads a built-in profile by its name.
func LoadProfile(name string) (*fixtures.Profile, error) {
	p, err := fixtures.LoadProfile(name)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	return p, nil
}

// ProfileSchema is the schema of a built-in profile.
func ProfileSchema(name string) (*syncschema.Schema, error) {
	p, err := LoadProfile(name)
	if err != nil {
		return nil, err
	}
	s, err := p.ParseSchema()
	if err != nil {
		return nil, exit.Broken("", "%w", err)
	}
	return s, nil
}
