package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
)

// embedded is a target in this process, on loopback and on the engine's clock.
type embedded struct {
	target *target.Target
	faults *fault.Handler // nil without any
	copied *target.Target // answers stale reads; nil without any
	stop   func()         // ends its server
	end    *endpoint.Endpoint
	next   string // the credential that replaces the first one
}

// mishaps are the faults that stand before an embedded target.
type mishaps struct {
	stale bool // some answers are
	met   func(fault.Mishap)
}

// embed serves a target until close, with faults before it where there are to be any.
func embed(ctx context.Context, a *console.Console, seed uint64, c *clock.Virtual, faults *mishaps) (*embedded, error) {
	token, next := rand.Text(), rand.Text()
	options := target.Options{Seed: seed, Token: token, NextToken: next, Now: c.Now}
	t, err := target.New(options)
	if err != nil {
		return nil, exit.Broken("", "%w", err)
	}
	m := &embedded{target: t, next: next}
	handler := http.Handler(t)
	if faults != nil {
		o := fault.Options{Seed: seed, Now: c.Now, Token: token, Met: faults.met}
		if faults.stale {
			o.Replica = func(now func() time.Time) (http.Handler, error) {
				m.copied, err = target.New(replicaOf(options, now))
				return m.copied, err
			}
		}
		if m.faults, err = fault.New(t, o); err != nil {
			return nil, exit.Broken("", "%w", err)
		}
		handler = m.faults
	}
	base, stop, err := serve.Loopback(ctx, handler)
	if err != nil {
		return nil, err
	}
	m.stop = stop
	m.end = &endpoint.Endpoint{
		URL: base, Authorization: "Bearer " + token,
		Header: http.Header{}, Secrets: []string{token, next}, Redact: exchange.NewRedactor(token, next),
	}
	m.end.Client, m.end.Dialled = endpoint.NewClient(a, nil)
	a.Redact = m.end.Redact
	return m, nil
}

// Plan lets something happen to the target; its copy is defective alike. What has a rate or
// a limit happens before it.
func (m *embedded) Plan(at time.Time, text string) (time.Time, error) {
	if r, _, err := fault.Parse(text); err == nil && !r.Kind.Sure() {
		return orderly{m}.Plan(at, text)
	}
	until, err := m.target.Plan(at, text)
	if err == nil && m.copied != nil && strings.HasPrefix(text, "defect ") {
		_, err = m.copied.Plan(at, text)
	}
	return until, err
}

// Do makes a request by hand, of which the copy learns as of any other.
func (m *embedded) Do(method, path string, body []byte) (int, []byte) {
	status, answer := m.target.Do(method, path, body)
	if m.faults != nil && method != http.MethodGet && status < 300 {
		m.faults.Wrote(method, path, body)
	}
	return status, answer
}

// Snapshot is what the target holds.
func (m *embedded) Snapshot(endpoint string) []map[string]any { return m.target.Snapshot(endpoint) }

// orderly plans faults that are the same for every number of requests in flight.
type orderly struct{ *embedded }

// Plan refuses what goes by the order in which requests of different objects come.
func (o orderly) Plan(at time.Time, text string) (time.Time, error) {
	r, _, err := fault.Parse(text)
	switch {
	case err != nil:
		return time.Time{}, err
	case r.Kind == fault.EmptySearch || r.Kind == fault.Defect:
		return o.embedded.Plan(at, text)
	case r.Kind == fault.RateLimit:
		return time.Time{}, fmt.Errorf("fault %q: who gets the last place below a limit of all depends on who comes first, which a run does not fix; hint: object-limit=30/10m bounds each object, 429=0.5:30s refuses a share of all", text)
	case r.Kind == fault.Stale && r.Count > 0:
		return time.Time{}, fmt.Errorf("fault %q: the order of writes of different objects is not fixed; hint: give the age as a time, stale=1:2h", text)
	}
	return o.faults.Plan(at, text)
}

func (m *embedded) close() { m.stop() }

// patience gives up on an answer that would take too long on the virtual clock, as a
// client with a time-out does (W-132).
type patience struct {
	next    http.RoundTripper
	delay   func(time.Time) time.Duration
	now     func() time.Time
	timeout time.Duration
}

// RoundTrip sends a request unless nobody would wait for its answer.
func (p *patience) RoundTrip(r *http.Request) (*http.Response, error) {
	if p.delay(p.now()) >= p.timeout {
		return nil, os.ErrDeadlineExceeded
	}
	return p.next.RoundTrip(r)
}

// latency is how long an answer takes, at most as long as somebody waits for it.
func (p *patience) latency(at time.Time) time.Duration { return min(p.delay(at), p.timeout) }
