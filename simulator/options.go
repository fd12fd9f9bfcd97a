package simulator

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/dialect"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/mapping"
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
	mapping    mapping.Options
	timeScale  float64
	filters    scoping.Options
	groupMatch string // the attribute by which groups are matched (W-C13); "" is what the schema says
	userAgent  string // W-C3
	patchType  string // Content-Type of PATCH (W-C14)
	badPatch   string // code of a PATCH that is answered 400
	job        job.Choices
	// softDeleteSet says that supportsSoftDelete overrides the application's own.
	softDeleteSet   bool
	assignmentDelay time.Duration
	// honorRetryAfter waits as the target asks.
	honorRetryAfter bool
}

// Options lists every option, by name.
func Options() []Option {
	all := slices.Concat(cycleOptions(), jobOptions(), lifecycleOptions(), wireOptions(), referenceOptions(), scopingOptions(), filterOptions(), matchingOptions(), mappingOptions())
	slices.SortFunc(all, func(a, b Option) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func cycleOptions() []Option {
	return []Option{
		{
			Name: "cycleOrder", Default: "managersFirst", Rule: "A-27", Evidence: "inferred",
			Meaning: "managersFirst or groupsFirst: whether managers are written before groups (W-87) or after them",
			set:     choice("managersFirst", "groupsFirst", func(s *settings, v bool) { s.cycle.GroupsFirst = v }),
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
