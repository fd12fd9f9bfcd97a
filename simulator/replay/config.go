package replay

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/replay/ledger"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// Config says where and how a stream is sent.
type Config struct {
	// Base is the tenant URL. Its query is added to each request.
	Base *url.URL
	// Header is added to each request.
	Header http.Header
	// Tenants get the stream, each with credentials and ids of its own; at least one.
	Tenants []Tenant
	// Transport sends; a nil one is http.DefaultTransport.
	Transport http.RoundTripper
	Schedule  Schedule
	// Concurrency is the number of requests under way at once: exactly in the closed model, at
	// most in the open one.
	Concurrency int
	// Duration ends the run before the stream does; 0 is the whole stream.
	Duration time.Duration
	// Warmup is left out of the figures.
	Warmup time.Duration
	// Timeout is the longest wait for a response.
	Timeout time.Duration
	// HonourRetryAfter sends a request again after the time that a 429 or 503 names.
	HonourRetryAfter bool
	// LeastSpacing keeps requests apart, for the sake of a host that others use; 0 does not.
	LeastSpacing time.Duration
	// OwnOnly leaves objects alone that the run did not make.
	OwnOnly bool
	// Shard sends a part of the stream.
	Shard Shard
	// Guard is asked before each request, and told each status; nil protects nothing.
	Guard Guard
	// Journal is told what is about to be made; nil keeps none.
	Journal Journal
	// Ledger is told what is sent, so that another run can go on; nil keeps none.
	Ledger *ledger.Ledger
	// Record takes failed exchanges; it may be nil and must be safe for concurrent use.
	Record func(*exchange.Exchange)
	// NotSent is told of each request that cannot be sent; it may be nil and must be safe for
	// concurrent use.
	NotSent func(NotSent)
	// Recorder counts the responses.
	Recorder *measure.Recorder
	// Now is wall time; it must not go backwards.
	Now func() time.Time
}

// Tenant is one tenant of the target.
type Tenant struct {
	// Name is that by which the lines of a stream call it.
	Name string
	// Account is that by which the journal calls it.
	Account string
	// Base is the URL of the tenant; nil takes that of the Config.
	Base *url.URL
	// Authorization is the header of that name.
	Authorization string
	// Authorize gives the header where it changes; nil takes Authorization.
	Authorize func(context.Context) (string, error)
}

// base is the URL of the tenant.
func (t *Tenant) base(common *url.URL) *url.URL {
	if t.Base != nil {
		return t.Base
	}
	return common
}

// takes reports whether a request is one of the tenant.
func (t *Tenant) takes(r *Request) bool { return r.Tenant == "" || r.Tenant == t.Name }

// Guard protects the target.
type Guard interface {
	Admit(context.Context) error
	Saw(status int)
}

// Journal takes what the run makes, before it is made.
type Journal interface {
	Intent(journal.Object) (int64, error)
	Made(entry int64, id string) error
	Gone(entry int64) error
}

// Shard is a part of a stream: that of the objects whose names fall to it.
type Shard struct{ Index, Of int }

// whole reports whether the part is everything.
func (s Shard) whole() bool { return s.Of <= 1 }
