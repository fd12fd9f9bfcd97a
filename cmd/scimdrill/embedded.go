package main

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/clock"
)

// embedded is a target in this process, on loopback and on the engine's clock.
type embedded struct {
	target *target.Target
	server *http.Server
	end    *endpoint
	next   string // the credential that replaces the first one
}

// embed serves a target until close.
func (a *app) embed(ctx context.Context, seed uint64, c *clock.Virtual) (*embedded, error) {
	token, next := rand.Text(), rand.Text()
	t, err := target.New(target.Options{Seed: seed, Token: token, NextToken: next, Now: c.Now})
	if err != nil {
		return nil, broken("", "%w", err)
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, broken("", "listen on loopback: %w", err)
	}
	m := &embedded{target: t, next: next, server: &http.Server{Handler: t, ReadHeaderTimeout: 10 * time.Second}}
	go func() { _ = m.server.Serve(listener) }() // ends with close
	m.end = &endpoint{
		url: &url.URL{Scheme: "http", Host: listener.Addr().String()}, authorization: "Bearer " + token,
		header: http.Header{}, secrets: []string{token, next}, redact: exchange.NewRedactor(token, next),
	}
	m.end.client, m.end.dialled = a.client(nil)
	a.redact = m.end.redact
	return m, nil
}

func (m *embedded) close() { _ = m.server.Close() }

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
