package exchange

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// deepest is the maximum depth of the search for secret members by structure. Deeper values, and
// values that are not JSON, are searched as text.
const deepest = 24

// span is a half-open range of bytes.
type span struct{ from, to int }

// redactMembers replaces the values of secret members and of PATCH operations on their paths. All
// other bytes are unchanged. It keeps null, which is not a secret.
func (n *hidden) redactMembers(s string) string {
	if !n.mentioned(s) {
		return s
	}
	var spans []span
	if v := jsontext.Value(s); v.IsValid() {
		spans = n.secretSpans(v, 0, 0)
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var b strings.Builder
	done := 0
	for _, sp := range spans {
		if sp.from < done {
			continue // inside a span that is already replaced
		}
		b.WriteString(s[done:sp.from])
		b.WriteString(`"` + Redacted + `"`)
		done = sp.to
	}
	b.WriteString(s[done:])
	return n.member.ReplaceAllString(b.String(), `$1"`+Redacted+`"`)
}

// secretSpans returns the positions of secrets in v, as offsets from base.
func (n *hidden) secretSpans(v jsontext.Value, base, depth int) []span {
	if depth > deepest {
		return nil
	}
	dec := jsontext.NewDecoder(bytes.NewReader(v), jsontext.AllowDuplicateNames(true))
	opening, err := dec.ReadToken()
	if err != nil || (opening.Kind() != '{' && opening.Kind() != '[') {
		return nil
	}
	object := opening.Kind() == '{'
	var spans, values []span
	var onSecret bool
	for dec.PeekKind() != '}' && dec.PeekKind() != ']' {
		var name string
		if object {
			tok, err := dec.ReadToken()
			if err != nil {
				return spans
			}
			name = tok.String()
		}
		raw, err := dec.ReadValue()
		if err != nil {
			return spans
		}
		to := int(dec.InputOffset())
		here := span{base + to - len(raw), base + to}
		switch kind := raw.Kind(); {
		case n.path(name) && kind != 'n':
			spans = append(spans, here)
		case strings.EqualFold(name, "path") && kind == '"':
			path, err := jsontext.AppendUnquote(nil, raw)
			onSecret = onSecret || err == nil && n.path(string(path))
		case strings.EqualFold(name, "value") && kind != '{' && kind != '[' && kind != 'n':
			values = append(values, here)
		case kind == '{' || kind == '[':
			if strings.EqualFold(name, "value") {
				values = append(values, here)
			}
			spans = append(spans, n.secretSpans(raw.Clone(), here.from, depth+1)...)
		}
	}
	if onSecret {
		spans = append(spans, values...)
	}
	return spans
}
