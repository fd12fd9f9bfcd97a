package scenario

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// Second is another job on the same target. It reads the same users and groups, and is
// independent of the first job (E-1).
type Second struct {
	// Profile, Scope, Options and Schema are as for the first job.
	Profile string            `yaml:"profile"`
	Scope   string            `yaml:"scope"`
	Options map[string]string `yaml:"options"`
	Schema  *SchemaEdit       `yaml:"schema"`
	// Assigned are the users and groups that have the application of this job.
	Assigned []any `yaml:"assigned"`
}

// SecondFolder is the folder of the second job's logs, in the folder of the run.
const SecondFolder = "second"

var errNoSecond = errors.New("the scenario has no second job; hint: add second, with assigned, next to tenant")

// checkSecond finds unknown names. Without an assignment, everybody would be assigned, and
// no author of a scenario means that.
func (s *Scenario) checkSecond() error {
	if s.Second == nil {
		return nil
	}
	if len(s.Second.Assigned) == 0 && s.Second.Scope != "all" {
		return s.errorAt("$.second", errors.New("assigned is missing; hint: list the users and groups assigned to the application of the second job, or write scope: all"))
	}
	for i, v := range s.Second.Assigned {
		if _, err := s.named(v); err != nil {
			return s.errorAt(fmt.Sprintf("$.second.assigned[%d]", i), err)
		}
	}
	return nil
}

// SecondDirectory is the tenant as the second job sees it: the same people, other assignments.
func (s *Scenario) SecondDirectory(run string, seed uint64) ([]byte, error) {
	first, err := s.Directory(run, seed)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for raw := range bytes.Lines(first) {
		var l struct {
			Type string `json:"@odata.type"`
		}
		if err := json.Unmarshal(raw, &l); err != nil || l.Type != "#microsoft.graph.appRoleAssignment" {
			b.Write(raw) // the reader of the tenant reports invalid JSON
		}
	}
	for _, v := range s.Second.Assigned {
		lines, err := s.assignments(v, run, false)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			if err := write(&b, l); err != nil {
				return nil, err
			}
		}
	}
	return b.Bytes(), nil
}

// SecondChanges is the change stream of the second job.
func (s *Scenario) SecondChanges(run string) ([]directory.Change, error) {
	return s.stream(run, true)
}

// concerns reports whether a line of the source is about a job: an assignment is to the
// application of one of them, everything else is the directory's.
func concerns(l line, of, second bool) bool {
	return l["@odata.type"] != "#microsoft.graph.appRoleAssignment" || of == second
}

// Second is the second job's part of the play, or nil.
func (p *Play) Second() *Play { return p.second }

// prepareSecond plans the events of the second job.
func (p *Play) prepareSecond() error {
	s := p.scenario
	if s.Second == nil {
		return nil
	}
	p.second = &Play{scenario: s, env: p.env, results: p.results, isSecond: true}
	p.second.env.Schema = p.env.SecondSchema
	if s.Second.Schema == nil {
		return nil
	}
	edited, err := s.Second.Schema.apply(p.env.SecondSchema)
	if err != nil {
		return s.errorAt("$.second.schema", err)
	}
	p.second.env.Schema = edited
	return nil
}
