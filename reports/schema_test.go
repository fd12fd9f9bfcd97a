package reports_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/schemacheck"
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

// matchSchema fails the test unless a report matches the schema.
func matchSchema(t *testing.T, report []byte) {
	t.Helper()
	for _, problem := range schemaProblems(t, report) {
		t.Error(problem)
	}
}

func schemaProblems(t *testing.T, report []byte) []string {
	t.Helper()
	schema, err := os.ReadFile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	problems, err := schemacheck.Problems(schema, report)
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

// The schema does not match a report of another major version, or with a missing member.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]int{
		`{"schemaVersion":"1.0.0","tool":{"name":"n","version":"v"},"run":{"id":"r","seed":"7","command":""},"target":{"url":"","kind":"embedded"},` +
			`"timing":{"started":"","ended":""}}`: 1,
		`{"schemaVersion":"2.0.0","simulation":{"jobs":[],"profile":"goto"},"target":{"url":1,"kind":"other"}}`: 7,
	} {
		if got := schemaProblems(t, []byte(document)); len(got) != want {
			t.Errorf("%s has problems %q, want %d", document, got, want)
		}
	}
	old, err := os.ReadFile(filepath.Join("testdata", "v1-two-jobs.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(schemaProblems(t, old)) == 0 {
		t.Error("the schema matches a report of schema 1.0.0")
	}
}
