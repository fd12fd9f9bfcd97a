package cycle

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// How the log names an object, and what it shows of its values.

// named is how the log names an object: a user by userPrincipalName, a group by its object id,
// as samples of 2026 do.
func (i *Identity) named(o *directory.Object, byID bool) provlog.Subject {
	s := provlog.Subject{Kind: o.Kind.String(), ID: o.ID, Source: i.Source.DisplayName, Target: i.Target.DisplayName}
	if upn, ok := o.Attribute("userPrincipalName").(string); ok && upn != "" && o.Kind == directory.User && !byID {
		s.ID = upn
	}
	return s
}

// exportedValues are the values that a write sent, by the names of the log.
func exportedValues(modified []provlog.ModifiedProperty) provlog.Details {
	var out provlog.Details
	for _, p := range modified {
		if p.NewValue != nil {
			out = append(out, provlog.Attribute(p.DisplayName, *p.NewValue))
		}
	}
	return out
}

// sourceValues are the source attributes that the mapping reads, as far as they changed. Those
// of values that the mapping itself hides are hidden (E-316, A-51).
func sourceValues(m *mapping.Object, env *expression.Env, values []mapping.Value, changed func(name string) bool) provlog.Details {
	var hidden []string
	for _, v := range values {
		if v.Value.Redacted() && v.Attribute.Expr != nil {
			hidden = append(hidden, v.Attribute.Expr.Attributes()...)
		}
	}
	var out provlog.Details
	for _, name := range m.Sources() {
		if !changed(name) {
			continue
		}
		switch value := sourceText(env, name); {
		case value == "":
		case slices.Contains(hidden, name):
			out = append(out, provlog.Attribute(name, concealed))
		default:
			out = append(out, provlog.Attribute(name, value))
		}
	}
	return out
}

// sourceText is the value of a source attribute as the log shows it; app roles by their names.
func sourceText(env *expression.Env, name string) string {
	if name != mapping.RoleSource {
		return env.Attribute(name).Text()
	}
	var names []string
	if env.AppRoles != nil {
		for _, role := range env.AppRoles() {
			names = append(names, role.DisplayName)
		}
	}
	return strings.Join(names, ",")
}
