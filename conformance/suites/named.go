package suites

import (
	"maps"
	"slices"

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
