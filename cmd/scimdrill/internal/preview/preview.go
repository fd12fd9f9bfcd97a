// Package preview shows what a schema makes of one user or group of a tenant, without a target.
package preview

import (
	"context"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/scoping"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Preview is a schema and an object of a tenant.
type Preview struct {
	Schema *syncschema.Schema
	Tenant *directory.Tenant
	Object *directory.Object
	// All says that all users and groups are in scope, not only assigned ones.
	All bool
	Now func() time.Time
}

// Find finds a user or a group by id, userPrincipalName, mail or displayName.
func Find(ctx context.Context, t *directory.Tenant, name string) (*directory.Object, error) {
	var found []*directory.Object
	for _, kind := range []directory.Kind{directory.User, directory.Group} {
		err := t.Each(ctx, kind, func(o *directory.Object) error {
			for _, v := range []any{o.ID, o.Properties["userPrincipalName"], o.Properties["mail"], o.Properties["displayName"]} {
				if text, ok := v.(string); ok && strings.EqualFold(text, name) {
					found = append(found, o)
					break
				}
			}
			return nil
		})
		if err != nil {
			return nil, exit.Broken("", "read the tenant: %w", err)
		}
	}
	switch len(found) {
	case 0:
		return nil, exit.Usage("use the userPrincipalName, the display name or the id", "the tenant has no user and no group %q", name)
	case 1:
		return found[0], nil
	}
	return nil, exit.Usage("use the userPrincipalName or the id", "%d objects of the tenant are called %q", len(found), name)
}

// Show prints the values of all attributes, then the scope.
func (p *Preview) Show(ctx context.Context, con *console.Console) error {
	om, err := p.mapping(con)
	if err != nil {
		return err
	}
	compiled, err := mapping.Compile(p.Schema, om)
	if err != nil {
		return exit.Usage("`scimdrill schema validate FILE` lists all mistakes", "%w", err)
	}
	decision, err := p.decide(ctx, om)
	if err != nil {
		return err
	}
	compiled.OmitFailed = true
	values, err := compiled.Evaluate(p.env(ctx, con, decision.IsSoftDeleted))
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	con.Print("%s %s, mapping %q", p.Object.Kind, p.Object.ID, om.Name)
	for i := range values {
		con.Row("  "+values[i].Attribute.Name+"  ", described(&values[i]))
	}
	for _, a := range compiled.Attributes {
		if a.Reference {
			con.Row("  "+a.Name+"  ", p.reference(a))
		}
	}
	p.scope(con, decision)
	return nil
}

// described is a value, and where it comes from.
func described(v *mapping.Value) string {
	text := v.Value.String()
	switch {
	case v.Omitted:
		text = "(not evaluated)"
	case v.FromDefault:
		text += ", the default, sent on create only"
	case v.Value.Dropped():
		text = "(not sent)"
	case v.Absent():
		text = "(not sent: no value)"
	}
	if v.Attribute.MatchingPriority > 0 {
		text += ", matching attribute"
	}
	if v.Attribute.Required && v.Absent() {
		text += ", required: the object is skipped"
	}
	if v.Attribute.Expr != nil {
		text += "   from " + v.Attribute.Expr.String()
	}
	return text
}

func (p *Preview) reference(a *mapping.Attribute) string {
	switch {
	case a.Multivalued:
		return "(members are written after the group)"
	case p.Object.ManagerID == "":
		return "(not sent: no manager)"
	}
	return "the id that " + p.Object.ManagerID + " has in the target"
}

// scope prints the conditions, and the clauses that do not hold.
func (p *Preview) scope(con *console.Console, d scoping.Decision) {
	switch {
	case !d.InScope:
		con.Print("out of scope: not created; an existing account is disabled or deleted")
	case !d.Active:
		con.Print("blocked or deleted in Entra: not created; an existing account is disabled")
	default:
		con.Print("in scope")
	}
	for _, detail := range d.Details {
		con.Row("  "+detail.Key+"  ", detail.Value)
	}
	for _, clause := range d.Untrue {
		con.Row("  false  ", clause)
	}
}

func (p *Preview) mapping(con *console.Console) (*syncschema.ObjectMapping, error) {
	rule, ignored, err := p.Schema.Outbound()
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	for _, sentence := range ignored {
		con.Say("note: %s", sentence)
	}
	for i := range rule.ObjectMappings {
		om := &rule.ObjectMappings[i]
		if strings.EqualFold(om.SourceObjectName, p.Object.Kind.String()) && om.Enabled {
			return om, nil
		}
	}
	return nil, exit.Usage("switch the mapping on, or choose another schema", "the schema has no enabled mapping for a %s", strings.ToLower(p.Object.Kind.String()))
}

func (p *Preview) decide(ctx context.Context, om *syncschema.ObjectMapping) (scoping.Decision, error) {
	filter, err := scoping.Compile(p.Schema, om, scoping.Options{})
	if err != nil {
		return scoping.Decision{}, exit.Usage("correct the scoping filter", "%w", err)
	}
	verdict, err := filter.Evaluate(p.Object.Attribute)
	if err != nil {
		return scoping.Decision{}, exit.Usage("", "%w", err)
	}
	entitled, err := p.Tenant.Entitled(ctx, p.Object.Num)
	if err != nil {
		return scoping.Decision{}, exit.Broken("", "read the assignments: %w", err)
	}
	everyone, err := p.Tenant.EveryoneAssigned(ctx)
	if err != nil {
		return scoping.Decision{}, exit.Broken("", "read the assignments: %w", err)
	}
	return scoping.Decide(scoping.Facts{
		Kind: p.Object.Kind.String(), SyncAll: p.All, EveryoneAssigned: everyone, Entitled: entitled,
		Enabled: p.Object.Enabled(), SecurityEnabled: p.Object.SecurityEnabled(),
		Deleted: p.Object.Presence == directory.SoftDeleted, Filter: verdict,
	}), nil
}

// env reads the attributes of the object. Guid() and RandomString() draw from a fixed seed.
func (p *Preview) env(ctx context.Context, con *console.Console, softDeleted bool) *expression.Env {
	return &expression.Env{
		Attribute: func(name string) expression.Value {
			switch name {
			case "IsSoftDeleted":
				return expression.Boolean(softDeleted) // E-142
			case "appRoleAssignments":
				return p.roles(ctx)
			}
			return expression.FromAny(p.Object.Attribute(name))
		},
		Now: p.Now, Random: rand.New(rand.NewPCG(1, 1)),
		Warn: func(message string) { con.Say("warning: %s", message) },
	}
}

func (p *Preview) roles(ctx context.Context) expression.Value {
	list, err := p.Tenant.Roles(ctx, p.Object.Num)
	if err != nil || len(list) == 0 {
		return expression.Null()
	}
	values := make([]expression.Value, len(list))
	for i, r := range list {
		values[i] = expression.Role(expression.AppRole{ID: r.ID, Value: r.Value, DisplayName: r.DisplayName})
	}
	return expression.List(values...)
}
