package session

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// fetched is the response to a read that was sent before the check asks for it.
type fetched struct {
	path string
	all  []*exchange.Exchange
	busy error
}

// Ahead sends reads that a check is about to send, several at once. Send then takes their responses, in
// the order in which the check asks, so that its evidence is the same as without. A write drops what is
// left. Ahead does nothing and returns false if only one request may be under way.
func (c *Case) Ahead(ctx context.Context, paths ...string) bool {
	if cap(c.session.slots) < 2 || len(paths) < 2 || c.session.Left() != nil {
		return false
	}
	c.catchUp(ctx, http.MethodGet, paths...)
	list := make([]*fetched, 0, len(paths))
	var group sync.WaitGroup
	for _, path := range paths {
		r, err := c.request(http.MethodGet, path, nil, nil)
		if err != nil || c.session.spent(http.MethodGet, path) != nil {
			break // Send says why
		}
		f := &fetched{path: path}
		list = append(list, f)
		group.Go(func() { f.all, f.busy = c.session.send(ctx, r, path) })
	}
	group.Wait()
	c.drop()
	c.ahead = list
	return true
}

// ready returns the response to a read that was sent ahead.
func (c *Case) ready(method, path string, body any, header http.Header) *fetched {
	if method != http.MethodGet || body != nil || header != nil {
		c.drop()
		return nil
	}
	i := slices.IndexFunc(c.ahead, func(f *fetched) bool { return f.path == path })
	if i < 0 {
		return nil
	}
	f := c.ahead[i]
	c.ahead = slices.Delete(c.ahead, i, i+1)
	return f
}

// drop keeps what was sent ahead in vain in the transcript. It is no evidence.
func (c *Case) drop() {
	for _, f := range c.ahead {
		c.unread(f.all)
	}
	c.ahead = nil
}
