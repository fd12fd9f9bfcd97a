package exchange

import (
	"slices"
	"unicode/utf8"
)

// Excerpt returns an exchange whose bodies have at most some bytes more than limit. It returns its
// argument if they fit. A shortened JSON body stays valid JSON where possible, so that a Redactor
// still finds the secrets in it. Truncated is set for a shortened response.
func Excerpt(x *Exchange, limit int) *Exchange {
	if len(x.RequestBody) <= limit && len(x.ResponseBody) <= limit {
		return x
	}
	short := *x
	short.RequestBody = beginning(x.RequestBody, limit)
	short.ResponseBody = beginning(x.ResponseBody, limit)
	short.Truncated = x.Truncated || len(x.ResponseBody) > limit
	return &short
}

// beginning copies the first bytes of a body, so that the rest can be freed. JSON ends behind its
// last complete member, or inside a string that fills more than half of the limit. What was
// open is closed.
func beginning(body []byte, limit int) []byte {
	if len(body) <= limit {
		return body
	}
	head := wholeRunes(body[:limit])
	if !opensJSON(head) {
		return slices.Clone(head)
	}
	at := walk(head)
	if at.quoted && at.comma < limit/2 {
		return at.close(append(slices.Clone(head[:len(head)-at.escaped]), '"'))
	}
	return walk(head[:at.comma]).close(slices.Clone(head[:at.comma]))
}

// position is a place in JSON.
type position struct {
	open    []byte // closing brackets, the outermost first
	quoted  bool   // inside a string
	escaped int    // bytes of an escape sequence that is not complete
	comma   int    // the last comma before it, outside strings
}

// walk returns the position at the end of a piece of JSON.
func walk(head []byte) position {
	var p position
	escape := 0 // bytes that the sequence still needs
	for i, c := range head {
		switch {
		case escape > 0:
			if escape, p.escaped = escape-1, p.escaped+1; p.escaped == 2 && c == 'u' {
				escape = 4
			}
			if escape == 0 {
				p.escaped = 0
			}
		case p.quoted && c == '\\':
			escape, p.escaped = 1, 1
		case c == '"':
			p.quoted = !p.quoted
		case p.quoted:
		case c == '{':
			p.open = append(p.open, '}')
		case c == '[':
			p.open = append(p.open, ']')
		case (c == '}' || c == ']') && len(p.open) > 0:
			p.open = p.open[:len(p.open)-1]
		case c == ',':
			p.comma = i
		}
	}
	return p
}

// close appends the closing brackets.
func (p position) close(head []byte) []byte {
	slices.Reverse(p.open)
	return append(head, p.open...)
}

// wholeRunes removes a character that is not complete from the end.
func wholeRunes(b []byte) []byte {
	for range utf8.UTFMax - 1 {
		if r, size := utf8.DecodeLastRune(b); r == utf8.RuneError && size == 1 {
			b = b[:len(b)-1]
		}
	}
	return b
}
