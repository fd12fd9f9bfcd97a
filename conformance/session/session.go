package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/fixtures/people"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/journal"
)

// Config describes a target and how to send requests to it.
type Config struct {
	BaseURL string
	// Header is sent with every request. It contains Authorization.
	Header http.Header
	// OtherTenant is Header with the credentials of another tenant of the same service. That tenant
	// must not see the objects that checks create. It is nil if no such credentials exist.
	OtherTenant http.Header
	// Sender sends the requests; nil sends them by http.DefaultTransport, with the usual limits.
	Sender *exchange.Sender
	// Journal records every object before it is created; nil keeps no journal.
	Journal *journal.Journal
	// Record is called with every exchange; nil records nothing.
	Record func(*exchange.Exchange)
	RunID  string
	// Keep leaves the created objects in the target.
	Keep bool
	// AtOnce is how many requests are under way at once; 0 sets no limit. Concurrent requests that
	// are the subject of a check do not count.
	AtOnce int
	// Patience is how long a target that refuses connections is tried again, at least a second.
	Patience time.Duration
	// People are the rules of the people and groups that checks make.
	People people.Rules
	// Wait lets time pass for the target, such as the time that it asks for. If it is nil, the session
	// sleeps.
	Wait func(context.Context, time.Duration) error
}

// Session creates a Case for each check.
type Session struct {
	cfg     Config
	lacking map[string]string // feature: why
	// watchers see every response. They are set before the first request.
	watchers []func(Seen)
	slots    chan struct{} // one is taken for each request under way; nil sets no limit
	booleans bool          // see Case.ReadBooleans
	mu       sync.Mutex    // guards the rest
	lags     map[string]Lag
	bin      bin
	pulse    pulse
	ids      map[string]bool // of the objects that the run created
	foreign  int             // the number of foreign objects read
}

// New returns a session.
func New(cfg Config) *Session {
	cfg.BaseURL = strings.TrimRight(cfg.BaseURL, "/")
	if cfg.Sender == nil {
		cfg.Sender = exchange.NewSender(nil, exchange.Limits{}, nil)
	}
	s := &Session{cfg: cfg, lacking: map[string]string{}, lags: map[string]Lag{}, ids: map[string]bool{}}
	if cfg.AtOnce > 0 {
		s.slots = make(chan struct{}, cfg.AtOnce)
	}
	if cfg.OtherTenant == nil {
		s.Without(catalog.Tenants, "no token of another tenant was given; pass --second-token-file FILE")
	}
	return s
}

// Without declares that the target lacks a feature, with the reason. Checks that need the
// feature are skipped.
func (s *Session) Without(feature, why string) { s.lacking[feature] = why }

// Lacks returns the reason why the target lacks a feature, or "".
func (s *Session) Lacks(feature string) string { return s.lacking[feature] }

// Lacks returns the reason why the target lacks a feature, or "".
func (c *Case) Lacks(feature string) string { return c.session.Lacks(feature) }

// Response is a response of the target, with the body as raw JSON.
type Response struct {
	Request string // method and path, for messages
	Status  int
	Header  http.Header
	Raw     []byte
	Body    map[string]any // nil if the body is not a JSON object
}

// Publish gives exchanges to Config.Record. Checks may run at once; the caller publishes them in
// the order of the checks, so that equal runs write equal transcripts.
func (s *Session) Publish(list []*exchange.Exchange) {
	if s.cfg.Record == nil {
		return
	}
	for _, x := range list {
		s.cfg.Record(x)
	}
}

// masked masks what the run does not own in an exchange, and counts it.
func (s *Session) masked(x *exchange.Exchange) *exchange.Exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, foreign := Mask(x, s.own)
	s.foreign += foreign
	return kept
}

// owns notes that the run made an object.
func (s *Session) owns(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids[id] = true
}

// Case is one running check.
type Case struct {
	session   *Session
	id        string
	count     int
	made      []made
	inBulk    int // how many of them, at the end, the last bulk request made
	took      time.Duration
	earlier   []*exchange.Exchange // before Again
	vain      []*exchange.Exchange // sent ahead and not asked for
	cleaning  []*exchange.Exchange // of End
	ahead     []*fetched
	since     elapsed
	patient   bool // waits twice as long as the lag that is known
	trying    bool // see Try
	Exchanges []*exchange.Exchange
}

type made struct {
	collection, id string
	seq            int64
	named          map[string]string // attributes as journalled last
}

// Begin starts a check.
func (s *Session) Begin(id string) *Case { return &Case{session: s, id: id, since: justWritten()} }

// Transcript returns all exchanges of the check, with those before Again and those of End. Evidence
// that it took from another case is not among them.
func (c *Case) Transcript() []*exchange.Exchange {
	all := slices.Concat(c.earlier, c.Exchanges, c.vain, c.cleaning)
	return slices.DeleteFunc(all, func(x *exchange.Exchange) bool { return x.Label != c.id })
}

// Again starts the check anew. What it sent so far is no longer evidence; its objects are still
// removed by End.
func (c *Case) Again() {
	c.drop()
	c.earlier, c.Exchanges = append(c.earlier, c.Exchanges...), nil
	c.since, c.patient = justWritten(), true
}

// Took returns how long the target took for the requests of the check.
func (c *Case) Took() time.Duration { return c.took }

// BaseURL returns the base URL of /Users and /Groups, without a trailing slash.
func (c *Case) BaseURL() string { return c.session.cfg.BaseURL }

// People returns the rules of the people and groups that checks make.
func (c *Case) People() people.Rules { return c.session.cfg.People }

// Mail returns the mail address of a name.
func (c *Case) Mail(name string) string { return c.People().Mail(name) }

// UserName returns the userName of a name.
func (c *Case) UserName(name string) string { return c.People().UserNameOf(name) }

// Name returns a name that is unique to this run and check.
func (c *Case) Name(what string) string {
	c.count++
	return c.session.prefix() + strings.ToLower(fmt.Sprintf("%s-%s%d", c.id, what, c.count))
}

// Send sends one request. A header that is not nil replaces the session's header. The error
// says why no response was received, or why the request was not sent.
func (c *Case) Send(ctx context.Context, method, path string, body any, header http.Header) (Response, error) {
	if f := c.ready(method, path, body, header); f != nil {
		return c.take(method, path, f.all, f.busy, false)
	}
	if err := c.session.spent(method, path); err != nil {
		return Response{}, err
	}
	request, err := c.request(method, path, body, header)
	if err != nil {
		return Response{}, err
	}
	if gone := c.session.over(method); gone != nil {
		return Response{}, gone
	}
	c.catchUp(ctx, method, path)
	all, err := c.session.send(ctx, request, path)
	if reads(method, path) {
		for _, x := range all {
			c.since.passes(x.Duration)
		}
	}
	return c.take(method, path, all, err, c.trying)
}

// Knock sends a GET with the session's header to another base URL of the same host.
func (c *Case) Knock(ctx context.Context, base, path string) (Response, error) {
	request, err := c.request(http.MethodGet, path, nil, nil)
	if err != nil {
		return Response{}, err
	}
	request.URL = base + path
	all, err := c.session.send(ctx, request, path)
	return c.take(http.MethodGet, path, all, err, true)
}

// Left returns why no further requests are sent, or nil.
func (c *Case) Left() *Gone { return c.session.Left() }

// Together sends several bodies to the same path concurrently. The responses are in the order
// of the bodies. A response whose status is 0 was not received; the error is that of the last one.
func (c *Case) Together(ctx context.Context, method, path string, bodies []any) ([]Response, error) {
	c.drop()
	requests := make([]exchange.Request, len(bodies))
	for i, body := range bodies {
		var err error
		if requests[i], err = c.request(method, path, body, nil); err != nil {
			return nil, err
		}
	}
	c.catchUp(ctx, method, path)
	exchanges, busy := make([][]*exchange.Exchange, len(bodies)), make([]error, len(bodies))
	var group sync.WaitGroup
	for i := range requests {
		group.Go(func() { exchanges[i], busy[i] = c.session.repeated(ctx, requests[i], path, c.session.reach) })
	}
	group.Wait()
	responses := make([]Response, len(bodies))
	var failed error
	for i := range exchanges {
		var err error
		if responses[i], err = c.take(method, path, exchanges[i], busy[i], len(bodies) > 1); err != nil {
			failed = err
		}
	}
	return responses, failed
}

// spent returns an error if no further query is sent.
func (s *Session) spent(method, path string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if method != http.MethodGet || !queried(path) || s.foreign < maxForeign {
		return nil
	}
	return errors.New(method + " " + path + " was not sent: the run has read 1,000 objects that it did not create, which is its limit; " +
		"hint: check that the target applies filter and count")
}

func (c *Case) request(method, path string, body any, header http.Header) (exchange.Request, error) {
	var raw []byte
	switch b := body.(type) {
	case nil:
	case string:
		raw = []byte(b)
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			return exchange.Request{}, fmt.Errorf("%s %s: encode the body: %w", method, path, err)
		}
	}
	if header == nil {
		header = c.session.cfg.Header
	}
	if header = header.Clone(); header == nil {
		header = http.Header{}
	}
	if _, given := header["User-Agent"]; !given {
		header["User-Agent"] = []string{""} // Entra sends none (W-26), and net/http would send its own
	}
	if raw != nil && header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/scim+json; charset=utf-8")
	}
	return exchange.Request{Label: c.id, Method: method, URL: c.session.cfg.BaseURL + path, Header: header, Body: raw}, nil
}

// take records the exchanges of a request and decodes the response in the last one.
func (c *Case) take(method, path string, all []*exchange.Exchange, busy error, beside bool) (Response, error) {
	for _, x := range all {
		masked := c.session.masked(x)
		short := evidence(masked)
		c.watched(path, x, masked, short, beside)
		c.Exchanges = append(c.Exchanges, short)
		c.took += x.Duration
		c.since.sent(method, path)
	}
	path = exchange.Shorten(path, maxPath)
	x := all[len(all)-1]
	if busy != nil {
		return Response{}, fmt.Errorf("%s %s %w", method, path, busy)
	}
	if x.Failure != "" {
		return Response{}, &Lost{Method: method, Path: path, Failure: x.Failure}
	}
	a := Response{Request: method + " " + path, Status: x.Status, Header: x.ResponseHeader, Raw: x.ResponseBody, Body: decode(x.ResponseBody, c.session.booleans)}
	c.identify(a, x)
	return a, nil
}

// maxPath is how much of a path a message quotes, in bytes.
const maxPath = 200
