package expect

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/yamlshape"
)

// Entry is one expectation.
type Entry struct {
	Check   string // id, or id[subject]
	Outcome reports.Outcome
	// Cause is the key of the cause for which the check fails; "" is any cause.
	Cause   string
	Reason  string
	Expires time.Time // the last day on which the entry is valid
	Line    int
}

// File is an expectations file.
type File struct {
	Name    string
	Entries []Entry
}

// where formats file and line for messages.
func (f *File) where(line int) string { return fmt.Sprintf("%s:%d", f.Name, line) }

// Parse reads an expectations file. known reports whether an id is that of a check. Parse reports
// all mistakes at once, each with its line.
func Parse(name string, data []byte, known func(id string) bool) (*File, error) {
	f := &File{Name: name}
	if err := yamlshape.Check(data); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return nil, fmt.Errorf("read %s: %s", name, strings.TrimSpace(yaml.FormatError(err, false, false)))
	}
	var mistakes []error
	for _, doc := range tree.Docs {
		list, err := f.list(doc.Body)
		if err != nil {
			return nil, err
		}
		for _, node := range list {
			e, err := f.entry(node, known)
			if err == nil && slices.ContainsFunc(f.Entries, func(other Entry) bool { return strings.EqualFold(other.Check, e.Check) }) {
				err = fmt.Errorf("%s: duplicate entry for %s", f.where(e.Line), e.Check)
			}
			if err != nil {
				mistakes = append(mistakes, err)
				continue
			}
			f.Entries = append(f.Entries, e)
		}
	}
	if len(mistakes) > 0 {
		return nil, errors.Join(mistakes...)
	}
	return f, nil
}

// list returns the entries, which are the list under the key expect.
func (f *File) list(body ast.Node) ([]ast.Node, error) {
	if body == nil {
		return nil, nil
	}
	pairs, ok := pairsOf(body)
	if !ok {
		return nil, fmt.Errorf("%s: the file must be `expect:` with a list below it", f.where(line(body)))
	}
	var list []ast.Node
	for _, p := range pairs {
		if key := p.Key.String(); key != "expect" {
			return nil, fmt.Errorf("%s: unknown key %q; the file must be `expect:` with a list below it", f.where(line(p.Key)), key)
		}
		switch v := p.Value.(type) {
		case *ast.SequenceNode:
			list = append(list, v.Values...)
		case *ast.NullNode:
		default:
			return nil, fmt.Errorf("%s: expect must be a list with one entry per check", f.where(line(p.Value)))
		}
	}
	return list, nil
}

// entry reads one entry.
func (f *File) entry(node ast.Node, known func(id string) bool) (Entry, error) {
	e := Entry{Outcome: reports.Failed, Line: line(node)}
	pairs, ok := pairsOf(node)
	if !ok {
		return e, fmt.Errorf("%s: an entry must have `check:`, `reason:` and `expires:`", f.where(e.Line))
	}
	e.Line = line(pairs[0].Key)
	for _, p := range pairs {
		if err := f.field(&e, p, known); err != nil {
			return e, err
		}
	}
	switch {
	case e.Check == "":
		return e, fmt.Errorf("%s: check is missing", f.where(e.Line))
	case e.Cause != "" && e.Outcome != reports.Failed:
		return e, fmt.Errorf("%s: %s: a skipped check has no cause; hint: remove cause, or expect the outcome failed", f.where(e.Line), e.Check)
	case e.Reason == "":
		return e, fmt.Errorf("%s: %s: reason is missing; hint: say why the finding is expected", f.where(e.Line), e.Check)
	case e.Expires.IsZero():
		return e, fmt.Errorf("%s: %s: expires is missing; hint: give the last day on which the check may fail, such as 2026-12-31", f.where(e.Line), e.Check)
	}
	return e, nil
}

// field reads one member of an entry.
func (f *File) field(e *Entry, p *ast.MappingValueNode, known func(id string) bool) error {
	value, at := text(p.Value), f.where(line(p.Key))
	switch key := p.Key.String(); key {
	case "check":
		if e.Check = value; !known(value) {
			return fmt.Errorf("%s: %w", at, suites.Unknown(value))
		}
	case "outcome":
		e.Outcome = reports.Outcome(value)
		if e.Outcome != reports.Failed && e.Outcome != reports.Skipped {
			return fmt.Errorf("%s: outcome must be failed or skipped, not %q", at, value)
		}
	case "cause":
		e.Cause = value
	case "reason":
		e.Reason = strings.Join(strings.Fields(value), " ")
	case "expires":
		day, err := time.Parse(time.DateOnly, value)
		if err != nil {
			return fmt.Errorf("%s: expires must be a date such as 2026-12-31, not %q", at, value)
		}
		e.Expires = day
	default:
		return fmt.Errorf("%s: unknown key %q; an entry has check, outcome, cause, reason and expires", at, key)
	}
	return nil
}

func pairsOf(node ast.Node) ([]*ast.MappingValueNode, bool) {
	switch n := node.(type) {
	case *ast.MappingNode:
		return n.Values, len(n.Values) > 0
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

func line(node ast.Node) int {
	if t := node.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 1
}

// text returns the value of a scalar.
func text(node ast.Node) string {
	switch n := node.(type) {
	case nil, *ast.NullNode:
		return ""
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	}
	return node.String()
}
