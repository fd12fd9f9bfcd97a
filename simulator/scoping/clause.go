package scoping

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dlclark/regexp2"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// matchTimeout ends a match of a pattern that would try forever; .NET patterns backtrack.
const matchTimeout = time.Second

// clause is one compiled comparison of a source attribute (E-78).
type clause struct {
	attribute string
	operator  string
	want      string
	pattern   *regexp2.Regexp
	label     string // "department EQUALS 'Sales'", as the log writes it (G-37)
	options   Options
}

func newClause(c syncschema.Clause, o Options) (clause, error) {
	operator, known := syncschema.FindOperator(c.Operator)
	if !known {
		return clause{}, fmt.Errorf("%q is not an operator of a scoping filter", c.Operator)
	}
	out := clause{attribute: c.Attribute, operator: operator.Name, label: c.String(), options: o}
	if operator.Name == syncschema.Present {
		out.operator = "IS NOT NULL"
	}
	if operator.Unary {
		return out, nil
	}
	if len(c.Values) > 0 {
		out.want = c.Values[0]
	}
	if operator.Name == "REGEX MATCH" || operator.Name == "NOT REGEX MATCH" {
		text := out.want
		if o.AnchoredPatterns {
			text = `\A(?:` + text + `)\z`
		}
		var err error
		if out.pattern, err = regexp2.Compile(text, regexp2.None); err != nil {
			return clause{}, err
		}
		out.pattern.MatchTimeout = matchTimeout
	}
	return out, nil
}

// holds evaluates the clause. Null, the empty string and an empty list make every operator
// false but IS NULL (E-79, A-40); of several values every one must satisfy it.
func (c *clause) holds(v any) (bool, error) {
	values := present(v)
	switch {
	case c.operator == "IS NULL":
		return len(values) == 0, nil
	case len(values) == 0:
		return c.options.NullDiffers && (c.operator == "NOT EQUALS" || c.operator == "!&"), nil
	}
	for _, v := range values {
		if ok, err := c.one(v); err != nil || ok == c.options.AnyValue {
			return ok, err
		}
	}
	return !c.options.AnyValue, nil
}

// one compares a value that is there; texts are compared by code unit, case included (E-79, A-5).
func (c *clause) one(v any) (bool, error) {
	s := plain(v)
	switch c.operator {
	case syncschema.ValidCertMatch:
		return false, nil
	case "EQUALS":
		return s == c.want, nil
	case "NOT EQUALS":
		return s != c.want, nil
	case "IS TRUE":
		return v == true, nil
	case "IS FALSE":
		return v == false, nil
	case "IS NOT NULL":
		return true, nil
	case "REGEX MATCH", "NOT REGEX MATCH":
		return c.match(s)
	case "Greater_Than":
		return c.comparable(s) && order(s, c.want) > 0, nil
	case "Greater_Than_OR_EQUALS":
		return c.comparable(s) && order(s, c.want) >= 0, nil
	case "Includes":
		return strings.Contains(s, c.want), nil
	case "ENDS_WITH":
		return c.ends(s), nil
	case "&":
		return c.within(s), nil
	case "!&":
		return !c.within(s), nil
	}
	return false, fmt.Errorf("unknown operator %s", c.operator)
}

// comparable reports whether both sides of a comparison of sizes are numbers.
func (c *clause) comparable(s string) bool {
	return syncschema.IsWhole(s) && syncschema.IsWhole(c.want)
}

// ends minds case, as the other operators do.
func (c *clause) ends(s string) bool {
	if c.options.EndsIgnoringCase {
		return strings.HasSuffix(strings.ToLower(s), strings.ToLower(c.want))
	}
	return strings.HasSuffix(s, c.want)
}

// within reports whether the filter value holds the attribute's, as a part of it or, by
// option, as an entry of a list.
func (c *clause) within(s string) bool {
	if !c.options.ListOperand {
		return strings.Contains(c.want, s)
	}
	for entry := range strings.SplitSeq(c.want, ",") {
		if strings.TrimSpace(entry) == s {
			return true
		}
	}
	return false
}

// match searches anywhere in the value, as .NET does. The rest of the pattern's own
// message, which depends on the machine, stays out of the log.
func (c *clause) match(s string) (bool, error) {
	ok, err := c.pattern.MatchString(s)
	if err != nil {
		return false, fmt.Errorf("%s: the pattern timed out after %v; hint: simplify it", c.label, matchTimeout)
	}
	return ok == (c.operator == "REGEX MATCH"), nil
}

// order compares two non-negative integers of any length.
func order(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// present gives the values of an attribute that are neither null nor empty.
func present(v any) []any {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	out := make([]any, 0, len(list))
	for _, e := range list {
		if e != nil && e != "" {
			out = append(out, e)
		}
	}
	return out
}

// plain is a value as text; Booleans are True and False (G-18).
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return text(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(b)
}
