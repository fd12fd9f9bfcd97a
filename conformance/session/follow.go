package session

import (
	"context"
	"net/http"
	"net/url"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Follow reads the resource at a URL of the target, such as that of a Location header. The URL is
// absolute, or relative to the base URL. The credentials go to the host of the base URL only;
// ok is false for another host.
func (c *Case) Follow(ctx context.Context, address string) (a Response, ok bool, err error) {
	base, err := url.Parse(c.BaseURL() + "/")
	if err != nil {
		return a, false, err
	}
	to, err := base.Parse(address)
	if err != nil || to.Scheme != base.Scheme || to.Host != base.Host {
		return a, false, nil //nolint:nilerr // an address that is no URL leads nowhere
	}
	if gone := c.session.Left(); gone != nil {
		return a, false, gone
	}
	r := exchange.Request{Label: c.id, Method: http.MethodGet, URL: to.String(), Header: c.session.cfg.Header.Clone()}
	c.catchUp(ctx, http.MethodGet, "/Me") // some resource, wherever it lies
	all, busy := c.session.send(ctx, r, to.Path)
	a, err = c.take(http.MethodGet, to.Path, all, busy, true)
	return a, err == nil, err
}
