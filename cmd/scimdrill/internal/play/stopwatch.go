package play

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/times"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// stopwatch measures in wall time how the target responds. It changes nothing that is sent or read.
type stopwatch struct {
	next     http.RoundTripper
	base     string // path of the tenant
	now      func() time.Time
	began    time.Time
	recorder *measure.Recorder
	inFlight atomic.Int64
	most     atomic.Int64
}

// timed gives a client a stopwatch.
func timed(client *http.Client, base *url.URL, now func() time.Time) (*http.Client, *stopwatch) {
	w := &stopwatch{
		next: client.Transport, base: strings.TrimRight(base.Path, "/"), now: now, began: now(), recorder: measure.NewRecorder(0),
	}
	if w.next == nil {
		w.next = http.DefaultTransport
	}
	c := *client
	c.Transport = w
	return &c, w
}

// RoundTrip measures until the body of the response is closed.
func (w *stopwatch) RoundTrip(r *http.Request) (*http.Response, error) {
	path := strings.TrimPrefix(r.URL.Path, w.base)
	if r.URL.RawQuery != "" {
		path += "?" + r.URL.RawQuery
	}
	n := w.inFlight.Add(1)
	for most := w.most.Load(); n > most && !w.most.CompareAndSwap(most, n); most = w.most.Load() {
	}
	sent := w.now().Sub(w.began)
	s := measure.Sample{Operation: replay.Operation(r.Method, path, ""), Due: sent, Ready: sent, Sent: sent, InFlight: int(n)}
	resp, err := w.next.RoundTrip(r)
	if err != nil {
		s.Failure = "no response"
		w.take(s)
		return resp, err
	}
	s.Status = resp.StatusCode
	resp.Body = &timedBody{ReadCloser: resp.Body, watch: w, sample: s}
	return resp, nil
}

// CloseIdleConnections closes those of the transport.
func (w *stopwatch) CloseIdleConnections() {
	if c, ok := w.next.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
}

func (w *stopwatch) take(s measure.Sample) {
	w.inFlight.Add(-1)
	s.Done = w.now().Sub(w.began)
	s.Error = s.Status == 0 || s.Status >= http.StatusBadRequest
	w.recorder.Add(s)
}

// figures are what was measured; nil if nothing was sent.
func (w *stopwatch) figures() *reports.RequestTiming {
	sum := w.recorder.Summary()
	if sum.Requests == 0 {
		return nil
	}
	t := &reports.RequestTiming{
		Requests: sum.Requests, Errors: sum.Errors, Seconds: sum.Elapsed.Seconds(), Rate: sum.Rate(), Response: times.Latency(sum.All.Response),
		MostInFlight: int(w.most.Load()), SpanSeconds: sum.SpanWidth.Seconds(), Spans: times.Spans(sum),
	}
	for _, o := range sum.Operations {
		t.Operations = append(t.Operations, times.Operation(o))
	}
	return t
}

// timedBody ends the measurement of a request when it is closed.
type timedBody struct {
	io.ReadCloser

	watch  *stopwatch
	sample measure.Sample
	closed atomic.Bool
}

// Close ends the measurement.
func (b *timedBody) Close() error {
	if b.closed.CompareAndSwap(false, true) {
		b.watch.take(b.sample)
	}
	return b.ReadCloser.Close()
}
