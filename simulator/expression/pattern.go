package expression

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dlclark/regexp2"
)

func (a arguments) patternFailed(err error) Value {
	cause := shorten(err.Error())
	if strings.Contains(cause, "match timeout") { // the message of the library holds the text
		cause = fmt.Sprintf("match timeout after %s", matchTimeout)
	}
	return a.fail("the regular expression failed: %s", cause)
}

// pattern returns the compiled regular expression, nil after an error.
func (a arguments) pattern() *pattern {
	if a.call.pattern != nil {
		return a.call.pattern
	}
	text, _ := a.text(replacePattern)
	p, err := compilePattern(text)
	if err != nil {
		a.fail("the regular expression cannot be used: %v", err)
		return nil
	}
	return p
}

// matchTimeout ends a match that would try forever; .NET patterns backtrack (E-157).
const matchTimeout = time.Second

// pattern is a compiled .NET regular expression.
type pattern struct{ regexp *regexp2.Regexp }

func compilePattern(text string) (*pattern, error) {
	re, err := regexp2.Compile(text, regexp2.None)
	if err != nil {
		return nil, err
	}
	re.MatchTimeout = matchTimeout
	return &pattern{regexp: re}, nil
}

func (p *pattern) hasGroup(name string) bool { return p.regexp.GroupNumberFromName(name) >= 0 }

// affordable finds all matches within the time that one match may take. A time limit
// for each would not bound a text of which every character begins a slow one.
func (p *pattern) affordable(source string) error {
	ctx, cancel := context.WithTimeout(context.Background(), matchTimeout)
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

// replaceGroup replaces only what a named group matched.
func (p *pattern) replaceGroup(source, name, with string) (string, error) {
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
	return b.String(), err
}
