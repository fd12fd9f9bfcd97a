package scenario

import (
	"fmt"
	"strings"
	"time"
)

// Faults puts mishaps in front of an embedded target. fixtures/fault implements it.
type Faults interface {
	// Schedule plays a mishap from an instant on; text is in the syntax of the implementation.
	Schedule(at time.Time, text string) (until time.Time, err error)
}

// mishapFact is a mishap that a request met.
type mishapFact struct {
	at                 time.Time
	kind, method, path string
}

// Mishap records a mishap that a request met. It is safe for concurrent use.
func (p *Play) Mishap(at time.Time, kind, method, path string) {
	p.facts.mu.Lock()
	defer p.facts.mu.Unlock()
	p.facts.mishaps = append(p.facts.mishaps, mishapFact{at, kind, method, path})
}

// planFaults prepares the faults of an entry of the timeline.
func (p *Play) planFaults(i int, title func(string) string) error {
	s, e := p.scenario, &p.scenario.Timeline[i]
	when := p.env.Start.Add(time.Duration(e.At))
	for k, text := range e.Faults {
		path := fmt.Sprintf("$.timeline[%d].faults[%d]", i, k)
		if p.env.Faults == nil {
			return s.errorAt(path, fmt.Errorf("%q requires a fault proxy in front of the target, and this run has none", text))
		}
		until, err := p.env.Faults.Schedule(when, text)
		if err != nil {
			return s.errorAt(path, err)
		}
		p.lasting(when, until, title("faults: "+text))
	}
	return nil
}

func (p *Play) countMishaps(head part) (int, string) {
	p.facts.mu.Lock()
	defer p.facts.mu.Unlock()
	n := 0
	all := map[string]int{}
	path, byPath := head.arg("path")
	for i := range p.facts.mishaps {
		f := &p.facts.mishaps[i]
		if !p.within(f.at, head) {
			continue
		}
		all[f.kind+" on "+f.method]++
		if asked(head, "kind", f.kind) && asked(head, "method", f.method) && (!byPath || strings.HasPrefix(f.path, path)) {
			n++
		}
	}
	return n, "the faults were " + tally(all)
}
