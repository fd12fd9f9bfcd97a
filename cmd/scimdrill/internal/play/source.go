package play

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/sources"
	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/fixtures/people"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// Source is who is provisioned: a tenant in any form, or counts to generate, and what
// happens in it later.
type Source struct {
	Tenant, Generate, Changes string
	// Merge keeps what the tenant does not name.
	Merge bool
	// People says how generated people look.
	People people.Rules
}

// open opens the file of the source directory, or generates one.
func (s Source) open(con *console.Console, cfg engine.Config) (r io.Reader, done func(), err error) {
	done = func() {}
	switch {
	case s.Tenant != "" && s.Generate != "":
		return nil, done, exit.Usage("omit one of them", "--tenant and --generate exclude each other")
	case s.Tenant != "":
		f, err := sources.Open(con, s.Tenant)
		if err != nil {
			return nil, done, err
		}
		return f, func() { _ = f.Close() }, nil
	case s.Generate != "":
		o, err := generate.ParseCounts(s.Generate)
		if err != nil {
			return nil, done, exit.Usage("", "--generate %w", err)
		}
		o.Seed, o.RunID, o.People = cfg.Seed, cfg.RunID, s.People
		r, w := io.Pipe()
		go func() { _ = w.CloseWithError(generate.Tenant(w, o)) }()
		return r, func() { _ = r.Close() }, nil
	case cfg.State != "" && runs.FileExists(filepath.Join(cfg.State, "tenant.db")):
		return nil, done, nil // goes on with what is there
	}
	return nil, done, exit.Usage("for example --generate users=100,groups=5", "no source directory: --tenant FILE or --generate COUNTS is missing")
}

// changes reads the change stream, if there is one, or generates it for the generated tenant.
func (s Source) changes(seed uint64, run string) ([]directory.Change, error) {
	if s.Changes == "" {
		return nil, nil
	}
	if slices.Contains(generate.ChangeKinds(), s.Changes) && !runs.FileExists(s.Changes) {
		return s.made(seed, run)
	}
	f, err := os.Open(s.Changes)
	if err != nil {
		return nil, exit.Usage("give a file, or one of "+strings.Join(generate.ChangeKinds(), ", ")+" with --generate", "read changes: %w", err)
	}
	defer f.Close()
	list, err := directory.ReadChanges(f, s.Changes)
	if err != nil {
		return nil, exit.Usage("", "read changes: %w", err)
	}
	return list, nil
}

// made generates a change stream. It names people by their index, so it fits only the tenant of the same options.
func (s Source) made(seed uint64, run string) ([]directory.Change, error) {
	if s.Generate == "" {
		return nil, exit.Usage("for a file, write the changes with `scimdrill tenant generate --changes "+s.Changes+"` and the options that made the tenant, or by hand",
			"--changes %s needs --generate: the people of a file are unknown", s.Changes)
	}
	o, err := generate.ParseCounts(s.Generate)
	if err != nil {
		return nil, exit.Usage("", "--generate %w", err)
	}
	o.Seed, o.RunID, o.People = seed, run, s.People
	r, w := io.Pipe()
	go func() { _ = w.CloseWithError(generate.Changes(w, o, s.Changes)) }()
	list, err := directory.ReadChanges(r, s.Changes)
	_ = r.Close() // what is read is read
	if err != nil {
		return nil, exit.Usage("", "--changes %s: %w", s.Changes, err)
	}
	return list, nil
}
