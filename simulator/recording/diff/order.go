package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// phase is the part of a cycle that a step belongs to (W-87).
func (s step) phase() string {
	switch {
	case s.kind() == recording.Manager:
		return "references"
	case s.kind() == recording.Add || s.kind() == recording.Remove:
		return "memberships"
	case s[0].Collection == "Groups":
		return "groups"
	default:
		return "users"
	}
}

// compareOrder compares the order of the steps that correspond.
func (c *comparison) compareOrder() {
	busy := func(s *side) int { return s.cycles - s.idle }
	if busy(c.run) != busy(c.rec) {
		c.notes = append(c.notes, fmt.Sprintf("RUN has %d active cycles and RECORDING %d. Changes in different cycles are compared by object, and the order of the phases is not compared.", busy(c.run), busy(c.rec)))
		return
	}
	run, rec := slices.Clone(c.pairs), slices.Clone(c.pairs)
	slices.SortStableFunc(run, func(a, b pair) int { return a.run[0].Number - b.run[0].Number })
	slices.SortStableFunc(rec, func(a, b pair) int { return a.rec[0].Number - b.rec[0].Number })
	ours, theirs := phases(run, func(p pair) step { return p.run }), phases(rec, func(p pair) step { return p.rec })
	if !slices.Equal(ours, theirs) {
		c.findings.add(finding{rule: "W-87", title: "the order of users, references, groups and memberships", option: cycleOrder(ours, theirs)}, "phases by cycle",
			strings.Join(ours, "\n"), strings.Join(theirs, "\n"))
		return
	}
	for i := range run {
		if run[i].run[0] != rec[i].run[0] {
			c.notes = append(c.notes, fmt.Sprintf("The order of objects inside a phase differs, first at %s (RUN) and %s (RECORDING). The live service sends in parallel (W-134), so this does not count as a difference.",
				run[i].run[0].object, rec[i].rec[0].object))
			return
		}
	}
}

// phases are those of each cycle, as often as they begin. Requests before the first probe
// make a line of their own.
func phases(pairs []pair, of func(pair) step) (lines []string) {
	cycle, last := -1, ""
	for _, p := range pairs {
		s := of(p)
		phase := s.phase()
		if s[0].cycle != cycle {
			cycle, last = s[0].cycle, phase
			lines = append(lines, phase)
			continue
		}
		if phase != last {
			lines[len(lines)-1] += ", " + phase
			last = phase
		}
	}
	return lines
}

// addNotes adds what a reader should know besides.
func (c *comparison) addNotes() {
	if c.run.cycles != c.rec.cycles {
		c.notes = append(c.notes, fmt.Sprintf("RUN has %d cycles and RECORDING %d; idle cycles do not count.", c.run.cycles, c.rec.cycles))
	}
	if len(c.run.shots) == 0 || len(c.rec.shots) == 0 {
		c.notes = append(c.notes, "One side has no request to /Users or /Groups. Check that the transcript was written with `simulate --transcript all`.")
	}
	for _, x := range []struct {
		name string
		side *side
	}{{"RUN", c.run}, {"RECORDING", c.rec}} {
		if x.side.ignored > 0 {
			c.notes = append(c.notes, fmt.Sprintf("%s: %d requests to other endpoints than users or groups were ignored.", x.name, x.side.ignored))
		}
	}
	if c.run.dialect != c.rec.dialect && c.run.dialect != "" && c.rec.dialect != "" {
		c.notes = append(c.notes, fmt.Sprintf("RUN uses the dialect %s and RECORDING %s. Run again with --dialect %s to see the remaining differences.", c.run.dialect, c.rec.dialect, c.rec.dialect))
	}
}

// cycleOrder makes our engine write managers before groups or after them; it is empty
// where that does not explain all.
func cycleOrder(ours, theirs []string) string {
	const managers, groups = "references, groups", "groups, references"
	swapped := func(from, to string) bool {
		return slices.EqualFunc(ours, theirs, func(a, b string) bool { return strings.Replace(a, from, to, 1) == b })
	}
	switch {
	case swapped(managers, groups):
		return "--set cycleOrder=groupsFirst"
	case swapped(groups, managers):
		return "--set cycleOrder=managersFirst"
	}
	return ""
}
