package exchange

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// deepest is how far secret members are looked for by structure. What lies
// deeper, or is not JSON, is searched as text.
const deepest = 24

// span is a half-open range of bytes.
type span struct{ from, to int }

// redactMembers replaces the values of password members and of PATCH operations
// on a password path, and leaves all other bytes as they were. null stays: it is
// an answer, not a secret.
func redactMembers(s string) string {
	if !mentionsSecret(s) {
		return s
	}
	var spans []span
	if v := jsontext.Value(s); v.IsValid() {
		spans = secretSpans(v, 0, 0)
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var b strings.Builder
	done := 0
	for _, sp := range spans {
		b.WriteString(s[done:sp.from])
		b.WriteString(`"` + Redacted + `"`)
		done = sp.to
	}
	b.WriteString(s[done:])
	return memberPattern.ReplaceAllString(b.String(), `$1"`+Redacted+`"`)
}

// mentionsSecret is a cheap look before the dear one.
func mentionsSecret(s string) bool {
	lower := strings.ToLower(s)
	return strings.Contains(lower, "password") || strings.Contains(lower, "client_secret") ||
		strings.Contains(lower, "_token\"")
}

// memberPattern finds a secret member in text that is no JSON, or not JSON any
// more because it was cut.
var memberPattern = regexp.MustCompile(`(?i)("(?:password|client_secret|access_token|refresh_token|id_token)"\s*:\s*)` +
	`("(?:[^"\\]|\\.)*"?|-?[0-9][^\s,}\]]*|true|false)`)

func isSecretMember(name string) bool {
	switch strings.ToLower(name) {
	case "password", "client_secret", "access_token", "refresh_token", "id_token":
		return true
	default:
		return false
	}
}

func isPasswordPath(path string) bool {
	path = strings.ToLower(path)
	return path == "password" || strings.HasSuffix(path, ":password")
}

// secretSpans returns where secrets stand in v, as offsets from base.
func secretSpans(v jsontext.Value, base, depth int) []span {
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
	var onPassword bool
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
		case isSecretMember(name) && kind != 'n':
			spans = append(spans, here)
		case strings.EqualFold(name, "path") && kind == '"':
			onPassword = onPassword || isPasswordPath(strings.Trim(string(raw), `"`))
		case strings.EqualFold(name, "value") && kind != '{' && kind != '[' && kind != 'n':
			values = append(values, here)
		case kind == '{' || kind == '[':
			spans = append(spans, secretSpans(raw.Clone(), here.from, depth+1)...)
		}
	}
	if onPassword {
		spans = append(spans, values...)
	}
	return spans
}
