package scenario

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// SchemaEdit is an administrator's change to the mappings of the application.
type SchemaEdit struct {
	// Unmap takes attribute mappings away: User.active.
	Unmap []string `yaml:"unmap"`
	// Map sets attribute mappings: User.title: "[jobTitle]".
	Map map[string]string `yaml:"map"`
	// Match makes attributes the matching attributes of their object, in this order: User.externalId.
	Match []string `yaml:"match"`
	// Actions sets the target object actions: User: Add,Update.
	Actions map[string]string `yaml:"actions"`
	// Filter sets the scoping filter; clauses are joined by AND: User: [department EQUALS Sales].
	Filter map[string][]string `yaml:"filter"`
	// Off switches object mappings off: Group.
	Off []string `yaml:"off"`
}

// apply makes an edited copy of a schema.
func (e *SchemaEdit) apply(schema *syncschema.Schema) (*syncschema.Schema, error) {
	raw, err := json.Marshal(schema)
	if err != nil {
		return nil, err
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("edit the schema: %w", err)
	}
	for _, step := range []func(map[string]any) error{e.unmap, e.set, e.match, e.actions, e.filter, e.off} {
		if err := step(doc); err != nil {
			return nil, err
		}
	}
	if raw, err = json.Marshal(doc); err != nil {
		return nil, err
	}
	return syncschema.Parse(raw, schema.Name()+", edited")
}

// object finds the mapping of User or Group.
func object(doc map[string]any, name string) (map[string]any, error) {
	for _, rule := range list(doc["synchronizationRules"]) {
		for _, om := range list(rule["objectMappings"]) {
			if s, _ := om["sourceObjectName"].(string); strings.EqualFold(s, name) {
				return om, nil
			}
		}
	}
	return nil, fmt.Errorf("the schema has no mapping of %q; hint: use User or Group", name)
}

func list(v any) []map[string]any {
	all, _ := v.([]any)
	var out []map[string]any
	for _, e := range all {
		if m, ok := e.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

// attribute splits User.active and finds the mapping of that target attribute, or nil.
func attribute(doc map[string]any, path string) (om, am map[string]any, name string, err error) {
	kind, name, ok := strings.Cut(path, ".")
	if !ok {
		return nil, nil, "", fmt.Errorf("%q does not name an object; hint: write for example User.active", path)
	}
	if om, err = object(doc, kind); err != nil {
		return nil, nil, "", err
	}
	for _, m := range list(om["attributeMappings"]) {
		if s, _ := m["targetAttributeName"].(string); strings.EqualFold(s, name) {
			return om, m, name, nil
		}
	}
	return om, nil, name, nil
}

func (e *SchemaEdit) unmap(doc map[string]any) error {
	for _, path := range e.Unmap {
		om, am, name, err := attribute(doc, path)
		if err != nil {
			return fmt.Errorf("unmap: %w", err)
		}
		if am == nil {
			return fmt.Errorf("unmap: %s is not mapped", path)
		}
		all, _ := om["attributeMappings"].([]any)
		om["attributeMappings"] = slices.DeleteFunc(all, func(v any) bool {
			m, _ := v.(map[string]any)
			s, _ := m["targetAttributeName"].(string)
			return strings.EqualFold(s, name)
		})
	}
	return nil
}

func (e *SchemaEdit) set(doc map[string]any) error {
	for _, path := range sorted(e.Map) {
		om, am, name, err := attribute(doc, path)
		if err != nil {
			return fmt.Errorf("map: %w", err)
		}
		parsed, err := expression.Parse(e.Map[path])
		if err != nil {
			return fmt.Errorf("map: %s: %w", path, err)
		}
		if am == nil {
			am = map[string]any{
				"targetAttributeName": name, "flowType": "Always", "flowBehavior": "FlowWhenChanged", "matchingPriority": 0, "defaultValue": nil,
			}
			all, _ := om["attributeMappings"].([]any)
			om["attributeMappings"] = append(all, am)
		}
		am["source"] = parsed.Source()
	}
	return nil
}

func (e *SchemaEdit) match(doc map[string]any) error {
	cleared := map[string]bool{}
	for i, path := range e.Match {
		om, am, _, err := attribute(doc, path)
		if err != nil {
			return fmt.Errorf("match: %w", err)
		}
		if am == nil {
			return fmt.Errorf("match: %s is not mapped", path)
		}
		if kind, _, _ := strings.Cut(path, "."); !cleared[kind] {
			cleared[kind] = true
			for _, other := range list(om["attributeMappings"]) {
				other["matchingPriority"] = 0
			}
		}
		am["matchingPriority"] = i + 1
	}
	return nil
}

func (e *SchemaEdit) actions(doc map[string]any) error {
	for _, kind := range sorted(e.Actions) {
		om, err := object(doc, kind)
		if err != nil {
			return fmt.Errorf("actions: %w", err)
		}
		om["flowTypes"] = e.Actions[kind]
	}
	return nil
}

func (e *SchemaEdit) off(doc map[string]any) error {
	for _, kind := range e.Off {
		om, err := object(doc, kind)
		if err != nil {
			return fmt.Errorf("off: %w", err)
		}
		om["enabled"] = false
	}
	return nil
}

func (e *SchemaEdit) filter(doc map[string]any) error {
	for _, kind := range sorted(e.Filter) {
		om, err := object(doc, kind)
		if err != nil {
			return fmt.Errorf("filter: %w", err)
		}
		clauses := []any{}
		for _, text := range e.Filter[kind] {
			c, err := filterClause(text)
			if err != nil {
				return fmt.Errorf("filter: %w", err)
			}
			clauses = append(clauses, c)
		}
		om["scope"] = map[string]any{
			"categoryFilterGroups": []any{}, "inputFilterGroups": []any{},
			"groups": []any{map[string]any{"name": "Filter of the scenario", "clauses": clauses}},
		}
	}
	return nil
}

// filterClause reads ATTRIBUTE OPERATOR [VALUE] (E-79).
func filterClause(text string) (map[string]any, error) {
	attribute, rest, ok := strings.Cut(strings.TrimSpace(text), " ")
	if ok {
		for _, op := range []string{
			"NOT EQUALS", "EQUALS", "IS TRUE", "IS FALSE", "IS NOT NULL", "IS NULL", "NOT REGEX MATCH", "REGEX MATCH",
			"Greater_Than_OR_EQUALS", "Greater_Than", "Includes", "ENDS_WITH",
		} {
			if value, found := strings.CutPrefix(rest, op); found && (value == "" || value[0] == ' ') {
				values := []any{}
				if value = strings.TrimSpace(value); value != "" {
					values = append(values, value)
				}
				return map[string]any{"sourceOperandName": attribute, "operatorName": op, "targetOperand": map[string]any{"values": values}}, nil
			}
		}
	}
	return nil, fmt.Errorf("%q is not a valid clause; hint: write for example department EQUALS Sales", text)
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
