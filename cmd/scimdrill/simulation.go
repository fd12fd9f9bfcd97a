package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/cycle"
)

// simulation follows a run of the engine for people, for run.json and for the report.
type simulation struct {
	*app

	cfg simulator.Config
	run *runFile
	bar *progress
}

// progress draws the phases of the first cycle; after it, cycles are what is counted.
func (s *simulation) progress(number int, phase cycle.Phase, done, total int64) {
	if number == 1 {
		s.bar.step(fmt.Sprintf("cycle 1: %s", phase), done, total)
	}
}

// planned is how many cycles the run will have, 0 when that is not known.
func (s *simulation) planned() int64 {
	interval := s.cfg.Interval
	if interval == 0 {
		interval = 40 * time.Minute
	}
	if s.cfg.Cycles > 0 {
		return int64(s.cfg.Cycles)
	}
	return int64(s.cfg.For / interval)
}

// ended notes the figures of a cycle and prints those that did something.
func (s *simulation) ended(res cycle.Result) {
	s.run.Cycles = append(s.run.Cycles, figures(res))
	if res.Number == 1 {
		s.bar.end()
	}
	if text := summary(res); text != "" {
		s.bar.line(text)
	}
	if res.Number > 1 {
		s.bar.step("cycles", int64(res.Number), s.planned())
	}
}

// summary is a cycle in a line; a quiet one after the first has none.
func summary(res cycle.Result) string {
	c := res.Counts
	var parts []string
	for _, n := range []struct {
		count int64
		what  string
	}{
		{c.Created, "created"},
		{c.Updated, "updated"},
		{c.Disabled, "disabled"},
		{c.Deleted, "deleted"},
		{c.MembersAdded, "members added"},
		{c.MembersRemoved, "members removed"},
		{c.Failed, "failed"},
	} {
		if n.count > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n.count, n.what))
		}
	}
	if res.Cause != nil {
		parts = append(parts, "quarantine: "+string(res.Cause.Reason))
	}
	if len(parts) == 0 {
		if res.Number > 1 {
			return ""
		}
		parts = []string{"nothing to do"}
	}
	return fmt.Sprintf("cycle %d (%s), %s: %s", res.Number, res.Kind, res.Began.UTC().Format("Mon 15:04"), strings.Join(parts, ", "))
}
