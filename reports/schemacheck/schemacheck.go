// Package schemacheck checks a JSON document against a JSON Schema, for tests. It knows the
// keywords that report.schema.json uses: $ref into $defs, type, enum, pattern, minimum,
// minItems, maxItems, required, properties, additionalProperties and items. A member that the
// schema does not describe is a problem, because a program must not write what it does not
// describe.
package schemacheck

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Problems lists where a document does not match a schema.
func Problems(schema, document []byte) ([]string, error) {
	var root node
	if err := json.Unmarshal(schema, &root); err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	var doc any
	if err := json.Unmarshal(document, &doc); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	return root.problems(doc, root, "$"), nil
}

// node is a schema, or a part of one.
type node map[string]any

// member returns a part of a schema, or nil.
func (n node) member(name string) node {
	m, _ := n[name].(map[string]any)
	return m
}

// resolve follows a reference into $defs.
func (n node) resolve(part node) node {
	ref, ok := part["$ref"].(string)
	if !ok {
		return part
	}
	return n.member("$defs").member(strings.TrimPrefix(ref, "#/$defs/"))
}

// problems checks a value against a part of the schema n.
func (n node) problems(v any, part node, at string) []string {
	part = n.resolve(part)
	if part["description"] == nil && part["type"] == nil {
		return []string{at + " is not described"}
	}
	if want := part["type"]; want != nil && !hasType(v, want) {
		return []string{fmt.Sprintf("%s is %v, not of type %v", at, v, want)}
	}
	found := value(v, part, at)
	switch v := v.(type) {
	case []any:
		for i, item := range v {
			found = append(found, n.problems(item, part.member("items"), fmt.Sprintf("%s[%d]", at, i))...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			sub := part.member("properties").member(name)
			if sub == nil {
				sub = part.member("additionalProperties")
			}
			found = append(found, n.problems(v[name], sub, at+"."+name)...)
		}
	}
	return found
}

// value checks a value without what is in it.
func value(v any, part node, at string) []string {
	var found []string
	bad := func(format string, args ...any) { found = append(found, at+" "+fmt.Sprintf(format, args...)) }
	if enum, ok := part["enum"].([]any); ok && !slices.Contains(enum, v) {
		bad("is %v, not one of %v", v, enum)
	}
	switch v := v.(type) {
	case string:
		if pattern, ok := part["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(v) {
			bad("is %q, which does not match %s", v, pattern)
		}
	case float64:
		if least, ok := part["minimum"].(float64); ok && v < least {
			bad("is %v, less than %v", v, least)
		}
	case []any:
		if least, ok := part["minItems"].(float64); ok && float64(len(v)) < least {
			bad("has %d items, less than %v", len(v), least)
		}
		if most, ok := part["maxItems"].(float64); ok && float64(len(v)) > most {
			bad("has %d items, more than %v", len(v), most)
		}
	case map[string]any:
		required, _ := part["required"].([]any)
		for _, name := range required {
			if _, ok := v[fmt.Sprint(name)]; !ok {
				bad("has no %v", name)
			}
		}
	}
	return found
}

// hasType reports whether a value has a type of JSON Schema.
func hasType(v, want any) bool {
	switch v := v.(type) {
	case string:
		return want == "string"
	case float64:
		return want == "number" || want == "integer" && v == float64(int64(v))
	case bool:
		return want == "boolean"
	case []any:
		return want == "array"
	case map[string]any:
		return want == "object"
	default:
		return want == "null"
	}
}
