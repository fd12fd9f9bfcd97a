// Package nearest finds the names that a person probably meant, and words the error of an
// unknown name. Everything that is looked up by name uses it: options, defects, variants,
// scenarios, checks, functions, people, profiles and faults.
//
//	nearest.Unknown("option", "cycleorder", names, "")
//	// unknown option "cycleorder"; hint: did you mean cycleOrder?
//
// Neighbours: every package that keeps a table of names.
package nearest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

const (
	most    = 3  // names in a hint
	listed  = 12 // names that are listed where none is near
	changes = 2  // letters that a person gets wrong
)

// Names returns the known names that a person probably meant, the nearest first. A name that
// differs in letter case only is the one. Others differ in at most two letters or contain
// the name.
func Names(name string, known []string) []string {
	type guess struct {
		name     string
		distance int
	}
	if name == "" {
		return nil
	}
	var near []guess
	for _, k := range known {
		if strings.EqualFold(k, name) {
			return []string{k}
		}
		d := distance(strings.ToLower(k), strings.ToLower(name))
		switch {
		case d <= changes && 2*d < len(k):
			near = append(near, guess{k, d})
		case len(name) > changes && strings.Contains(strings.ToLower(k), strings.ToLower(name)):
			near = append(near, guess{k, changes + 1})
		}
	}
	slices.SortStableFunc(near, func(a, b guess) int { return cmp.Compare(a.distance, b.distance) })
	var names []string
	for _, g := range near {
		if len(names) < most && !slices.Contains(names, g.name) {
			names = append(names, g.name)
		}
	}
	return names
}

// Hint asks whether one of the nearest names was meant, or is empty if none is near.
func Hint(name string, known []string) string {
	if near := Names(name, known); len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	return ""
}

// Unknown is the error of a name that is not among the known ones. If none is near, its hint
// says how to list them; without such words it lists them itself, if they are few.
func Unknown(kind, name string, known []string, list string) error {
	hint := cmp.Or(Hint(name, known), list)
	if hint == "" && len(known) > 0 && len(known) <= listed {
		hint = "use one of " + strings.Join(known, ", ")
	}
	if hint == "" {
		return fmt.Errorf("unknown %s %q", kind, name)
	}
	return fmt.Errorf("unknown %s %q; hint: %s", kind, name, hint)
}

// distance is the number of characters to change, add or remove (Levenshtein). It stops early
// where the lengths alone differ too much.
func distance(a, b string) int {
	if d := len(a) - len(b); d > changes || d < -changes {
		return changes + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
