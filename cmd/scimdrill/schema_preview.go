package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/preview"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/sources"
	"github.com/scimdrill/scimdrill/simulator/directory"
)

type schemaPreview struct {
	Schema string `arg:"" optional:"" help:"An exported schema, or the name of a built-in profile." default:"customappsso"`
	User   string `help:"User or group of the tenant: userPrincipalName, display name or id." required:"" placeholder:"NAME"`
	Tenant string `help:"Source directory: a tenant file, responses of Graph, CSV, or a folder of them." required:"" placeholder:"FILE"`
	Scope  string `help:"Users and groups in scope: assigned or all." enum:"assigned,all" default:"assigned"`
}

// Help is the example of --help.
func (schemaPreview) Help() string {
	return `Needs no target. Shows the value of each attribute and its expression, then the conditions of the
scope. The exit code is 0 whether the object is in scope or not.

Example:

    scimdrill schema preview --tenant tenant.jsonl --user ada@contoso.example
    scimdrill schema preview exported.json --tenant users.json --user Ada`
}

// Run loads the tenant into a temporary folder, and shows one object of it.
func (c *schemaPreview) Run(ctx context.Context, a *console.Console) (err error) {
	schema, err := apps.SchemaOf(a, c.Schema)
	if err != nil {
		return err
	}
	source, err := sources.Open(a, c.Tenant)
	if err != nil {
		return err
	}
	defer source.Close()
	dir, err := os.MkdirTemp("", "scimdrill-preview-")
	if err != nil {
		return exit.Broken("", "create a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	tenant, err := directory.Open(ctx, filepath.Join(dir, "tenant.db"))
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	defer func() { err = errors.Join(err, tenant.Close()) }()
	if _, err := tenant.Load(ctx, source, c.Tenant, a.Now()); err != nil {
		return exit.Usage("", "%w", err)
	}
	object, err := preview.Find(ctx, tenant, c.User)
	if err != nil {
		return err
	}
	p := preview.Preview{Schema: schema, Tenant: tenant, Object: object, All: c.Scope == "all", Now: a.Now}
	return p.Show(ctx, a)
}
