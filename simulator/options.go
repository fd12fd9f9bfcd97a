package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/dialect"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
	"github.com/scimdrill/scimdrill/simulator/scoping"
)

// Option is one documented choice: what the sources leave open or let an admin set.
type Option struct {
	Name     string
	Default  string
	Rule     string
	Evidence string
	Meaning  string
	set      func(*settings, string) error
}

// settings are the options of one run, parsed.
type settings struct {
	cycle      cycle.Options
	dialect    dialect.Options
	flagInURL  bool
	attempts   []time.Duration // of cycles in quarantine
	pruning    bool
	mail       string
	lenientIIF bool
	// defaultOnUpdate sends defaults in updates.
	defaultOnUpdate bool
	timeScale       float64
	filters         scoping.Options
	// softDeleteSet says that supportsSoftDelete overrides the application's own.
	softDeleteSet   bool
	assignmentDelay time.Duration
	// honorRetryAfter waits as the target asks.
	honorRetryAfter bool
}

// Options lists every option, by name.
func Options() []Option {
	all := slices.Concat(cycleOptions(), lifecycleOptions(), scopingOptions(), filterOptions(), matchingOptions(), mappingOptions())
	slices.SortFunc(all, func(a, b Option) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func cycleOptions() []Option {
	return []Option{
		{
			Name: "adscimGroup", Default: "false", Rule: "W-C2", Evidence: "Microsoft page",
			Meaning: "groups are created with Microsoft's own schema beside SCIM's and without an empty list of members (W-43)",
			set:     boolean(func(s *settings, v bool) { s.dialect.ADSCIMGroup = v }),
		},
		{
			Name: "cycleOrder", Default: "managersFirst", Rule: "A-27", Evidence: "inferred",
			Meaning: "managersFirst or groupsFirst: whether managers are written before groups (W-87) or after them",
			set:     choice("managersFirst", "groupsFirst", func(s *settings, v bool) { s.cycle.GroupsFirst = v }),
		},
		{
			Name: "flagInURL", Default: "true", Rule: "W-122", Evidence: "observed",
			Meaning: "flags of the tenant URL, such as aadOptscim062020, stand in the URL of every request",
			set:     boolean(func(s *settings, v bool) { s.flagInURL = v }),
		},
		{
			Name: "honorRetryAfter", Default: "false", Rule: "A-21", Evidence: "observed",
			Meaning: "429 and 503 with Retry-After get that time and one more try, not a retry in the next cycle; on an embedded target one request at a time",
			set:     boolean(func(s *settings, v bool) { s.honorRetryAfter = v }),
		},
		{
			Name: "lenientIIF", Default: "false", Rule: "A-9", Evidence: "inferred",
			Meaning: "IIF is evaluated also when an attribute of its condition is null",
			set:     boolean(func(s *settings, v bool) { s.lenientIIF = v }),
		},
		{
			Name: "memberAdd", Default: "add", Rule: "W-C8", Evidence: "Microsoft page",
			Meaning: "add or replace: how a member is added with the flag; logs of 2026 show a replace with the new member alone (W-84)",
			set:     choice("add", "replace", func(s *settings, v bool) { s.dialect.MemberReplace = v }),
		},
		{
			Name: "membersPerPatch", Default: "1", Rule: "W-71", Evidence: "observed",
			Meaning: "how many members one PATCH adds or removes",
			set:     integer(1, func(s *settings, v int64) { s.cycle.MembersPerPatch = int(v) }),
		},
		{
			Name: "optscimAdd", Default: "add", Rule: "W-C7", Evidence: "Microsoft page",
			Meaning: "add or replace: the operation with the flag for an attribute that the target lacks",
			set:     choice("add", "replace", func(s *settings, v bool) { s.dialect.ReplaceAlways = v }),
		},
		{
			Name: "preflightGroups", Default: "false", Rule: "W-C4", Evidence: "reported",
			Meaning: "the preflight of a cycle asks for a group that cannot exist as well, where groups are mapped (W-6)",
			set:     boolean(func(s *settings, v bool) { s.cycle.PreflightGroups = v }),
		},
		{
			Name: "quarantineBase", Default: "40000", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "more failed objects than this put the job in quarantine",
			set:     integer(0, func(s *settings, v int64) { s.cycle.Thresholds.Base = v }),
		},
		{
			Name: "quarantineEvaluate", Default: "5000", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "from this many failed objects on proportions are looked at",
			set:     integer(0, func(s *settings, v int64) { s.cycle.Thresholds.Evaluate = v }),
		},
		{
			Name: "quarantineProportion", Default: "0.4", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "a larger part of failed objects than this puts the job in quarantine",
			set:     number(func(s *settings, v float64) { s.cycle.Thresholds.Proportion = v }),
		},
		{
			Name: "quarantineTotal", Default: "60000", Rule: "E-251", Evidence: "Microsoft page",
			Meaning: "more failed objects and references than this put the job in quarantine",
			set:     integer(0, func(s *settings, v int64) { s.cycle.Thresholds.Total = v }),
		},
		{
			Name: "timeScale", Default: "1", Rule: "E-301", Evidence: "inferred",
			Meaning: "how much virtual time objects take, as a multiple of 0.04 minutes written and 0.02 read",
			set:     number(func(s *settings, v float64) { s.timeScale = v }),
		},
	}
}

// parseOptions applies name=value pairs to the defaults.
func parseOptions(set map[string]string) (settings, error) {
	s := settings{cycle: cycle.Options{Thresholds: quarantine.Documented(), QuarantineByCounts: true}}
	options := Options()
	for name := range set {
		if !slices.ContainsFunc(options, func(o Option) bool { return o.Name == name }) {
			names := make([]string, len(options))
			for i, o := range options {
				names[i] = o.Name
			}
			return s, fmt.Errorf("unknown option %q; the options are %s", name, strings.Join(names, ", "))
		}
	}
	for _, o := range options {
		value := o.Default
		if v, ok := set[o.Name]; ok {
			value = v
		}
		if err := o.set(&s, value); err != nil {
			return s, fmt.Errorf("option %s=%s: %w", o.Name, value, err)
		}
	}
	if s.cycle.Deletions.On && s.mail == "" {
		return s, errors.New("option preventAccidentalDeletion needs somebody to tell; hint: set notificationEmail too (E-225)")
	}
	s.cycle.WriteTime = time.Duration(s.timeScale * float64(2400*time.Millisecond))
	s.cycle.ReadTime = time.Duration(s.timeScale * float64(1200*time.Millisecond))
	return s, nil
}

func boolean(apply func(*settings, bool)) func(*settings, string) error {
	return func(s *settings, text string) error {
		v, err := strconv.ParseBool(text)
		if err != nil {
			return errors.New("want true or false")
		}
		apply(s, v)
		return nil
	}
}

// choice applies whether the second of two words was given.
func choice(no, yes string, apply func(*settings, bool)) func(*settings, string) error {
	return func(s *settings, text string) error {
		if text != no && text != yes {
			return fmt.Errorf("want %s or %s", no, yes)
		}
		apply(s, text == yes)
		return nil
	}
}

func integer(least int64, apply func(*settings, int64)) func(*settings, string) error {
	return func(s *settings, text string) error {
		v, err := strconv.ParseInt(text, 10, 64)
		if err != nil || v < least {
			return fmt.Errorf("want a whole number from %d on", least)
		}
		apply(s, v)
		return nil
	}
}

func span(apply func(*settings, time.Duration)) func(*settings, string) error {
	return func(s *settings, text string) error {
		v, err := time.ParseDuration(text)
		if err != nil || v < 0 {
			return errors.New("want a length of time such as 90s or 3m")
		}
		apply(s, v)
		return nil
	}
}

func number(apply func(*settings, float64)) func(*settings, string) error {
	return func(s *settings, text string) error {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil || v < 0 || v != v {
			return errors.New("want a number that is not negative")
		}
		apply(s, v)
		return nil
	}
}
