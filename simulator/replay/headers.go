package replay

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

// mostHeaders is how many sets of headers are kept; a stream whose requests all differ pays for each.
const mostHeaders = 256

// sentHeaders are the headers of a recorded request that are sent again. Requests share them.
type sentHeaders struct {
	names, values []string
	body          bool // the request has one
}

// kept are the headers of a line that are sent again: not the credentials, which are those of the
// target, and nothing that belonged to its connection.
func (c *compiler) kept(l *recording.Line) *sentHeaders {
	var key strings.Builder
	set := &sentHeaders{body: l.Body != ""}
	for _, name := range slices.Sorted(maps.Keys(l.Headers)) {
		value := l.Headers[name]
		switch strings.ToLower(name) {
		case "authorization", "cookie", "host", "content-length", "accept-encoding":
			continue
		}
		if _, variables := recording.Holes(value); len(variables) > 0 {
			continue // filledHeaders takes it
		}
		if recording.OnTheWay(name) || strings.Contains(value, exchange.Redacted) || strings.ContainsAny(name+value, "\r\n") {
			continue
		}
		set.names, set.values = append(set.names, name), append(set.values, value)
		key.WriteString(name + ":" + value + "\n")
	}
	if set.body {
		key.WriteString("+")
	}
	if known := c.headers[key.String()]; known != nil {
		return known
	}
	if len(c.headers) < mostHeaders {
		c.headers[key.String()] = set
	}
	return set
}

// filledHeader is a header with an id in it.
type filledHeader struct {
	name  string
	value template
}

// filledHeaders are the headers of a line that hold ids.
func filledHeaders(l *recording.Line, need func(string) int) (list []filledHeader) {
	for _, name := range slices.Sorted(maps.Keys(l.Headers)) {
		value := l.Headers[name]
		if _, variables := recording.Holes(value); len(variables) == 0 || strings.ContainsAny(name+value, "\r\n") {
			continue
		}
		list = append(list, filledHeader{name, split(value, need)})
	}
	return list
}

// fillHeaders adds the headers with ids to the others, which requests share.
func (r *Request) fillHeaders(shared http.Header, ids []string) http.Header {
	own := maps.Clone(shared)
	for _, h := range r.filled {
		own[http.CanonicalHeaderKey(h.name)] = []string{string(h.value.fill(ids, strings.TrimSpace))}
	}
	return own
}

// headers are the headers of the requests of a tenant.
type headers struct {
	added http.Header

	mu            sync.RWMutex
	authorization string // that of the known sets
	known         map[*sentHeaders]http.Header
}

func newHeaders(added http.Header) *headers {
	return &headers{added: added, known: map[*sentHeaders]http.Header{}}
}

// of is the set for a request with an Authorization.
func (h *headers) of(sent *sentHeaders, authorization string) http.Header {
	h.mu.RLock()
	set, same := h.known[sent], h.authorization == authorization
	h.mu.RUnlock()
	if set != nil && same {
		return set
	}
	// As the engine, which names no agent. What net/http would ask for by itself is asked for here,
	// because it makes a set of headers for each request to do so.
	set = http.Header{"User-Agent": {""}, "Accept-Encoding": {"gzip"}}
	for i, name := range sent.names {
		set.Set(name, sent.values[i])
	}
	if _, typed := set["Content-Type"]; !typed && sent.body {
		set.Set("Content-Type", "application/scim+json")
	}
	maps.Copy(set, h.added)
	if authorization != "" {
		set["Authorization"] = []string{authorization}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.authorization != authorization {
		h.authorization = authorization
		clear(h.known)
	}
	if len(h.known) < mostHeaders {
		h.known[sent] = set
	}
	return set
}
