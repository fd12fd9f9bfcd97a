package expression

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// unknown explains a name that is not in the table.
func (c *compiler) unknown(n *callNode) error {
	hint := "see `scimdrill expression list`"
	if elsewhere := documentedElsewhere(n.name); elsewhere != "" {
		hint = elsewhere
	} else if near := nearest.Hint(n.name, c.known.names()); near != "" {
		hint = near + " Names are case-sensitive (E-155)"
	}
	return c.fail(n.pos, hint, "unknown function %q", chars.Shorten(n.name))
}

// documentedElsewhere lists the functions of neighbouring products (E-209) and
// their replacements here.
func documentedElsewhere(name string) string {
	switch name {
	case "ConvertFromBase64", "DNComponent", "Error", "StringFromSid", "Contains":
		return name + " is documented for cloud sync, not for application provisioning (E-209)"
	case "LTrim", "RTrim":
		return name + " is not documented for application provisioning (E-209); StripSpaces removes every space"
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
		return "use Join or Append to combine strings"
	case "if":
		return "use IIF"
	case "and", "or":
		return "the language has no AND or OR; nest one IIF in another (E-178)"
	case "substring":
		return "use Mid or Left to take part of a string"
	}
	return ""
}
