package syncschema

import "strings"

// Schema is Graph's synchronizationSchema (G-12). The fields are for reading; see the
// package's decisions.
type Schema struct {
	ID          string
	Version     string
	Rules       []Rule
	Directories []Directory

	name string // file, for errors
	root string // path of the schema in the file, "" when it is bare
	raw  []byte // compact JSON of the schema, wrapper stripped
	hash string
}

// Rule is Graph's synchronizationRule: one direction between two directories (G-14).
type Rule struct {
	ID                  string
	Name                string
	Priority            int
	Editable            bool
	SourceDirectoryName string
	TargetDirectoryName string
	ObjectMappings      []ObjectMapping
	Metadata            []Metadata
}

// Metadata is one key with its value; values are strings, also for Booleans (G-50).
type Metadata struct{ Key, Value string }

// Directory is Graph's directoryDefinition: the objects of one side (G-22).
type Directory struct {
	ID       string
	Name     string
	ReadOnly bool
	Objects  []ObjectDefinition
}

// ObjectDefinition is a type of object with its attributes (G-21).
type ObjectDefinition struct {
	Name       string
	Attributes []AttributeDefinition
	Metadata   []Metadata
}

// AttributeDefinition says what an attribute is (E-125, G-20).
type AttributeDefinition struct {
	Name              string
	Type              string // String, Integer, Reference, Binary, Boolean, DateTime
	Anchor            bool
	Required          bool
	Multivalued       bool
	CaseExact         bool // a change of case alone flows (E-127)
	Mutability        string
	DefaultValue      *string
	ReferencedObjects []string
}

// Name is the name of the file that the schema was read from, for messages.
func (s *Schema) Name() string { return s.name }

// Directory finds a directory by name, without regard to case; nil when there is none.
func (s *Schema) Directory(name string) *Directory {
	for i := range s.Directories {
		if strings.EqualFold(s.Directories[i].Name, name) {
			return &s.Directories[i]
		}
	}
	return nil
}

// Object finds a type of object by name, without regard to case; nil when there is none,
// also on a nil directory.
func (d *Directory) Object(name string) *ObjectDefinition {
	if d == nil {
		return nil
	}
	for i := range d.Objects {
		if strings.EqualFold(d.Objects[i].Name, name) {
			return &d.Objects[i]
		}
	}
	return nil
}

// Attribute finds an attribute by name: exactly, else without regard to case; nil when
// there is none, also on a nil object.
func (o *ObjectDefinition) Attribute(name string) *AttributeDefinition {
	if o == nil {
		return nil
	}
	var folded *AttributeDefinition
	for i := range o.Attributes {
		switch a := &o.Attributes[i]; {
		case a.Name == name:
			return a
		case folded == nil && strings.EqualFold(a.Name, name):
			folded = a
		}
	}
	return folded
}

// Definitions gives the source and the target object of a mapping of this schema; either
// is nil when the schema does not define it, as partial documents do (G-25).
func (s *Schema) Definitions(om *ObjectMapping) (source, target *ObjectDefinition) {
	for i := range s.Rules {
		rule := &s.Rules[i]
		for j := range rule.ObjectMappings {
			if &rule.ObjectMappings[j] == om {
				return s.Directory(rule.SourceDirectoryName).Object(om.SourceObjectName),
					s.Directory(rule.TargetDirectoryName).Object(om.TargetObjectName)
			}
		}
	}
	return nil, nil
}
