package options

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/cycle"
)

// All lists every choice, by name.
func All() []Choice {
	all := slices.Concat(cycleChoices(), jobChoices(), lifecycleChoices(), wireChoices(), referenceChoices(), scopingChoices(), filterChoices(), matchingChoices(), mappingChoices(), logChoices())
	slices.SortFunc(all, func(a, b Choice) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Parse applies name=value pairs to the defaults.
func Parse(set map[string]string) (Settings, error) {
	s := Settings{Cycle: cycle.Options{QuarantineByCounts: true}}
	all := All()
	if err := known(all, set); err != nil {
		return s, err
	}
	for _, o := range all {
		value := o.Default
		if v, ok := set[o.Name]; ok {
			value = v
		}
		if err := o.apply(&s, value); err != nil {
			return s, fmt.Errorf("option %s=%s: %w", o.Name, value, err)
		}
	}
	return s, nil
}

// known refuses unknown names.
func known(all []Choice, set map[string]string) error {
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = o.Name
	}
	for name := range set {
		if !slices.Contains(names, name) {
			return nearest.Unknown("option", name, names, "`scimdrill simulate --list-options` lists them")
		}
	}
	return nil
}
