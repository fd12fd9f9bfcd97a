package targets

import (
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// reduce leaves attributes out of the schema, if --schema-subset asks for it.
func (c *Flags) reduce(o *target.Options) error {
	if c.SchemaSubset == "" {
		return nil
	}
	if c.Persona != "" {
		return exit.Usage("omit one of them", "--schema-subset excludes --persona, because a persona has its own schema")
	}
	if err := o.Reduce(c.SchemaSubset); err != nil {
		return exit.Usage("", "--schema-subset: %w", err)
	}
	return nil
}
