package session

import (
	"slices"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Seen is one response, as a watcher sees it: those of a case in order, those of several cases in
// any order.
type Seen struct {
	// Case is the id of the check, and Index the number of the exchange in it, from 0.
	Case  string
	Index int
	// Path is that of the request below the base URL, with the query.
	Path string
	// Own reports whether the request had the credentials of the run.
	Own bool
	// Beside reports whether the request was sent together with others of the same case.
	Beside bool
	// Exchange is the evidence: foreign objects are masked, and long bodies are cut.
	Exchange *exchange.Exchange
	// Body is the whole body with foreign objects masked, and Raw the body as it came. Nothing of
	// Raw may be quoted.
	Body, Raw []byte
}

// Watch calls a function with every complete response from now on. Cases may call it at once. It is
// called before the first request.
func (s *Session) Watch(see func(Seen)) { s.watchers = append(s.watchers, see) }

// watched tells the watchers of an exchange with a complete response.
func (c *Case) watched(path string, raw, masked, short *exchange.Exchange, beside bool) {
	if !raw.Answered() || raw.Truncated {
		return
	}
	seen := Seen{
		Case: c.id, Index: len(c.earlier) + len(c.Exchanges), Path: path, Beside: beside, Exchange: short, Body: masked.ResponseBody, Raw: raw.ResponseBody,
		Own: slices.Equal(raw.RequestHeader.Values("Authorization"), c.session.cfg.Header.Values("Authorization")),
	}
	for _, see := range c.session.watchers {
		see(seen)
	}
}
