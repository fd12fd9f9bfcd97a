package main

import (
	"context"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/reports"
)

// client is the client other than Entra that the flags name, or nil; flags that mean nothing for it are rejected.
func (c *ondemandCommand) client(a *console.Console) (play.Client, error) {
	if c.Client == play.Entra {
		if c.ClientMode != "" {
			return nil, exit.Usage("omit it, or use --client okta", "--client-mode means nothing for the client entra")
		}
		return nil, nil //nolint:nilnil // Entra is no client of this kind
	}
	for _, name := range []string{"profile", "schema", "dialect", "json"} {
		if a.Line.Given(name) {
			return nil, exit.Usage("omit it, or use --client entra", "--%s means nothing for the client %s", name, c.Client)
		}
	}
	set := c.Set
	c.Set = nil // the options of the client
	return play.Provider(c.Client, c.ClientMode, nil, set)
}

// demandClient lets a client other than Entra provision now.
func (c *ondemandCommand) demandClient(ctx context.Context, a *console.Console, r *play.Run, provider play.Client) error {
	d, err := r.DemandClient(ctx, provider, c.User, c.Group, c.Member)
	if err != nil {
		return err
	}
	for _, line := range d.Lines() {
		a.Print("%s", line)
	}
	if d.Failed() || d.EndState != nil && d.EndState.Fails() {
		return &exit.Error{Code: reports.ExitFailed}
	}
	return nil
}
