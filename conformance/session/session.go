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

// Config is a target and how to talk to it.
type Config struct {
	BaseURL string
	// Header goes with every request; Authorization is in it.
	Header http.Header
	// OtherTenant is Header with the credentials of another tenant of the same service, who must
	// see nothing of what checks make; nil where none is known.
	OtherTenant http.Header
	Sender      *exchange.Sender
	// Journal is told of every object before it is made; nil keeps none.
	Journal *journal.Journal
	// Record sees every exchange; nil records nothing.
	Record func(*exchange.Exchange)
	RunID  string
	// Keep leaves what checks made in the target.
	Keep bool
	// Wait lets the time pass that a busy target asks for; nil waits.
	Wait func(context.Context, time.Duration) error
}

// Session makes a Case for each check.
type Session struct {
	cfg     Config
	lacking map[string]string // feature: why
	ids     map[string]bool   // of what the run made
	foreign int               // objects of others that were read
}

// New returns a session.
func New(cfg Config) *Session {
	cfg.BaseURL = strings.TrimRight(cfg.BaseURL, "/")
	s := &Session{cfg: cfg, lacking: map[string]string{}, ids: map[string]bool{}}
	if cfg.OtherTenant == nil {
		s.Without(catalog.Tenants, "no token of another tenant of the service is known; give one by --second-token-file FILE")
	}
	return s
}

// Without says that the target lacks a feature, and why that is believed. Checks that
// need it are skipped.
func (s *Session) Without(feature, why string) { s.lacking[feature] = why }

// Lacks is why the target is believed to lack a feature, or "".
func (s *Session) Lacks(feature string) string { return s.lacking[feature] }

// Answer is what a target answered, with the body as raw JSON.
type Answer struct {
	Request string // method and path, for messages
	Status  int
	Header  http.Header
	Raw     []byte
	Body    map[string]any // nil when the body is no JSON object
}

// Case is one check under way.
type Case struct {
	session   *Session
	id        string
	count     int
	made      []made
	Exchanges []*exchange.Exchange
	// Unanswered is why a request got no answer; the check is then errored, not failed.
	Unanswered string
}

type made struct {
	collection, id string
	seq            int64
}

// Begin starts a check.
func (s *Session) Begin(id string) *Case { return &Case{session: s, id: id} }

// BaseURL is the base of /Users and /Groups, without a slash at its end.
func (c *Case) BaseURL() string { return c.session.cfg.BaseURL }

// Name makes a name of this run and check that no other has.
func (c *Case) Name(what string) string {
	c.count++
	return c.session.prefix() + strings.ToLower(fmt.Sprintf("%s-%s%d", c.id, what, c.count))
}

// Send makes one request. header replaces the session's own when it is not nil. ok is
// false when no answer came.
func (c *Case) Send(ctx context.Context, method, path string, body any, header http.Header) (Answer, bool) {
	if why := c.session.spent(method, path); why != "" {
		c.Unanswered = why
		return Answer{}, false
	}
	all, busy := c.session.send(ctx, c.request(method, path, body, header))
	return c.take(method, path, all, busy)
}

// Together sends one body after the other to the same place without waiting for the
// answers, which come in the order of the bodies.
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

// spent says why no further query is sent, or "".
func (s *Session) spent(method, path string) string {
	if method != http.MethodGet || !queried(path) || s.foreign < maxForeign {
		return ""
	}
	return method + " " + path + " was not sent: the run has read 1,000 objects of others, which is the most it reads; " +
		"does the target obey filter and count?"
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
			panic("session: a check sends what is no JSON: " + err.Error()) // programmer error
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

// take records the exchanges of a request and reads the answer, which is in the last one.
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

// Make posts an object, journalled first; key is the attribute that it is found by.
func (c *Case) Make(ctx context.Context, collection, key string, body map[string]any) (Answer, bool) {
	return c.post(ctx, collection, key, body, body)
}

// MakeRaw is Make with the bytes of the body; object says what is in them.
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

// MakeTogether posts several objects without waiting for the answers, which come in the
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
		if a.Status != 0 { // what got no answer stays in the journal
			all = c.settle(collection, seqs[i], a) && all
		}
	}
	return answers, all
}

// intend journals an object that is about to be made.
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

// settle remembers and journals what became of it.
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
		if err := j.Gone(seq); err != nil { // refused, so there is nothing of ours
			c.Unanswered = err.Error()
			return false
		}
	}
	return true
}

// Moved says that an object has another id now, so that it can be removed.
func (c *Case) Moved(from, to string) {
	for i := range c.made {
		if c.made[i].id == from {
			c.made[i].id = to
			c.session.ids[to] = true
		}
	}
}

// End removes what the check made, groups first.
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
				_ = j.Gone(m.seq) // what stays in the journal is looked for again by cleanup
			}
		}
	}
	c.Unanswered, c.Exchanges = unanswered, exchanges // cleaning up is no evidence
}
