package scenario

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/scimdrill/scimdrill/reports/yamlshape"
)

// maxFile is the largest scenario that is read.
const maxFile = 1 << 20

// Parse reads a scenario. file is its name, for the name of the scenario and for errors:
// each names file, line and field, and all mistakes are reported at once.
func Parse(data []byte, file string) (*Scenario, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("read scenario %s: the file exceeds %d bytes", file, maxFile)
	}
	if err := yamlshape.Check(data); err != nil {
		return nil, fmt.Errorf("read scenario %s: %w", file, err)
	}
	s := &Scenario{file: file, Name: strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))}
	if err := decode(data, s); err != nil {
		return nil, fmt.Errorf("read scenario %s", located(file, err))
	}
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, fmt.Errorf("read scenario %s", located(file, err))
	}
	s.tree = tree
	if err := s.check(); err != nil {
		return nil, fmt.Errorf("read scenario %s: %w", file, err)
	}
	return s, nil
}

// decode is strict: an unknown field is a mistake. The library may panic on
// unusual input; that is a mistake in the file too.
func decode(data []byte, s *Scenario) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("invalid YAML (%v)", p)
		}
	}()
	d := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict())
	if err := d.Decode(s); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("the file is empty")
		}
		return err
	}
	var more any
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		return errors.New("the file contains a second document; hint: write one scenario per file")
	}
	return nil
}

// located formats an error of the YAML library: file, line and message.
func located(file string, err error) string {
	var positioned interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if errors.As(err, &positioned) && positioned.GetToken() != nil {
		t := positioned.GetToken()
		text := positioned.GetMessage()
		if !strings.Contains(text, "; hint: ") {
			text += "; hint: `scimdrill help scenario` describes the format"
		}
		if value := strconv.Quote(strings.TrimSpace(t.Value)); !strings.HasPrefix(text, value) {
			text = value + ": " + text
		}
		return fmt.Sprintf("%s:%d: %s", file, t.Position.Line, text)
	}
	return fmt.Sprintf("%s: %v", file, err)
}

// errorAt prefixes an error with line and field.
func (s *Scenario) errorAt(path string, err error) error {
	return fmt.Errorf("%s: %w", s.place(path), err)
}

// place is the line and the field of a path such as $.timeline[2].at. A missing field,
// or a single string where a list is allowed, has the line of its parent.
func (s *Scenario) place(path string) string {
	field := strings.TrimPrefix(strings.TrimPrefix(path, "$"), ".")
	if field == "" {
		field = "scenario"
	}
	for at := path; ; {
		if line := s.line(at); line > 0 {
			return fmt.Sprintf("%s:%d: %s", s.file, line, field)
		}
		i := strings.LastIndexAny(at, ".[")
		if i <= 0 {
			return fmt.Sprintf("%s: %s", s.file, field)
		}
		at = at[:i]
	}
}

func (s *Scenario) line(path string) int {
	p, err := yaml.PathString(path)
	if err != nil || s.tree == nil {
		return 0
	}
	node, err := p.FilterFile(s.tree)
	if err != nil || node == nil || node.GetToken() == nil {
		return 0
	}
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken().Position.Line
	}
	return node.GetToken().Position.Line
}
