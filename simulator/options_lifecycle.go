package simulator

import (
	"errors"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
)

// lifecycleOptions are the choices about deletions, retries and quarantine.
func lifecycleOptions() []Option {
	return []Option{
		{
			Name: "deleteThreshold", Default: "500", Rule: "E-225", Evidence: "Microsoft page",
			Meaning: "with preventAccidentalDeletion, how many objects one cycle may disable or delete",
			set:     integer(0, func(s *settings, v int64) { s.cycle.Deletions.Threshold = v }),
		},
		{
			Name: "deleteThresholdMet", Default: "false", Rule: "A-15", Evidence: "Microsoft page",
			Meaning: "the threshold holds back already when it is met, not only when it is passed (G-28)",
			set:     boolean(func(s *settings, v bool) { s.cycle.Deletions.Met = v }),
		},
		{
			Name: "initialPruning", Default: "false", Rule: "A-14", Evidence: "Microsoft page",
			Meaning: "where counts would quarantine an initial cycle, escrows are dropped and the job pauses (E-34)",
			set:     boolean(func(s *settings, v bool) { s.pruning = v }),
		},
		{
			Name: "notificationEmail", Default: "", Rule: "E-225", Evidence: "Microsoft page",
			Meaning: "who is told of quarantines; preventAccidentalDeletion needs it",
			set: func(s *settings, v string) error {
				if v != "" && !strings.Contains(v, "@") {
					return errors.New("want a mail address")
				}
				s.mail = v
				return nil
			},
		},
		{
			Name: "preventAccidentalDeletion", Default: "false", Rule: "E-225", Evidence: "Microsoft page",
			Meaning: "disables and deletions of a cycle are held back when they are more than deleteThreshold",
			set:     boolean(func(s *settings, v bool) { s.cycle.Deletions.On = v }),
		},
		{
			Name: "quarantineAttempts", Default: "6h,12h,24h", Rule: "A-26", Evidence: "Microsoft page",
			Meaning: "when cycles are tried after a quarantine began; after the last one they come daily",
			set:     attempts,
		},
		{
			Name: "restartMembers", Default: "false", Rule: "E-276", Evidence: "inferred",
			Meaning: "a restart writes every membership again, not only those of users who came back (E-46)",
			set:     boolean(func(s *settings, v bool) { s.cycle.RewriteMembers = v }),
		},
		{
			Name: "retrySchedule", Default: "current", Rule: "A-2", Evidence: "Microsoft page",
			Meaning: "when a failed object is tried again: current (next cycle, 6, 12, 24 h, then daily), page (without the next cycle), 2022",
			set: func(s *settings, v string) (err error) {
				s.cycle.Retry, err = cycle.ParseRetry(v)
				return err
			},
		},
		{
			Name: "retryUnresolved", Default: "false", Rule: "E-137", Evidence: "inferred",
			Meaning: "a manager or member out of scope is tried again until it comes in, against E-44 and E-45",
			set:     boolean(func(s *settings, v bool) { s.cycle.RetryUnresolved = v }),
		},
	}
}

// attempts reads durations that ascend.
func attempts(s *settings, text string) error {
	s.attempts = nil
	for part := range strings.SplitSeq(text, ",") {
		d, err := time.ParseDuration(strings.TrimSpace(part))
		if n := len(s.attempts); err != nil || d <= 0 || n > 0 && d <= s.attempts[n-1] {
			return errors.New("want ascending durations such as 6h,12h,24h")
		}
		s.attempts = append(s.attempts, d)
	}
	return nil
}
