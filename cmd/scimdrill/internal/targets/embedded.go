package targets

import (
	"bytes"
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
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
)

// Embedded is a target in this process, on loopback and on the engine's clock.
type Embedded struct {
	Target  *target.Target
	persona *gotopersona.Persona // nil for none
	Faults  *fault.Handler       // nil without any
	copied  *target.Target       // answers stale reads; nil without any
	stop    func()               // ends its server
	End     *endpoint.Endpoint
	Next    string // the credential that replaces the first one
}

// Behind is the organization behind an embedded target.
type Behind struct {
	Persona string // the name
	Text    []byte // its configuration as YAML; nil for the one of the persona
}

// Mishaps are the faults that stand before an embedded target.
type Mishaps struct {
	Stale bool // some answers are
	Met   func(fault.Mishap)
}

// Embed serves a target until close, with faults before it where there are to be any.
func Embed(ctx context.Context, con *console.Console, seed uint64, c *clock.Virtual, behind *Behind, faults *Mishaps) (*Embedded, error) {
	token, next := rand.Text(), rand.Text()
	options := target.Options{Seed: seed, Token: token, NextToken: next, Now: c.Now}
	m := &Embedded{Next: next}
	handler, err := m.open(options, behind)
	if err != nil {
		return nil, err
	}
	if faults != nil {
		if faults.Stale && behind != nil {
			return nil, exit.Usage("omit one of them", "stale answers exclude a persona: the copy that gives them has no organization")
		}
		o := fault.Options{Seed: seed, Now: c.Now, Token: token, Met: faults.Met}
		if faults.Stale {
			o.Replica = func(now func() time.Time) (http.Handler, error) {
				m.copied, err = target.New(replicaOf(options, now))
				return m.copied, err
			}
		}
		if m.Faults, err = fault.New(handler, o); err != nil {
			return nil, exit.Broken("", "%w", err)
		}
		handler = m.Faults
	}
	base, stop, err := serve.Loopback(ctx, con, handler)
	if err != nil {
		return nil, err
	}
	m.stop = stop
	m.End = &endpoint.Endpoint{
		URL: base, Authorization: "Bearer " + token, Embedded: true,
		Header: http.Header{}, Secrets: []string{token, next}, Redact: exchange.NewRedactor(token, next),
	}
	m.End.Client, m.End.Dialled = endpoint.NewClient(con, nil)
	con.Redact = m.End.Redact
	return m, nil
}

// open makes the target, or the persona with the target inside.
func (m *Embedded) open(o target.Options, behind *Behind) (http.Handler, error) {
	if behind == nil {
		t, err := target.New(o)
		if err != nil {
			return nil, exit.Broken("", "%w", err)
		}
		m.Target = t
		return t, nil
	}
	cfg, err := gotopersona.Default(behind.Persona)
	if err != nil {
		return nil, exit.Usage("", "target.persona: %w", err)
	}
	if behind.Text != nil {
		if cfg, err = gotopersona.Parse(bytes.NewReader(behind.Text)); err != nil {
			return nil, exit.Usage("`scimdrill target --persona goto --print-persona-config` prints a starting point", "target.organization: %w", err)
		}
	}
	p, err := gotopersona.New(gotopersona.Options{Target: o, Config: cfg})
	if err != nil {
		return nil, exit.Usage("", "target.organization: %w", err)
	}
	m.Target, m.persona = p.Target(), p
	return p, nil
}

// Organization returns the state of the persona, or nil where there is none.
func (m *Embedded) Organization() func(context.Context) any {
	if m.persona == nil {
		return nil
	}
	return func(ctx context.Context) any { return m.persona.Current(ctx) }
}

// Schedule lets something happen to the target; its copy is defective alike. What has a rate or
// a limit happens before it.
func (m *Embedded) Schedule(at time.Time, text string) (time.Time, error) {
	if r, _, err := fault.Parse(text); err == nil && !r.Kind.Sure() {
		return Orderly{Embedded: m}.Schedule(at, text)
	}
	if m.persona != nil && gotopersona.Scheduled(text) {
		return time.Time{}, m.persona.Schedule(at, text)
	}
	until, err := m.Target.Schedule(at, text)
	if err == nil && m.copied != nil && strings.HasPrefix(text, "defect ") {
		_, err = m.copied.Schedule(at, text)
	}
	return until, err
}

// Do makes a request by hand, of which the copy learns as of any other.
func (m *Embedded) Do(method, path string, body []byte) (int, []byte) {
	status, answer := m.Target.Do(method, path, body)
	if m.Faults != nil && method != http.MethodGet && status < 300 {
		m.Faults.Wrote(method, path, body)
	}
	return status, answer
}

// Snapshot is what the target holds.
func (m *Embedded) Snapshot(endpoint string) []map[string]any { return m.Target.Snapshot(endpoint) }

// Orderly plans faults that are the same for every number of requests in flight.
type Orderly struct{ *Embedded }

// Schedule refuses what goes by the order in which requests of different objects come.
func (o Orderly) Schedule(at time.Time, text string) (time.Time, error) {
	r, _, err := fault.Parse(text)
	switch {
	case err != nil:
		return time.Time{}, err
	case r.Kind == fault.EmptySearch || r.Kind == fault.Defect:
		return o.Embedded.Schedule(at, text)
	case r.Kind == fault.RateLimit:
		return time.Time{}, fmt.Errorf("fault %q: a shared limit depends on the order of requests, which is not repeatable; hint: object-limit=30/10m limits each object, 429=0.5:30s rejects a share of all requests", text)
	case r.Kind == fault.Stale && r.Count > 0:
		return time.Time{}, fmt.Errorf("fault %q: the order of writes to different objects is not repeatable; hint: give the age as a duration, stale=1:2h", text)
	}
	return o.Faults.Schedule(at, text)
}

// Close ends its server.
func (m *Embedded) Close() { m.stop() }

// GivingUp is a transport that gives up on a response that would take too long on the virtual clock, as a
// client with a time-out does (W-132).
type GivingUp struct {
	Next    http.RoundTripper
	Delay   func(time.Time) time.Duration
	Now     func() time.Time
	Timeout time.Duration
}

// RoundTrip sends a request unless nobody would wait for its answer.
func (p *GivingUp) RoundTrip(r *http.Request) (*http.Response, error) {
	if p.Delay(p.Now()) >= p.Timeout {
		return nil, os.ErrDeadlineExceeded
	}
	return p.Next.RoundTrip(r)
}

// Latency is how long an answer takes, at most as long as somebody waits for it.
func (p *GivingUp) Latency(at time.Time) time.Duration { return min(p.Delay(at), p.Timeout) }
