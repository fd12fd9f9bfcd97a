package mapping

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
)

// Creatable reports that the service exports the attribute with a create: it is one of the core
// schemas, or one of an extension whose URN has the form that Microsoft's page asks for. Anything
// else is left out of the create, and follows with the next cycle (A-63, W-39).
func (a *Attribute) Creatable() bool {
	switch {
	case a.Path.URN == "" || scim.IsCore(a.Path.URN):
		return slices.Contains(coreNames(), strings.ToLower(a.Path.Attribute))
	default:
		urn := strings.ToLower(a.Path.URN)
		return strings.HasPrefix(urn, "urn:ietf:params:scim:schemas:extension:") &&
			(strings.HasSuffix(urn, ":2.0:user") || strings.HasSuffix(urn, ":2.0:group"))
	}
}

// coreNames are the attributes of RFC 7643 sections 3.1, 4.1 and 4.2, in lower case.
func coreNames() []string {
	return []string{
		"id", "externalid", "meta", "schemas",
		"username", "name", "displayname", "nickname", "profileurl", "title", "usertype", "preferredlanguage", "locale", "timezone", "active", "password",
		"emails", "phonenumbers", "ims", "photos", "addresses", "groups", "entitlements", "roles", "x509certificates",
		"members",
	}
}

// Uncreatable are the attributes with a value that a create leaves out.
func Uncreatable(values []Value) []*Attribute {
	var out []*Attribute
	for _, v := range values {
		if !v.Value.IsNull() && !v.Attribute.Creatable() {
			out = append(out, v.Attribute)
		}
	}
	return out
}

// WithoutUncreatable are the values that a create has of those that it should have.
func WithoutUncreatable(values []Value) []Value {
	return slices.DeleteFunc(slices.Clone(values), func(v Value) bool { return !v.Attribute.Creatable() })
}
