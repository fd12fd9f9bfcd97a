// Package mappings compiles the mappings of users and groups that a schema has for a job.
package mappings

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/scoping"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Compile finds the user and the group mapping of the outbound rule, with their scoping filters.
func Compile(schema *syncschema.Schema, o options.Settings) (cycle.Mappings, error) {
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
		object.Options = o.Mapping
		filter, err := scoping.Compile(schema, om, o.Filters)
		if err != nil {
			return m, err
		}
		switch {
		case strings.EqualFold(om.SourceObjectName, "User") && m.Users == nil:
			m.Users, m.UserFilter = object, filter
		case strings.EqualFold(om.SourceObjectName, "Group") && m.Groups == nil:
			m.Groups, m.GroupFilter = object, filter
			if o.GroupMatch != "" {
				if err := object.MatchBy(o.GroupMatch); err != nil {
					return m, fmt.Errorf("option groupMatch: %w", err)
				}
			}
		}
	}
	if m.Users == nil {
		return m, errors.New("the schema has no enabled mapping of User, which the service requires (E-116); hint: enable it in the export")
	}
	return m, nil
}
