// Package pattern runs .NET regular expressions within a limit of time.
//
// All matches in one string together may take Timeout. It is the one place of the
// expression language that looks at the wall clock: a pattern within the limit gives the
// same value on every machine, and one that exceeds it is an error (E-157).
package pattern

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dlclark/regexp2"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// Timeout ends a match that would try forever; .NET patterns backtrack.
const Timeout = time.Second

// Pattern is a compiled .NET regular expression.
type Pattern struct{ regexp *regexp2.Regexp }

// Compile reads a regular expression.
func Compile(text string) (*Pattern, error) {
	re, err := regexp2.Compile(text, regexp2.None)
	if err != nil {
		return nil, err
	}
	re.MatchTimeout = Timeout
	return &Pattern{regexp: re}, nil
}

// HasGroup reports whether the pattern has a group with a name.
func (p *Pattern) HasGroup(name string) bool { return p.regexp.GroupNumberFromName(name) >= 0 }

// Replace replaces every match; $1 and the like stand for groups.
func (p *Pattern) Replace(source, with string) (string, error) {
	if err := p.affordable(source); err != nil {
		return "", failure(err)
	}
	s, err := p.regexp.Replace(source, with, -1, -1)
	return s, failure(err)
}

// ReplaceGroup replaces only what a named group matched.
func (p *Pattern) ReplaceGroup(source, name, with string) (string, error) {
	if err := p.affordable(source); err != nil {
		return "", failure(err)
	}
	runes := []rune(source)
	var b strings.Builder
	done := 0
	match, err := p.regexp.FindRunesMatch(runes)
	for ; match != nil; match, err = p.regexp.FindNextMatch(match) {
		group := match.GroupByName(name)
		if group == nil || len(group.Captures) == 0 || group.Index < done {
			continue
		}
		b.WriteString(string(runes[done:group.Index]))
		b.WriteString(with)
		done = group.Index + group.Length
	}
	b.WriteString(string(runes[done:]))
	return b.String(), failure(err)
}

// Match is a part of a string that a pattern matches.
type Match struct{ match *regexp2.Match }

// Find returns the first match; nil if there is none.
func (p *Pattern) Find(source string) (*Match, error) {
	match, err := p.regexp.FindStringMatch(source)
	if err != nil || match == nil {
		return nil, failure(err)
	}
	return &Match{match: match}, nil
}

// Group returns what a named group holds; false if it holds nothing.
func (m *Match) Group(name string) (string, bool) {
	group := m.match.GroupByName(name)
	if group == nil || len(group.Captures) == 0 {
		return "", false
	}
	return group.String(), true
}

// affordable finds all matches within the time that one match may take. A limit for each
// would not bound a string in which every character begins a slow one.
func (p *Pattern) affordable(source string) error {
	ctx, cancel := context.WithTimeout(context.Background(), Timeout)
	defer cancel()
	match, err := p.regexp.FindStringMatch(source)
	for match != nil && err == nil {
		if err = ctx.Err(); err != nil {
			return errors.New("match timeout")
		}
		match, err = p.regexp.FindNextMatch(match)
	}
	return err
}

// failure shortens the error of a match; the library's message of a timeout holds the input.
func failure(err error) error {
	if err == nil {
		return nil
	}
	cause := chars.Shorten(err.Error())
	if strings.Contains(cause, "match timeout") {
		cause = fmt.Sprintf("match timeout after %s", Timeout)
	}
	return errors.New(cause)
}
