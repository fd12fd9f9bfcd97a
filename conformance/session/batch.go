package session

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// MakeAll journals several objects and creates them with one request each, as many at once as the
// session allows. The responses are in the order of the bodies. A response whose status is 0 was not
// received; the error is that of the last one.
func (c *Case) MakeAll(ctx context.Context, collection, key string, bodies []map[string]any) ([]Response, error) {
	seqs, requests := make([]int64, len(bodies)), make([]exchange.Request, len(bodies))
	for i, body := range bodies {
		var err error
		if seqs[i], err = c.intend(collection, key, body); err != nil {
			return nil, err
		}
		if requests[i], err = c.request(http.MethodPost, "/"+collection, body, nil); err != nil {
			return nil, err
		}
	}
	responses, failed := c.all(ctx, requests)
	for i, a := range responses {
		if a.Status == 0 {
			continue // an object without a response stays in the journal
		}
		if err := c.settle(collection, seqs[i], a); err != nil {
			failed = err
		}
	}
	return responses, failed
}

// all sends requests, as many at once as the session allows. Without a limit, it sends one after the
// other. The error is that of the last request without a response.
func (c *Case) all(ctx context.Context, requests []exchange.Request) ([]Response, error) {
	responses, errs := c.each(ctx, requests)
	var failed error
	for _, err := range errs {
		failed = cmp.Or(err, failed)
	}
	return responses, failed
}

// each is all with the error of each request.
func (c *Case) each(ctx context.Context, requests []exchange.Request) ([]Response, []error) {
	c.drop()
	exchanges, busy := make([][]*exchange.Exchange, len(requests)), make([]error, len(requests))
	for _, r := range requests {
		c.catchUp(ctx, r.Method, c.below(r))
	}
	next := make(chan int)
	var workers sync.WaitGroup
	for range max(1, min(cap(c.session.slots), len(requests))) {
		workers.Go(func() {
			for i := range next {
				if gone := c.session.over(requests[i].Method); gone != nil {
					busy[i] = gone
					continue
				}
				exchanges[i], busy[i] = c.session.send(ctx, requests[i], c.below(requests[i]))
			}
		})
	}
	for i := range requests {
		next <- i
	}
	close(next)
	workers.Wait()
	responses := make([]Response, len(requests))
	for i, r := range requests {
		switch {
		case len(exchanges[i]) == 0:
		case ctx.Err() != nil: // the run has ended, and reading a hundred long responses would go on
			c.unread(exchanges[i])
			busy[i] = context.Cause(ctx)
		default:
			responses[i], busy[i] = c.take(r.Method, c.below(r), exchanges[i], busy[i], len(requests) > 1)
		}
	}
	return responses, busy
}

// unread keeps exchanges in the transcript that the check did not look at. They are no evidence.
func (c *Case) unread(all []*exchange.Exchange) {
	for _, x := range all {
		c.vain = append(c.vain, evidence(c.session.masked(x)))
		c.took += x.Duration
	}
}

// below is the path of a request below the base URL.
func (c *Case) below(r exchange.Request) string { return strings.TrimPrefix(r.URL, c.BaseURL()) }

// MakeAllInBulk is MakeAll with bulk requests of the size that SpareRequests allows. It returns the
// ids of the objects in order, and fails if one was not created.
func (c *Case) MakeAllInBulk(ctx context.Context, collection, key string, bodies []map[string]any) ([]string, error) {
	var all []string
	for len(bodies) > 0 {
		n := min(len(bodies), c.session.batch())
		objects := make([]Planned, n)
		for i, body := range bodies[:n] {
			objects[i] = Planned{Collection: collection, Key: key, BulkID: fmt.Sprintf("n%d", i), Body: body}
		}
		a, ids, err := c.MakeInBulk(ctx, objects)
		if err != nil {
			return all, err
		}
		if len(ids) < n {
			return all, fmt.Errorf("%s created %d of %d objects", a.Request, len(ids), n)
		}
		for _, o := range objects {
			all = append(all, ids[o.BulkID])
		}
		bodies = bodies[n:]
	}
	return all, nil
}

// Adopt takes over objects that another case made, so that End of this one removes them.
func (c *Case) Adopt(from *Case, ids []string) {
	mine := func(m made) bool { return slices.Contains(ids, m.id) }
	for _, m := range from.made {
		if mine(m) {
			c.made = append(c.made, m)
			c.since[m.collection] = 0
		}
	}
	from.made = slices.DeleteFunc(from.made, mine)
}
