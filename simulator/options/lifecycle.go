package options

import (
	"errors"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/duration"
)

// lifecycleChoices are the choices about deletions, retries and quarantine.
func lifecycleChoices() []Choice {
	return []Choice{
		{
			Name: "deleteThreshold", Default: "500", Rule: "E-225", Evidence: "Microsoft page",
			Meaning: "with preventAccidentalDeletion, how many objects one cycle may disable or delete",
			apply:   integer(0, func(s *Settings, v int64) { s.Cycle.Deletions.Threshold = v }),
		},
		{
			Name: "deleteThresholdMet", Default: "false", Rule: "A-15", Evidence: "Microsoft page",
			Meaning: "the threshold holds back already when it is met, not only when it is passed (G-28)",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.Deletions.Met = v }),
		},
		{
			Name: "initialPruning", Default: "false", Rule: "A-14", Evidence: "Microsoft page",
			Meaning: "where counts would quarantine an initial cycle, escrows are dropped and the job pauses (E-34)",
			apply:   boolean(func(s *Settings, v bool) { s.InitialPruning = v }),
		},
		{
			Name: "notificationEmail", Default: "", Rule: "E-225", Evidence: "Microsoft page",
			Meaning: "who is told of quarantines; preventAccidentalDeletion needs it",
			apply: func(s *Settings, v string) error {
				if v != "" && !strings.Contains(v, "@") {
					return errors.New("want a mail address")
				}
				s.Mail = v
				return nil
			},
		},
		{
			Name: "preventAccidentalDeletion", Default: "false", Rule: "E-225", Evidence: "Microsoft page",
			Meaning: "disables and deletions of a cycle are held back when they are more than deleteThreshold",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.Deletions.On = v }),
		},
		{
			Name: "quarantineAttempts", Default: "6h,12h,24h", Rule: "A-26", Evidence: "Microsoft page",
			Meaning: "when cycles are tried after a quarantine began; after the last one they come daily",
			apply:   attempts,
		},
		{
			Name: "restartMembers", Default: "false", Rule: "E-276", Evidence: "inferred",
			Meaning: "a restart writes every membership again, not only those of users who came back (E-46)",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.RewriteMembers = v }),
		},
		{
			Name: "retrySchedule", Default: "current", Rule: "A-2", Evidence: "Microsoft page",
			Meaning: "when a failed object is tried again: current (next cycle, 6, 12, 24 h, then daily), page (without the next cycle), 2022",
			apply: func(s *Settings, v string) (err error) {
				s.Cycle.Retry, err = cycle.ParseRetry(v)
				return err
			},
		},
		{
			Name: "retryUnresolved", Default: "false", Rule: "E-137", Evidence: "inferred",
			Meaning: "a manager or member out of scope is tried again until it comes in, against E-44 and E-45",
			apply:   boolean(func(s *Settings, v bool) { s.Cycle.RetryUnresolved = v }),
		},
	}
}

// attempts reads durations that ascend.
func attempts(s *Settings, text string) error {
	s.Attempts = nil
	for part := range strings.SplitSeq(text, ",") {
		d, err := duration.ParsePositive(strings.TrimSpace(part))
		if err != nil {
			return err
		}
		if n := len(s.Attempts); n > 0 && d <= s.Attempts[n-1] {
			return errors.New("the durations must ascend; hint: for example 6h,12h,24h")
		}
		s.Attempts = append(s.Attempts, d)
	}
	return nil
}
