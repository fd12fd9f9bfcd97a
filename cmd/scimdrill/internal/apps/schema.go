package apps

import (
	"errors"
	"io/fs"
	"os"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// ReadSchema reads an exported schema.
func ReadSchema(path string) (*syncschema.Schema, error) {
	data, err := wholefile.Read(path, 32<<20)
	if err != nil {
		return nil, exit.Usage("", "read schema: %w", err)
	}
	s, err := syncschema.Parse(data, path)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	return s, nil
}

// SchemaOf reads a file, or takes the schema of a built-in profile.
func SchemaOf(name string) (*syncschema.Schema, error) {
	if _, err := os.Stat(name); err == nil {
		return ReadSchema(name)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, exit.Usage("", "read schema: %w", err)
	}
	if _, err := fixtures.LoadProfile(name); err != nil {
		return nil, exit.Usage("`scimdrill profiles` lists the profiles", "file or built-in profile %q not found", name)
	}
	return ProfileSchema(name)
}
