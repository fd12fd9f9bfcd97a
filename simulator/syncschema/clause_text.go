package syncschema

import (
	"fmt"
	"slices"
	"strings"
)

// ParseClause reads a clause as a person writes it: ATTRIBUTE OPERATOR [VALUE], such as
// department EQUALS 'Sales' (E-78, E-80). The operator may have any letter case.
func ParseClause(text string) (Clause, error) {
	attribute, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	attribute, rest = strings.Trim(attribute, "[]"), strings.TrimSpace(rest)
	operators := slices.Concat(Operators(), reported())
	slices.SortFunc(operators, func(a, b Operator) int { return len(b.Name) - len(a.Name) }) // the longest first
	for _, o := range operators {
		words := len(strings.Fields(strings.ReplaceAll(o.Name, "_", " ")))
		for _, n := range []int{1, words} { // Greater_Than, or Greater Than
			name, value, ok := firstWords(rest, n)
			if !ok || operatorKey(name) != operatorKey(o.Name) {
				continue
			}
			switch {
			case attribute == "":
				return Clause{}, fmt.Errorf("%q has no attribute; hint: write for example department EQUALS Sales", text)
			case o.Unary && value != "":
				return Clause{}, fmt.Errorf("%q: %s takes no value; hint: remove %q", text, o.Name, value)
			case o.Unary:
				return Clause{Operator: o.Name, Attribute: attribute}, nil
			case value == "":
				return Clause{}, fmt.Errorf("%q: %s needs a value; hint: write for example department EQUALS Sales", text, o.Name)
			}
			return Clause{Operator: o.Name, Attribute: attribute, Values: []string{unquoted(value)}}, nil
		}
	}
	var names []string
	for _, o := range Operators() {
		names = append(names, o.Name)
	}
	return Clause{}, fmt.Errorf("%q has no operator; hint: write for example department EQUALS Sales; the operators are %s", text, strings.Join(names, ", "))
}

// firstWords cuts the first words off.
func firstWords(text string, n int) (head, rest string, ok bool) {
	end := 0
	for range n {
		for end < len(text) && text[end] == ' ' {
			end++
		}
		start := end
		for end < len(text) && text[end] != ' ' {
			end++
		}
		if start == end {
			return "", "", false
		}
	}
	return text[:end], strings.TrimSpace(text[end:]), true
}

// unquoted removes one pair of quotation marks around a value.
func unquoted(value string) string {
	if len(value) >= 2 && (value[0] == '\'' || value[0] == '"') && value[len(value)-1] == value[0] {
		return value[1 : len(value)-1]
	}
	return value
}
