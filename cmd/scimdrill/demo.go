package main

import (
	"context"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/demo"
)

type demoCommand struct {
	Out  string  `help:"Folder for all files." default:"scimdrill-out" placeholder:"DIR"`
	Seed *uint64 `help:"Seed that makes the run repeatable." placeholder:"N"`
}

// Help is the example of --help.
func (demoCommand) Help() string {
	return `Runs without setup. It uses an embedded target, a generated tenant and the profile goto. The
target behaves like GoTo as far as that is documented. Entra provisions it for a simulated week
with joiners, movers, leavers, a domain to verify, an outage and the resulting quarantine. Groups
turn into product seats. Then Okta pushes the same groups to an organization of its own.
Afterwards, the reference target is graded.

Example:

    scimdrill demo --out demo`
}

// Run plays the week, grades the target and says where the reports are.
func (c *demoCommand) Run(ctx context.Context, a *console.Console) error {
	return demo.Play(ctx, a, c.Out, c.Seed)
}
