package fact

import (
	"strings"
	"unicode"
)

// Layer says how far out a difference shows. An outer difference explains inner ones.
type Layer int

// The layers, from the outside in.
const (
	// Claim is the check's own requirement. It is the zero Layer.
	Claim Layer = iota
	// Transport is a connection without a complete response.
	Transport
	// Path is a route that does not exist.
	Path
	// Credentials is a request that was not let in.
	Credentials
	// Media is a body that is not JSON, such as a page of a gateway.
	Media
	// Envelope is a list response or error with the wrong members.
	Envelope
	// Status is a status other than the required one.
	Status
	// Value is an attribute that does not have the value that was written.
	Value
	// Side is an attribute that changed although the request does not name it.
	Side
)

// Kind is the kind of a difference between two values.
type Kind string

// The kinds of differences.
const (
	Absent     Kind = "absent"            // the value is missing
	Unchanged  Kind = "unchanged"         // the value is the one of before
	OtherValue Kind = "other value"       // another value
	OtherForm  Kind = "other form"        // the right value in another form, such as a string for a Boolean
	OtherCase  Kind = "other letter case" // the right name in the wrong letter case
	TooMany    Kind = "too many"          // more elements than required
	TooFew     Kind = "too few"           // fewer elements than required
	Lost       Kind = "lost"              // elements that were there and must stay are gone
	Duplicated Kind = "duplicated"        // the required elements, and some of them more than once
	Unasked    Kind = "unasked"           // a value that nobody wrote
)

// Fact is one difference.
type Fact struct {
	Layer Layer
	Kind  Kind
	// Method and Route identify the kind of the request, such as PATCH and "/Users/{id}".
	Method, Route string
	// Status is that of the response, or 0 without one.
	Status int
	// Words are the first words of the error's detail, without names, numbers and ids.
	Words string
	// Attribute is the path that differs, such as "name.givenName" or "members".
	Attribute string
	// Idle reports a write that succeeded, and after which the resource is as before.
	Idle bool
	// Operation is the op that all operations of a PATCH have, in lower case, or "".
	Operation string
	// Expected and Actual say it to people.
	Expected, Actual string
}

// RouteOf returns the class of a request's path below the base URL: "/Users", "/Users/{id}",
// "/Users?filter", "/Users/.search", or the path itself for discovery, /Me and /Bulk.
func RouteOf(path string) string {
	path, query, _ := strings.Cut(path, "?")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	route := "/" + parts[0]
	switch {
	case len(parts) > 1 && parts[1] == ".search":
		route += "/.search"
	case len(parts) > 1:
		route += "/{id}"
	}
	if strings.Contains(query, "filter=") {
		route += "?filter"
	}
	return route
}

// WordsOf returns the first words of an error text that do not depend on the request: quoted
// parts, numbers, addresses and ids are left out.
func WordsOf(text string) string {
	const limit = 8
	var words []string
	quoted := false
	for word := range strings.FieldsSeq(unfiltered(text)) {
		opens := strings.IndexAny(word, "\"'`") == 0
		if opens || quoted {
			quoted = !strings.ContainsAny(word[len(word)-1:], "\"'`") && (opens || quoted) || opens && len(word) == 1
			continue
		}
		plain := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
		if plain == "" || strings.ContainsFunc(word, unicode.IsDigit) || strings.ContainsAny(word, "@/\\{}<>=") {
			continue
		}
		if words = append(words, strings.ToLower(plain)); len(words) == limit {
			break
		}
	}
	return strings.Join(words, " ")
}

// unfiltered leaves out paths with a value filter, such as emails[type eq "work"].value.
func unfiltered(text string) string {
	var out strings.Builder
	for {
		open := strings.IndexByte(text, '[')
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], ']')
		start := strings.LastIndexByte(text[:open], ' ') + 1
		if end < 0 || start == open { // a list of something
			out.WriteString(text[:open+1])
			text = text[open+1:]
			continue
		}
		out.WriteString(text[:start])
		rest := text[open+end:]
		text = ""
		if space := strings.IndexByte(rest, ' '); space >= 0 {
			text = rest[space:]
		}
	}
	return out.String() + text
}
