package survey

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// Value returns a value for an attribute that any endpoint with this attribute accepts. name is
// unique in the run.
func Value(a Attribute, name, mail string) any {
	if v, ok := known(strings.ToLower(a.Path), name, mail); ok && a.allows(v) {
		return v
	}
	var v any = "Tour"
	switch strings.ToLower(a.Type) {
	case "boolean":
		v = true
	case "integer":
		v = 7
	case "decimal":
		v = 7.5
	case "datetime":
		v = "2026-01-31T12:00:00Z"
	case "reference":
		v = "https://scimdrill.example/" + name
	case "binary":
		v = "Zm9v+/8="
	default:
		if len(a.Canonical) > 0 {
			v = a.Canonical[0]
		}
	}
	if a.Multi && !strings.ContainsAny(a.Path, ".[") {
		return []any{v}
	}
	return v
}

// allows reports whether the values that the attribute announces have a value.
func (a Attribute) allows(v any) bool {
	s, text := v.(string)
	return len(a.Canonical) == 0 || text && slices.ContainsFunc(a.Canonical, func(c string) bool { return strings.EqualFold(c, s) })
}

// known returns the values of attributes whose form is known.
func known(path, name, mail string) (any, bool) {
	switch path {
	case "username":
		return mail, true
	case "externalid":
		return "X-" + name, true
	case "displayname":
		return "Conf " + name, true
	case "locale":
		return "en-GB", true
	case "preferredlanguage":
		return "en-US", true
	case "timezone":
		return "Europe/London", true
	case "usertype":
		return "Member", true
	case "password":
		return "Tour-2026-" + name, true
	}
	switch {
	case strings.HasPrefix(path, "emails"):
		return mail, strings.HasSuffix(path, ".value")
	case strings.HasPrefix(path, "phonenumbers"):
		return "+15550100200", strings.HasSuffix(path, ".value")
	case strings.HasPrefix(path, "x509certificates"):
		return certificate, strings.HasSuffix(path, ".value")
	case strings.HasSuffix(path, ".country"):
		return "GB", true
	case strings.HasSuffix(path, ".postalcode"):
		return "SW1A 1AA", true
	}
	return nil, false
}

// Other returns a value that differs from v, and that any endpoint with this attribute accepts.
func Other(a Attribute, v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case int:
		return v + 1
	case float64:
		return v + 1
	case []any:
		if len(v) == 1 {
			return []any{Other(a, v[0])}
		}
	case string:
		return otherText(a, v)
	}
	return v
}

func otherText(a Attribute, v string) string {
	path := strings.ToLower(a.Path)
	if len(a.Canonical) > 0 {
		if i := slices.IndexFunc(a.Canonical, func(c string) bool { return !strings.EqualFold(c, v) }); i >= 0 {
			return a.Canonical[i]
		}
		return v
	}
	switch {
	case path == "usertype":
		return "Guest"
	case path == "locale", path == "preferredlanguage":
		return "de-DE"
	case path == "timezone":
		return "Europe/Berlin"
	case strings.HasSuffix(path, ".country"):
		return "DE"
	case strings.HasSuffix(path, ".postalcode"):
		return "EC1A 1BB"
	case strings.HasPrefix(path, "phonenumbers"):
		return "+15550100299"
	case strings.EqualFold(a.Type, "dateTime"):
		return "2026-02-28T12:00:00Z"
	case strings.EqualFold(a.Type, "reference"):
		return v + "/other"
	case strings.HasPrefix(path, "x509certificates"):
		return otherCertificate
	case strings.EqualFold(a.Type, "binary"):
		return "+/8Toug="
	case v == "Tour":
		return "Tower"
	}
	return "x" + v
}

// Body puts attributes into a resource.
func Body(attributes []Attribute) map[string]any {
	body := map[string]any{}
	for _, a := range attributes {
		if !a.inList() {
			body = resource.With(body, a.Path, a.Sent)
			continue
		}
		dot := strings.LastIndex(a.Path, ".")
		head, sub := a.Path[:dot], a.Path[dot+1:]
		list, _ := body[head].([]any) // a list without types: one element
		if len(list) == 0 {
			list = []any{map[string]any{}}
		}
		element, _ := list[0].(map[string]any)
		element[sub] = a.Sent
		body[head] = list
	}
	return body
}

// inList reports a leaf of a list whose elements have no type.
func (a Attribute) inList() bool { return a.Listed && !strings.Contains(a.Path, "[") }
