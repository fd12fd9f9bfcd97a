package filtermodel

import (
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// values returns all values at a path such as title, name.givenName, emails.value, emails, or one
// with a URN in front.
func values(object map[string]any, path string) []any {
	if i := strings.LastIndex(path, ":"); i >= 0 && strings.HasPrefix(strings.ToLower(path), "urn:") {
		urn := path[:i]
		path = path[i+1:]
		if !strings.EqualFold(urn, resource.User) && !strings.EqualFold(urn, resource.Group) {
			object, _ = object[resource.Key(object, urn)].(map[string]any)
		}
	}
	in := []any{object}
	for name := range strings.SplitSeq(path, ".") {
		var out []any
		for _, v := range in {
			if m, ok := v.(map[string]any); ok {
				out = append(out, flat(m[resource.Key(m, name)])...)
			}
		}
		in = out
	}
	return in
}

// flat returns the elements of a list, a single value as one, and none for null.
func flat(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}
