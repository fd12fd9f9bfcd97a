package options

import "time"

// cycleChoices are the choices about the course of a cycle and its quarantine by counts.
func cycleChoices() []Choice {
	return []Choice{
		{
			Name: "cycleOrder", Default: "managersFirst", Rule: "A-27", Evidence: "inferred",
			Meaning: "managersFirst or groupsFirst: whether managers are written before groups (W-87) or after them",
			apply:   choice("managersFirst", "groupsFirst", func(s *Settings, v bool) { s.Cycle.GroupsFirst = v }),
		},
		{
			Name: "quarantineBase", Default: "40000", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "more failed objects than this put the job in quarantine",
			apply:   integer(0, func(s *Settings, v int64) { s.Cycle.Thresholds.Base = v }),
		},
		{
			Name: "quarantineEvaluate", Default: "5000", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "from this many failed objects on proportions are looked at",
			apply:   integer(0, func(s *Settings, v int64) { s.Cycle.Thresholds.Evaluate = v }),
		},
		{
			Name: "quarantineProportion", Default: "0.4", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "a larger part of failed objects than this puts the job in quarantine",
			apply:   number(func(s *Settings, v float64) { s.Cycle.Thresholds.Proportion = v }),
		},
		{
			Name: "quarantineTotal", Default: "60000", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "more failed objects and references than this put the job in quarantine",
			apply:   integer(0, func(s *Settings, v int64) { s.Cycle.Thresholds.Total = v }),
		},
		{
			Name: "timeScale", Default: "1", Rule: "E-301", Evidence: "inferred",
			Meaning: "how much virtual time objects take, as a multiple of 0.04 minutes written and 0.02 read",
			apply:   number(scaleTime),
		},
	}
}

// scaleTime sets how much virtual time objects take, as a multiple of the measured one (E-301).
func scaleTime(s *Settings, scale float64) {
	s.Cycle.WriteTime = time.Duration(scale * float64(2400*time.Millisecond))
	s.Cycle.ReadTime = time.Duration(scale * float64(1200*time.Millisecond))
}
