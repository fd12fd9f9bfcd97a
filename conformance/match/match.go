package match

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/onsi/gomega/types"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// matcher is a condition with the texts for both sides.
type matcher struct {
	layer     fact.Layer
	kind      fact.Kind
	attribute string
	expected  string
	holds     func(actual any) (string, bool)
	said      string
}

var _ types.GomegaMatcher = (*matcher)(nil)

func (m *matcher) Match(actual any) (bool, error) {
	var ok bool
	m.said, ok = m.holds(actual)
	return ok, nil
}

func (m *matcher) FailureMessage(any) string { return "expected " + m.expected + ", but " + m.said }

func (m *matcher) NegatedFailureMessage(any) string {
	return "expected not: " + m.expected + ", but " + m.said
}

// Fact returns what a matcher of this package saw when it last did not match.
func Fact(of types.GomegaMatcher) fact.Fact {
	m, ok := of.(*matcher)
	if !ok {
		return fact.Fact{Expected: "a match", Actual: "there was none"}
	}
	return fact.Fact{Layer: m.layer, Kind: m.kind, Attribute: m.attribute, Expected: m.expected, Actual: m.said}
}

// Status matches a response with one of the statuses.
func Status(codes ...int) types.GomegaMatcher {
	return &matcher{layer: fact.Status, expected: "status " + either(codes), holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Response)
		return fmt.Sprintf("%s returned status %d%s", a.Request, a.Status, detail(a)), slices.Contains(codes, a.Status)
	}}
}

// Rejected matches a response that refuses the request: a status from 400 to 499, or 501.
func Rejected() types.GomegaMatcher {
	return &matcher{layer: fact.Status, expected: "a status from 400 to 499", holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Response)
		return fmt.Sprintf("%s returned status %d%s", a.Request, a.Status, detail(a)), a.Status >= 400 && a.Status < 500 || a.Status == 501
	}}
}

// Made matches a create that succeeded. Whether its status is 201 is a check of its own.
func Made() types.GomegaMatcher {
	return &matcher{layer: fact.Status, expected: "status 201", holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Response)
		return fmt.Sprintf("%s returned status %d%s", a.Request, a.Status, detail(a)), a.Status >= 200 && a.Status < 300
	}}
}

// Success matches status 200 and 204. Both are valid for PATCH.
func Success() types.GomegaMatcher { return Status(200, 204) }

func either(codes []int) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = strconv.Itoa(c)
	}
	return strings.Join(words, " or ")
}

func detail(a session.Response) string {
	if s := a.Detail(); s != "" {
		return ": " + s
	}
	return ""
}

// SCIMError matches an error with the given status and, unless it is empty, scimType. The form of
// errors is judged in all responses; see package invariant.
func SCIMError(status int, scimType string) types.GomegaMatcher {
	expected := fmt.Sprintf("status %d", status)
	if scimType != "" {
		expected += " and scimType " + scimType
	}
	m := &matcher{expected: expected}
	m.holds = func(actual any) (string, bool) {
		a, _ := actual.(session.Response)
		said := fmt.Sprintf("%s returned status %d%s", a.Request, a.Status, detail(a))
		if m.layer = fact.Status; a.Status != status {
			return said, false
		}
		m.layer, m.attribute = fact.Envelope, "scimType" // the status is right
		if scimType != "" && a.Body != nil && a.Body["scimType"] != scimType {
			return said + ", but scimType is " + JSON(a.Body["scimType"]), false
		}
		return said, true
	}
	return m
}

// Total matches a query that returned n resources. A response of 404 counts as an empty list, and
// the envelope may be wrong: both have checks of their own.
func Total(n int) types.GomegaMatcher {
	m := &matcher{layer: fact.Status, expected: "status 200 and a list of " + resources(n)}
	m.holds = func(actual any) (string, bool) {
		a, _ := actual.(session.Response)
		said := fmt.Sprintf("%s returned status %d%s", a.Request, a.Status, detail(a))
		if n == 0 && a.Status == 404 {
			return said, true
		}
		if a.Status != 200 {
			return said, false
		}
		list := a.Page().Resources
		if m.kind = fact.TooMany; len(list) < n {
			m.kind = fact.TooFew
		}
		return said + " with " + resources(len(list)), len(list) == n
	}
	return m
}

func resources(n int) string {
	if n == 1 {
		return "1 resource"
	}
	return strconv.Itoa(n) + " resources"
}

// Is matches a value that is equal as JSON. what names the value.
func Is(what string, want any) types.GomegaMatcher {
	return &matcher{expected: what + " is " + JSON(want), holds: func(actual any) (string, bool) {
		return what + " is " + JSON(actual), reflect.DeepEqual(normal(actual), normal(want))
	}}
}

// Phone matches a telephone number with the same digits. A service may store the number in a
// canonical form (RFC 7643 section 4.1.2), such as that of RFC 3966.
func Phone(what, want string) types.GomegaMatcher {
	return &matcher{expected: what + " is " + JSON(want) + ", in this or a canonical form", holds: func(actual any) (string, bool) {
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

// IsText is Is for a string. Both messages escape every code point outside ASCII.
func IsText(what, want string) types.GomegaMatcher {
	return &matcher{expected: what + " is " + strconv.QuoteToASCII(want), holds: func(actual any) (string, bool) {
		s, ok := actual.(string)
		if !ok {
			return what + " is " + JSON(actual), false
		}
		return what + " is " + strconv.QuoteToASCII(s), s == want
	}}
}

// Not matches a response with none of the statuses.
func Not(codes ...int) types.GomegaMatcher {
	return &matcher{layer: fact.Status, expected: "a status other than " + either(codes), holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Response)
		return fmt.Sprintf("%s returned status %d%s", a.Request, a.Status, detail(a)), !slices.Contains(codes, a.Status)
	}}
}

// Contains matches a list that contains a string.
func Contains(what, text string) types.GomegaMatcher {
	return &matcher{expected: what + " contains " + text, holds: func(actual any) (string, bool) {
		list, _ := actual.([]any)
		return what + " is " + JSON(actual), slices.Contains(list, any(text))
	}}
}

// Lacks matches a response without the attribute at the top level of a resource, and without
// the secret anywhere. The messages do not repeat the secret.
func Lacks(what, attribute, secret string) types.GomegaMatcher {
	return &matcher{expected: what + " does not contain " + attribute, holds: func(actual any) (string, bool) {
		a, _ := actual.(session.Response)
		if strings.Contains(string(a.Raw), secret) {
			return what + " contains the " + attribute + " in plain text", false
		}
		resources, _ := a.Body["Resources"].([]any)
		for _, r := range append(resources, any(a.Body)) {
			if m, ok := r.(map[string]any); ok && m[attribute] != nil {
				return what + " contains " + attribute + ", but not in plain text", false
			}
		}
		return what + " omits it", true
	}}
}

// That matches true. The caller supplies both messages.
func That(expected, actual string) types.GomegaMatcher {
	return &matcher{expected: expected, holds: func(v any) (string, bool) { return actual, v == true }}
}

// Member matches true, for a member of a response that must have the right form.
func Member(name string, kind fact.Kind, expected, actual string) types.GomegaMatcher {
	return &matcher{layer: fact.Envelope, kind: kind, attribute: name, expected: expected, holds: func(v any) (string, bool) { return actual, v == true }}
}

// normal makes Go values comparable with decoded JSON values.
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

// JSON returns a value as shortened JSON, or "absent" for nil.
func JSON(v any) string {
	if v == nil {
		return "absent"
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
