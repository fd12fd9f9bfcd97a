package apps

import (
	"cmp"
	"errors"
	"io/fs"
	"os"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Template is the profile whose schema fills a part of a schema if no other is named.
const Template = "customappsso"

// ReadSchema reads an exported schema. A part of one is filled from the schema of a profile, and
// the console says what was filled.
func ReadSchema(con *console.Console, path, profile string) (*syncschema.Schema, error) {
	data, err := wholefile.Read(path, 32<<20)
	if err != nil {
		return nil, exit.Usage("", "read schema: %w", err)
	}
	template, err := ProfileSchema(cmp.Or(profile, Template))
	if err != nil {
		return nil, err
	}
	s, notes, err := syncschema.Complete(data, path, template)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	for _, note := range notes {
		con.Say("note: %s: %s (profile %s)", path, note, cmp.Or(profile, Template))
	}
	return s, nil
}

// SchemaOf reads a file, or takes the schema of a built-in profile.
func SchemaOf(con *console.Console, name string) (*syncschema.Schema, error) {
	if _, err := os.Stat(name); err == nil {
		return ReadSchema(con, name, "")
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, exit.Usage("", "read schema: %w", err)
	}
	if _, err := fixtures.LoadProfile(name); err != nil {
		return nil, exit.Usage("`scimdrill profiles` lists the profiles", "file or built-in profile %q not found", name)
	}
	return ProfileSchema(name)
}
