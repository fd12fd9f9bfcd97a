package options

import (
	"errors"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/choice"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/duration"
	"github.com/scimdrill/scimdrill/simulator/outbox"
)

// lifecycleChoices are the choices about deletions, retries and quarantine.
func lifecycleChoices() []Choice {
	return []Choice{
		{
			Name: "deleteThreshold", Default: "500", Rule: "E-225", Evidence: "Microsoft page",
			Meaning: "number of objects that one cycle may disable or delete when preventAccidentalDeletion is set",
			Apply:   choice.Integer(0, func(s *Settings, v int64) { s.Cycle.Deletions.Threshold = v }),
		},
		{
			Name: "deleteThresholdMet", Default: "false", Rule: "A-15", Evidence: "Microsoft page",
			Meaning: "deleteThreshold applies when it is reached, not only when it is exceeded (G-28)",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.Deletions.Met = v }),
		},
		{
			Name: "initialPruning", Default: "false", Rule: "A-14", Evidence: "Microsoft page",
			Meaning: "drop the escrows and pause the job where counts would quarantine an initial cycle (E-34)",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.InitialPruning = v }),
		},
		{
			Name: "notificationEmail", Default: "", Rule: "E-225", Evidence: "Microsoft page",
			Meaning: "address that is notified of failures, quarantines and deletions held back; the live service prevents accidental deletions without one too",
			Apply: func(s *Settings, v string) error {
				if v != "" && outbox.CheckAddress(v) != nil {
					return errors.New("want an email address")
				}
				s.Mail = v
				return nil
			},
		},
		{
			Name: "notificationEnabled", Default: "true", Rule: "E-335", Evidence: "Microsoft page",
			Meaning: "the check box beside notificationEmail: without it, no mail is written",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.MailOff = !v }),
		},
		{
			Name: "preventAccidentalDeletion", Default: "false", Rule: "E-225", Evidence: "Microsoft page",
			Meaning: "a cycle disables and deletes nothing when it would disable or delete more than deleteThreshold objects",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.Deletions.On = v }),
		},
		{
			Name: "quarantineAttempts", Default: "6h,12h,24h", Rule: "A-26", Evidence: "Microsoft page",
			Meaning: "when cycles run after a quarantine began; after the last of these times they run daily",
			Apply:   attempts,
		},
		{
			Name: "restartMembers", Default: "false", Rule: "E-276", Evidence: "inferred",
			Meaning: "a restart rewrites every membership, not only those of returning users (E-46)",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.RewriteMembers = v }),
		},
		{
			Name: "retryFrom", Default: "firstFailure", Rule: "A-53", Evidence: "Microsoft page",
			Meaning: "firstFailure or lastAttempt: what the times of retrySchedule count from. One log of 2026-03 has the second retry six hours after the first",
			Apply:   choice.Either("firstFailure", "lastAttempt", func(s *Settings, v bool) { s.Cycle.Retry.FromLast = v }),
		},
		{
			Name: "retrySchedule", Default: "current", Rule: "A-2", Evidence: "Microsoft page",
			Meaning: "when a failed object is retried: current (next cycle, 6, 12, 24 h, then daily), page (without the next cycle) or 2022",
			Apply: func(s *Settings, v string) (err error) {
				fromLast := s.Cycle.Retry.FromLast // the options apply by name
				s.Cycle.Retry, err = cycle.ParseRetry(v)
				s.Cycle.Retry.FromLast = fromLast
				return err
			},
		},
		{
			Name: "retryUnresolved", Default: "false", Rule: "E-137", Evidence: "inferred",
			Meaning: "retry a manager or member out of scope until it comes into scope, contrary to E-44 and E-45",
			Apply:   choice.Boolean(func(s *Settings, v bool) { s.Cycle.RetryUnresolved = v }),
		},
	}
}

// attempts reads increasing durations.
func attempts(s *Settings, text string) error {
	s.Attempts = nil
	for part := range strings.SplitSeq(text, ",") {
		d, err := duration.ParsePositive(strings.TrimSpace(part))
		if err != nil {
			return err
		}
		if n := len(s.Attempts); n > 0 && d <= s.Attempts[n-1] {
			return errors.New("the durations must increase; hint: write for example 6h,12h,24h")
		}
		s.Attempts = append(s.Attempts, d)
	}
	return nil
}
