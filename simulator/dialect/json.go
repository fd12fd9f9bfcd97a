package dialect

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// bodySize is room for most bodies, so that they need not grow.
const bodySize = 1024

// rank places a member of an object: lower first, equal ranks by name.
type rank func(name string) int

// appendObject writes an object with its members in order, compact (W-28). Values are
// strings, Booleans, whole numbers, lists and objects.
func appendObject(b []byte, object map[string]any, by rank) []byte {
	type placed struct {
		member
		at int
	}
	sorted := make([]placed, 0, len(object))
	for name, value := range object {
		sorted = append(sorted, placed{member{name, value}, by(name)})
	}
	slices.SortFunc(sorted, func(x, y placed) int {
		return cmp.Or(x.at-y.at, strings.Compare(x.name, y.name))
	})
	b = append(b, '{')
	for i, m := range sorted {
		b = appendMember(b, i, m.member)
	}
	return append(b, '}')
}

// members is an object whose members keep their order.
type members []member

type member struct {
	name  string
	value any
}

func appendMembers(b []byte, object members) []byte {
	b = append(b, '{')
	for i, m := range object {
		b = appendMember(b, i, m)
	}
	return append(b, '}')
}

// appendMember writes the i-th member of an object.
func appendMember(b []byte, i int, m member) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	b = append(appendString(b, m.name), ':')
	return appendValue(b, m.value)
}

func appendValue(b []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendString(b, v)
	case bool:
		return strconv.AppendBool(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case map[string]any:
		return appendObject(b, v, innerRank)
	case members:
		return appendMembers(b, v)
	case []any:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, e)
		}
		return append(b, ']')
	}
	return append(b, "null"...)
}

// appendString escapes what JSON demands and no more: <, > and & stay as they are.
func appendString(b []byte, s string) []byte {
	quoted, err := jsontext.AppendQuote(b, s)
	if err != nil { // bytes that are no UTF-8, as a cut through a character leaves them
		quoted, _ = jsontext.AppendQuote(b, strings.ToValidUTF8(s, "\uFFFD"))
	}
	return quoted
}

// userRank is the order of POST /Users (W-29).
func userRank(name string) int {
	switch name {
	case "schemas":
		return 0
	case "externalId":
		return 1
	case "userName":
		return 2
	case "active":
		return 3
	case "roles":
		return 9
	}
	if strings.HasPrefix(name, "urn:") {
		return 8
	}
	return 4
}

// groupRank is the order of POST /Groups (W-42).
func groupRank(name string) int {
	switch name {
	case "schemas":
		return 0
	case "externalId":
		return 1
	case "displayName":
		return 2
	case "members":
		return 8
	case "meta":
		return 9
	}
	return 4
}

// innerRank is the order inside name (W-34), the elements of lists (W-35, W-46), the
// enterprise object (W-38).
func innerRank(name string) int {
	at := slices.Index([]string{
		"primary", "type", "formatted", "familyName", "givenName",
		"streetAddress", "locality", "region", "postalCode", "country", "displayName", "display",
		"employeeNumber", "costCenter", "organization", "division", "department", "manager", "value",
	}, name)
	if at < 0 {
		return 100
	}
	return at
}
