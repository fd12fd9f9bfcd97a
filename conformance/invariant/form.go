package invariant

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// formRules are the rules of how a body is written.
func formRules() []Rule {
	return []Rule{
		{catalog.Check{
			ID: "HTP-042", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("2.1"), Rule: "R-11", Cause: "twice",
			Title: "returns no attribute twice in one object",
			Why:   "Names are case-insensitive. Which of the two values counts depends on the parser of the client.",
			Fix:   "Write each attribute once, in the letter case of the schema.",
		}, func(r *response, _ *history) (bool, *breach) {
			if r.object == nil {
				return false, nil
			}
			name := twice(json.NewDecoder(bytes.NewReader(r.Raw)))
			if name == "" {
				return true, nil
			}
			return true, &breach{attribute: name, expected: "each attribute is there once", actual: r.method + " " + r.route + " shows the attribute " + name + " twice in one object"}
		}},
		{catalog.Check{
			ID: "HTP-043", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "empty-objects",
			Title: "omits attributes without a value instead of returning empty objects",
			Why:   "An empty object reads as a value. Clients then show an empty name or address.",
			Fix:   "Omit complex attributes and extensions without values.",
		}, func(r *response, _ *history) (bool, *breach) {
			if r.projected || len(r.shown) == 0 {
				return false, nil
			}
			for _, s := range r.shown {
				if name := hollow(s.object); name != "" {
					return true, &breach{attribute: name, expected: "attributes without a value are absent", actual: r.method + " " + r.route + " shows " + name + " as an empty object"}
				}
			}
			return true, nil
		}},
	}
}

// twice returns the first name that an object of a JSON text has twice in any letter case, or "".
func twice(d *json.Decoder) string {
	type level struct {
		names map[string]bool // nil for a list
		value bool            // the next token is a value
	}
	var open []level
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		top := len(open) - 1
		inObject := top >= 0 && open[top].names != nil
		if name, ok := token.(string); ok && inObject && !open[top].value {
			folded := strings.ToLower(name)
			if open[top].names[folded] {
				return name
			}
			open[top].names[folded], open[top].value = true, true
			continue
		}
		if inObject {
			open[top].value = false
		}
		switch token {
		case json.Delim('{'):
			open = append(open, level{names: map[string]bool{}})
		case json.Delim('['):
			open = append(open, level{})
		case json.Delim('}'), json.Delim(']'):
			open = open[:top]
		}
	}
}

// hollow returns the first attribute that is an empty object or has one in its list, or "".
func hollow(object map[string]any) string {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		switch v := object[name].(type) {
		case map[string]any:
			if len(v) == 0 {
				return name
			}
		case []any:
			if slices.ContainsFunc(v, func(e any) bool { m, ok := e.(map[string]any); return ok && len(m) == 0 }) {
				return name
			}
		}
	}
	return ""
}
