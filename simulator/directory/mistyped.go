package directory

import (
	"fmt"
	"strings"
)

// mistyped finds a property that decides about a person and has a value of another type, which
// would be taken for a missing one: somebody who left would count as enabled. The texts true and
// false become Booleans, because tables are converted so.
func mistyped(m map[string]any) (field, text string) {
	for _, name := range []string{"accountEnabled", "securityEnabled"} {
		switch v := m[name].(type) {
		case nil, bool:
		case string:
			switch strings.ToLower(strings.TrimSpace(v)) {
			case "true":
				m[name] = true
			case "false":
				m[name] = false
			default:
				return name, fmt.Sprintf("the value must be true or false, not %q", v)
			}
		default:
			return name, fmt.Sprintf("the value must be true or false, not %v", v)
		}
	}
	for _, name := range []string{"userPrincipalName", "displayName", "mail", "mailNickname"} {
		switch v := m[name].(type) {
		case nil, string:
		default:
			return name, fmt.Sprintf("the value must be a string, not %v; hint: put it in quotation marks, or save the response of Graph unchanged", v)
		}
	}
	return "", ""
}
