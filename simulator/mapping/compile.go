package mapping

import (
	"errors"
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Compile checks an object mapping of a schema and parses its expressions. The error lists
// every mistake of the mapping.
func Compile(s *syncschema.Schema, om *syncschema.ObjectMapping) (*Object, error) {
	o := &Object{Name: om.Name, Target: om.TargetObjectName, Flow: om.Flow}
	var errs []error
	switch {
	case strings.EqualFold(om.SourceObjectName, "User"):
		o.Kind = "User"
	case strings.EqualFold(om.SourceObjectName, "Group"):
		o.Kind = "Group"
	default:
		errs = append(errs, fmt.Errorf("the source object %q cannot be provisioned, only User and Group; hint: set enabled to false for others", om.SourceObjectName))
	}
	_, definition := s.Definitions(om)
	seen := map[string]bool{}
	for i := range om.AttributeMappings {
		m := &om.AttributeMappings[i]
		a, err := attribute(m, definition)
		if err == nil && seen[strings.ToLower(a.Name)] {
			err = errors.New("it is mapped twice; hint: remove one of the two mappings")
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("target attribute %s: %w", m.TargetAttributeName, err))
			continue
		}
		seen[strings.ToLower(a.Name)] = true
		o.Attributes = append(o.Attributes, a)
	}
	o.index()
	if len(o.matching) == 0 {
		errs = append(errs, errors.New("no matching attribute; hint: set a matchingPriority above 0 for an attribute (E-90)"))
	}
	if len(errs) > 0 {
		return nil, fmt.Errorf("schema %s, mapping %q: %w", s.Name(), om.Name, errors.Join(errs...))
	}
	return o, nil
}

func attribute(m *syncschema.AttributeMapping, object *syncschema.ObjectDefinition) (*Attribute, error) {
	path, err := scim.ParseTargetPath(m.TargetAttributeName)
	if err != nil {
		return nil, err
	}
	a := &Attribute{
		Name: m.TargetAttributeName, Path: path, FlowType: m.FlowType, FlowAlways: m.FlowBehavior == "FlowAlways",
		Default: m.DefaultValue, MatchingPriority: m.MatchingPriority,
	}
	a.define(object.Attribute(m.TargetAttributeName))
	if m.Source != nil {
		if a.Expr, err = m.Source.Parse(); err != nil {
			return nil, err
		}
	}
	a.shape()
	switch {
	case a.Roles >= ComplexRoles && path.SubAttribute+path.FilterAttribute != "":
		return nil, fmt.Errorf("%s returns a list of roles; hint: map it to roles (E-147)", a.Expr.Function())
	case a.MatchingPriority > 0 && a.Expr == nil:
		return nil, errors.New("a matching attribute must have a source")
	case a.MatchingPriority > 0 && a.Reference:
		return nil, errors.New("a reference cannot be a matching attribute")
	}
	return a, nil
}
