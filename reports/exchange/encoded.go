package exchange

import (
	"cmp"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// deepestEncoding is how many encodings on top of each other are undone in the search for secrets,
// such as percent-encoding inside JSON inside HTML.
const deepestEncoding = 3

// plainText is a text with its escape sequences decoded.
type plainText struct {
	text string
	at   []int // where each byte began in the original; one more for the end
}

// asPlain is the text as it stands.
func asPlain(s string) plainText {
	at := make([]int, len(s)+1)
	for i := range at {
		at[i] = i
	}
	return plainText{s, at}
}

// decode undoes one level of percent-encoding, JSON escapes and HTML escapes. ok is false if there
// is nothing to undo.
func (p plainText) decode() (decoded plainText, ok bool) {
	var b strings.Builder
	at := make([]int, 0, len(p.at))
	for i := 0; i < len(p.text); {
		value, size := p.text[i:i+1], 1
		switch p.text[i] {
		case '%', '\\', '&':
			if v, n := escape(p.text[i:]); n > 0 {
				value, size, ok = v, n, true
			}
		}
		b.WriteString(value)
		for range len(value) {
			at = append(at, p.at[i])
		}
		i += size
	}
	return plainText{b.String(), append(at, p.at[len(p.text)])}, ok
}

// escape decodes the escape sequence at the beginning of a text. size is 0 if there is none.
func escape(s string) (value string, size int) {
	hex := func(from, to int) (uint64, bool) {
		if len(s) < to {
			return 0, false
		}
		n, err := strconv.ParseUint(s[from:to], 16, 32)
		return n, err == nil
	}
	switch {
	case s[0] == '%':
		if n, ok := hex(1, 3); ok {
			return string([]byte{byte(n)}), 3
		}
	case s[0] == '\\' && len(s) > 1 && (s[1] == 'u' || s[1] == 'U'):
		if n, ok := hex(2, 6); ok {
			return string(utf8.AppendRune(nil, rune(n))), 6
		}
	case s[0] == '\\' && len(s) > 1 && s[1] == 'x':
		if n, ok := hex(2, 4); ok {
			return string([]byte{byte(n)}), 4
		}
	case s[0] == '\\' && len(s) > 1 && !isWord(s[1]):
		return s[1:2], 2
	case s[0] == '&':
		if end := strings.IndexByte(s[:min(len(s), 12)], ';'); end > 0 {
			if value := html.UnescapeString(s[:end+1]); value != s[:end+1] {
				return value, end + 1
			}
		}
	}
	return "", 0
}

// escaped finds spellings that are encoded in a way that is not in the list: partly, in both
// letter cases, or several times.
func (set *secretSet) escaped(s string) []span {
	if !strings.ContainsAny(s, `%\&`) {
		return nil
	}
	var spans []span
	p := asPlain(s)
	for range deepestEncoding {
		var ok bool
		if p, ok = p.decode(); !ok {
			break
		}
		for _, spelling := range set.plain {
			for from := 0; ; {
				i := strings.Index(p.text[from:], spelling)
				if i < 0 {
					break
				}
				spans = append(spans, span{p.at[from+i], p.at[from+i+len(spelling)]})
				from += i + len(spelling)
			}
		}
	}
	return spans
}

// plainForms returns the texts themselves and what is left of them when escape sequences are undone.
// A secret can look as if it contained some.
func plainForms(list []string) []string {
	forms := slices.Clone(list)
	for _, text := range list {
		for p, ok := asPlain(text).decode(); ok; p, ok = p.decode() {
			forms = append(forms, p.text)
		}
	}
	return forms
}

// without replaces the spans of a text.
func without(s string, spans []span) string {
	if len(spans) == 0 {
		return s
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var b strings.Builder
	done := 0
	for _, sp := range spans {
		if sp.from >= done {
			b.WriteString(s[done:sp.from])
			b.WriteString(Redacted)
		}
		done = max(done, sp.to)
	}
	b.WriteString(s[done:])
	return b.String()
}
