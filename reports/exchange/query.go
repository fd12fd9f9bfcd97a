package exchange

import (
	"regexp"
	"strings"
)

// querySeparators separate the parameters of a query, also inside JSON.
var querySeparators = regexp.MustCompile(`&|;|\\u0026`)

// plainParameter reports whether the value of a query parameter may be shown: parameters of SCIM
// (RFC 7644, section 3.4.2; RFC 9865), flags of Entra, and the public ones of OAuth.
func plainParameter(name, value string) bool {
	switch strings.ToLower(name) {
	case "filter", "attributes", "excludedattributes", "sortby", "sortorder", "startindex", "count", "cursor":
		return true
	case "response_type", "grant_type", "scope", "client_id", "redirect_uri", "code_challenge_method", "audience", "resource", "token_type", "expires_in",
		"client_assertion_type", "subject_token_type", "requested_token_type":
		return true
	}
	return plainFlag(name, value)
}

// plainFlag reports whether a parameter is a flag that Entra knows (W-117, W-120, W-121). A flag
// has no value, or says yes or no.
func plainFlag(name, value string) bool {
	switch strings.ToLower(name) {
	case "aadoptscim062020", "azureadscimpatch062020", "azureadscimpatch2017":
		switch strings.ToLower(value) {
		case "", "true", "false", "1", "0":
			return true
		}
	}
	return false
}

// settledValue is a value that is redacted, or a variable in its place, at the end of a sentence.
var settledValue = regexp.MustCompile(`^(?:` + Redacted + `|\$` + variablePrefix + `[A-Z0-9_]+|\$\{` + variablePrefix + `[A-Z0-9_]+\})?[.,:)\]}…]*$`)

// settled reports whether a value needs no redaction, because it is empty or already redacted.
func settled(value string) bool { return settledValue.MatchString(value) }

// queries redacts the queries of all URLs in a text: every value whose parameter is not known to be
// harmless.
func queries(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '?')
		if i < 0 {
			break
		}
		query := s[i+1:]
		if end := queryEnd(query); end >= 0 {
			query = query[:end]
		}
		b.WriteString(s[:i+1])
		b.WriteString(parameters(query))
		s = s[i+1+len(query):]
	}
	if b.Len() == 0 {
		return s
	}
	b.WriteString(s)
	return b.String()
}

// queryEnd is where a query ends in a text, or -1. A backslash ends it unless it begins \u0026.
func queryEnd(s string) int {
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ' || strings.IndexByte("\"'<>`?", c) >= 0:
			return i
		case c == '\\' && !strings.HasPrefix(s[i:], `\u0026`):
			return i
		}
	}
	return -1
}

// parameters redacts the values in a query or a form.
func parameters(query string) string {
	if !strings.Contains(query, "=") {
		return query
	}
	var b strings.Builder
	from := 0
	for _, at := range append(querySeparators.FindAllStringIndex(query, -1), []int{len(query), len(query)}) {
		part := query[from:at[0]]
		name, value, ok := strings.Cut(part, "=")
		if ok && !settled(value) && !plainParameter(unescape(name), unescape(value)) {
			part = name + "=" + Redacted
		}
		b.WriteString(part)
		b.WriteString(query[at[0]:at[1]])
		from = at[1]
	}
	return b.String()
}
