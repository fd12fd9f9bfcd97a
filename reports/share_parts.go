package reports

import (
	"maps"
	"slices"
	"strings"
)

func (p *pseudonyms) simulation(s *Simulation) {
	s.Stopped, s.Gone = p.text(s.Stopped), p.text(s.Gone)
	for i := range s.Events {
		s.Events[i].Title = p.text(s.Events[i].Title)
	}
	for i := range s.Expectations {
		e := &s.Expectations[i]
		e.Title, e.Expected, e.Actual = p.text(e.Title), p.text(e.Expected), p.text(e.Actual)
	}
	for i := range s.Jobs {
		p.job(&s.Jobs[i])
	}
	p.endState(s.EndState)
}

func (p *pseudonyms) job(j *Job) {
	j.ID = p.text(j.ID)
	for i := range j.Cycles {
		c := &j.Cycles[i]
		var events []string
		for _, e := range c.Events {
			e, _ = p.failure(e, c.Failure)
			events = append(events, e)
		}
		c.Events = events
		_, c.Failure = p.failure("", c.Failure)
	}
	for i := range j.Quarantines {
		p.quarantine(&j.Quarantines[i])
	}
	for i := range j.Notifications {
		n := &j.Notifications[i]
		n.To, n.State = "", p.text(n.State)
	}
	for i := range j.Escrows {
		e := &j.Escrows[i]
		e.SourceID, e.SourceName = p.id(e.SourceID), p.names.Replace(e.SourceName)
		e.Error, e.Failure = p.failure(e.Error, e.Failure)
	}
	for i := range j.Entries {
		p.entry(&j.Entries[i])
	}
}

// quarantine leaves responses out. An attempt without a failure succeeded, but in a report
// that does not keep failures in parts.
func (p *pseudonyms) quarantine(q *Span) {
	parts := q.Failure != nil
	q.Error, q.Failure = p.failure(q.Error, q.Failure)
	for i := range q.Attempts {
		a := &q.Attempts[i]
		if parts && a.Failure == nil {
			a.Result = p.text(a.Result)
			continue
		}
		a.Result, a.Failure = p.failure(a.Result, a.Failure)
	}
}

func (p *pseudonyms) entry(e *Entry) {
	e.SourceID, e.TargetID, e.SourceName = p.id(e.SourceID), p.id(e.TargetID), p.names.Replace(e.SourceName)
	e.Error, e.Failure = p.failure(e.Error, e.Failure)
	for i := range e.Steps {
		step := &e.Steps[i]
		step.Description = p.text(step.Description)
		for name, v := range step.Details {
			step.Details[name] = p.value(v)
		}
	}
	for i := range e.Modified {
		e.Modified[i].Old, e.Modified[i].New = p.value(e.Modified[i].Old), p.value(e.Modified[i].New)
	}
}

// id is an identifier, of whatever form.
func (p *pseudonyms) id(s string) string {
	if s == "" {
		return ""
	}
	return p.words.Tag("id", s)
}

// conformance keeps the texts of checks, because their people are fictional. It omits bodies,
// because a response may list other people.
func (p *pseudonyms) conformance(c *Conformance) {
	for i := range c.Checks {
		k := &c.Checks[i]
		k.Expected, k.Actual, k.Difference, k.SkipReason, k.Repeat = p.text(k.Expected), p.text(k.Actual), p.text(k.Difference), p.text(k.SkipReason), p.command(k.Repeat)
		for j := range k.Exchanges {
			p.exchange(&k.Exchanges[j])
		}
	}
	for i := range c.Causes {
		k := &c.Causes[i]
		k.Title, k.Fix, k.Effect = p.text(k.Title), p.text(k.Fix), p.text(k.Effect)
		k.Expected, k.Actual = p.text(k.Expected), p.text(k.Actual)
		if k.Evidence != nil {
			p.exchange(k.Evidence)
		}
	}
	c.Stopped, c.Tables = p.text(c.Stopped), rewriteTables(c.Tables, p.text)
	for i := range c.NotJudged {
		c.NotJudged[i].Reason = p.text(c.NotJudged[i].Reason)
	}
	for i := range c.Features {
		c.Features[i].Note = p.text(c.Features[i].Note)
	}
}

// exchange keeps names of headers, and omits bodies. Values of headers may be anything.
func (p *pseudonyms) exchange(x *Exchange) {
	x.URL, x.Failure, x.Curl = p.text(x.URL), p.text(x.Failure), ""
	if x.RequestBody != "" {
		x.RequestBody = leftOut
	}
	if x.ResponseBody != "" {
		x.ResponseBody = leftOut
	}
	for _, lines := range [][]Header{x.RequestHeader, x.ResponseHeader} {
		for i, line := range lines {
			if line.Name == "Www-Authenticate" { // a realm may name a company
				lines[i].Value, _, _ = strings.Cut(line.Value, " ")
				continue
			}
			if !slices.Contains([]string{"Accept", "Content-Length", "Content-Type"}, line.Name) {
				lines[i].Value = leftOut
			}
			lines[i].Value = p.text(lines[i].Value)
		}
	}
}

// clone copies all that Share writes to.
func (r *Report) clone() *Report {
	c := *r
	c.Run.Options, c.Target.Notes = slices.Clone(r.Run.Options), slices.Clone(r.Target.Notes)
	c.Simulation, c.Replay = r.Simulation.clone(), r.Replay.clone()
	if r.Conformance != nil {
		f := *r.Conformance
		f.Checks, f.Features, f.NotJudged, f.Causes = slices.Clone(f.Checks), slices.Clone(f.Features), slices.Clone(f.NotJudged), slices.Clone(f.Causes)
		for i := range f.Checks {
			f.Checks[i].Exchanges = slices.Clone(f.Checks[i].Exchanges)
			for j, x := range f.Checks[i].Exchanges {
				f.Checks[i].Exchanges[j] = x.clone()
			}
		}
		for i := range f.Causes {
			if x := f.Causes[i].Evidence; x != nil {
				copied := x.clone()
				f.Causes[i].Evidence = &copied
			}
		}
		c.Conformance = &f
	}
	return &c
}

func (e Exchange) clone() Exchange {
	e.RequestHeader, e.ResponseHeader = slices.Clone(e.RequestHeader), slices.Clone(e.ResponseHeader)
	return e
}

func (s *Simulation) clone() *Simulation {
	if s == nil {
		return nil
	}
	c := *s
	c.Jobs, c.Events, c.Expectations = slices.Clone(s.Jobs), slices.Clone(s.Events), slices.Clone(s.Expectations)
	c.EndState = s.EndState.clone()
	for i := range c.Jobs {
		c.Jobs[i] = c.Jobs[i].clone()
	}
	return &c
}

func (j Job) clone() Job {
	j.Cycles, j.Quarantines = slices.Clone(j.Cycles), slices.Clone(j.Quarantines)
	j.Escrows, j.Entries, j.Notifications = slices.Clone(j.Escrows), slices.Clone(j.Entries), slices.Clone(j.Notifications)
	for i := range j.Cycles {
		j.Cycles[i].Events = slices.Clone(j.Cycles[i].Events)
	}
	for i := range j.Quarantines {
		j.Quarantines[i].Attempts = slices.Clone(j.Quarantines[i].Attempts)
	}
	for i := range j.Entries {
		e := &j.Entries[i]
		e.Steps, e.Modified = slices.Clone(e.Steps), slices.Clone(e.Modified)
		for k := range e.Steps {
			e.Steps[k].Details = maps.Clone(e.Steps[k].Details)
		}
	}
	return j
}
