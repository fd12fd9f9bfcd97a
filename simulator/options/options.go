package options

import (
	"slices"

	"github.com/scimdrill/scimdrill/simulator/choice"
	"github.com/scimdrill/scimdrill/simulator/cycle"
)

// All lists every choice, by name.
func All() []Choice {
	all := slices.Concat(cycleChoices(), jobChoices(), lifecycleChoices(), wireChoices(), referenceChoices(), scopingChoices(), filterChoices(), matchingChoices(), mappingChoices(), logChoices())
	return choice.Sort(all)
}

// Parse applies name=value pairs to the defaults.
func Parse(set map[string]string) (Settings, error) {
	s := Settings{Cycle: cycle.Options{QuarantineByCounts: true}}
	err := choice.Apply(&s, All(), set, "`scimdrill simulate --list-options` lists them")
	return s, err
}
