package expression

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// compiler resolves the functions of a parsed expression, checks their arguments,
// and collects what is known before any object is seen.
type compiler struct {
	source     string
	attributes []string
	warnings   []string
}

func (c *compiler) fail(pos int, hint, format string, args ...any) error {
	return &Error{Pos: pos, Msg: fmt.Sprintf(format, args...), Hint: hint, Source: c.source}
}

func (c *compiler) warn(format string, args ...any) {
	if w := fmt.Sprintf(format, args...); !slices.Contains(c.warnings, w) {
		c.warnings = append(c.warnings, w)
	}
}

func (c *compiler) read(attribute string) {
	if !slices.Contains(c.attributes, attribute) {
		c.attributes = append(c.attributes, attribute)
	}
}

// compile checks the root of an expression.
func (c *compiler) compile(root node) error {
	switch root := root.(type) {
	case *constantNode:
		if root.kind == tokenName {
			return c.bareWord(root)
		}
	case *attributeNode:
		if root.name == roleAttribute {
			c.warn("[%s] must not be mapped directly; use SingleAppRoleAssignment or AssertiveAppRoleAssignmentsComplex (E-145)", roleAttribute)
		}
	}
	return c.node(root)
}

func (c *compiler) node(n node) error {
	switch n := n.(type) {
	case *attributeNode:
		c.read(n.name)
	case *comparisonNode:
		for _, side := range []node{n.left, n.right} {
			if constant, ok := side.(*constantNode); ok && constant.kind == tokenName {
				return c.bareWord(constant)
			}
			if err := c.nested(side); err != nil {
				return err
			}
		}
	case *callNode:
		return c.call(n)
	}
	return nil
}

// nested compiles a node below another one, where IgnoreFlowIfNullOrEmpty has no
// meaning (E-163).
func (c *compiler) nested(n node) error {
	if call, ok := n.(*callNode); ok && call.name == "IgnoreFlowIfNullOrEmpty" {
		return c.fail(call.pos, "put it around the whole expression", "IgnoreFlowIfNullOrEmpty must be the outermost function (E-163)")
	}
	return c.node(n)
}

func (c *compiler) bareWord(n *constantNode) error {
	switch strings.ToLower(n.text) {
	case "true", "false":
		return c.fail(n.pos, fmt.Sprintf("write it as text: %q", n.text), "the name %s stands alone", n.text)
	case "null", "nothing":
		return c.fail(n.pos, "there is no word for null; leave the argument empty where it is optional", "the name %s stands alone", n.text)
	}
	return c.fail(n.pos, fmt.Sprintf(`write [%s] for the attribute, %q for the text, %s(...) for a function`, n.text, n.text, n.text),
		"the name %s stands alone", n.text)
}

func (c *compiler) call(n *callNode) error {
	f, ok := lookup(n.name)
	switch {
	case !ok:
		return c.unknown(n)
	case f.Refused != "":
		return c.fail(n.pos, f.Refused, "%s is documented by Microsoft, but not for SCIM applications (%s)", f.Name, f.Rule)
	}
	n.function = f
	if err := c.count(n); err != nil {
		return err
	}
	for i, a := range n.arguments {
		if err := c.argument(n, i, a); err != nil {
			return err
		}
	}
	if f.check == nil {
		return nil
	}
	return f.check(c, n)
}

// count compares the arguments with the parameters.
func (c *compiler) count(n *callNode) error {
	parameters := n.function.parameters(len(n.arguments))
	repeats := len(parameters) > 0 && parameters[len(parameters)-1].Repeatable
	if !repeats && len(n.arguments) > len(parameters) {
		return c.fail(n.pos, n.function.Signature(), "%s takes at most %d arguments, not %d", n.name, len(parameters), len(n.arguments))
	}
	for i, p := range parameters {
		if !p.Required || n.argument(i) != nil {
			continue
		}
		if p.Repeatable && slices.ContainsFunc(n.arguments[min(i, len(n.arguments)):], func(a node) bool { return a != nil }) {
			continue
		}
		return c.fail(n.pos, n.function.Signature(), "%s needs its argument %s", n.name, p.Name)
	}
	return nil
}

// argument compiles one argument; comparisons and bare words are allowed for
// the parameters whose type says so.
func (c *compiler) argument(n *callNode, i int, a node) error {
	p := n.function.parameter(i, len(n.arguments))
	switch a := a.(type) {
	case nil:
		return nil
	case *comparisonNode:
		if p.Type != typeCondition {
			return misplacedComparison(a, c.source)
		}
	case *constantNode:
		if p.Type == typeCompare {
			return c.compareType(a)
		}
		if a.kind == tokenName {
			return c.bareWord(a)
		}
	}
	return c.nested(a)
}

func (c *compiler) compareType(n *constantNode) error {
	if n.text != textCompare && n.text != binaryCompare {
		return c.fail(n.pos, "", "compareType is %s or %s, not %s", textCompare, binaryCompare, shorten(n.text))
	}
	return nil
}

// unknown explains a name that is not in the table.
func (c *compiler) unknown(n *callNode) error {
	hint := "see `scimdrill expression list`"
	if elsewhere := documentedElsewhere(n.name); elsewhere != "" {
		hint = elsewhere
	} else if best := Suggest(n.name, names()); best != "" {
		hint = "did you mean " + best + "? Names are case-sensitive (E-155)"
	}
	return c.fail(n.pos, hint, "there is no function %s", shorten(n.name))
}

// documentedElsewhere knows the functions of neighbouring products (E-209), and
// what does their work here.
func documentedElsewhere(name string) string {
	switch name {
	case "ConvertFromBase64", "DNComponent", "Error", "StringFromSid", "Contains":
		return name + " is documented for cloud sync, not for application provisioning (E-209)"
	case "Trim", "LTrim", "RTrim":
		return name + " is not documented for application provisioning (E-209); StripSpaces removes every blank"
	case "LCase":
		return "LCase belongs to Entra Connect Sync (E-209); here it is ToLower"
	case "UCase":
		return "UCase belongs to Entra Connect Sync (E-209); here it is ToUpper"
	case "Right":
		return "Right belongs to Entra Connect Sync (E-209); use Mid, or Replace with a regular expression"
	case "CGuid", "CNum", "CRef", "ConvertFromUTF8Hex", "DNComponentRev", "InStrRev", "IsBitSet", "IsDate",
		"IsGuid", "IsNumeric", "ImportedValue", "ReplaceChars", "Select", "StringFromGuid", "Where", "With":
		return name + " belongs to Entra Connect Sync (E-209)"
	}
	switch strings.ToLower(name) {
	case "concat", "concatenate":
		return "to put texts together use Join or Append"
	case "if":
		return "the function is called IIF"
	case "and", "or":
		return "there is no AND or OR; nest one IIF in another (E-178)"
	case "substring":
		return "to cut a text use Mid or Left"
	}
	return ""
}

func names() []string {
	var all []string
	for _, f := range Functions() {
		all = append(all, f.Name)
	}
	return all
}

func editDistance(a, b string) int {
	if len(b) > 2*len(a) {
		return len(b)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		previous := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			previous, row[j+1] = row[j+1], min(previous+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// checkIIF notes the attributes of the condition, whose absence decides.
func checkIIF(c *compiler, n *callNode) error {
	walk(n.arguments[0], func(part node) {
		switch part := part.(type) {
		case *attributeNode:
			n.condition = append(n.condition, part.name)
		case *callNode:
			if nullTest(part.name) {
				c.warn("%s in the condition of IIF is documented as unsupported: the result is null where the attribute is null or empty (E-178)", part.name)
			}
		}
	})
	return nil
}

// checkSwitch wants pairs after source and default value (E-179).
func checkSwitch(c *compiler, n *callNode) error {
	if source, ok := n.arguments[0].(*callNode); ok && nullTest(source.name) {
		c.warn("%s as the source of Switch is advised against; use \"\" as a key (E-179)", source.name)
	}
	if len(n.arguments)%2 != 0 {
		return c.fail(n.pos, "Switch(source, defaultValue, key1, value1, ...); leave the default empty if there is none: Switch([a], , \"x\", \"y\")",
			"Switch needs an even number of arguments, not %d (E-179)", len(n.arguments))
	}
	for i := 2; i < len(n.arguments); i++ {
		if n.arguments[i] == nil {
			return c.fail(n.pos, `write "" for an empty text`, "argument %d of Switch, a key or a value, is empty (E-179)", i+1)
		}
	}
	return nil
}

func nullTest(name string) bool {
	return name == "IsPresent" || name == "IsNull" || name == "IsNullOrEmpty"
}

// checkReplace decides which form of Replace is meant (E-206) and compiles its
// regular expression if that is a constant.
func checkReplace(c *compiler, n *callNode) error {
	if _, err := replaceForm(n); err != nil {
		return c.fail(n.pos, n.function.Signature(), "%v", err)
	}
	if name, ok := n.argument(replaceAttribute).(*constantNode); ok {
		c.read(name.text)
	}
	constant, ok := n.argument(replacePattern).(*constantNode)
	if !ok {
		return nil
	}
	p, err := compilePattern(constant.text)
	if err == nil {
		if group, ok := n.argument(replaceGroup).(*constantNode); ok && !p.hasGroup(group.text) {
			err = errors.New("it has no group named " + shorten(group.text))
		}
	}
	if err != nil {
		return c.fail(constant.pos, "", "the regular expression cannot be used: %v", err)
	}
	n.pattern = p
	return nil
}

// Suggest returns the known name that a person probably meant: one that differs in
// letter case only, or in one or two letters; "" if none is near.
func Suggest(name string, known []string) string {
	best, distance := "", 3
	for _, k := range known {
		if strings.EqualFold(k, name) {
			return k
		}
		if d := editDistance(k, name); d < distance && d*2 < len(k) {
			best, distance = k, d
		}
	}
	return best
}
