package cause

import (
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
)

// Seen is a finding with the cause that it has alone.
type Seen struct {
	Fact  fact.Fact
	Check catalog.Check
	Cause Cause
	// Label is the label of the catalogue that the finding has, whatever was seen.
	Label string
}

// Find returns a finding with the cause of what was seen; see Of.
func Find(f fact.Fact, check catalog.Check, label string) Seen {
	if label == "" {
		label = check.Cause
	}
	return Seen{Fact: f, Check: check, Cause: Of(f, check, label), Label: label}
}

// based reports a finding of the check that is about the cause.
func (s Seen) based() bool { return s.Label != "" && catalog.Base(s.Label) == s.Check.ID }

// alone reports a finding about one attribute, where the check saw that others are right.
func alone(s Seen) bool { return s.Label == catalog.OneAttribute }

// Settle names the causes of all findings of a run, in their order. One fault breaks many checks,
// and each of them sees it from its own side. Findings with equal facts share a cause, and a cause
// takes over the findings that follow from it.
func Settle(list []Seen) []Cause {
	out := make([]Cause, len(list))
	for i, s := range list {
		out[i] = s.Cause
	}
	for _, of := range []func(Seen) class{failure, idle, stored, matched} {
		merge(list, out, of)
	}
	absorb(list, out)
	follow(list, out)
	return out
}

// class is a kind of equal facts. Its zero value is no class.
type class struct {
	key string
	// least is how many causes with equal facts are one.
	least int
	name  func(group []Seen) Cause
}

// merge gives findings of one class one cause, if they had several.
func merge(list []Seen, out []Cause, of func(Seen) class) {
	classes, groups, order := map[string]class{}, map[string][]int{}, []string{}
	for i, s := range list {
		s.Cause = out[i]
		c := of(s)
		if c.key == "" {
			continue
		}
		if _, known := classes[c.key]; !known {
			classes[c.key] = c
			order = append(order, c.key)
		}
		groups[c.key] = append(groups[c.key], i)
	}
	for _, key := range order {
		var group []Seen
		var causes []string
		for _, i := range groups[key] {
			s := list[i]
			s.Cause = out[i]
			group, causes = append(group, s), append(causes, out[i].Key)
		}
		slices.Sort(causes)
		base := slices.IndexFunc(group, Seen.based)
		if n := len(slices.Compact(causes)); n < 2 || n < classes[key].least && base < 0 && !slices.ContainsFunc(group, alone) {
			continue
		}
		one := classes[key].name(group)
		if base >= 0 && group[base].Fact.Status < 400 && !several(group) {
			one = group[base].Cause
		}
		for _, i := range groups[key] {
			out[i] = one
		}
	}
}
