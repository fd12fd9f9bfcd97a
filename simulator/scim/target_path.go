package scim

import (
	"fmt"
	"strings"
	"unicode"
)

// TargetPath is a target attribute name of a mapping, taken apart (E-140, G-16).
type TargetPath struct {
	URN             string // schema URN before the last colon; "" when the name has none
	Attribute       string
	FilterAttribute string // type in emails[type eq "work"]; "" without brackets
	FilterValue     string
	FilterBare      bool // the value stands without quotes, as in [primary eq true] (W-85)
	SubAttribute    string
}

// ParseTargetPath takes a target attribute name apart. The error says what is wrong with it
// and how such a name looks.
func ParseTargetPath(s string) (TargetPath, error) {
	var p TargetPath
	rest, err := p.takeURN(s)
	if err != nil {
		return TargetPath{}, err
	}
	head, filter, tail, bracketed, err := cutBrackets(s, rest)
	if err != nil {
		return TargetPath{}, err
	}
	if bracketed {
		if err := p.takeFilter(s, filter); err != nil {
			return TargetPath{}, err
		}
		p.Attribute = head
		if tail != "" {
			sub, ok := strings.CutPrefix(tail, ".")
			if !ok {
				return TargetPath{}, pathError(s, `"]" must be followed by a dot and a sub-attribute`)
			}
			p.SubAttribute = sub
			if !isName(sub) {
				return TargetPath{}, pathError(s, fmt.Sprintf("%q is not a sub-attribute name", sub))
			}
		}
	} else {
		name, sub, dotted := strings.Cut(rest, ".")
		p.Attribute, p.SubAttribute = name, sub
		if dotted && !isName(sub) {
			return TargetPath{}, pathError(s, fmt.Sprintf("%q is not a sub-attribute name", sub))
		}
	}
	if !isFree(p.Attribute) {
		return TargetPath{}, pathError(s, fmt.Sprintf("%q is not an attribute name", p.Attribute))
	}
	return p, nil
}

// takeURN sets the URN and returns what follows it.
func (p *TargetPath) takeURN(s string) (string, error) {
	if len(s) < 4 || !strings.EqualFold(s[:4], "urn:") {
		return s, nil
	}
	for _, schema := range []string{UserURN, EnterpriseURN, GroupURN} {
		if strings.EqualFold(s, schema) {
			return "", pathError(s, "a colon and an attribute are missing after the schema")
		}
	}
	end := strings.IndexByte(s, '[')
	if end < 0 {
		end = len(s)
	}
	colon := strings.LastIndexByte(s[:end], ':')
	p.URN = s[:colon]
	return s[colon+1:], nil
}

// cutBrackets splits head[filter]tail; the closing bracket is the first outside quotes.
func cutBrackets(s, rest string) (head, filter, tail string, ok bool, err error) {
	open := strings.IndexByte(rest, '[')
	if open < 0 {
		return rest, "", "", false, nil
	}
	quoted := false
	for i := open + 1; i < len(rest); i++ {
		switch {
		case quoted && rest[i] == '\\':
			i++
		case rest[i] == '"':
			quoted = !quoted
		case rest[i] == ']' && !quoted:
			return rest[:open], rest[open+1 : i], rest[i+1:], true, nil
		}
	}
	return "", "", "", false, pathError(s, `"]" is missing`)
}

// takeFilter reads: attribute eq "value", or a value without quotes.
func (p *TargetPath) takeFilter(s, filter string) error {
	fields := strings.SplitN(strings.TrimSpace(filter), " ", 3)
	if len(fields) != 3 || !isName(fields[0]) || !strings.EqualFold(fields[1], "eq") {
		return pathError(s, `the brackets must contain: attribute eq "value"`)
	}
	value := strings.TrimSpace(fields[2])
	if !strings.HasPrefix(value, `"`) {
		if value == "" || strings.ContainsAny(value, " \"") {
			return pathError(s, "the value in the brackets must be in double quotes")
		}
		p.FilterAttribute, p.FilterValue, p.FilterBare = fields[0], value, true
		return nil
	}
	text, ok := unquote(value)
	if !ok {
		return pathError(s, "the value in the brackets is not a valid quoted string")
	}
	p.FilterAttribute, p.FilterValue = fields[0], text
	return nil
}

// String is the name again, with single blanks in the brackets.
func (p TargetPath) String() string {
	var b strings.Builder
	if p.URN != "" {
		b.WriteString(p.URN)
		b.WriteByte(':')
	}
	b.WriteString(p.Attribute)
	if p.FilterAttribute != "" {
		b.WriteByte('[')
		b.WriteString(p.FilterAttribute)
		b.WriteString(" eq ")
		if p.FilterBare {
			b.WriteString(p.FilterValue)
		} else {
			b.WriteString(quote(p.FilterValue))
		}
		b.WriteByte(']')
	}
	if p.SubAttribute != "" {
		b.WriteByte('.')
		b.WriteString(p.SubAttribute)
	}
	return b.String()
}

// isFree takes any name of an attribute, as the service does: an administrator may call one
// custom:country. What takes a name apart cannot be part of it.
func isFree(s string) bool {
	return s != "" && s == strings.TrimSpace(s) && !strings.ContainsFunc(s, func(c rune) bool {
		return unicode.IsControl(c) || strings.ContainsRune(`[]"\`, c)
	})
}

// isName follows ATTRNAME of RFC 7643 section 2.1, with the leading "$" of $ref.
func isName(s string) bool {
	s = strings.TrimPrefix(s, "$")
	for i, c := range []byte(s) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || c != '-' && c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}

func quote(s string) string {
	if !strings.ContainsAny(s, `\"`) {
		return `"` + s + `"`
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func unquote(s string) (string, bool) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; c {
		case '"':
			return b.String(), i == len(s)-1
		case '\\':
			i++
			if i == len(s) || s[i] != '"' && s[i] != '\\' {
				return "", false
			}
			b.WriteByte(s[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", false
}

func pathError(s, what string) error {
	return fmt.Errorf(`read target attribute %q: %s; hint: write for example name.givenName, emails[type eq "work"].value or %s:department`, s, what, EnterpriseURN)
}
