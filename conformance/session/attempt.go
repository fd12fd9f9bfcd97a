package session

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Attempt is a request of Attempts. Header replaces the session's header.
type Attempt struct {
	Method, Path string
	Body         any
	Header       http.Header
	// Collection and Key are those of Make, if the request creates an object; its body is a map then.
	Collection, Key string
}

// Several reports whether more than one request of the session may be under way.
func (c *Case) Several() bool { return cap(c.session.slots) > 1 }

// Attempts sends requests, as many at once as the session allows. The responses and errors are in their
// order.
func (c *Case) Attempts(ctx context.Context, list []Attempt) ([]Response, []error) {
	seqs, requests, errs := make([]int64, len(list)), make([]exchange.Request, len(list)), make([]error, len(list))
	for i, t := range list {
		var err error
		if t.Collection != "" {
			body, _ := t.Body.(map[string]any)
			seqs[i], err = c.intend(t.Collection, t.Key, body)
		}
		if err == nil {
			requests[i], err = c.request(t.Method, t.Path, t.Body, t.Header)
		}
		if err != nil {
			errs[i] = err
			return make([]Response, len(list)), errs
		}
	}
	responses, errs := c.each(ctx, requests)
	for i, t := range list {
		if t.Collection != "" && errs[i] == nil {
			errs[i] = c.settle(t.Collection, seqs[i], responses[i])
		}
	}
	return responses, errs
}
