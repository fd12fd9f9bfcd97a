package reports_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

type schema map[string]any

func loadSchema(t *testing.T) schema {
	t.Helper()
	data, err := os.ReadFile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// resolve follows a reference into $defs.
func (s schema) resolve(t *testing.T, node schema) schema {
	t.Helper()
	ref, ok := node["$ref"].(string)
	if !ok {
		return node
	}
	defs, _ := s["$defs"].(map[string]any)
	def, ok := defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	if !ok {
		t.Fatalf("%s is not there", ref)
	}
	return def
}

func member(node schema, name string) schema {
	m, _ := node[name].(map[string]any)
	return m
}

// The schema names each member that the Go types have, and no other.
func TestSchemaEqualsTypes(t *testing.T) {
	t.Parallel()
	root := loadSchema(t)
	seen := map[reflect.Type]bool{}
	var compare func(reflect.Type, schema, string)
	compare = func(typ reflect.Type, node schema, at string) {
		node = root.resolve(t, node)
		switch {
		case typ.Kind() == reflect.Pointer:
			compare(typ.Elem(), node, at)
		case typ.Kind() == reflect.Slice:
			compare(typ.Elem(), member(node, "items"), at+"[]")
		case typ.Kind() == reflect.Struct && typ != reflect.TypeFor[time.Time]() && !seen[typ]:
			seen[typ] = true
			names := map[string]bool{}
			required := []string{}
			for _, f := range reflect.VisibleFields(typ) {
				if f.Anonymous {
					continue
				}
				tag := strings.Split(f.Tag.Get("json"), ",")
				names[tag[0]] = true
				if !slices.Contains(tag, "omitempty") && !slices.Contains(tag, "omitzero") {
					required = append(required, tag[0])
				}
				compare(f.Type, member(member(node, "properties"), tag[0]), at+"."+tag[0])
			}
			if diff := cmp.Diff(slices.Sorted(maps.Keys(names)), slices.Sorted(maps.Keys(member(node, "properties")))); diff != "" {
				t.Errorf("%s: members of the type, and of the schema (-type +schema):\n%s", at, diff)
			}
			var stated []string
			list, _ := node["required"].([]any)
			for _, name := range list {
				stated = append(stated, fmt.Sprint(name))
			}
			slices.Sort(stated)
			slices.Sort(required)
			if diff := cmp.Diff(required, stated); diff != "" {
				t.Errorf("%s: required members (-type +schema):\n%s", at, diff)
			}
		}
	}
	compare(reflect.TypeFor[reports.Report](), root, "report")
}

// The golden report holds to the schema: kinds, enumerations, patterns.
func TestSchemaAcceptsGolden(t *testing.T) {
	t.Parallel()
	root := loadSchema(t)
	var doc any
	if err := json.Unmarshal(write(t, "json", fixture()), &doc); err != nil {
		t.Fatal(err)
	}
	for _, problem := range root.problems(t, doc, root, "report") {
		t.Error(problem)
	}
	broken, _ := doc.(map[string]any)
	broken["schemaVersion"], broken["target"] = "2.0.0", map[string]any{"url": 1, "kind": "other"}
	if got := root.problems(t, doc, root, "report"); len(got) != 3 {
		t.Errorf("a broken report has problems %v, want 3", got)
	}
}

func (s schema) problems(t *testing.T, v any, node schema, at string) []string {
	t.Helper()
	node = s.resolve(t, node)
	if node == nil || node["description"] == nil && node["type"] == nil {
		return []string{at + " is not described"}
	}
	var found []string
	if kind := kindOf(v); node["type"] != nil && node["type"] != kind && (node["type"] != "integer" || v != float64(int(v.(float64)))) {
		return []string{fmt.Sprintf("%s is of kind %s, not %s", at, kind, node["type"])}
	}
	if enum, ok := node["enum"].([]any); ok && !slices.Contains(enum, v) {
		found = append(found, fmt.Sprintf("%s is %v, not one of %v", at, v, enum))
	}
	if pattern, ok := node["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(fmt.Sprint(v)) {
		found = append(found, fmt.Sprintf("%s is %v, not as %s", at, v, pattern))
	}
	switch v := v.(type) {
	case []any:
		for i, item := range v {
			found = append(found, s.problems(t, item, member(node, "items"), fmt.Sprintf("%s[%d]", at, i))...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			sub := member(member(node, "properties"), name)
			if sub == nil {
				sub = member(node, "additionalProperties")
			}
			found = append(found, s.problems(t, v[name], sub, at+"."+name)...)
		}
	}
	return found
}

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "string"
	case float64:
		return "number"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	default:
		return "null"
	}
}
