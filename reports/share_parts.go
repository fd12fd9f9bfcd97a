package reports

import (
	"maps"
	"slices"
	"strings"
)

func (p *pseudonyms) simulation(s *Simulation) {
	s.Stopped, s.Job.ID = p.text(s.Stopped), p.text(s.Job.ID)
	for i := range s.Cycles {
		for j, e := range s.Cycles[i].Events {
			s.Cycles[i].Events[j] = p.failure(e)
		}
	}
	for i := range s.Quarantines {
		s.Quarantines[i].Error = p.failure(s.Quarantines[i].Error)
		for j, a := range s.Quarantines[i].Attempts {
			s.Quarantines[i].Attempts[j].Result = p.failure(a.Result)
		}
	}
	for i := range s.Events {
		s.Events[i].Title = p.text(s.Events[i].Title)
	}
	for i := range s.Expectations {
		e := &s.Expectations[i]
		e.Title, e.Expected, e.Actual = p.text(e.Title), p.text(e.Expected), p.text(e.Actual)
	}
	for i := range s.Escrows {
		e := &s.Escrows[i]
		e.SourceID, e.SourceName, e.Error = p.id(e.SourceID), p.names.Replace(e.SourceName), p.failure(e.Error)
	}
	for i := range s.Entries {
		p.entry(&s.Entries[i])
	}
	if s.Second != nil {
		p.simulation(s.Second)
	}
}

func (p *pseudonyms) entry(e *Entry) {
	e.SourceID, e.TargetID, e.SourceName, e.Error = p.id(e.SourceID), p.id(e.TargetID), p.names.Replace(e.SourceName), p.failure(e.Error)
	for i := range e.Steps {
		step := &e.Steps[i]
		step.Description = p.failure(step.Description)
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
	return "id-" + short(strings.ToLower(s))
}

// failure is an error without the body of an answer, which may repeat what was sent.
func (p *pseudonyms) failure(s string) string {
	if lead, _, ok := strings.Cut(s, "Web Response:"); ok {
		s = lead + "Web Response: " + leftOut
	}
	return p.text(s)
}

// conformance keeps what the checks say: their people are made up by the harness.
// Bodies stay out, since an answer may list others.
func (p *pseudonyms) conformance(c *Conformance) {
	for i := range c.Checks {
		k := &c.Checks[i]
		k.Expected, k.Actual, k.Difference, k.SkipReason, k.Repeat = p.text(k.Expected), p.text(k.Actual), p.text(k.Difference), p.text(k.SkipReason), p.text(k.Repeat)
		for j := range k.Exchanges {
			x := &k.Exchanges[j]
			x.URL, x.Failure, x.Curl = p.text(x.URL), p.text(x.Failure), ""
			if x.RequestBody != "" {
				x.RequestBody = leftOut
			}
			if x.ResponseBody != "" {
				x.ResponseBody = leftOut
			}
		}
	}
	for i := range c.Features {
		c.Features[i].Note = p.text(c.Features[i].Note)
	}
}

// clone copies all that Share writes to.
func (r *Report) clone() *Report {
	c := *r
	c.Run.Options, c.Target.Notes = slices.Clone(r.Run.Options), slices.Clone(r.Target.Notes)
	c.Simulation = r.Simulation.clone()
	if r.Conformance != nil {
		f := *r.Conformance
		f.Checks, f.Features = slices.Clone(f.Checks), slices.Clone(f.Features)
		for i := range f.Checks {
			f.Checks[i].Exchanges = slices.Clone(f.Checks[i].Exchanges)
		}
		c.Conformance = &f
	}
	return &c
}

func (s *Simulation) clone() *Simulation {
	if s == nil {
		return nil
	}
	c := *s
	c.Cycles, c.Quarantines, c.Events = slices.Clone(c.Cycles), slices.Clone(c.Quarantines), slices.Clone(c.Events)
	c.Expectations, c.Escrows, c.Entries = slices.Clone(c.Expectations), slices.Clone(c.Escrows), slices.Clone(c.Entries)
	for i := range c.Cycles {
		c.Cycles[i].Events = slices.Clone(c.Cycles[i].Events)
	}
	for i := range c.Quarantines {
		c.Quarantines[i].Attempts = slices.Clone(c.Quarantines[i].Attempts)
	}
	for i := range c.Entries {
		e := &c.Entries[i]
		e.Steps, e.Modified = slices.Clone(e.Steps), slices.Clone(e.Modified)
		for j := range e.Steps {
			e.Steps[j].Details = maps.Clone(e.Steps[j].Details)
		}
	}
	c.Second = s.Second.clone()
	return &c
}
