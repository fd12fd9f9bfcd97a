package simulator

import (
	"errors"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/scoping"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// mappings are the compiled object mappings of a job, each with its scoping filters.
type mappings struct {
	users, groups           *mapping.Object
	userFilter, groupFilter *scoping.Filter
}

// compile finds the user and the group mapping of the outbound rule.
func compile(schema *syncschema.Schema, o scoping.Options) (mappings, error) {
	var m mappings
	rule, _, err := schema.Outbound()
	if err != nil {
		return m, err
	}
	for i := range rule.ObjectMappings {
		om := &rule.ObjectMappings[i]
		if !om.Enabled {
			continue
		}
		object, err := mapping.Compile(schema, om)
		if err != nil {
			return m, err
		}
		filter, err := scoping.Compile(schema, om, o)
		if err != nil {
			return m, err
		}
		switch {
		case strings.EqualFold(om.SourceObjectName, "User") && m.users == nil:
			m.users, m.userFilter = object, filter
		case strings.EqualFold(om.SourceObjectName, "Group") && m.groups == nil:
			m.groups, m.groupFilter = object, filter
		}
	}
	if m.users == nil {
		return m, errors.New("the schema has no enabled mapping of the object User; switch it on in the export, the service cannot run without it (E-116)")
	}
	return m, nil
}
