package simulator

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/scoping"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// compile makes the mappings of another schema (E-273).
func (r *run) compile(schema *syncschema.Schema) (cycle.Mappings, error) {
	return compile(schema, r.settings)
}

// compile finds the user and the group mapping of the outbound rule, with their scoping filters.
func compile(schema *syncschema.Schema, o settings) (cycle.Mappings, error) {
	var m cycle.Mappings
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
		object.Options = o.mapping
		filter, err := scoping.Compile(schema, om, o.filters)
		if err != nil {
			return m, err
		}
		switch {
		case strings.EqualFold(om.SourceObjectName, "User") && m.Users == nil:
			m.Users, m.UserFilter = object, filter
		case strings.EqualFold(om.SourceObjectName, "Group") && m.Groups == nil:
			m.Groups, m.GroupFilter = object, filter
			if o.groupMatch != "" {
				if err := object.MatchBy(o.groupMatch); err != nil {
					return m, fmt.Errorf("option groupMatch: %w", err)
				}
			}
		}
	}
	if m.Users == nil {
		return m, errors.New("the schema has no enabled mapping of the object User; switch it on in the export, the service cannot run without it (E-116)")
	}
	return m, nil
}
