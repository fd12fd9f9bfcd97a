package match

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/onsi/gomega/types"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// separator stands between the two halves of a message.
const separator = "\x1f"

// Split takes a message of this package apart.
func Split(message string) (expected, actual string) {
	expected, actual, _ = strings.Cut(message, separator)
	return expected, actual
}

// matcher is a condition with the words for both sides.
type matcher struct {
	expected string
	holds    func(actual any) (string, bool)
	said     string
}

var _ types.GomegaMatcher = (*matcher)(nil)

func (m *matcher) Match(actual any) (bool, error) {
	var ok bool
	m.said, ok = m.holds(actual)
	return ok, nil
}

func (m *matcher) FailureMessage(any) string { return m.expected + separator + m.said }

func (m *matcher) NegatedFailureMessage(any) string {
	return "not: " + m.expected + separator + m.said
}

// Status holds for an answer with one of the statuses.
func Status(codes ...int) types.GomegaMatcher {
	return &matcher{expected: "status " + either(codes), holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Answer)
		return fmt.Sprintf("%s was answered with status %d%s", a.Request, a.Status, detail(a)), slices.Contains(codes, a.Status)
	}}
}

// Success holds for 200 and 204, which both are right for PATCH.
func Success() types.GomegaMatcher { return Status(200, 204) }

func either(codes []int) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = strconv.Itoa(c)
	}
	return strings.Join(words, " or ")
}

func detail(a session.Answer) string {
	if s, ok := a.Body["detail"].(string); ok && a.Status >= 400 {
		return ": " + s
	}
	return ""
}

// SCIMError holds for a SCIM error with a status and, where one is named, a scimType.
func SCIMError(status int, scimType string) types.GomegaMatcher {
	expected := fmt.Sprintf("status %d with a SCIM error", status)
	if scimType != "" {
		expected += " of scimType " + scimType
	}
	return &matcher{expected: expected, holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Answer)
		said := fmt.Sprintf("%s was answered with status %d%s", a.Request, a.Status, detail(a))
		if a.Status != status {
			return said, false
		}
		schemas, _ := a.Body["schemas"].([]any)
		if !slices.Contains(schemas, any("urn:ietf:params:scim:api:messages:2.0:Error")) {
			return said + ", and the body is no SCIM error", false
		}
		if a.Body["status"] != strconv.Itoa(status) {
			return said + fmt.Sprintf(", and status in the body is %s instead of the string %q", JSON(a.Body["status"]), strconv.Itoa(status)), false
		}
		if d, there := a.Body["detail"]; there && d != nil {
			if _, ok := d.(string); !ok {
				return said + ", and detail is no string: " + JSON(d), false
			}
		}
		if scimType != "" && a.Body["scimType"] != scimType {
			return said + ", and scimType is " + JSON(a.Body["scimType"]), false
		}
		return said, true
	}}
}

// Keyword holds for an answer that is no error, or whose scimType is absent or a word of
// RFC 7644 table 9 or of RFC 9865.
func Keyword() types.GomegaMatcher {
	words := []any{
		"invalidFilter", "tooMany", "uniqueness", "mutability", "invalidSyntax", "invalidPath", "noTarget", "invalidValue", "invalidVers", "sensitive",
		"invalidCursor", "expiredCursor", "invalidCount",
	}
	return &matcher{expected: "scimType is absent, or a word of RFC 7644 table 9", holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Answer)
		word, there := a.Body["scimType"]
		return fmt.Sprintf("%s was answered with status %d and scimType %s", a.Request, a.Status, JSON(word)), a.Status < 400 || !there || slices.Contains(words, word)
	}}
}

// Total holds for a ListResponse with a number of results, and with as many resources.
func Total(n int) types.GomegaMatcher {
	return &matcher{expected: fmt.Sprintf("200 with a ListResponse of totalResults %d", n), holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Answer)
		said := fmt.Sprintf("%s was answered with status %d%s", a.Request, a.Status, detail(a))
		schemas, _ := a.Body["schemas"].([]any)
		if a.Status != 200 {
			return said, false
		}
		if !slices.Contains(schemas, any("urn:ietf:params:scim:api:messages:2.0:ListResponse")) {
			return said + ", and the body is no ListResponse", false
		}
		resources, _ := a.Body["Resources"].([]any)
		said += " and totalResults " + JSON(a.Body["totalResults"])
		return said, a.Body["totalResults"] == float64(n) && (len(resources) == n)
	}}
}

// Is holds for a value that is equal as JSON; what says which value it is.
func Is(what string, want any) types.GomegaMatcher {
	return &matcher{expected: what + " is " + JSON(want), holds: func(actual any) (string, bool) {
		return what + " is " + JSON(actual), reflect.DeepEqual(normal(actual), normal(want))
	}}
}

// Phone holds for a telephone number with the same digits: a service may keep it in a
// canonical form (RFC 7643 section 4.1.2), such as that of RFC 3966.
func Phone(what, want string) types.GomegaMatcher {
	return &matcher{expected: what + " is " + JSON(want) + ", in this form or a canonical one", holds: func(actual any) (string, bool) {
		s, ok := actual.(string)
		return what + " is " + JSON(actual), ok && digits(s) == digits(want)
	}}
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// IsText is Is for a string, and says both with every code point outside ASCII.
func IsText(what, want string) types.GomegaMatcher {
	return &matcher{expected: what + " is " + strconv.QuoteToASCII(want), holds: func(actual any) (string, bool) {
		s, ok := actual.(string)
		if !ok {
			return what + " is " + JSON(actual), false
		}
		return what + " is " + strconv.QuoteToASCII(s), s == want
	}}
}

// Not holds for an answer with none of the statuses.
func Not(codes ...int) types.GomegaMatcher {
	return &matcher{expected: "another status than " + either(codes), holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Answer)
		return fmt.Sprintf("%s was answered with status %d%s", a.Request, a.Status, detail(a)), !slices.Contains(codes, a.Status)
	}}
}

// Contains holds for a list with a text.
func Contains(what, text string) types.GomegaMatcher {
	return &matcher{expected: what + " holds " + text, holds: func(actual any) (string, bool) {
		list, _ := actual.([]any)
		return what + " is " + JSON(actual), slices.Contains(list, any(text))
	}}
}

// Lacks holds for an answer without an attribute, at the top of a resource, and without
// a secret anywhere. The secret is not repeated.
func Lacks(what, attribute, secret string) types.GomegaMatcher {
	return &matcher{expected: what + " holds no " + attribute, holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Answer)
		if strings.Contains(string(a.Raw), secret) {
			return what + " holds the " + attribute + " in clear", false
		}
		resources, _ := a.Body["Resources"].([]any)
		for _, r := range append(resources, any(a.Body)) {
			if m, ok := r.(map[string]any); ok && m[attribute] != nil {
				return what + " holds " + attribute + ", though not in clear", false
			}
		}
		return what + " holds none", true
	}}
}

// That holds for true; the words say both sides.
func That(expected, actual string) types.GomegaMatcher {
	return &matcher{expected: expected, holds: func(v any) (string, bool) { return actual, v == true }}
}

// normal makes values comparable that were made in Go and that were read.
func normal(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		return v
	}
	var out any
	if json.Unmarshal(b, &out) != nil {
		return v
	}
	return out
}

// JSON is a value as JSON, "nothing" where there is none, shortened.
func JSON(v any) string {
	if v == nil {
		return "nothing"
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if s := string(b); len(s) <= 200 {
		return s
	}
	return string(b[:200]) + "…"
}
