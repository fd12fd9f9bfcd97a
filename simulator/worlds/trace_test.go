package worlds_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// sent is a request as it came to the target's door.
type sent struct {
	method, path, query, body string
	agent, media              string // the headers User-Agent and Content-Type
	flagged                   bool   // the flag of the tenant URL came with it
	preflight                 bool
	status                    int    // that went out; 0 when the connection was cut
	broken                    bool   // the answer began and did not end
	did                       int    // the status of the target itself, which a mishap may have hidden
	answer                    string // of the target itself
	out                       []byte // the answer that went out
	mark                      string // not a request: something happened here
}

func (s *sent) write() bool { return s.mark == "" && s.method != http.MethodGet }

// fine reports that the engine was told that it is done.
func (s *sent) fine() bool { return s.status >= 200 && s.status < 300 && !s.broken }

// door stands before a target and a fault proxy and keeps what comes through.
type door struct {
	*httptest.Server
	target  http.Handler
	faulty  *fault.Handler
	calm    atomic.Bool // no mishaps any more
	writes  atomic.Int64
	onWrite func(n int64)
	// ended takes a request once its answer is out; the trace does not keep it then.
	ended func(*sent)
	mu    sync.Mutex
	trace []*sent
}

type sentKey struct{}

// probeGUID is what a preflight asks for and no name of a world looks like (W-1).
var probeGUID = regexp.MustCompile(`^filter=.* eq "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"$`)

// waitOnWall makes answers come in another order than requests went.
func waitOnWall(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// newDoor makes the door; now is the target's clock.
func newDoor(t http.Handler, w *world, now func() time.Time) (*door, error) {
	d := &door{target: t}
	inner := http.HandlerFunc(d.inside)
	o := fault.Options{Seed: w.Seed, Rates: w.Rates, Now: now, Wait: waitOnWall}
	for _, text := range w.Faults {
		rule, _, err := fault.Parse(text)
		if err != nil {
			return nil, err
		}
		o.Rules = append(o.Rules, rule)
	}
	if w.meets(fault.Stale) {
		o.Replica = func(now func() time.Time) (http.Handler, error) {
			return target.New(target.Options{Seed: w.Seed, Now: now})
		}
	}
	faulty, err := fault.New(inner, o)
	if err != nil {
		return nil, err
	}
	d.faulty = faulty
	unready, err := fault.New(inner, fault.Options{Seed: w.Seed, Rates: map[fault.Kind]float64{fault.ServerError: w.Preflight}})
	if err != nil {
		return nil, err
	}
	d.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		s := d.comes(r)
		next := http.Handler(faulty)
		switch {
		case d.calm.Load():
			next = inner
		case s.preflight:
			next = unready
		}
		out := &watched{ResponseWriter: rw, sent: s}
		s.broken = true
		defer func() {
			if s.write() && d.onWrite != nil {
				d.onWrite(d.writes.Add(1))
			}
		}()
		next.ServeHTTP(out, r.WithContext(context.WithValue(r.Context(), sentKey{}, s)))
		s.broken = bytes.IndexByte(s.out, 0) >= 0 // fault.Corrupted
		if d.ended != nil {
			d.mu.Lock()
			d.ended(s)
			d.mu.Unlock()
		}
	}))
	return d, nil
}

func (d *door) comes(r *http.Request) *sent {
	body, _ := io.ReadAll(r.Body) // a body that breaks off is seen by the target
	r.Body = io.NopCloser(bytes.NewReader(body))
	s := &sent{
		method: r.Method, path: r.URL.Path, query: r.URL.RawQuery, body: string(body), agent: r.UserAgent(), media: r.Header.Get("Content-Type"),
		flagged: r.URL.Query().Has(wireFlag),
	}
	if q := r.URL.Query().Get("filter"); q != "" {
		s.query = "filter=" + q
	}
	s.preflight = r.Method == http.MethodGet && probeGUID.MatchString(s.query) && !holdsQuery.MatchString(s.query)
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ended == nil {
		d.trace = append(d.trace, s)
	}
	return s
}

// inside asks the target and keeps what it did, also if a mishap hides it.
func (d *door) inside(w http.ResponseWriter, r *http.Request) {
	rec := httptest.NewRecorder()
	d.target.ServeHTTP(rec, r)
	if s, ok := r.Context().Value(sentKey{}).(*sent); ok {
		s.did, s.answer = rec.Code, rec.Body.String()
	}
	maps.Copy(w.Header(), rec.Header())
	w.WriteHeader(rec.Code)
	_, _ = w.Write(rec.Body.Bytes())
}

// note puts a mark between the requests.
func (d *door) note(mark string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.trace = append(d.trace, &sent{mark: mark})
}

// take returns what came since the last time.
func (d *door) take() []*sent {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := d.trace
	d.trace = nil
	return out
}

// list reads all resources of a type as the target's owner would, over HTTP, page by page.
func (d *door) list(collection string) ([]line, error) {
	var all []line
	for {
		page, total, err := d.page(collection, len(all)+1)
		if all = append(all, page...); err != nil || len(all) >= total {
			return all, err
		}
		if len(page) == 0 {
			return nil, fmt.Errorf("list %s: a page from %d on is empty, and there are %d", collection, len(all)+1, total)
		}
	}
}

func (d *door) page(collection string, from int) (page []line, total int, err error) {
	url := fmt.Sprintf("%s/%s?count=1000&startIndex=%d", d.URL, collection, from)
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, http.NoBody)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Authorization", "Bearer secret")
	resp, err := d.Client().Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer resp.Body.Close()
	var list struct {
		TotalResults int
		Resources    []line
	}
	err = json.NewDecoder(resp.Body).Decode(&list)
	return list.Resources, list.TotalResults, err
}

// watched notes the status that goes out.
type watched struct {
	http.ResponseWriter
	sent *sent
}

// WriteHeader notes the status.
func (w *watched) WriteHeader(status int) {
	w.sent.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Write keeps the answer.
func (w *watched) Write(p []byte) (int, error) {
	w.sent.out = append(w.sent.out, p...)
	return w.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Hijack hands the connection out; no status will follow.
func (w *watched) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.sent.status = 0
	return http.NewResponseController(w.ResponseWriter).Hijack()
}
