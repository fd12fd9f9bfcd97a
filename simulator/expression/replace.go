package expression

import (
	"errors"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/pattern"
)

// Positions of the parameters of Replace.
const (
	replaceSource = iota
	replaceFind
	replacePattern
	replaceGroup
	replaceWith
	replaceAttribute
	replaceTemplate
)

// form is a way to use Replace, chosen by the arguments that are given (E-206).
type form uint8

const (
	formFind form = iota
	formTemplate
	formPattern
	formGroup
	formAttribute
)

// replaceForm returns the form that the given arguments make.
func replaceForm(n *callNode) (form, error) {
	given := func(i int) bool { return n.argument(i) != nil }
	switch {
	case given(replaceFind) && given(replacePattern):
		return 0, errors.New("use either Find or a regular expression, not both (E-206)")
	case given(replaceFind) && given(replaceTemplate) && !given(replaceWith):
		return formTemplate, nil
	case given(replaceFind) && given(replaceWith) && !given(replaceTemplate):
		return formFind, nil
	case given(replacePattern) && given(replaceGroup) && given(replaceAttribute) && !given(replaceWith):
		return formAttribute, nil
	case given(replacePattern) && given(replaceGroup) && given(replaceWith) && !given(replaceAttribute):
		return formGroup, nil
	case given(replacePattern) && given(replaceWith) && !given(replaceAttribute):
		return formPattern, nil
	}
	return 0, errors.New("the arguments match none of the forms of Replace (E-206): " +
		"Find with Replacement or Template; RegularExpression with Replacement; " +
		"RegularExpression and RegularExpressionGroupName with Replacement or ReplacementPropertyName")
}

// replace is Replace (E-198, E-206).
func replace(a arguments) Value {
	form, err := replaceForm(a.call)
	if err != nil {
		return a.fail("%v", err)
	}
	if form == formAttribute {
		return a.replaceFromAttribute()
	}
	source, ok := a.text(replaceSource)
	if !ok {
		return Null()
	}
	with, _ := a.text(replaceWith)
	switch form {
	case formFind:
		return a.replaceAll(source, with)
	case formTemplate:
		template, _ := a.text(replaceTemplate)
		return a.replaceAll(template, source)
	case formPattern:
		return a.replaceMatches(source, with, func(p *pattern.Pattern) (string, error) { return p.Replace(source, with) })
	default:
		group, _ := a.text(replaceGroup)
		return a.replaceMatches(source, with, func(p *pattern.Pattern) (string, error) { return p.ReplaceGroup(source, group, with) })
	}
}

// replaceAll replaces a text; an empty or absent text to find changes nothing.
func (a arguments) replaceAll(s, with string) Value {
	find, _ := a.text(replaceFind)
	if find == "" {
		return String(s)
	}
	if n := strings.Count(s, find); len(s)+n*(len(with)-len(find)) > maxText {
		return a.fail("the result exceeds %d bytes", maxText)
	}
	return String(strings.ReplaceAll(s, find, with))
}

// replaceMatches applies a regular expression, unless the result could become huge.
func (a arguments) replaceMatches(source, with string, apply func(*pattern.Pattern) (string, error)) Value {
	const most = 64 * maxText
	if len(source)*len(with) > most {
		return a.fail("source and replacement are too long for a regular expression")
	}
	p := a.pattern()
	if p == nil {
		return Null()
	}
	s, err := apply(p)
	if err != nil {
		return a.patternFailed(err)
	}
	return a.built(s)
}

// pattern returns the compiled regular expression, nil after an error.
func (a arguments) pattern() *pattern.Pattern {
	if a.call.pattern != nil {
		return a.call.pattern
	}
	text, _ := a.text(replacePattern)
	p, err := pattern.Compile(text)
	if err != nil {
		a.fail("invalid regular expression: %v", err)
		return nil
	}
	return p
}

func (a arguments) patternFailed(err error) Value {
	return a.fail("the regular expression failed: %v", err)
}

// replaceFromAttribute gives the source if it has a value, else a group matched in
// another attribute, which may also be given by its name.
func (a arguments) replaceFromAttribute() Value {
	if source := a.single(replaceSource); !source.IsEmpty() {
		return source
	}
	other, ok := a.text(replaceAttribute)
	if name, constant := a.call.argument(replaceAttribute).(*constantNode); constant {
		v := a.run.attribute(name.text)
		other, ok = v.Text(), !v.IsNull()
	}
	p := a.pattern()
	if p == nil || !ok {
		return Null()
	}
	match, err := p.Find(other)
	if err != nil {
		return a.patternFailed(err)
	}
	if match == nil {
		return Null()
	}
	name, _ := a.text(replaceGroup)
	group, found := match.Group(name)
	if !found {
		return Null()
	}
	return String(group)
}
