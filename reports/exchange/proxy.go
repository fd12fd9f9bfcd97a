package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Proxy forwards every request to one target, returns the response, and passes a copy of both to
// Record. Method, path, query, headers and bodies are unchanged, except for connection headers
// (RFC 9110, section 7.6.1). Redirects are passed on, not followed.
type Proxy struct {
	// Target is the destination of requests. Its path is prepended to theirs.
	Target    *url.URL
	Transport http.RoundTripper
	Limits    Limits
	Now       func() time.Time
	// Record is called before the last byte of a response is passed on. The exchange is therefore
	// recorded before the client's next request. Record is called from several goroutines. Its
	// argument is not redacted. If Record is nil, no body is kept.
	Record func(*Exchange)

	seen atomic.Int64
}

type exchangeKey struct{}

// passing is one request that the proxy is forwarding.
type passing struct {
	exchange *Exchange
	request  *capture
	limit    int64
	now      func() time.Time
	record   func(*Exchange)
	done     bool
}

// Handler returns the proxy as an HTTP handler.
func (p *Proxy) Handler() http.Handler {
	reverse := &httputil.ReverseProxy{
		Rewrite: p.rewrite, Transport: p.Transport, ModifyResponse: p.answer, ErrorHandler: unanswered,
		FlushInterval: -1, ErrorLog: log.New(io.Discard, "", 0), // failures are in the recording
	}
	limits := p.Limits.OrDefault()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if why, ok := forwardable(r); !ok {
			refuse(w, why)
			return
		}
		keep := limits.MaxBody
		if p.Record == nil {
			keep = 0
		}
		pass := &passing{limit: keep, now: p.Now, record: p.Record, exchange: &Exchange{
			ID: int(p.seen.Add(1)), Started: p.Now(), Method: r.Method, URL: p.url(r).String(), RequestHeader: headerAsSent(r),
		}}
		if r.Body != nil && r.Body != http.NoBody {
			pass.request = &capture{ReadCloser: r.Body, limit: keep}
			r.Body = pass.request
		}
		ctx, cancel := context.WithTimeout(context.WithValue(r.Context(), exchangeKey{}, pass), limits.Timeout)
		defer cancel()
		defer pass.finish("")                                     // for a response that the client did not wait for
		w.Header()["Date"], w.Header()["Content-Type"] = nil, nil // net/http would add its own
		reverse.ServeHTTP(w, r.WithContext(ctx))
	})
}

// url returns the destination of a request. It keeps the bytes of path and query.
func (p *Proxy) url(r *http.Request) *url.URL {
	path, query, asked := strings.Cut(r.RequestURI, "?")
	if !strings.HasPrefix(path, "/") {
		path = r.URL.EscapedPath() // the absolute form, or "*"
	}
	u := &url.URL{Scheme: p.Target.Scheme, Host: p.Target.Host, RawQuery: query, ForceQuery: asked && query == ""}
	u.Path = strings.TrimRight(p.Target.EscapedPath(), "/") + path
	if plain, err := url.PathUnescape(u.Path); err == nil {
		u.Path, u.RawPath = plain, u.Path
	}
	return u
}

func (p *Proxy) rewrite(r *httputil.ProxyRequest) {
	to := p.url(r.In)
	r.Out.URL, r.Out.Host = to, to.Host
	path, _, _ := strings.Cut(r.In.RequestURI, "?")
	if strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") {
		// Opaque is sent unchanged, even if it is not a valid encoding of a path.
		r.Out.URL.Opaque = strings.TrimRight(p.Target.EscapedPath(), "/") + path
	}
	for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
		if values, came := r.In.Header[name]; came {
			r.Out.Header[name] = values // the proxy is transparent: it adds and removes nothing
		}
	}
	for as := range passed(r.In.Context()).exchange.RequestHeader {
		name := http.CanonicalHeaderKey(as)
		values, goes := r.Out.Header[name]
		if !goes || as == name || name == "Content-Length" || name == "User-Agent" {
			continue // net/http writes these two headers itself
		}
		delete(r.Out.Header, name)
		r.Out.Header[as] = values
	}
	// A target that switched to another protocol would be out of sight.
	r.Out.Header.Del("Connection")
	r.Out.Header.Del("Upgrade")
	r.Out.Header.Del("HTTP2-Settings")
	if _, given := r.In.Header["User-Agent"]; !given {
		r.Out.Header["User-Agent"] = []string{""} // net/http would send its own (W-26)
	}
}

func passed(ctx context.Context) *passing {
	pass, _ := ctx.Value(exchangeKey{}).(*passing)
	return pass
}

// answer records the header of a response and captures its body.
func (p *Proxy) answer(resp *http.Response) error {
	pass := passed(resp.Request.Context())
	if pass.request != nil {
		pass.request.enough()
	}
	e := pass.exchange
	e.Wait = p.Now().Sub(e.Started)
	e.Status, e.Proto = resp.StatusCode, resp.Proto
	if !p.Limits.OrDefault().fits(resp.Header) {
		return errHeader
	}
	e.ResponseHeader = resp.Header.Clone()
	if resp.StatusCode < http.StatusOK || resp.StatusCode > 999 {
		return fmt.Errorf("the status %q is not that of a response", resp.Status) // net/http panics at most of them
	}
	resp.Body = &capture{ReadCloser: resp.Body, limit: pass.limit, ended: func(c *capture, err error) {
		e.ResponseBody, e.Truncated = unzipped(c.beginning(), e.ResponseHeader, pass.limit), c.cut
		pass.finish(Classify(errors.Is(err, context.Canceled), err))
	}}
	return nil
}

// errHeader is a response header beyond the limits.
var errHeader = errors.New(headersExceeded)

// refuse answers a request that is not forwarded. It is not part of the recording.
func refuse(w http.ResponseWriter, why string) {
	w.Header().Set("Connection", "close") // what follows may be meant for another server
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	http.Error(w, "scimdrill: "+why, http.StatusBadRequest)
}

// unanswered tells the client that there is no response.
func unanswered(w http.ResponseWriter, r *http.Request, err error) {
	pass := passed(r.Context())
	gone := errors.Is(r.Context().Err(), context.Canceled)
	pass.finish(Classify(gone, err))
	status := http.StatusBadGateway
	if pass.exchange.Failure == FailureTimeout {
		status = http.StatusGatewayTimeout
	}
	http.Error(w, "scimdrill: "+pass.exchange.Failure.Explain(), status)
}

// finish records the exchange, once.
func (p *passing) finish(f Failure) {
	if p.done {
		return
	}
	p.done = true
	e := p.exchange
	if e.Failure = f; f == "" && e.Status == 0 {
		e.Failure = FailureCancelled
	}
	if p.record == nil {
		return
	}
	e.Duration = p.now().Sub(e.Started)
	if p.request != nil {
		e.RequestBody = p.request.beginning()
	}
	p.record(e)
}

// capture passes on a body and keeps its beginning.
type capture struct {
	io.ReadCloser

	limit int64
	cut   bool
	ended func(c *capture, err error) // called at the end of the body; may be nil

	mu     sync.Mutex // a target may answer while the request is still on its way
	kept   bytes.Buffer
	closed bool // nothing more is kept
}

// beginning returns what has been kept.
func (c *capture) beginning() []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return bytes.Clone(c.kept.Bytes())
}

// enough ends the keeping. Once a response is passed on, net/http discards parts of a request
// that is still being read, so what follows has gaps.
func (c *capture) enough() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}

// keep keeps b as far as there is room, and reports whether there was.
func (c *capture) keep(b []byte) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	room := int(max(0, c.limit-int64(c.kept.Len())))
	c.kept.Write(b[:min(len(b), room)])
	return len(b) <= room
}

// Read reads the body. At its end or on an error, it calls ended first.
func (c *capture) Read(b []byte) (int, error) {
	n, err := c.ReadCloser.Read(b)
	if !c.keep(b[:n]) {
		c.cut = true
	}
	if err != nil && c.ended != nil {
		told := err
		if errors.Is(err, io.EOF) {
			told = nil
		} else {
			c.cut = true
		}
		c.ended(c, told)
		c.ended = nil
	}
	return n, err //nolint:wrapcheck // io.EOF must not be wrapped
}

// Close closes the body. A body that was not read completely counts as incomplete.
func (c *capture) Close() error {
	if c.ended != nil {
		c.cut = true
		c.ended(c, context.Canceled)
		c.ended = nil
	}
	return c.ReadCloser.Close() //nolint:wrapcheck // nothing to add
}
