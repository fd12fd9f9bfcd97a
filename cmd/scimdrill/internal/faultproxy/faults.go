package faultproxy

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/fault"
)

// entry is one fault of an order.
type entry struct {
	text  string
	until time.Time // zero for no end
}

// faults are the faults of one order and the handler that injects them.
type faults struct {
	seed    uint64
	entries []entry
	handler http.Handler
}

// arrange parses an order. The faults begin now.
func (s *Switch) arrange(o Order) (*faults, error) {
	f := &faults{seed: s.options.Seed, handler: s.next}
	if o.Seed != nil {
		f.seed = *o.Seed
	}
	options := fault.Options{Seed: f.seed, Now: s.options.Now, Wait: s.options.Wait, Token: s.options.Token, Met: s.met}
	for _, text := range o.Faults {
		rule, length, err := fault.Parse(text)
		if err != nil {
			return nil, err //nolint:wrapcheck // it names the fault
		}
		switch {
		case rule.Kind == fault.Stale:
			return nil, fmt.Errorf("fault %q: a proxy knows no past state; hint: `scimdrill target --fault stale=0.1:30s` serves stale responses", text)
		case rule.Kind == fault.Token && s.options.Token == "":
			return nil, fmt.Errorf("fault %q: the token that expires is unknown; hint: start the proxy with it in SCIMDRILL_TOKEN", text)
		}
		e := entry{text: strings.Join(strings.Fields(text), " ")}
		if length > 0 {
			e.until = s.options.Now().Add(length)
			rule.Until = e.until
		}
		options.Rules, f.entries = append(options.Rules, rule), append(f.entries, e)
	}
	if len(f.entries) == 0 {
		return f, nil
	}
	h, err := fault.New(s.next, options)
	if err != nil {
		return nil, fmt.Errorf("set the faults: %w", err)
	}
	f.handler = h
	return f, nil
}

// inForce are the faults that have not ended yet.
func (f *faults) inForce(now time.Time) []entry {
	var left []entry
	for _, e := range f.entries {
		if e.until.IsZero() || now.Before(e.until) {
			left = append(left, e)
		}
	}
	return left
}

// sentence says what happens to requests from now on.
func (f *faults) sentence(now time.Time) string {
	left := f.inForce(now)
	if len(left) == 0 {
		return "no faults in force: requests are forwarded unchanged"
	}
	var parts []string
	for _, e := range left {
		text := e.text
		if !e.until.IsZero() {
			text += " (until " + e.until.UTC().Format("15:04:05") + " UTC)"
		}
		parts = append(parts, text)
	}
	return fmt.Sprintf("faults in force with seed %d: %s", f.seed, strings.Join(parts, "; "))
}
