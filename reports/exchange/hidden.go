package exchange

import (
	"regexp"
	"slices"
	"strings"
)

// hidden contains the redacted names: JSON members, paths of PATCH operations, attributes in
// filters and headers. The built-in names are always included.
type hidden struct {
	names []string // lower case
	extra []string // names besides the built-in ones
	// member finds a secret member in text that is not valid JSON, for example because it is
	// truncated.
	member *regexp.Regexp
	filter *regexp.Regexp // nil without extra
}

func hide(extra []string) *hidden {
	n := &hidden{names: []string{"password", "client_secret", "access_token", "refresh_token", "id_token"}}
	for _, name := range extra {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			n.extra = append(n.extra, name)
		}
	}
	n.names = append(n.names, n.extra...)
	quoted := make([]string, len(n.names))
	for i, name := range n.names {
		quoted[i] = regexp.QuoteMeta(name)
	}
	n.member = regexp.MustCompile(`(?i)("(?:` + strings.Join(quoted, "|") + `)"\s*:\s*)` +
		`("(?:[^"\\]|\\.)*"?|-?[0-9][^\s,}\]]*|true|false)`)
	if len(n.extra) > 0 {
		n.filter = regexp.MustCompile(`(?i)(\b(?:` + strings.Join(quoted, "|") + `)\b[^"\n]{0,60}?\s(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s")[^"]*`)
	}
	return n
}

var (
	filterParam  = regexp.MustCompile(`(?i)\bfilter=[^&\s]*`)
	filterValues = regexp.MustCompile(`%22.*?%22|"[^"]*"`)
)

// filters redacts the values in filters on the named attributes. In a URL, it redacts every value
// of such a filter.
func (n *hidden) filters(s string) string {
	if n.filter == nil || !n.mentioned(s) {
		return s
	}
	s = filterParam.ReplaceAllStringFunc(s, func(param string) string {
		if !n.mentioned(param) {
			return param
		}
		return filterValues.ReplaceAllStringFunc(param, func(value string) string {
			quote := value[:1]
			if quote == "%" {
				quote = "%22"
			}
			return quote + Redacted + quote
		})
	})
	return n.filter.ReplaceAllString(s, "${1}"+Redacted)
}

// mentioned is a cheap test before the expensive one.
func (n *hidden) mentioned(s string) bool {
	lower := strings.ToLower(s)
	if strings.Contains(lower, "password") || strings.Contains(lower, "client_secret") || strings.Contains(lower, "_token\"") {
		return true
	}
	return slices.ContainsFunc(n.extra, func(name string) bool { return strings.Contains(lower, name) })
}

// header reports whether the header with this name is redacted.
func (n *hidden) header(name string) bool { return slices.Contains(n.extra, strings.ToLower(name)) }

// path reports whether one of the names is a part of an attribute path such as
// urn:…:User:name.givenName or emails[type eq "work"].value.
func (n *hidden) path(path string) bool {
	path = strings.ToLower(path)
	if slices.Contains(n.names, path) {
		return true
	}
	if open := strings.IndexByte(path, '['); open >= 0 {
		if end := strings.LastIndexByte(path, ']'); end > open {
			path = path[:open] + path[end+1:]
		}
	}
	path = path[strings.LastIndexByte(path, ':')+1:]
	for part := range strings.SplitSeq(path, ".") {
		if slices.Contains(n.names, part) {
			return true
		}
	}
	return false
}
