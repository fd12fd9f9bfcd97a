package pseudonym

import (
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Exchange returns a copy with pseudonyms.
func (n *Names) Exchange(x *exchange.Exchange) *exchange.Exchange {
	c := *x
	c.RequestBody = n.Body(x.RequestBody)
	c.URL = n.Address(x.URL)
	c.ResponseBody = n.Body(x.ResponseBody)
	c.ResponseHeader = x.ResponseHeader.Clone()
	for _, name := range []string{"Location", "Content-Location"} {
		if value := c.ResponseHeader.Get(name); value != "" {
			c.ResponseHeader.Set(name, n.Address(value))
		}
	}
	if c.ResponseHeader != nil {
		c.ResponseHeader.Del("Content-Length") // of the body that was
	}
	return &c
}

// Address replaces what is personal in a URL: the id in its path, and what a filter compares with.
func (n *Names) Address(address string) string {
	before, query, asked := strings.Cut(address, "?")
	segments := strings.Split(before, "/")
	for i := 1; i < len(segments); i++ {
		if name := strings.ToLower(segments[i-1]); name != "users" && name != "groups" {
			continue
		}
		if plain, err := url.PathUnescape(segments[i]); err == nil {
			if now := n.id(plain); now != plain {
				segments[i] = url.PathEscape(now)
			}
		}
	}
	out := strings.Join(segments, "/")
	if asked {
		out += "?" + n.query(query)
	}
	return out
}

// query replaces in each parameter; spelled like the one that came.
func (n *Names) query(query string) string {
	parts := strings.Split(query, "&")
	for i, part := range parts {
		name, value, ok := strings.Cut(part, "=")
		plain, err := url.QueryUnescape(value)
		if !ok || err != nil || !strings.EqualFold(name, "filter") {
			continue
		}
		if now := n.comparisons(plain, ""); now != plain {
			parts[i] = name + "=" + spelled(now, plain, value)
		}
	}
	return strings.Join(parts, "&")
}

// spelled encodes a text as another one was encoded (W-9).
func spelled(now, before, encoded string) string {
	form := url.QueryEscape(now)
	switch encoded {
	case url.QueryEscape(before):
		return form
	case strings.ReplaceAll(url.QueryEscape(before), "+", "%20"):
		return strings.ReplaceAll(form, "+", "%20")
	case url.PathEscape(before):
		return url.PathEscape(now)
	case strings.NewReplacer(" ", "+", `"`, "%22").Replace(before):
		return strings.NewReplacer(" ", "+", `"`, "%22").Replace(now)
	}
	return form
}
