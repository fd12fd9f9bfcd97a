package endstate

import (
	"context"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// label marks the requests of a comparison in the record.
const label = "verification"

// attempts is how often a request is sent that is answered with 429 or 503.
const attempts = 4

// pageSize is how many resources a page asks for; the target may give fewer.
const pageSize = 100

// Over reads a target through a client. A request answered with 429 or 503 is sent again after
// wait, which waits for a duration.
func Over(client *scimclient.Client, wait func(context.Context, time.Duration) error) Reader {
	return &overHTTP{client: client, wait: wait}
}

type overHTTP struct {
	client *scimclient.Client
	wait   func(context.Context, time.Duration) error
}

func (h *overHTTP) List(ctx context.Context, collection string, start int) (page scimclient.Page, err error) {
	err = h.patiently(ctx, func(call scimclient.Call) (failure *scimclient.Failure) {
		page, failure = h.client.List(ctx, call, collection, start, pageSize)
		return failure
	})
	return page, err
}

func (h *overHTTP) Find(ctx context.Context, collection, attribute, value string) (found []scimclient.Resource, err error) {
	err = h.patiently(ctx, func(call scimclient.Call) (failure *scimclient.Failure) {
		found, failure = h.client.Find(ctx, call, scimclient.Query{Collection: collection, Attribute: attribute, Value: value})
		return failure
	})
	return found, err
}

func (h *overHTTP) Read(ctx context.Context, collection, id string) (r scimclient.Resource, err error) {
	var gone bool
	err = h.patiently(ctx, func(call scimclient.Call) (failure *scimclient.Failure) {
		r, failure = h.client.ReadWhole(ctx, call, collection, id)
		gone = failure != nil && (failure.Status == http.StatusNotFound || failure.Status == http.StatusGone)
		return failure
	})
	if gone {
		return r, ErrGone
	}
	return r, err
}

// patiently sends a request until the target has time for it.
func (h *overHTTP) patiently(ctx context.Context, send func(scimclient.Call) *scimclient.Failure) error {
	pause := time.Second
	for n := 1; ; n++ {
		failure := send(scimclient.Call{Label: label})
		switch {
		case failure == nil:
			return nil
		case failure.Stop != nil:
			return failure.Stop
		case n == attempts || failure.Status != http.StatusTooManyRequests && failure.Status != http.StatusServiceUnavailable:
			return failure
		}
		if err := h.wait(ctx, pause); err != nil {
			return err
		}
		pause *= 2
	}
}
