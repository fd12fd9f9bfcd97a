package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/crowd"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/portrait"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/sources"
	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/directory/census"
)

type tenantCommand struct {
	Generate tenantGenerate `cmd:"" help:"Generate a tenant with fictional people, as JSON lines."`
	Inspect  tenantInspect  `cmd:"" help:"Check a tenant and summarize its contents."`
	Import   tenantImport   `cmd:"" help:"Convert saved responses, CSV or the folder of an exporter into a tenant file."`
}

type tenantGenerate struct {
	crowd.Generated

	Users   *int    `help:"Number of users (default: 100, or as many as the preset has)." placeholder:"N"`
	Groups  *int    `help:"Number of groups (default: 10, or as many as the preset has)." placeholder:"N"`
	Preset  string  `help:"Kind of organization: startup, school, enterprise or university. It has dynamic and nested groups of very different sizes, guests, disabled users, missing values, names in other scripts and people who are almost the same." placeholder:"NAME"`
	Seed    *uint64 `help:"Seed that makes the tenant repeatable." placeholder:"N"`
	Changes string  `help:"Generate a change stream for the same tenant instead: morning (one change of each kind), week, or year (joiners, movers, leavers, reorganizations, bursts and storms in groups)." enum:",morning,week,year" default:"" placeholder:"KIND"`
}

// Help is the example of --help.
func (tenantGenerate) Help() string {
	return `Names contain the run id. Mail domains end in .example unless --mail-domain is given, and telephone
numbers are fictional. Without --preset, a correct target provisions all of the tenant. The tenant is
written as it is made, so its size does not matter.

Example:

    scimdrill tenant generate --users 500 --groups 25 --seed 7 > tenant.jsonl
    scimdrill tenant generate --users 500 --groups 25 --seed 7 \
        --changes week > changes.jsonl
    scimdrill tenant generate --preset enterprise --users 100000 > large.jsonl`
}

// Run writes the tenant, or its change stream, to stdout.
func (c *tenantGenerate) Run(a *console.Console) error {
	o, err := c.options()
	if err != nil {
		return err
	}
	id := runs.Identify(a, c.Seed)
	o.Seed, o.RunID = id.Seed, id.RunID
	w := bufio.NewWriter(a.Stdout)
	if c.Changes == "" {
		err = generate.Tenant(w, o)
	} else {
		err = generate.Changes(w, o, c.Changes)
	}
	var path *os.PathError
	if err != nil && !errors.As(err, &path) {
		return exit.Usage("", "generate: %w", err)
	}
	return exit.Unwritten(errors.Join(err, w.Flush()))
}

// options are what the flags say of the tenant.
func (c *tenantGenerate) options() (generate.TenantOptions, error) {
	users, groups := c.Users, c.Groups
	if c.Preset == "" {
		users, groups = cmp.Or(users, new(100)), cmp.Or(groups, new(10))
	}
	o, err := generate.TenantOptions{Preset: c.Preset}.Sized(users, groups)
	if err != nil {
		return o, exit.Usage("", "--preset: %w", err)
	}
	o.People, err = c.Rules()
	return o, err
}

type tenantInspect struct {
	File string `arg:"" help:"A tenant file, responses of Graph, CSV, a folder of them, or - for a tenant file on stdin."`
}

// Help is the example of --help.
func (tenantInspect) Help() string {
	return `Loads the file as simulate does, and draws what is in it: departments, the tree of managers, sizes of
groups, missing values, people who look the same. It says why a first cycle creates fewer objects
than exist.

Example:

    scimdrill tenant inspect tenant.jsonl`
}

// Run loads the tenant as simulate would, and draws it.
func (c *tenantInspect) Run(ctx context.Context, a *console.Console) (err error) {
	r, name := a.Stdin, "stdin"
	if c.File != "-" {
		f, err := sources.Open(a, c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		r, name = f, c.File
	}
	dir, err := os.MkdirTemp("", "scimdrill-tenant-")
	if err != nil {
		return exit.Broken("", "create a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	t, err := directory.Open(ctx, filepath.Join(dir, "tenant.db"))
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	stats, err := t.Load(ctx, r, name, a.Now())
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	found, err := census.Take(ctx, t)
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	found.Assignments = stats.Assignments
	return exit.Unwritten(a.PrintPage(portrait.Text(found)))
}
