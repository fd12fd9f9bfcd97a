package mapping

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Attribute is one compiled attribute mapping (E-110 to E-127).
type Attribute struct {
	Name             string // as the mapping spells it
	Path             scim.TargetPath
	Type             string // String, Boolean, Integer, Reference, …
	Multivalued      bool
	CaseExact        bool
	Required         bool
	Reference        bool
	FlowType         string
	FlowAlways       bool // flows with every update, changed or not (E-114)
	Roles            RoleShape
	Default          *string
	Expr             *expression.Expression // nil for the kind None
	MatchingPriority int

	roleType bool // the type of a single role, which says nothing about the role (E-146)
}

// defaultValue is the default as a value; "" stands for no default (G-16).
func (a *Attribute) defaultValue() (expression.Value, bool) {
	if a.Default == nil || *a.Default == "" {
		return expression.Null(), false
	}
	return expression.String(*a.Default), true
}

// define takes what the schema says about the target attribute. A partial schema may say
// nothing; then the names that SCIM itself defines decide (G-25).
func (a *Attribute) define(d *syncschema.AttributeDefinition) {
	if d == nil {
		a.Type = "String"
		switch strings.ToLower(a.Path.Attribute) {
		case "active":
			a.Type = "Boolean"
		case "manager":
			a.Type = "Reference"
		case "members":
			a.Type, a.Multivalued = "Reference", true
		}
		a.Reference = a.Type == "Reference"
		return
	}
	a.Type, a.Multivalued, a.CaseExact, a.Required = d.Type, d.Multivalued, d.CaseExact, d.Required
	a.Reference = d.Type == "Reference"
	if a.Default == nil && d.Required {
		a.Default = d.DefaultValue // G-20
	}
}

func (a *Attribute) is(name string) bool { return strings.EqualFold(a.Path.Attribute, name) }

// readsSoftDeletion reports whether the attribute is the one that disables (E-142, E-215).
func (a *Attribute) readsSoftDeletion() bool {
	if a.Expr == nil || !a.is("active") || a.Path.URN != "" && !scim.IsCore(a.Path.URN) {
		return false
	}
	for _, name := range a.Expr.Attributes() {
		if strings.EqualFold(name, "IsSoftDeleted") {
			return true
		}
	}
	return false
}

// RoleShape is how an attribute that is filled by a role function looks on the wire (E-145).
type RoleShape uint8

// RoleType is the type of every role that the service writes (W-46 to W-48).
const RoleType = "WindowsAzureActiveDirectoryRole"

// The shapes of roles.
const (
	NoRoles        RoleShape = iota
	SingleRole               // one primary role, a sub-attribute of roles (E-146)
	ComplexRoles             // all roles, only ever added (E-147)
	AssertiveRoles           // all roles, replaced as a whole (E-148)
)

// shape finds the role function of the source. What another function makes of a role is a
// plain value.
func (a *Attribute) shape() {
	if a.Expr == nil {
		return
	}
	switch a.Expr.Function() {
	case "SingleAppRoleAssignment":
		if a.is("roles") && a.Path.FilterAttribute != "" {
			a.Roles = SingleRole
		}
		if a.Roles == SingleRole && strings.EqualFold(a.Path.SubAttribute, "type") {
			a.Roles, a.roleType = NoRoles, true // E-146
		}
	case "AppRoleAssignmentsComplex":
		a.Roles, a.Multivalued = ComplexRoles, true
	case "AssertiveAppRoleAssignmentsComplex":
		a.Roles, a.Multivalued = AssertiveRoles, true
	}
}
