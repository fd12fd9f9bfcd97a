package scenario

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

// Scenario is one file.
type Scenario struct {
	Title string `yaml:"title"`
	// Story is for the support engineer: what the customer saw, what happened, what helps.
	Story string `yaml:"story"`
	// Rules are the ids of the rules that it shows.
	Rules []string `yaml:"rules"`
	// Profile is a built-in application, customappsso if empty.
	Profile string `yaml:"profile"`
	// Scope is assigned or all (E-60).
	Scope   string            `yaml:"scope"`
	Options map[string]string `yaml:"options"`
	Schema  *SchemaEdit       `yaml:"schema"`
	// Second is another job on the same directory and the same target; nil is none.
	Second *Second `yaml:"second"`
	Tenant Tenant  `yaml:"tenant"`
	Target Content `yaml:"target"`
	// For is how long it is played, counted from the start of the first cycle.
	For      duration.Field `yaml:"for"`
	Timeline []Event        `yaml:"timeline"`
	Expect   []Expectation  `yaml:"expect"`
	// Ends names what is planned to be left at the end: escrows, quarantine, differences (of the
	// target from the directory), second escrows, second quarantine.
	Ends []string `yaml:"ends"`
	// FailsWith is an option=value with which an expectation is not met: proof that the
	// expectations can fail.
	FailsWith string `yaml:"failsWith"`

	Name  string `yaml:"-"` // from the name of the file
	file  string
	tree  *ast.File
	names *names
}

// Tenant is the source directory at the start.
type Tenant struct {
	// Generate is users=20,groups=2, as for simulate --generate.
	Generate string           `yaml:"generate"`
	Users    []map[string]any `yaml:"users"`
	Groups   []map[string]any `yaml:"groups"`
	// Lines are Graph resources as they are, one a line.
	Lines string `yaml:"lines"`
}

// Content is what the target holds, and how it is broken, before the first cycle.
type Content struct {
	Users   []map[string]any `yaml:"users"`
	Groups  []map[string]any `yaml:"groups"`
	Defects []string         `yaml:"defects"`
	// Persona is the organization behind the target, such as goto; "" is none.
	Persona string `yaml:"persona"`
	// Organization is the configuration of the persona; without it, that of the persona itself.
	Organization map[string]any `yaml:"organization"`
}

// Event is what happens at one instant.
type Event struct {
	At duration.Field `yaml:"at"`
	// Note is for the reader and for the timeline of the report.
	Note   string           `yaml:"note"`
	Source []map[string]any `yaml:"source"`
	// Job is pause, start, restart [SCOPE], allow deletes, scope all, scope assigned,
	// credentials renewed.
	Job texts `yaml:"job"`
	// Second is the same for the second job.
	Second texts `yaml:"second"`
	// Target is an event of the target; see fixtures/target.
	Target texts `yaml:"target"`
	// Faults are mishaps that requests meet from this instant on; see fixtures/fault.
	Faults texts `yaml:"faults"`
	// ByHand are requests that somebody makes with a console on the target: DELETE
	// /Users/{ada}, or PATCH /Users/{ada} {"active":…}.
	ByHand texts `yaml:"byHand"`
	// Schema is saved in the portal.
	Schema *SchemaEdit `yaml:"schema"`
}

// Expectation is what must be so at an instant, or at the end.
type Expectation struct {
	At   *duration.Field `yaml:"at"`
	Why  string          `yaml:"why"`
	That texts           `yaml:"that"`

	clauses []clause
}

// texts is one text or a list of them.
type texts []string

// UnmarshalYAML takes both forms.
func (t *texts) UnmarshalYAML(decode func(any) error) error {
	var list []string
	if decode(&list) == nil {
		*t = list
		return nil
	}
	var one string
	if err := decode(&one); err != nil {
		return err
	}
	*t = texts{one}
	return nil
}

// at is when an expectation is looked at.
func (e *Expectation) at(s *Scenario) time.Duration {
	if e.At == nil {
		return time.Duration(s.For)
	}
	return time.Duration(*e.At)
}

var (
	namePattern   = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	optionPattern = regexp.MustCompile(`^[A-Za-z0-9]+=.+$`)
)

// check finds mistakes beyond YAML syntax.
func (s *Scenario) check() error {
	var errs []error
	bad := func(path, format string, args ...any) {
		errs = append(errs, s.errorAt(path, fmt.Errorf(format, args...)))
	}
	if !namePattern.MatchString(s.Name) {
		bad("$", "the file name %q is not valid; hint: use lower-case words joined by dashes", s.Name)
	}
	if s.Title == "" {
		bad("$.title", "title is missing")
	}
	if s.Scope != "" && s.Scope != "assigned" && s.Scope != "all" {
		bad("$.scope", "%q is not one of: assigned, all", s.Scope)
	}
	if s.For <= 0 {
		bad("$.for", "the duration is missing; hint: write for example for: 2d")
	}
	if s.FailsWith != "" && !optionPattern.MatchString(s.FailsWith) {
		bad("$.failsWith", "%q does not have the form option=value", s.FailsWith)
	}
	for i, text := range s.Ends {
		what, second := strings.CutPrefix(text, "second ")
		if text != "differences" && !slices.Contains([]string{"escrows", "quarantine"}, what) {
			bad(fmt.Sprintf("$.ends[%d]", i), "%q is not one of: escrows, quarantine, differences, second escrows, second quarantine", text)
		} else if second && s.Second == nil {
			bad(fmt.Sprintf("$.ends[%d]", i), "%q: %w", text, errNoSecond)
		}
	}
	if len(s.Expect) == 0 {
		bad("$.expect", "expect is missing; hint: list at least one expectation")
	}
	if s.Second != nil && s.Second.Scope != "" && s.Second.Scope != "assigned" && s.Second.Scope != "all" {
		bad("$.second.scope", "%q is not one of: assigned, all", s.Second.Scope)
	}
	var err error
	if s.names, err = s.collect(); err != nil {
		errs = append(errs, err)
		return errors.Join(errs...)
	}
	errs = append(errs, s.checkSecond())
	for i := range s.Timeline {
		errs = append(errs, s.checkEvent(i))
	}
	for i := range s.Expect {
		errs = append(errs, s.checkExpectation(i))
	}
	return errors.Join(errs...)
}

func (s *Scenario) checkEvent(i int) error {
	e, path := &s.Timeline[i], fmt.Sprintf("$.timeline[%d]", i)
	var errs []error
	if e.At > s.For {
		errs = append(errs, s.errorAt(path+".at", fmt.Errorf("%s is after the end of the scenario, %s", e.At, s.For)))
	}
	if len(e.Source)+len(e.Job)+len(e.Second)+len(e.Target)+len(e.Faults)+len(e.ByHand) == 0 && e.Schema == nil {
		errs = append(errs, s.errorAt(path, errors.New("the event is empty; hint: give source, job, second, target, faults, byHand or schema")))
	}
	for k, text := range e.Second {
		_, err := parseJob(text)
		if err == nil && s.Second == nil {
			err = errNoSecond
		}
		if err != nil {
			errs = append(errs, s.errorAt(fmt.Sprintf("%s.second[%d]", path, k), err))
		}
	}
	for k, text := range e.Job {
		if _, err := parseJob(text); err != nil {
			errs = append(errs, s.errorAt(fmt.Sprintf("%s.job[%d]", path, k), err))
		}
	}
	for k, text := range e.ByHand {
		if _, err := s.parseByHand(text); err != nil {
			errs = append(errs, s.errorAt(fmt.Sprintf("%s.byHand[%d]", path, k), err))
		}
	}
	for k, m := range e.Source {
		if _, err := s.sourceLines(m, 0, "r"); err != nil {
			errs = append(errs, s.errorAt(fmt.Sprintf("%s.source[%d]", path, k), err))
		}
	}
	return errors.Join(errs...)
}

func (s *Scenario) checkExpectation(i int) error {
	e, path := &s.Expect[i], fmt.Sprintf("$.expect[%d]", i)
	var errs []error
	if e.at(s) > time.Duration(s.For) {
		errs = append(errs, s.errorAt(path+".at", fmt.Errorf("%s is after the end of the scenario, %s", e.At, s.For)))
	}
	if len(e.That) == 0 {
		errs = append(errs, s.errorAt(path, errors.New("that is missing; hint: write a clause such as job.status.code == Active")))
	}
	for k, text := range e.That {
		c, err := parseClause(text)
		if err == nil {
			err = s.checkClause(&c)
		}
		if err != nil {
			errs = append(errs, s.errorAt(fmt.Sprintf("%s.that[%d]", path, k), err))
			continue
		}
		e.clauses = append(e.clauses, c)
	}
	return errors.Join(errs...)
}

// Mishaps are the strings under faults and under target, in order.
func (s *Scenario) Mishaps() (faults, target []string) {
	for i := range s.Timeline {
		faults = append(faults, s.Timeline[i].Faults...)
		target = append(target, s.Timeline[i].Target...)
	}
	return faults, target
}
