package scimclient

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Query is one matching query: the collection, the attribute in mapping spelling, the value (W-11).
type Query struct {
	Collection string
	Attribute  string
	Value      string
}

// encode renders the query form-style, excludedAttributes before filter (W-9, W-10).
// In the value \ and " are escaped as JSON does (A-19).
func (q Query) encode() string {
	filter := "filter=" + url.QueryEscape(q.Attribute+` eq "`+escape(q.Value)+`"`)
	if q.Collection == "Groups" {
		return "excludedAttributes=members&" + filter
	}
	return filter
}

// Reference is a reference of a resource: a manager of a user, a member of a group.
type Reference struct {
	Collection, ID, Attribute, Value string
	// Short asks for the id of a group alone.
	Short bool
}

// encode renders the query of jobs from before December 2018; groups are asked for whole (W-20, W-21).
func (r Reference) encode() string {
	filter := "filter=" + url.QueryEscape(`id eq "`+escape(r.ID)+`" and `+r.Attribute+` eq "`+escape(r.Value)+`"`)
	if r.Collection == "Users" || r.Short {
		return filter + "&attributes=id"
	}
	return filter
}

func escape(s string) string {
	if !strings.ContainsAny(s, `\"`) {
		return s
	}
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s)
}

type request struct {
	method, path, query string
	body                []byte
}

// send makes one exchange, or two if it honours Retry-After. A
// Failure means that there is no usable response.
func (c *Client) send(ctx context.Context, call Call, r request) (int, []byte, *Failure) {
	x, failure := c.exchange(ctx, call, r)
	if failure != nil {
		return 0, nil, failure
	}
	if d := c.asked(x); d > 0 {
		if err := c.wait(ctx, d); err != nil {
			return 0, nil, Stopped(fmt.Errorf("%w while waiting for Retry-After", errCancelled))
		}
		if x, failure = c.exchange(ctx, call, r); failure != nil {
			return 0, nil, failure
		}
	}
	if x.Failure != "" {
		return 0, nil, c.unanswered(x)
	}
	return x.Status, x.ResponseBody, nil
}

// asked is the duration of Retry-After, 0 if it is missing or not honoured.
func (c *Client) asked(x *exchange.Exchange) time.Duration {
	if c.wait == nil || x.Status != http.StatusTooManyRequests && x.Status != http.StatusServiceUnavailable {
		return 0
	}
	d, _ := exchange.RetryAfter(x.ResponseHeader, c.now())
	return d
}

// exchange sends a request once; a failure means that the run must end.
func (c *Client) exchange(ctx context.Context, call Call, r request) (*exchange.Exchange, *Failure) {
	if c.guard != nil {
		if err := c.guard.Admit(ctx); err != nil {
			return nil, Stopped(err)
		}
	}
	headers := c.headers.Load()
	header := headers.plain
	switch {
	case r.method == http.MethodPatch:
		header = headers.patch
	case r.body != nil:
		header = headers.body
	}
	x := c.sender.Send(ctx, exchange.Request{
		Label: call.Label, Virtual: call.At,
		Method: r.method, URL: c.url(r), Header: header, Body: r.body,
	})
	if c.expand {
		expand(x)
	}
	c.late(x, call)
	if c.record != nil {
		c.record(x)
	}
	if c.guard != nil {
		c.guard.Saw(x.Status)
	}
	return x, nil
}

// late lets the virtual time of an answer pass.
func (c *Client) late(x *exchange.Exchange, call Call) {
	if c.delay == nil {
		return
	}
	u, err := url.Parse(x.URL)
	if err != nil {
		return // no request was sent
	}
	d := c.delay(x.Method, u.RequestURI(), x.RequestBody)
	if d >= c.patient {
		d = c.patient
		x.Status, x.ResponseHeader, x.ResponseBody, x.Failure = 0, nil, nil, exchange.FailureTimeout
	}
	if call.Waited != nil {
		*call.Waited += d
	}
}

func (c *Client) url(r request) string {
	u := c.base + r.path
	query := c.query
	if r.query != "" {
		if query != "" {
			query += "&"
		}
		query += r.query
	}
	if query != "" {
		u += "?" + query
	}
	return u
}
