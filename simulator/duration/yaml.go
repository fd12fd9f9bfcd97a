package duration

import (
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// Field is a duration in a YAML document. Its errors name the line.
type Field time.Duration

// UnmarshalYAML reads the node of the field.
func (f *Field) UnmarshalYAML(node ast.Node) error {
	var text string
	if scalar, ok := node.(ast.ScalarNode); ok {
		text = scalar.GetToken().Value
	} else {
		text = node.String()
	}
	d, err := Parse(text)
	if err != nil {
		return &yaml.SyntaxError{Message: err.Error(), Token: node.GetToken()}
	}
	*f = Field(d)
	return nil
}

// String is the duration as [Format] writes it.
func (f Field) String() string { return Format(time.Duration(f)) }
