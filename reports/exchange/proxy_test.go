package exchange_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// closing says that the connection ends, as rawTarget ends it. A client that does not know may write
// its next request to it, and cannot send a request again that is not idempotent.
const closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"

// rawTarget answers each connection once, with the bytes that answer gives, and keeps the
// bytes of the requests. No HTTP library of ours stands between.
func rawTarget(t *testing.T, answer string) (base string, requests func() string) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	var mu sync.Mutex
	var seen bytes.Buffer
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			r := bufio.NewReader(c)
			var head strings.Builder
			length := 0
			for {
				line, err := r.ReadString('\n')
				head.WriteString(line)
				if _, err := fmt.Sscanf(strings.ToLower(line), "content-length: %d", &length); err == nil {
					continue
				}
				if err != nil || line == "\r\n" {
					break
				}
			}
			body := make([]byte, length)
			_, _ = io.ReadFull(r, body)
			mu.Lock()
			seen.WriteString(head.String() + string(body))
			mu.Unlock()
			_, _ = io.WriteString(c, answer)
			_ = c.Close()
		}
	}()
	return "http://" + l.Addr().String(), func() string { mu.Lock(); defer mu.Unlock(); return seen.String() }
}

// proxied serves a proxy before a target and returns its address and what it recorded.
func proxied(t *testing.T, target string, limits exchange.Limits) (address string, recorded func() []*exchange.Exchange) {
	t.Helper()
	u, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var list []*exchange.Exchange
	p := &exchange.Proxy{
		Target: u, Transport: &http.Transport{DisableCompression: true}, Limits: limits, Now: time.Now,
		Record: func(x *exchange.Exchange) { mu.Lock(); defer mu.Unlock(); list = append(list, x) },
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: p.Handler(), ReadHeaderTimeout: time.Second, DisableGeneralOptionsHandler: true, ConnContext: exchange.SpelledContext}
	go func() { _ = server.Serve(exchange.SpelledListener(l)) }()
	t.Cleanup(func() { _ = server.Close() })
	return l.Addr().String(), func() []*exchange.Exchange { mu.Lock(); defer mu.Unlock(); return list }
}

// speak sends bytes and returns the answer, to its end.
func speak(t *testing.T, address, text string) string {
	t.Helper()
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestProxyChangesNothing(t *testing.T) {
	t.Parallel()
	base, requests := rawTarget(t,
		"HTTP/1.1 302 Found\r\nLocation: https://login.example/\r\nContent-Length: 2\r\nX-Two: a\r\nX-Two: b\r\nConnection: X-Hop\r\nX-Hop: 1\r\n\r\n{}")
	address, recorded := proxied(t, base+"/scim/v2/", exchange.Limits{})
	answer := speak(t, address, "PATCH /Users/a%2fb/%7E?aadOptscim062020&filter=userName+eq+%22a;b%22&x=%zz HTTP/1.1\r\nhost: tunnel.example\r\nADSCIMVersion: "+
		"1.0\r\n"+
		"content-type: application/scim+json; charset=utf-8\r\nauthorization: Bearer t0ken\r\nX-Forwarded-For: 10.0.0.1\r\nConnection: close, X-Own\r\nX-Own: 1\r\n"+
		"Content-Length: 9\r\n\r\n{\"a\" : 1}")
	want := []string{
		"PATCH /scim/v2/Users/a%2fb/%7E?aadOptscim062020&filter=userName+eq+%22a;b%22&x=%zz HTTP/1.1\r\n", "\r\nADSCIMVersion: 1.0\r\n",
		"\r\ncontent-type: application/scim+json; charset=utf-8\r\n", "\r\nauthorization: Bearer t0ken\r\n", "\r\nX-Forwarded-For: 10.0.0.1\r\n",
		"\r\nHost: " + strings.TrimPrefix(base, "http://") + "\r\n", "\r\nContent-Length: 9\r\n", "\r\n\r\n{\"a\" : 1}",
	}
	sent := requests()
	for _, part := range want {
		if !strings.Contains(sent, part) {
			t.Errorf("the target did not get %q in\n%s", part, sent)
		}
	}
	for _, part := range []string{"User-Agent", "Accept-Encoding", "X-Own", "Content-Type", "Authorization"} {
		if strings.Contains(sent, part) {
			t.Errorf("the target got %q, which was not sent, or is of the connection, in\n%s", part, sent)
		}
	}
	for _, part := range []string{"HTTP/1.1 302 Found\r\n", "\r\nLocation: https://login.example/\r\n", "\r\nX-Two: a\r\nX-Two: b\r\n", "\r\n\r\n{}"} {
		if !strings.Contains(answer, part) {
			t.Errorf("the answer lacks %q:\n%s", part, answer)
		}
	}
	for _, part := range []string{"X-Hop", "Date", "Content-Type"} {
		if strings.Contains(answer, part) {
			t.Errorf("the answer has %s, which was not sent, or is of the connection:\n%s", part, answer)
		}
	}
	list := recorded()
	if len(list) != 1 {
		t.Fatalf("%d exchanges", len(list))
	}
	x := list[0]
	if x.Status != 302 || string(x.RequestBody) != `{"a" : 1}` || string(x.ResponseBody) != "{}" || x.Failure != "" || x.Truncated ||
		x.URL != base+"/scim/v2/Users/a%2fb/%7E?aadOptscim062020&filter=userName+eq+%22a;b%22&x=%zz" {
		t.Errorf("recorded %+v", x)
	}
	if d := strings.Join(slices.Sorted(maps.Keys(x.RequestHeader)),
		" "); d != "ADSCIMVersion Connection Content-Length X-Forwarded-For X-Own authorization content-type" {
		t.Errorf("the spelling of a header was lost: %v", x.RequestHeader)
	}
}

// TestProxyRecordsFirst proves that an answer is recorded before the other side has all of it.
func TestProxyRecordsFirst(t *testing.T) {
	t.Parallel()
	for name, chunked := range map[string]bool{"known length": false, "chunks": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if chunked {
					_ = http.NewResponseController(w).Flush()
				}
				_, _ = io.WriteString(w, `{"id":"1"}`)
			}))
			t.Cleanup(target.Close)
			address, recorded := proxied(t, target.URL, exchange.Limits{})
			for i := range 200 {
				resp, err := http.Get("http://" + address + "/Users/1")
				if err != nil {
					t.Fatal(err)
				}
				body, _ := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				if got := len(recorded()); got != i+1 || string(body) != `{"id":"1"}` {
					t.Fatalf("after %d answers %d are recorded; the last is %s", i+1, got, body)
				}
			}
		})
	}
}

// TestProxyWithoutRecord forwards without a record, also where there is no response.
func TestProxyWithoutRecord(t *testing.T) {
	t.Parallel()
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) }))
	t.Cleanup(target.Close)
	base, err := url.Parse(target.URL)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer((&exchange.Proxy{Target: base, Transport: http.DefaultTransport, Now: time.Now}).Handler())
	t.Cleanup(front.Close)
	for _, want := range []int{http.StatusOK, http.StatusBadGateway} {
		resp, err := http.Post(front.URL+"/Users", "text/plain", strings.NewReader("ada"))
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != want || want == http.StatusOK && string(body) != "ada" || want != http.StatusOK && !strings.HasPrefix(string(body), "scimdrill: ") {
			t.Errorf("%d %s, want %d", resp.StatusCode, body, want)
		}
		target.Close()
	}
}

func TestProxyFailures(t *testing.T) {
	t.Parallel()
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(`{"id":"1"}`))
	_ = z.Close()
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(slow.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	broken, _ := rawTarget(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\"")
	zip, _ := rawTarget(t, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", zipped.Len(), zipped.String()))
	long, _ := rawTarget(t, "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n"+strings.Repeat("x", 60))
	for _, c := range []struct {
		name, base, says string
		status           int
		failure          exchange.Failure
		body             string
		truncated        bool
	}{
		{"nobody answers", gone.URL, "HTTP/1.1 502 Bad Gateway", 0, exchange.FailureRefused, "", false},
		{"too late", slow.URL, "HTTP/1.1 504 Gateway Timeout", 0, exchange.FailureTimeout, "", false},
		{"broken off", broken, "HTTP/1.1 200 OK", 200, exchange.FailureReset, `{"id"`, true},
		{"zipped", zip, zipped.String(), 200, "", `{"id":"1"}`, false},
		{"longer than is kept", long, strings.Repeat("x", 60), 200, "", strings.Repeat("x", 40), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address, recorded := proxied(t, c.base, exchange.Limits{Timeout: 300 * time.Millisecond, MaxBody: 40})
			answer := speak(t, address, "GET /Users HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
			if !strings.Contains(answer, c.says) {
				t.Errorf("the answer is\n%s", answer)
			}
			list := recorded()
			if len(list) != 1 {
				t.Fatalf("%d exchanges", len(list))
			}
			x := list[0]
			if x.Status != c.status || x.Failure != c.failure || string(x.ResponseBody) != c.body || x.Truncated != c.truncated {
				t.Errorf("recorded %d %q %q %t", x.Status, x.Failure, x.ResponseBody, x.Truncated)
			}
		})
	}
}

// A target that refuses a long body answers while the body is still on its way (run with -race).
func TestProxyAnsweredEarly(t *testing.T) {
	t.Parallel()
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		_, _ = io.WriteString(w, `{"status":"413"}`)
	}))
	t.Cleanup(target.Close)
	address, recorded := proxied(t, target.URL, exchange.Limits{MaxBody: 1 << 20})
	sent := bytes.Repeat([]byte("ada "), 1<<18)
	for range 8 {
		resp, err := http.Post("http://"+address+"/Users", "text/plain", bytes.NewReader(sent))
		if err != nil {
			continue // the target closed the connection before it had the body
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
	}
	for _, x := range recorded() {
		if !bytes.HasPrefix(sent, x.RequestBody) || x.Status != http.StatusRequestEntityTooLarge && x.Failure == "" {
			t.Errorf("recorded %d %q and %d bytes that were not sent", x.Status, x.Failure, len(x.RequestBody))
		}
	}
}

func TestProxyGivenUp(t *testing.T) {
	t.Parallel()
	reached := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { close(reached); <-r.Context().Done() }))
	t.Cleanup(slow.Close)
	address, recorded := proxied(t, slow.URL, exchange.Limits{})
	ctx, stop := context.WithCancel(t.Context())
	go func() { <-reached; stop() }()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/Users", nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := http.DefaultClient.Do(req); err == nil {
		_ = resp.Body.Close()
		t.Fatal("there is an answer")
	}
	for until := time.Now().Add(5 * time.Second); len(recorded()) == 0 && time.Now().Before(until); {
		time.Sleep(time.Millisecond)
	}
	if list := recorded(); len(list) != 1 || list[0].Failure != exchange.FailureCancelled {
		t.Errorf("recorded %+v", list)
	}
}
