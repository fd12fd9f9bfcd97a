package scoping

import "github.com/scimdrill/scimdrill/simulator/syncschema"

// All compiles clauses that are joined by AND, as one filter of the portal.
func All(clauses []syncschema.Clause, o Options) (*Filter, error) {
	groups, err := compileGroups([]syncschema.FilterGroup{{Name: "filter", Clauses: clauses}}, o)
	if err != nil {
		return nil, err
	}
	return &Filter{scope: groups}, nil
}
