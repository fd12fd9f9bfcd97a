package reports

import (
	"slices"
	"strconv"
)

// replay leaves out who requests are about: operations name no one, examples and exchanges do.
func (p *pseudonyms) replay(r *Replay) {
	r.Stream, r.Stopped = p.text(r.Stream), p.text(r.Stopped)
	if r.EndState != nil {
		p.endState(r.EndState)
	}
	m := &r.Measured
	for i := range m.ByTenant {
		m.ByTenant[i].Name = "tenant " + strconv.Itoa(i+1)
	}
	for i := range m.NotSent {
		m.NotSent[i].Examples = nil
	}
	for i := range m.Differences {
		m.Differences[i].Example = ""
	}
	for i := range m.Answers {
		m.Answers[i].Example = ""
	}
	if m.Before != nil {
		m.Before.Name, m.Before.Stream = p.text(m.Before.Name), p.text(m.Before.Stream)
	}
	for i := range m.Slowest {
		m.Slowest[i].Exchange = nil
	}
}

// clone copies what Share writes to.
func (p *Replay) clone() *Replay {
	if p == nil {
		return nil
	}
	c := *p
	c.EndState = p.EndState.clone()
	c.Measured.NotSent, c.Measured.Differences = slices.Clone(c.Measured.NotSent), slices.Clone(c.Measured.Differences)
	c.Measured.ByTenant = slices.Clone(c.Measured.ByTenant)
	c.Measured.Answers = slices.Clone(c.Measured.Answers)
	c.Measured.Slowest = slices.Clone(c.Measured.Slowest)
	if c.Measured.Before != nil {
		b := *c.Measured.Before
		c.Measured.Before = &b
	}
	return &c
}
