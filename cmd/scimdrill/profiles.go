package main

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
)

type profilesCommand struct {
	Name string `arg:"" optional:"" help:"Show one profile in full."`
}

// Help is the example of --help.
func (profilesCommand) Help() string {
	return `A profile describes an application in Entra's provisioning service. A question mark marks facts
that Microsoft does not document and scimdrill assumes.

Example:

    scimdrill profiles goto`
}

// Run prints one line a profile, or one profile in full.
func (c *profilesCommand) Run(a *console.Console) error {
	if c.Name != "" {
		p, err := apps.LoadProfile(c.Name)
		if err != nil {
			return err
		}
		return apps.ShowProfile(a, p)
	}
	return apps.ListProfiles(a)
}
