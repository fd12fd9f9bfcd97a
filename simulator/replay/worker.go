package replay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

const (
	mostBody     = 8 << 20 // of a response that is kept
	mostAttempts = 10
	longestWait  = 5 * time.Minute // for a Retry-After
)

// worker sends one request after the other.
type worker struct {
	player *Player
	cancel context.CancelFunc
	buffer []byte
	ids    []string
	watch  *watched
	blank  http.Request // what all requests have in common; it is only copied
}

func newWorker(ctx context.Context, p *Player, cancel context.CancelFunc) *worker {
	return &worker{
		player: p, cancel: cancel, watch: p.watch.watch(ctx),
		blank: http.Request{Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Body: http.NoBody},
	}
}

// work sends requests until there are no more.
func (w *worker) work(ctx context.Context) {
	defer w.watch.cancel()
	p := w.player
	for {
		var o *op
		select {
		case o = <-p.ready:
		default:
			if p.pulled() {
				o = p.pull(ctx)
			}
			if o == nil {
				o = <-p.ready
			}
		}
		if o == nil { // ready is closed
			return
		}
		w.run(ctx, o)
	}
}

// reply is what came back for a request.
type reply struct {
	status     int
	header     http.Header
	body       []byte
	failure    exchange.Failure
	sent, done time.Duration
}

// run sends one request, and ends it unless it is sent again later.
func (w *worker) run(ctx context.Context, o *op) {
	p := w.player
	if w.settled(ctx, o) {
		return
	}
	entry, sendable := w.admitted(ctx, o)
	if !sendable {
		p.end(o, nil, false, 0)
		return
	}
	p.tally.literal(o.request)
	inFlight := p.tally.enter()
	sent, r := w.send(ctx, o)
	p.tally.leave()
	if r.failure == exchange.FailureCancelled {
		p.end(o, nil, false, entry)
		return
	}
	if p.cfg.Guard != nil {
		p.cfg.Guard.Saw(r.status)
	}
	if w.again(ctx, o, &r, entry) || o.lookup && w.notYet(ctx, o, &r) {
		return
	}
	w.count(o, sent, &r, inFlight)
	if err := p.gone(r.status != 0); err != nil {
		w.stop(ctx, err)
	}
	if err := p.refused(r.status, o.request.Status); err != nil {
		w.stop(ctx, err)
	}
	w.conclude(ctx, o, &r, entry)
}

// why a request cannot be sent; empty where it can. variable is the id that it needs.
func (w *worker) why(o *op) (why, variable string) {
	if variable, made := o.tenant.order.missing(o); variable != "" {
		collection, _ := named(variable)
		if made {
			return "needs an id of " + collection + " that no response gave", variable
		}
		return "needs an id of " + collection + " that no request of the stream asks for", variable
	}
	if o.request.bodyless {
		return "has a body that was not recorded", ""
	}
	cfg := &w.player.cfg
	if cfg.OwnOnly && o.request.Method != http.MethodGet && (o.request.literal || !o.request.object.none() && !o.target().own) {
		return "would change an object that this run did not create", ""
	}
	return "", ""
}

// stop ends the run.
func (w *worker) stop(ctx context.Context, err error) {
	if ctx.Err() == nil {
		w.player.tally.stop(err)
	}
	w.cancel()
}

// send sends a request and reads the response.
func (w *worker) send(ctx context.Context, o *op) (*http.Request, reply) {
	p := w.player
	p.tally.sent.Add(1)
	r := reply{sent: p.pace.elapsed()}
	req, err := w.build(w.watch.begin(r.sent+p.cfg.Timeout), o) //nolint:contextcheck // the watchdog ends with ctx
	if err != nil {
		r.done, r.failure = p.pace.elapsed(), exchange.FailureCredentials
		return nil, r
	}
	transport := p.cfg.Transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	resp, err := transport.RoundTrip(req)
	if err == nil {
		r.status, r.header = resp.StatusCode, resp.Header
		w.buffer, err = drained(unpacked(resp), w.buffer, mostBody)
		r.body = w.buffer
		_ = resp.Body.Close() // it was read
	}
	r.done = p.pace.elapsed()
	overdue := w.watch.end(ctx)
	if err != nil {
		r.status = 0
		r.failure = exchange.Classify(errors.Is(err, context.Canceled), err)
		if overdue {
			r.failure = exchange.FailureTimeout
		}
	}
	return req, r
}

// build fills the templates of a request.
func (w *worker) build(ctx context.Context, o *op) (*http.Request, error) {
	cfg := &w.player.cfg
	authorization := o.tenant.Authorization
	if o.tenant.Authorize != nil {
		var err error
		if authorization, err = o.tenant.Authorize(ctx); err != nil {
			return nil, err
		}
	}
	ids := w.ids[:0]
	for _, b := range o.needs {
		ids = append(ids, b.id)
	}
	w.ids = ids
	u, err := o.request.url(ids, o.tenant.base(cfg.Base))
	if err != nil {
		return nil, err
	}
	req := w.blank.WithContext(ctx)
	req.Method, req.URL, req.Host, req.Header = o.request.Method, u, u.Host, o.tenant.headers.of(o.request.headers, authorization)
	if len(o.request.filled) > 0 {
		req.Header = o.request.fillHeaders(req.Header, ids)
	}
	text, whole := o.request.body.whole()
	switch {
	case whole && text == "":
	case whole:
		req.Body, req.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
	default:
		body := o.request.body.fill(ids, escapeJSON)
		req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	return req, nil
}

// url is the address of a request below the base.
func (r *Request) url(ids []string, base *url.URL) (*url.URL, error) {
	text, whole := r.path.whole()
	if !whole {
		text = string(r.path.fill(ids, escapeURL))
	}
	path, query, _ := strings.Cut(text, "?")
	u := &url.URL{Scheme: base.Scheme, Host: base.Host, RawQuery: query}
	root := strings.TrimRight(base.EscapedPath(), "/")
	if base.RawQuery != "" && !strings.Contains(query, base.RawQuery) {
		if u.RawQuery != "" {
			u.RawQuery += "&"
		}
		u.RawQuery += base.RawQuery
	}
	u.Path = root + path
	if strings.Contains(u.Path, "%") {
		u.RawPath = u.Path
		var err error
		if u.Path, err = url.PathUnescape(u.RawPath); err != nil {
			return nil, fmt.Errorf("path %q: %w", path, err)
		}
	}
	return u, nil
}

// again sends a request again when the target asks to wait, if that is wanted.
func (w *worker) again(ctx context.Context, o *op, r *reply, entry int64) bool {
	p := w.player
	if !p.cfg.HonourRetryAfter || r.status != http.StatusTooManyRequests && r.status != http.StatusServiceUnavailable {
		return false
	}
	wait, ok := exchange.RetryAfter(r.header, p.cfg.Now())
	if o.attempts++; !ok || o.attempts >= mostAttempts || wait > longestWait {
		return false
	}
	p.tally.retried.Add(1)
	if entry != 0 {
		_ = p.cfg.Journal.Gone(entry) // the next attempt has an entry of its own
	}
	p.later(ctx, wait, o)
	return true
}

// count hands a response to the recorder.
func (w *worker) count(o *op, sent *http.Request, r *reply, inFlight int) {
	p := w.player
	due, ready := time.Duration(o.due), time.Duration(o.ready)
	if p.cfg.Schedule.Closed() {
		due, ready = r.sent, r.sent
	}
	wrong := r.status == 0 || r.status >= 400 && r.status != o.request.Status && !w.gone(o, r)
	tenant := ""
	if len(p.tenants) > 1 {
		tenant = o.tenant.Name
	}
	p.cfg.Recorder.Add(measure.Sample{
		Tenant: tenant, Operation: o.request.Operation, Status: r.status, Failure: string(r.failure), Error: wrong,
		Due: due, Ready: ready, Sent: r.sent, Done: r.done, InFlight: inFlight,
	})
	if differs(o.request.Status, r.status) {
		p.tally.differs(o.request, r.status, o.request.describe())
	}
	if o.request.shape != nil && r.status/100 == 2 && len(r.body) > 0 {
		if list := o.request.shape.Differences(recording.ShapeOf(r.body)); len(list) > 0 {
			p.tally.answers(o.request, list)
		}
	}
	response := r.done - due
	slow := p.tally.amongSlowest(response)
	if !wrong && !slow || sent == nil {
		return
	}
	x := w.exchange(o, sent, r)
	if wrong && p.cfg.Record != nil {
		p.cfg.Record(x)
	}
	if slow {
		p.tally.slow(Slow{Operation: o.request.Operation, Response: response, Service: r.done - r.sent, Exchange: exchange.Excerpt(x, 2<<10)})
	}
}

// differs reports whether a status is worth a remark beside the recorded one. Targets may choose
// among those of success: a PATCH may have 200 or 204.
func differs(recorded, have int) bool {
	return recorded != 0 && have != 0 && recorded != have && (recorded >= 300 || have >= 300)
}

// exchange is a request with its response, for people.
func (w *worker) exchange(o *op, sent *http.Request, r *reply) *exchange.Exchange {
	x := &exchange.Exchange{
		ID: int(o.request.Number), Label: o.request.Operation, Started: w.player.pace.start.Add(r.sent), Duration: r.done - r.sent,
		Method: sent.Method, URL: sent.URL.String(), RequestHeader: sent.Header, Status: r.status, ResponseHeader: r.header,
		ResponseBody: bytes.Clone(r.body), Failure: r.failure,
	}
	ids := make([]string, len(o.needs))
	for i, b := range o.needs {
		ids[i] = b.id
	}
	x.RequestBody = o.request.body.fill(ids, escapeJSON)
	return x
}

// conclude keeps the ids of a response, and the journal.
func (w *worker) conclude(ctx context.Context, o *op, r *reply, entry int64) {
	p := w.player
	worked := r.status >= 200 && r.status < 300 || w.gone(o, r)
	o.worked = worked
	made := o.request.Method == http.MethodPost
	var ids []string
	if worked && len(o.makes) > 0 {
		ids = o.give(made, r.header, r.body)
	}
	if err := w.journal(o, r, entry, worked, ids); err != nil {
		w.stop(ctx, err)
	}
	w.note(ctx, o, r.status, entry, ids)
	p.end(o, ids, made && worked, entry)
}

// idOf is the id at the end of a Location.
func idOf(location string) string {
	location, _, _ = strings.Cut(location, "?")
	last := location[strings.LastIndexByte(location, '/')+1:]
	if id, err := url.PathUnescape(last); err == nil {
		return id
	}
	return last
}

// describe names a request for people.
func (r *Request) describe() string {
	var b strings.Builder
	b.WriteString("request " + strconv.FormatInt(r.Number, 10) + ", " + r.Operation)
	if name := r.subject(); name != "" {
		b.WriteString(" of " + name)
	}
	return b.String()
}

// subject is the name of the object that a request is about, if it has one.
func (r *Request) subject() string {
	if !r.object.none() {
		_, name := named(r.object.name())
		return name
	}
	return r.made.Value
}
