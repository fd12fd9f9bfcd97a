package mapping

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Options are documented choices about mappings; the zero value is the recommended one.
type Options struct {
	// DefaultOnUpdate sends a default in an update too, where its source is null: the other
	// side of A-7.
	DefaultOnUpdate bool
	// Clear is what is sent when a value of the source becomes null (W-C6).
	Clear Clearing
	// OmitFailed leaves out an attribute that cannot be evaluated and lets the others flow: the
	// other side of A-32.
	OmitFailed bool
}

// Object is a compiled object mapping (E-115). It is safe for concurrent use.
type Object struct {
	Name       string // of the mapping
	Kind       string // "User" or "Group", the object in the directory
	Target     string // name of the object in the target, a SCIM schema URN
	Flow       syncschema.FlowTypes
	Attributes []*Attribute
	Options

	readsRoles, draws      bool
	sources                []string
	matching               []*Attribute
	manager, members, soft *Attribute
}

// Matching gives the matching attributes, lowest priority number first (E-90). The slice
// is the object's own and must not be changed.
func (o *Object) Matching() []*Attribute { return o.matching }

// MatchBy makes an attribute the only matching one, instead of those that the schema names.
func (o *Object) MatchBy(name string) error {
	for _, a := range o.Attributes {
		if strings.EqualFold(a.Name, name) && a.Expr != nil && !a.Reference {
			o.matching = []*Attribute{a}
			return nil
		}
	}
	return fmt.Errorf("mapping %q: %s is not mapped from a value, so it cannot be a matching attribute", o.Name, name)
}

// Manager is the reference attribute that holds the manager, nil when none is mapped (E-135).
func (o *Object) Manager() *Attribute { return o.manager }

// Members is the reference attribute that holds the members, nil when none is mapped (E-135).
func (o *Object) Members() *Attribute { return o.members }

// Soft is the attribute active when it is mapped from IsSoftDeleted, else nil: a user can
// then not be disabled (E-215, E-217).
func (o *Object) Soft() *Attribute { return o.soft }

// ReadsRoles reports whether an attribute is mapped from the user's app roles (E-145).
func (o *Object) ReadsRoles() bool { return o.readsRoles }

// RoleAttribute is the first attribute whose mapping calls a role function, nil if none
// does; none of them goes with all users in scope (E-145).
func (o *Object) RoleAttribute() *Attribute {
	for _, a := range o.Attributes {
		if a.Expr != nil && a.Expr.Calls("SingleAppRoleAssignment", "AppRoleAssignmentsComplex", "AssertiveAppRoleAssignmentsComplex") {
			return a
		}
	}
	return nil
}

// RoleSource is the source attribute that holds the app roles of a user (E-145).
const RoleSource = "appRoleAssignments"

// Sources are the source attributes that the mapping reads, references left out: by name, and
// last those that the service computes. The slice is the object's own and must not be changed.
func (o *Object) Sources() []string { return o.sources }

// DrawsRandom reports whether an attribute is mapped from chance (E-177, E-195).
func (o *Object) DrawsRandom() bool { return o.draws }

// index finds the attributes with a role of their own.
func (o *Object) index() {
	for _, a := range o.Attributes {
		switch {
		case a.Reference && a.is("manager"):
			o.manager = a
		case a.Reference && a.is("members"):
			o.members = a
		case a.readsSoftDeletion():
			o.soft = a
		}
		if a.Expr != nil {
			o.readsRoles = o.readsRoles || slices.Contains(a.Expr.Attributes(), RoleSource)
			if !a.Reference {
				o.sources = append(o.sources, a.Expr.Attributes()...)
			}
			o.draws = o.draws || a.Expr.Calls("Guid", "RandomString")
		}
		if a.MatchingPriority > 0 {
			o.matching = append(o.matching, a)
		}
	}
	computed := func(name string) int { return slices.Index([]string{"IsSoftDeleted", RoleSource}, name) }
	slices.SortFunc(o.sources, func(a, b string) int {
		return cmp.Or(computed(a)-computed(b), strings.Compare(a, b))
	})
	o.sources = slices.Compact(o.sources)
	slices.SortStableFunc(o.matching, func(a, b *Attribute) int { return a.MatchingPriority - b.MatchingPriority })
}
