package scenario

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/duration"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Env is the environment of a play.
type Env struct {
	RunID string
	Start time.Time // of the first cycle
	// Target is nil for an external target; see Foreign.
	Target Target
	// Organization returns the state of the persona behind the target, as it is written as JSON. It is nil
	// where there is none.
	Organization func(context.Context) any
	// Faults may be nil if the timeline has no faults.
	Faults Faults
	// Schema is that of the application, before the scenario edits it.
	Schema *syncschema.Schema
	// SecondSchema is that of the application of the second job.
	SecondSchema *syncschema.Schema
	// NextAuthorization is the header of the credential that replaces the first one.
	NextAuthorization string
}

// Play is one performance of a scenario.
type Play struct {
	scenario *Scenario
	env      Env
	facts    facts
	moments  []job.Moment
	events   []reports.Event
	results  *[]reports.Expectation // of both jobs; only whose turn it is looks at something
	second   *Play                  // nil where there is no second job
	isSecond bool
}

// Prepare plans all events and fills the target with its initial resources.
func (s *Scenario) Prepare(env Env) (*Play, error) {
	p := &Play{scenario: s, env: env, results: &[]reports.Expectation{}}
	if err := errors.Join(p.fillTarget(), p.prepareSecond()); err != nil {
		return nil, err
	}
	if s.Schema != nil {
		edited, err := s.Schema.apply(env.Schema)
		if err != nil {
			return nil, s.errorAt("$.schema", err)
		}
		p.env.Schema = edited
	}
	schema := p.env.Schema
	for i := range s.Timeline {
		var err error
		if schema, err = p.plan(i, schema); err != nil {
			return nil, err
		}
	}
	for _, part := range []*Play{p, p.second} {
		if part != nil {
			part.planExpectations()
		}
	}
	return p, nil
}

// planExpectations schedules the clauses about this job after all other events of their time.
func (p *Play) planExpectations() {
	s := p.scenario
	for i := range s.Expect {
		e := &s.Expect[i]
		if slices.ContainsFunc(e.clauses, func(c clause) bool { return c.second == p.isSecond }) {
			p.moments = append(p.moments, job.Moment{At: e.at(s), Do: func(ctx context.Context, j *job.Job, _ time.Time) error { return p.expect(ctx, j, e) }})
		}
	}
	slices.SortStableFunc(p.moments, func(a, b job.Moment) int { return cmp.Compare(a.At, b.At) })
}

// fillTarget creates the resources that the target holds before the first cycle.
func (p *Play) fillTarget() error {
	s := p.scenario
	for i, d := range s.Target.Defects {
		if _, err := p.env.Target.Schedule(p.env.Start, "defect "+d); err != nil {
			return s.errorAt(fmt.Sprintf("$.target.defects[%d]", i), err)
		}
	}
	for _, c := range []struct {
		field, endpoint, urn string
		list                 []map[string]any
	}{
		{"users", "/Users", "urn:ietf:params:scim:schemas:core:2.0:User", s.Target.Users},
		{"groups", "/Groups", "urn:ietf:params:scim:schemas:core:2.0:Group", s.Target.Groups},
	} {
		for i, m := range c.list {
			m, _ = fill(m, p.env.RunID).(map[string]any)
			if m["schemas"] == nil {
				m["schemas"] = []string{c.urn}
			}
			if status, answer := p.env.Target.Do(http.MethodPost, c.endpoint, encoded(m)); status != http.StatusCreated {
				return s.errorAt(fmt.Sprintf("$.target.%s[%d]", c.field, i), fmt.Errorf("the target responded with %d: %s", status, answer))
			}
		}
	}
	return nil
}

// plan prepares one entry of the timeline; schema is that of the job before it.
func (p *Play) plan(i int, schema *syncschema.Schema) (*syncschema.Schema, error) {
	s, e := p.scenario, &p.scenario.Timeline[i]
	path := fmt.Sprintf("$.timeline[%d]", i)
	when := p.env.Start.Add(time.Duration(e.At))
	title := func(text string) string {
		if e.Note != "" {
			return e.Note
		}
		return text
	}
	for k, text := range e.Target {
		text = strings.ReplaceAll(text, "{run}", p.env.RunID)
		until, err := p.env.Target.Schedule(when, text)
		if err != nil {
			return nil, s.errorAt(fmt.Sprintf("%s.target[%d]", path, k), err)
		}
		p.lasting(when, until, title("target: "+text))
	}
	if err := p.planFaults(i, title); err != nil {
		return nil, err
	}
	var acts []doing
	for _, text := range e.ByHand {
		h, err := s.parseByHand(text)
		if err != nil {
			return nil, err
		}
		p.events = append(p.events, reports.Event{At: when, Kind: reports.EventChange, Title: title("by hand in the target: " + text)})
		acts = append(acts, func(ctx context.Context, j *job.Job, _ time.Time, p *Play) error { return h.do(ctx, j, p) })
	}
	if e.Schema != nil {
		edited, err := e.Schema.apply(schema)
		if err != nil {
			return nil, s.errorAt(path+".schema", err)
		}
		schema = edited
		p.events = append(p.events, reports.Event{At: when, Kind: reports.EventChange, Title: title("the mappings change")})
		acts = append(acts, func(ctx context.Context, j *job.Job, at time.Time, _ *Play) error {
			return j.ChangeSchema(ctx, at, edited)
		})
	}
	for _, do := range acts {
		p.does(e.At, do)
	}
	if err := p.planJob(e.At, "administrator: ", e.Job, title); err != nil || p.second == nil {
		return schema, err
	}
	return schema, p.second.planJob(e.At, "administrator of the second job: ", e.Second, title)
}

// does schedules an action on the job.
func (p *Play) does(at duration.Field, do doing) {
	p.moments = append(p.moments, job.Moment{At: time.Duration(at), Do: func(ctx context.Context, j *job.Job, at time.Time) error { return do(ctx, j, at, p) }})
}

// planJob plans the administrator's actions on the job.
func (p *Play) planJob(at duration.Field, who string, list texts, title func(string) string) error {
	for _, text := range list {
		do, err := parseJob(text)
		if err != nil {
			return err
		}
		kind := reports.EventChange
		if text == "credentials renewed" {
			kind = reports.EventCredential
		}
		p.events = append(p.events, reports.Event{At: p.env.Start.Add(time.Duration(at)), Kind: kind, Title: title(who + text)})
		p.does(at, do)
	}
	return nil
}

// lasting adds an event with a duration to the timeline of the report.
func (p *Play) lasting(from, until time.Time, title string) {
	if end := p.env.Start.Add(time.Duration(p.scenario.For)); end.Before(until) {
		until = end
	}
	p.events = append(p.events, reports.Event{At: from, Until: until, Kind: reports.EventOutage, Title: title})
}

// Schema is the schema of the application at the start of the scenario.
func (p *Play) Schema() *syncschema.Schema { return p.env.Schema }

// Moments are the events between cycles, in order.
func (p *Play) Moments() []job.Moment { return p.moments }

// Events are the events on the timeline of the report, apart from changes of the source.
func (p *Play) Events() []reports.Event {
	if p.second == nil {
		return p.events
	}
	return slices.Concat(p.events, p.second.events)
}

// Ended records a cycle that ended.
func (p *Play) Ended(c cycle.Result) { p.facts.cycles = append(p.facts.cycles, c) }

// Logged records an entry of the provisioning log.
func (p *Play) Logged(l cycle.Logged) { p.facts.logEntry(l.Summary) }

// Audited records an event of the audit log.
func (p *Play) Audited(a *job.Audit) { p.facts.auditEvent(a) }

// Exchange records an exchange. It is safe for concurrent use.
func (p *Play) Exchange(x *exchange.Exchange) { p.facts.request(x) }

// Results are the expectations evaluated so far, in the order of time.
func (p *Play) Results() []reports.Expectation { return *p.results }

// Planned reports whether the scenario ends with escrows, quarantine or differences on purpose.
func (p *Play) Planned(what string) bool { return slices.Contains(p.scenario.Ends, what) }

// expect evaluates every clause of an expectation. The clauses that hold share one result;
// each other clause has its own, with the actual value.
func (p *Play) expect(ctx context.Context, j *job.Job, e *Expectation) error {
	title := "After " + duration.Format(e.at(p.scenario)) + ": "
	why := strings.Join(strings.Fields(e.Why), " ")
	var met, found []string
	var errs []error
	for i := range e.clauses {
		c := p.forRun(&e.clauses[i])
		if c.second != p.isSecond {
			continue
		}
		got, also, err := p.evaluate(ctx, j, c)
		switch {
		case err != nil:
			errs = append(errs, fmt.Errorf("scenario %s, %s%s: %w", p.scenario.Name, title, c.text, err))
		case c.meets(got):
			met, found = append(met, c.text), append(found, show(got))
		default:
			*p.results = append(*p.results, reports.Expectation{
				Title: title + cmp.Or(why, c.text), Expected: c.text, Actual: strings.TrimSuffix(show(got)+"; "+also, "; "), Outcome: reports.Failed,
			})
		}
	}
	if len(met) > 0 {
		*p.results = append(*p.results, reports.Expectation{
			Title: title + cmp.Or(why, strings.Join(met, ", ")), Expected: strings.Join(met, ", "), Actual: strings.Join(found, ", "), Outcome: reports.Passed,
		})
	}
	return errors.Join(errs...)
}

// forRun inserts the run id into a clause.
func (p *Play) forRun(c *clause) *clause {
	out := *c
	out.want = fill(c.want, p.env.RunID)
	return &out
}

// encoded is a value as JSON; values from YAML can always be marshalled.
func encoded(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return raw
}
