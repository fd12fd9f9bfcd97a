package syncschema

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/internal/saved"
)

// Parse reads a schema in any of its wrappings (G-50): bare, in a template's "schema", or in
// a listing's "value". The name is that of the file, for errors; an error lists every
// mistake of the file with its JSON path.
func Parse(data []byte, name string) (*Schema, error) {
	data, err := text(data)
	if err != nil {
		return nil, fmt.Errorf("read schema %s: %w", name, err)
	}
	if err := checkSyntax(data); err != nil {
		return nil, fmt.Errorf("read schema %s: %w", name, err)
	}
	raw, root, err := unwrap(data)
	if err != nil {
		return nil, fmt.Errorf("read schema %s: %w", name, err)
	}
	compact, err := compacted(raw)
	if err != nil {
		return nil, fmt.Errorf("read schema %s: %w", name, err)
	}
	value, err := decode(compact)
	if err != nil {
		return nil, fmt.Errorf("read schema %s: %w", name, err)
	}
	doc := &document{}
	s := node{doc, root, value}.schema()
	if len(doc.errs) > 0 {
		return nil, fmt.Errorf("read schema %s: %w", name, errors.Join(doc.errs...))
	}
	s.name, s.root, s.raw, s.hash = name, root, compact, hashOf(value)
	return s, nil
}

// text is the file as UTF-8. PowerShell writes UTF-16.
func text(data []byte) ([]byte, error) { return saved.Decode(data) }

// checkSyntax says line and column, and recognises what people mistake for an export.
func checkSyntax(data []byte) error {
	trimmed := bytes.TrimSpace(data)
	if len(trimmed) == 0 {
		return errors.New("the file is empty")
	}
	if json.Valid(data) {
		return nil
	}
	var v any
	err := json.Unmarshal(data, &v)
	if trimmed[0] == '<' {
		return errors.New("the file is a web page, not JSON; hint: sign in and download the schema again")
	}
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	if !ok {
		return err
	}
	before := data[:min(max(int(syntax.Offset)-1, 0), len(data))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return fmt.Errorf("line %d, column %d: %w", line, column, err)
}

// unwrap gives the bytes of the schema and its path in the document.
func unwrap(data []byte) (json.RawMessage, string, error) {
	found := candidates(data, "")
	switch {
	case len(found) == 0:
		return nil, "", errors.New(`synchronizationSchema not found: the file has no "synchronizationRules", and no "schema" or "value" that contains it; hint: export the schema of the job (GET …/synchronization/jobs/{id}/schema)`)
	case len(found) == 1:
		return found[0].raw, found[0].path, nil
	}
	paths := make([]string, len(found))
	for i, c := range found {
		paths[i] = c.path
	}
	return nil, "", fmt.Errorf("the file contains %d schemas (%s); hint: keep only one", len(found), strings.Join(paths, ", "))
}

type candidate struct {
	path string
	raw  json.RawMessage
}

func candidates(data json.RawMessage, path string) []candidate {
	members := map[string]json.RawMessage{}
	if json.Unmarshal(data, &members) != nil {
		return nil // not an object
	}
	if _, ok := members["synchronizationRules"]; ok {
		return []candidate{{path, data}}
	}
	if schema, ok := members["schema"]; ok {
		return candidates(schema, join(path, "schema"))
	}
	var list []json.RawMessage
	if json.Unmarshal(members["value"], &list) != nil {
		return nil
	}
	var found []candidate
	for i, e := range list {
		found = append(found, candidates(e, fmt.Sprintf("%s[%d]", join(path, "value"), i))...)
	}
	return found
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// compacted is the JSON without white space.
func compacted(raw []byte) ([]byte, error) {
	var compact bytes.Buffer
	err := json.Compact(&compact, raw)
	return compact.Bytes(), err
}

func decode(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

func (n node) schema() *Schema {
	s := &Schema{ID: n.text("id", ""), Version: n.text("version", "")}
	for _, e := range n.list("synchronizationRules") {
		r := Rule{
			ID:                  e.text("id", ""),
			Name:                e.text("name", ""),
			Priority:            e.integer("priority"),
			Editable:            e.flag("editable", true),
			SourceDirectoryName: e.text("sourceDirectoryName", ""),
			TargetDirectoryName: e.text("targetDirectoryName", ""),
			Metadata:            e.metadata(),
		}
		for _, m := range e.list("objectMappings") {
			r.ObjectMappings = append(r.ObjectMappings, m.objectMapping())
		}
		s.Rules = append(s.Rules, r)
	}
	for _, e := range n.list("directories") {
		d := Directory{ID: e.text("id", ""), Name: e.text("name", ""), ReadOnly: e.flag("readOnly", false)}
		for _, o := range e.list("objects") {
			d.Objects = append(d.Objects, o.objectDefinition())
		}
		s.Directories = append(s.Directories, d)
	}
	return s
}

func (n node) objectDefinition() ObjectDefinition {
	o := ObjectDefinition{Name: n.text("name", ""), Metadata: n.metadata()}
	for _, e := range n.list("attributes") {
		a := AttributeDefinition{
			Name:         e.text("name", ""),
			Type:         e.enum("type", "String", "Integer", "Reference", "Binary", "Boolean", "DateTime"),
			Anchor:       e.flag("anchor", false),
			Required:     e.flag("required", false),
			Multivalued:  e.flag("multivalued", false),
			CaseExact:    e.flag("caseExact", false),
			Mutability:   e.enum("mutability", "ReadWrite", "ReadOnly", "Immutable", "WriteOnly"),
			DefaultValue: e.optional("defaultValue"),
		}
		for _, r := range e.list("referencedObjects") {
			a.ReferencedObjects = append(a.ReferencedObjects, r.text("referencedObjectName", ""))
		}
		o.Attributes = append(o.Attributes, a)
	}
	return o
}
