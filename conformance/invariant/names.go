package invariant

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// nameRules are the rules of the names of attributes.
func nameRules() []Rule {
	name := regexp.MustCompile(`^\$?[A-Za-z][A-Za-z0-9$_-]*$`)
	return []Rule{
		{catalog.Check{
			ID: "HTP-066", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("2.1"), Rule: "R-11", Cause: "path-as-name",
			Title: "returns no attribute whose name is a path",
			Why:   "A value that is stored under its path is lost: no client looks for it there.",
			Fix:   "Parse each path and each key before you store its value. Reject or ignore what you do not understand.",
		}, func(r *response, _ *history) (bool, *breach) {
			for _, s := range r.shown {
				for _, key := range slices.Sorted(maps.Keys(s.object)) {
					_, object := s.object[key].(map[string]any)
					extension := object && strings.HasPrefix(strings.ToLower(key), "urn:") && !strings.ContainsAny(key, "[] ")
					if !extension && !name.MatchString(key) {
						return true, &breach{attribute: key, expected: "names of letters, digits, $, - and _, and URNs of extensions", actual: r.method + " " + r.route + " shows an attribute named " + key}
					}
				}
			}
			return len(r.shown) > 0, nil
		}},
	}
}
