package exchange

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// keptOfTooLarge is how much of a response beyond the limits is kept, in bytes.
const keptOfTooLarge = 64 << 10

// Request is a request to send. Header and Body become part of the Exchange and must not be
// changed afterwards. Requests may share a header.
type Request struct {
	Label   string
	Virtual time.Time
	Method  string
	URL     string
	Header  http.Header
	Body    []byte
}

// Sender sends requests. It is safe for concurrent use.
type Sender struct {
	transport http.RoundTripper
	limits    Limits
	now       func() time.Time
	authorize func(context.Context) (string, error)
	sent      atomic.Int64

	mu       sync.Mutex
	patience patience
}

// NewSender returns a Sender that uses the transport of client. It does not follow redirects or
// store cookies. A shorter Timeout of the client overrides the limit. now returns the wall time.
// A nil client uses http.DefaultTransport, and a nil now the machine's clock.
func NewSender(client *http.Client, limits Limits, now func() time.Time) *Sender {
	if now == nil {
		now = time.Now //nolint:forbidigo // the default is real time; now takes a clock
	}
	s := &Sender{transport: http.DefaultTransport, limits: limits.OrDefault(), now: now}
	if client != nil && client.Transport != nil {
		s.transport = client.Transport
	}
	if client != nil && client.Timeout > 0 {
		s.limits.Timeout = min(s.limits.Timeout, client.Timeout)
	}
	return s
}

// AccessToken is a placeholder Authorization header for the current access token.
const AccessToken = "Bearer {access token}"

// Authorize sets fn, which returns the header to send instead of AccessToken. Requests without that
// header are sent unchanged. Call Authorize before the first Send.
func (s *Sender) Authorize(fn func(context.Context) (string, error)) { s.authorize = fn }

// Send sends one request and records the response. It never returns nil. Without a response, the
// Exchange has a Failure.
func (s *Sender) Send(ctx context.Context, req Request) *Exchange {
	e := &Exchange{
		ID: int(s.sent.Add(1)), Label: req.Label, Virtual: req.Virtual, Started: s.now(),
		Method: req.Method, URL: req.URL, RequestHeader: req.Header, RequestBody: req.Body,
	}
	if ctx.Err() != nil {
		e.Failure = FailureCancelled
		return e
	}
	if len(req.URL) > s.limits.MaxURL {
		e.Failure, e.Why, e.URL = FailureRequest, "it is longer than the limit", string(wholeRunes([]byte(req.URL[:200])))+"…"
		return e
	}
	if s.authorize != nil && req.Header.Get("Authorization") == AccessToken {
		header, err := s.authorize(ctx)
		if err != nil {
			e.Failure, e.Why = FailureCredentials, err.Error()
			if ctx.Err() != nil {
				e.Failure = FailureCancelled
			}
			return e
		}
		req.Header = req.Header.Clone()
		req.Header.Set("Authorization", header)
	}
	within := s.bounded(ctx, e.Started)
	httpReq, err := build(within, req)
	if err != nil {
		e.Failure = FailureRequest
		return e
	}
	e.RequestHeader = httpReq.Header

	resp, err := s.transport.RoundTrip(httpReq) //nolint:bodyclose // the reader of the body closes it
	e.Wait = s.now().Sub(e.Started)
	if err != nil {
		e.Duration, e.Failure = e.Wait, Classify(s.givenUp(ctx, within), err)
		if e.Failure == FailureTLS {
			e.Why = handshakeWhy(err)
		}
		return e
	}
	s.receive(resp, e, func(err error) Failure { return Classify(s.givenUp(ctx, within), err) })
	e.Duration = s.now().Sub(e.Started)
	return e
}

// receive reads a response as far as the limits allow.
func (s *Sender) receive(resp *http.Response, e *Exchange, class func(error) Failure) {
	defer func() { _ = resp.Body.Close() }() // the response was read or abandoned; an unread rest drops the connection
	e.Status, e.Proto = resp.StatusCode, resp.Proto
	if !s.limits.fits(resp.Header) {
		e.Failure, e.Truncated = FailureHeaderTooLarge, true
		return
	}
	e.ResponseHeader = resp.Header
	if resp.StatusCode == http.StatusSwitchingProtocols {
		e.Failure = FailureProtocol // the rest is not HTTP and may be endless
		return
	}
	data, err := s.readBody(resp, e)
	if err != nil {
		e.Failure, e.Truncated = class(err), true
	}
	data = s.unpack(e, data)
	if why := s.limits.shape(data); why != "" && e.Failure == "" {
		e.Failure, e.Why, e.Truncated = FailureJSONTooLarge, why, true
		data = bytes.Clone(data[:min(len(data)-1, keptOfTooLarge)])
	}
	e.ResponseBody = data
}

func build(ctx context.Context, req Request) (*http.Request, error) {
	var body io.Reader = http.NoBody
	if len(req.Body) > 0 {
		body = bytes.NewReader(req.Body)
	}
	r, err := http.NewRequestWithContext(ctx, req.Method, req.URL, body)
	if err != nil {
		return nil, err
	}
	if (r.URL.Scheme != "http" && r.URL.Scheme != "https") || r.URL.Host == "" {
		return nil, &url.Error{Op: req.Method, URL: req.URL, Err: errors.New("no host or no http scheme")}
	}
	if req.Header != nil {
		r.Header = req.Header
	}
	if host := r.Header.Get("Host"); host != "" {
		r.Host = host
	}
	if password, ok := r.URL.User.Password(); ok && r.Header.Get("Authorization") == "" {
		r.Header = r.Header.Clone()
		r.SetBasicAuth(r.URL.User.Username(), password)
	}
	return r, nil
}

// patience is a context shared by exchanges that begin within a sixteenth of the time-out.
type patience struct {
	caller context.Context //nolint:containedctx // to know it again
	ctx    context.Context //nolint:containedctx // it is handed out until then
	until  time.Time
}

// bounded returns the context of an exchange. It ends with the time-out, or up to a sixteenth of it
// later. It also ends with ctx, or after the grace if there is one. A timer for each exchange would
// cost a tenth of the time that net/http needs to send it.
func (s *Sender) bounded(ctx context.Context, now time.Time) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.patience.caller == ctx && now.Before(s.patience.until) {
		return s.patience.ctx
	}
	parent := ctx
	if s.limits.Grace > 0 {
		parent, _ = Outlast(ctx, s.limits.Grace)
	}
	step := s.limits.Timeout / 16
	shared, cancel := context.WithTimeout(parent, s.limits.Timeout+step)
	context.AfterFunc(shared, cancel)
	s.patience = patience{caller: ctx, ctx: shared, until: now.Add(step)}
	return shared
}

// Outlast returns a context that ends some time after ctx.
func Outlast(ctx context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	context.AfterFunc(ctx, func() {
		wait, end := context.WithTimeout(longer, grace)
		defer end()
		<-wait.Done()
		cancel()
	})
	return longer, cancel
}

// givenUp reports whether the caller ended the exchange, rather than the target or the time-out.
func (s *Sender) givenUp(ctx, within context.Context) bool {
	return errors.Is(within.Err(), context.Canceled) || s.limits.Grace <= 0 && ctx.Err() != nil
}

// readBody reads at most MaxBody bytes.
func (s *Sender) readBody(resp *http.Response, e *Exchange) ([]byte, error) {
	if e.Method == http.MethodHead {
		return nil, nil
	}
	if n := resp.ContentLength; n >= 0 && n <= min(s.limits.MaxBody, keptOfTooLarge) {
		data := make([]byte, n) // with a known end, the connection can be reused
		read, err := io.ReadFull(resp.Body, data)
		return data[:read], err
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, s.limits.MaxBody+1))
	if int64(len(data)) > s.limits.MaxBody {
		e.Failure, e.Truncated = FailureBodyTooLarge, true
		return bytes.Clone(data[:min(len(data)-1, keptOfTooLarge)]), nil
	}
	return data, err
}
