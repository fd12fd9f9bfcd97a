package expression

import (
	"errors"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
	"github.com/scimdrill/scimdrill/simulator/expression/internal/pattern"
)

// checkIIF notes the attributes of the condition, and those that no null test reads, whose
// absence decides.
func checkIIF(c *compiler, n *callNode) error {
	tested := map[node]bool{}
	walk(n.arguments[0], func(part node) {
		if call, ok := part.(*callNode); ok && nullTest(call.name) {
			c.warn("%s in the condition of IIF is evaluated, as Microsoft's own mappings need it; its page says that the result is null "+
				"if the attribute is null or empty (E-178, option lenientIIF)", call.name)
			walk(call, func(inner node) { tested[inner] = true })
		}
	})
	walk(n.arguments[0], func(part node) {
		if attribute, ok := part.(*attributeNode); ok {
			n.condition = append(n.condition, attribute.name)
			if !tested[part] {
				n.compared = append(n.compared, attribute.name)
			}
		}
	})
	return nil
}

// checkSwitch wants pairs after source and default value (E-179).
func checkSwitch(c *compiler, n *callNode) error {
	if source, ok := n.arguments[0].(*callNode); ok && nullTest(source.name) {
		c.warn("Microsoft advises against %s as the source of Switch; use \"\" as a key instead (E-179)", source.name)
	}
	if len(n.arguments)%2 != 0 {
		return c.fail(n.pos, "Switch(source, defaultValue, key1, value1, ...); leave the default empty if it is not needed: Switch([a], , \"x\", \"y\")",
			"Switch needs an even number of arguments, not %d (E-179)", len(n.arguments))
	}
	for i := 2; i < len(n.arguments); i++ {
		if n.arguments[i] == nil {
			return c.fail(n.pos, `write "" for an empty string`, "argument %d of Switch, a key or a value, is empty (E-179)", i+1)
		}
	}
	return nil
}

func nullTest(name string) bool {
	return name == "IsPresent" || name == "IsNull" || name == "IsNullOrEmpty" || name == "IsNothing"
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
	p, err := pattern.Compile(constant.text)
	if err == nil {
		if group, ok := n.argument(replaceGroup).(*constantNode); ok && !p.HasGroup(group.text) {
			err = errors.New("the pattern has no group named " + chars.Shorten(group.text))
		}
	}
	if err != nil {
		return c.fail(constant.pos, "", "invalid regular expression: %v", err)
	}
	n.pattern = p
	return nil
}
