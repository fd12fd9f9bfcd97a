package session

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// Lag is how long a target takes until it shows a write that it has confirmed.
type Lag struct {
	// Reads is about reads by id, and Queries about lists, with a filter or without one.
	Reads, Queries time.Duration
}

// longer returns the longer one of both.
func (l Lag) longer(m Lag) Lag {
	return Lag{Reads: max(l.Reads, m.Reads), Queries: max(l.Queries, m.Queries)}
}

// Lags lets each case wait after a write to a collection, such as "Users", before it reads anything
// that may depend on the write. A shorter lag than the known one changes nothing.
func (s *Session) Lags(collection string, l Lag) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lags[collection] = s.lags[collection].longer(l)
}

// Lags is that of the session.
func (c *Case) Lags(collection string, l Lag) { c.session.Lags(collection, l) }

// Lagging reports whether cases wait after writes.
func (s *Session) Lagging() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lags {
		if l != (Lag{}) {
			return true
		}
	}
	return false
}

// elapsed is the time since the last write to each collection. A case begins as if it had just
// written, because others may have.
type elapsed map[string]time.Duration

func justWritten() elapsed { return elapsed{"Users": 0, "Groups": 0} }

// passes lets time pass.
func (e elapsed) passes(d time.Duration) {
	for name := range e {
		e[name] += d
	}
}

// sent notes a request.
func (e elapsed) sent(method, path string) {
	if reads(method, path) {
		return
	}
	collection, _ := parts(path)
	for name := range e {
		if collection == name || collection == "Bulk" || collection == "Me" {
			e[name] = 0
		}
	}
}

// reads reports a request that changes nothing.
func reads(method, path string) bool {
	at, _, _ := strings.Cut(path, "?")
	return method == http.MethodGet || method == http.MethodHead || strings.HasSuffix(at, "/.search")
}

// parts splits a path into the collection and the rest, without the query.
func parts(path string) (collection, rest string) {
	path, _, _ = strings.Cut(path, "?")
	collection, rest, _ = strings.Cut(strings.Trim(path, "/"), "/")
	return collection, rest
}

// due is how long a read must still wait. A write does not wait: what it depends on is stored.
func (c *Case) due(method, path string) time.Duration {
	collection, rest := parts(path)
	switch {
	case !reads(method, path):
		return 0
	case collection != "Users" && collection != "Groups" && collection != "Me" && collection != ".search" && collection != "":
		return 0
	}
	query := collection != "Me" && (rest == "" || rest == ".search")
	c.session.mu.Lock()
	defer c.session.mu.Unlock()
	var longest time.Duration
	for name, l := range c.session.lags {
		if c.trying && name != collection { // or a lag of its own would not be seen
			continue
		}
		lag := l.Reads
		if query {
			lag = l.Queries
		}
		if c.patient {
			lag *= 2
		}
		longest = max(longest, lag-c.since[name])
	}
	return longest
}

// catchUp waits until the target shows what the case wrote last, as far as its lag is known.
func (c *Case) catchUp(ctx context.Context, method string, paths ...string) {
	var longest time.Duration
	for _, path := range paths {
		longest = max(longest, c.due(method, path))
	}
	if longest > 0 && c.session.wait(ctx, longest) == nil {
		c.since.passes(longest)
	}
}

// Try sends a GET that may show what was before the last write, so that no rule about the
// transcript compares both.
func (c *Case) Try(ctx context.Context, path string) (Response, error) {
	c.trying = true
	defer func() { c.trying = false }()
	return c.Send(ctx, http.MethodGet, path, nil, nil)
}
