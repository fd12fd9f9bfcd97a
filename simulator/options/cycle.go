package options

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/choice"
)

// cycleChoices are the choices about the order and time of a cycle, and about quarantine by counts.
func cycleChoices() []Choice {
	return []Choice{
		{
			Name: "cycleOrder", Default: "managersFirst", Rule: "A-27", Evidence: "inferred",
			Meaning: "managersFirst or groupsFirst: whether to write managers before groups (W-87) or after them",
			Apply:   choice.Either("managersFirst", "groupsFirst", func(s *Settings, v bool) { s.Cycle.GroupsFirst = v }),
		},
		{
			Name: "quarantineBase", Default: "40000", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "the job enters quarantine when more objects than this fail",
			Apply:   choice.Integer(0, func(s *Settings, v int64) { s.Cycle.Thresholds.Base = v }),
		},
		{
			Name: "quarantineEvaluate", Default: "5000", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "number of failed objects from which quarantineProportion applies",
			Apply:   choice.Integer(0, func(s *Settings, v int64) { s.Cycle.Thresholds.Evaluate = v }),
		},
		{
			Name: "quarantineProportion", Default: "0.4", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "the job enters quarantine when a larger proportion of objects than this fails",
			Apply:   choice.Number(func(s *Settings, v float64) { s.Cycle.Thresholds.Proportion = v }),
		},
		{
			Name: "quarantineTotal", Default: "60000", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "the job enters quarantine when more objects and references than this fail",
			Apply:   choice.Integer(0, func(s *Settings, v int64) { s.Cycle.Thresholds.Total = v }),
		},
		{
			Name: "timeScale", Default: "1", Rule: "E-301", Evidence: "inferred",
			Meaning: "virtual time per object, as a multiple of 0.04 minutes for a write and 0.02 for a read",
			Apply:   choice.Number(scaleTime),
		},
	}
}

// scaleTime sets the virtual time per object, as a multiple of the measured time (E-301).
func scaleTime(s *Settings, scale float64) {
	s.Cycle.WriteTime = time.Duration(scale * float64(2400*time.Millisecond))
	s.Cycle.ReadTime = time.Duration(scale * float64(1200*time.Millisecond))
}
