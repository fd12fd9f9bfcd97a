package mapping

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/scim"
)

// isEmpty reports whether a value of the target counts as absent (W-51).
func isEmpty(old any) bool {
	switch old := old.(type) {
	case nil:
		return true
	case string:
		return old == ""
	case []any:
		return len(old) == 0
	}
	return false
}

// same compares a value of the target with a mapped one as strings, without regard to case
// unless the attribute is caseExact (A-28, E-127). Booleans and numbers of the target are
// compared with what the text means.
func (a *Attribute) same(old any, v expression.Value) bool {
	switch old := old.(type) {
	case string:
		if a.CaseExact && a.Type != "Boolean" {
			return old == v.Text()
		}
		return strings.EqualFold(old, v.Text())
	case bool:
		return strings.EqualFold(v.Text(), strconv.FormatBool(old))
	case float64:
		return sameNumber(old, v.Text())
	case json.Number:
		n, err := old.Float64()
		return old.String() == v.Text() || err == nil && sameNumber(n, v.Text())
	case map[string]any: // a complex value counts by its value (W-108)
		for _, name := range []string{"value", "Value"} {
			if inner, ok := old[name]; ok {
				return a.same(inner, v)
			}
		}
	case []any: // a list of one where a single value was expected
		return len(old) == 1 && a.same(old[0], v)
	}
	return false
}

func sameNumber(n float64, text string) bool {
	m, err := strconv.ParseFloat(text, 64)
	return err == nil && m == n
}

// among reports whether a list of the target holds a value; a role also in the packed form
// in which one kind of PATCH sends it (W-66).
func (a *Attribute) among(elements []any, v expression.Value) bool {
	role, isRole := v.Role()
	forms := []expression.Value{v}
	if isRole { // its value is another text than its display name
		forms = append(forms, expression.String(role.Value), expression.String(role.JSON()))
	}
	for _, e := range elements {
		if slices.ContainsFunc(forms, func(form expression.Value) bool { return a.same(e, form) }) {
			return true
		}
	}
	return false
}

// hasRole reports whether the target holds a role in any of its elements: an Add in the
// packed form leaves it where the path of the attribute does not look (W-66).
func (a *Attribute) hasRole(current map[string]any, v expression.Value) bool {
	if _, ok := v.Role(); !ok {
		return false
	}
	elements, _ := scim.TargetPath{URN: a.Path.URN, Attribute: a.Path.Attribute}.Get(current)
	list, _ := elements.([]any)
	return a.among(list, v)
}
