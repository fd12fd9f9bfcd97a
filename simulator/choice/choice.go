package choice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/nearest"
)

// Choice is one documented choice: behaviour that the sources leave open or that an admin can set.
type Choice[S any] struct {
	Name     string
	Default  string
	Rule     string
	Evidence string
	Meaning  string
	Apply    func(*S, string) error
}

// Sort sorts choices by name.
func Sort[S any](all []Choice[S]) []Choice[S] {
	slices.SortFunc(all, func(a, b Choice[S]) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Apply applies name=value pairs, and the defaults of the choices that they do not name. It rejects
// unknown names; list tells where the known ones are listed.
func Apply[S any](s *S, all []Choice[S], set map[string]string, list string) error {
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = o.Name
	}
	for name := range set {
		if !slices.Contains(names, name) {
			return nearest.Unknown("option", name, names, list)
		}
	}
	for _, o := range all {
		value := o.Default
		if v, ok := set[o.Name]; ok {
			value = v
		}
		if err := o.Apply(s, value); err != nil {
			return fmt.Errorf("option %s=%s: %w", o.Name, value, err)
		}
	}
	return nil
}
