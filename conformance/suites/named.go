package suites

import (
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// namedIn returns the top names that the body of a write names: those of a resource, or of the
// operations of a PATCH.
func namedIn(body any) []string {
	object, _ := body.(map[string]any)
	operations, isPatch := object["Operations"].([]map[string]any)
	if !isPatch {
		return slices.Sorted(maps.Keys(object))
	}
	var out []string
	for _, o := range operations {
		if path, _ := o["path"].(string); path != "" {
			out = append(out, resource.Top(path))
			continue
		}
		value, _ := o["value"].(map[string]any)
		for name, v := range value {
			if _, whole := v.(map[string]any); whole {
				out = append(out, name)
				continue
			}
			out = append(out, resource.Top(name))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// operationIn returns the op that all operations of a PATCH have, in lower case, or "".
func operationIn(body any) string {
	object, _ := body.(map[string]any)
	operations, _ := object["Operations"].([]map[string]any)
	name := ""
	for i, o := range operations {
		op, _ := o["op"].(string)
		if op = strings.ToLower(op); i > 0 && op != name {
			return ""
		}
		name = op
	}
	return name
}
