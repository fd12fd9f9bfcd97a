package session

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
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
	Sender      *exchange.Sender
	// Journal records every object before it is created; nil keeps no journal.
	Journal *journal.Journal
	// Record is called with every exchange; nil records nothing.
	Record func(*exchange.Exchange)
	RunID  string
	// Keep leaves the created objects in the target.
	Keep bool
	// Wait waits for the time that a busy target asks for. If it is nil, the session sleeps.
	Wait func(context.Context, time.Duration) error
}

// Session creates a Case for each check.
type Session struct {
	cfg     Config
	lacking map[string]string // feature: why
	ids     map[string]bool   // of the objects that the run created
	foreign int               // the number of foreign objects read
}

// New returns a session.
func New(cfg Config) *Session {
	cfg.BaseURL = strings.TrimRight(cfg.BaseURL, "/")
	s := &Session{cfg: cfg, lacking: map[string]string{}, ids: map[string]bool{}}
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

// Answer is a response of the target, with the body as raw JSON.
type Answer struct {
	Request string // method and path, for messages
	Status  int
	Header  http.Header
	Raw     []byte
	Body    map[string]any // nil if the body is not a JSON object
}

// Case is one running check.
type Case struct {
	session   *Session
	id        string
	count     int
	made      []made
	Exchanges []*exchange.Exchange
	// Unanswered is the reason why a request received no response. The check is then errored, not failed.
	Unanswered string
}

type made struct {
	collection, id string
	seq            int64
}

// Begin starts a check.
func (s *Session) Begin(id string) *Case { return &Case{session: s, id: id} }

// BaseURL returns the base URL of /Users and /Groups, without a trailing slash.
func (c *Case) BaseURL() string { return c.session.cfg.BaseURL }

// Name returns a name that is unique to this run and check.
func (c *Case) Name(what string) string {
	c.count++
	return c.session.prefix() + strings.ToLower(fmt.Sprintf("%s-%s%d", c.id, what, c.count))
}

// Send sends one request. A header that is not nil replaces the session's header. ok is false
// if no response was received.
func (c *Case) Send(ctx context.Context, method, path string, body any, header http.Header) (Answer, bool) {
	if why := c.session.spent(method, path); why != "" {
		c.Unanswered = why
		return Answer{}, false
	}
	all, busy := c.session.send(ctx, c.request(method, path, body, header))
	return c.take(method, path, all, busy)
}

// Together sends several bodies to the same path concurrently. The responses are in the order
// of the bodies.
func (c *Case) Together(ctx context.Context, method, path string, bodies []any) ([]Answer, bool) {
	exchanges, busy := make([][]*exchange.Exchange, len(bodies)), make([]string, len(bodies))
	var group sync.WaitGroup
	for i, body := range bodies {
		request := c.request(method, path, body, nil)
		group.Go(func() { exchanges[i], busy[i] = c.session.send(ctx, request) })
	}
	group.Wait()
	answers, all := make([]Answer, len(bodies)), true
	for i := range exchanges {
		var ok bool
		answers[i], ok = c.take(method, path, exchanges[i], busy[i])
		all = all && ok
	}
	return answers, all
}

// spent returns the reason why no further query is sent, or "".
func (s *Session) spent(method, path string) string {
	if method != http.MethodGet || !queried(path) || s.foreign < maxForeign {
		return ""
	}
	return method + " " + path + " was not sent: the run has read 1,000 objects that it did not create, which is its limit; " +
		"hint: check that the target applies filter and count"
}

func (c *Case) request(method, path string, body any, header http.Header) exchange.Request {
	var raw []byte
	switch b := body.(type) {
	case nil:
	case string:
		raw = []byte(b)
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			panic("session: a check sends a body that is not JSON: " + err.Error()) // programmer error
		}
	}
	if header == nil {
		header = c.session.cfg.Header
	}
	if header = header.Clone(); header == nil {
		header = http.Header{}
	}
	if raw != nil {
		header.Set("Content-Type", "application/scim+json; charset=utf-8")
	}
	return exchange.Request{Label: c.id, Method: method, URL: c.session.cfg.BaseURL + path, Header: header, Body: raw}
}

// take records the exchanges of a request and decodes the response in the last one.
func (c *Case) take(method, path string, all []*exchange.Exchange, busy string) (Answer, bool) {
	for _, x := range all {
		kept, foreign := Mask(x, c.session.own)
		c.session.foreign += foreign
		c.Exchanges = append(c.Exchanges, kept)
		if c.session.cfg.Record != nil {
			c.session.cfg.Record(kept)
		}
	}
	x := all[len(all)-1]
	if busy != "" {
		c.Unanswered = method + " " + path + " " + busy
		return Answer{}, false
	}
	if x.Failure != "" {
		c.Unanswered = method + " " + path + ": " + x.Failure.Explain()
		return Answer{}, false
	}
	a := Answer{Request: method + " " + path, Status: x.Status, Header: x.ResponseHeader, Raw: x.ResponseBody}
	if json.Unmarshal(a.Raw, &a.Body) != nil {
		a.Body = nil
	}
	return a, true
}

// Make journals an object and posts it. cleanup finds the object by the attribute key.
func (c *Case) Make(ctx context.Context, collection, key string, body map[string]any) (Answer, bool) {
	return c.post(ctx, collection, key, body, body)
}

// MakeRaw is Make with a raw body. object describes its content.
func (c *Case) MakeRaw(ctx context.Context, collection, key string, object map[string]any, raw string) (Answer, bool) {
	return c.post(ctx, collection, key, object, raw)
}

func (c *Case) post(ctx context.Context, collection, key string, object map[string]any, body any) (Answer, bool) {
	seq, ok := c.intend(collection, key, object)
	if !ok {
		return Answer{}, false
	}
	a, ok := c.Send(ctx, http.MethodPost, "/"+collection, body, nil)
	return a, ok && c.settle(collection, seq, a)
}

// MakeTogether journals several objects and posts them concurrently. The responses are in the
// order of the bodies.
func (c *Case) MakeTogether(ctx context.Context, collection, key string, bodies []map[string]any) ([]Answer, bool) {
	seqs, sent := make([]int64, len(bodies)), make([]any, len(bodies))
	for i, body := range bodies {
		var ok bool
		if seqs[i], ok = c.intend(collection, key, body); !ok {
			return nil, false
		}
		sent[i] = body
	}
	answers, all := c.Together(ctx, http.MethodPost, "/"+collection, sent)
	for i, a := range answers {
		if a.Status != 0 { // an object without a response stays in the journal
			all = c.settle(collection, seqs[i], a) && all
		}
	}
	return answers, all
}

// intend journals an object before it is created.
func (c *Case) intend(collection, key string, body map[string]any) (seq int64, ok bool) {
	j := c.session.cfg.Journal
	if j == nil {
		return 0, true
	}
	value, _ := body[key].(string)
	o := journal.Object{Collection: collection, Attribute: key, Value: value}
	if ext, ok := body["externalId"].(string); ok && key != "externalId" {
		o.AltAttribute, o.AltValue = "externalId", ext
	}
	seq, err := j.Intent(o)
	if err != nil {
		c.Unanswered = err.Error()
	}
	return seq, err == nil
}

// settle records and journals whether the object was created.
func (c *Case) settle(collection string, seq int64, a Answer) bool {
	id, _ := a.Body["id"].(string)
	j := c.session.cfg.Journal
	switch {
	case a.Status >= 200 && a.Status < 300 && id != "":
		c.made = append(c.made, made{collection, id, seq})
		c.session.ids[id] = true
		if j != nil {
			if err := j.Made(seq, id); err != nil {
				c.Unanswered = err.Error()
				return false
			}
		}
	case a.Status >= 400 && a.Status < 500 && j != nil:
		if err := j.Gone(seq); err != nil { // rejected, so the run created nothing
			c.Unanswered = err.Error()
			return false
		}
	}
	return true
}

// Moved records the new id of an object, so that it can be removed.
func (c *Case) Moved(from, to string) {
	for i := range c.made {
		if c.made[i].id == from {
			c.made[i].id = to
			c.session.ids[to] = true
		}
	}
}

// End removes the objects that the check created, groups first.
func (c *Case) End(ctx context.Context) {
	if c.session.cfg.Keep {
		return
	}
	unanswered, exchanges := c.Unanswered, c.Exchanges
	for _, collection := range []string{"Groups", "Users"} {
		for _, m := range c.made {
			if m.collection != collection {
				continue
			}
			a, ok := c.Send(ctx, http.MethodDelete, "/"+collection+"/"+url.PathEscape(m.id), nil, nil)
			if j := c.session.cfg.Journal; ok && j != nil && (a.Status == http.StatusNoContent || a.Status == http.StatusNotFound || a.Status == http.StatusOK) {
				_ = j.Gone(m.seq) // cleanup looks again for whatever stays in the journal
			}
		}
	}
	c.Unanswered, c.Exchanges = unanswered, exchanges // requests of the cleanup are not evidence
}
