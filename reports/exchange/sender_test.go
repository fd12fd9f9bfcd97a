package exchange_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

func send(t *testing.T, url string, limits exchange.Limits) *exchange.Exchange {
	t.Helper()
	s := exchange.NewSender(&http.Client{Transport: &http.Transport{DisableKeepAlives: false}}, limits, time.Now)
	return s.Send(t.Context(), exchange.Request{Method: "GET", URL: url})
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.CloseClientConnections)
	t.Cleanup(server.Close)
	return server.URL
}

// raw answers each connection with bytes, then closes it.
func raw(t *testing.T, answer string) string {
	t.Helper()
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, answer)
			_ = c.Close()
		}
	}()
	return "http://" + l.Addr().String()
}

func TestSendRecords(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "application/scim+json")
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write(append([]byte(r.Method+" "+r.Header.Get("Authorization")+" "), body...))
	})
	s := exchange.NewSender(http.DefaultClient, exchange.Limits{}, time.Now)
	e := s.Send(t.Context(), exchange.Request{
		Label: "create Ada", Method: "POST", URL: url + "/Users",
		Header: http.Header{"Authorization": {"Bearer abc"}}, Body: []byte(`{"userName":"ada"}`),
	})
	if !e.Answered() || e.ID != 1 || e.Label != "create Ada" || e.Status != 201 || e.Proto != "HTTP/1.1" {
		t.Errorf("exchange = %+v", e)
	}
	if got, want := string(e.ResponseBody), `POST Bearer abc {"userName":"ada"}`; got != want {
		t.Errorf("body = %q, want %q", got, want)
	}
	if e.Duration <= 0 || e.Wait <= 0 || e.Wait > e.Duration {
		t.Errorf("wait %v, duration %v", e.Wait, e.Duration)
	}
	if e.RequestHeader.Get("Authorization") != "Bearer abc" || e.ResponseHeader.Get("Content-Type") != "application/scim+json" {
		t.Error("headers are not recorded")
	}
}

func TestSendStatusAsItCame(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, location string
		status         int
	}{
		{"302 with a location", "https://login.example/", 302},
		{"302 with a location that is no URL", "http://[::1", 302},
		{"301 without a location", "", 301},
		{"307", "/elsewhere", 307},
		{"HTML error page", "", 502},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			calls := 0
			url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				calls++
				if tt.location != "" {
					w.Header().Set("Location", tt.location)
				}
				w.Header().Set("Content-Type", "text/html")
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, "<html>sign in</html>")
			})
			e := send(t, url, exchange.Limits{})
			if e.Failure != "" || e.Status != tt.status || e.ResponseHeader.Get("Location") != tt.location {
				t.Errorf("failure %q status %d location %q", e.Failure, e.Status, e.ResponseHeader.Get("Location"))
			}
			if string(e.ResponseBody) != "<html>sign in</html>" || calls != 1 {
				t.Errorf("body %q after %d calls", e.ResponseBody, calls)
			}
		})
	}
}

func TestSendHostile(t *testing.T) {
	t.Parallel()
	endless := func(pause time.Duration) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, "drip "); err != nil {
					return
				}
				_ = http.NewResponseController(w).Flush()
				time.Sleep(pause)
			}
		}
	}
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		for range 50 {
			_, _ = z.Write(make([]byte, 1<<20))
		}
		_ = z.Close()
	}
	big := func(w http.ResponseWriter, _ *http.Request) {
		for range 50 {
			if _, err := w.Write(bytes.Repeat([]byte("x"), 1<<20)); err != nil {
				return
			}
		}
	}
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	secure.Config.ErrorLog = nil
	t.Cleanup(secure.Close)

	tests := []struct {
		name, url string
		limits    exchange.Limits
		want      exchange.Failure
		status    int
		truncated bool
	}{
		{"body that never ends", serve(t, endless(5*time.Millisecond)), exchange.Limits{Timeout: 150 * time.Millisecond}, "timeout", 200, true},
		{
			"no answer", serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }),
			exchange.Limits{Timeout: 100 * time.Millisecond},
			"timeout", 0,
			false,
		},
		{"body of 50 MB", serve(t, big), exchange.Limits{}, "body-too-large", 200, true},
		{"50 MB in a small gzip", serve(t, bomb), exchange.Limits{}, "body-too-large", 200, true},
		{"closed port", closed.URL, exchange.Limits{}, "refused", 0, false},
		{"connection closed at once", raw(t, ""), exchange.Limits{}, "reset", 0, false},
		{"body shorter than announced", raw(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":"), exchange.Limits{}, "reset", 200, true},
		{"not HTTP", raw(t, "SSH-2.0-OpenSSH_9.6\r\n"), exchange.Limits{}, "protocol", 0, false},
		{"switching protocols", raw(t, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"), exchange.Limits{}, "protocol", 101, false},
		{"unknown certificate", secure.URL, exchange.Limits{}, "tls", 0, false},
		{"HTTPS to an HTTP port", strings.Replace(serve(t, big), "http:", "https:", 1), exchange.Limits{}, "tls", 0, false},
		{"no such name", "http://target.invalid/", exchange.Limits{Timeout: 5 * time.Second}, "name", 0, false},
		{"URL without scheme", "localhost:8080/scim", exchange.Limits{}, "request", 0, false},
		{"URL without host", "http:///scim", exchange.Limits{}, "request", 0, false},
		{"URL with a control character", "http://127.0.0.1/\x7f", exchange.Limits{}, "request", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := send(t, tt.url, tt.limits)
			if e.Failure != tt.want || e.Status != tt.status || e.Truncated != tt.truncated {
				t.Errorf("failure %q status %d truncated %v, want %q %d %v", e.Failure, e.Status, e.Truncated, tt.want, tt.status, tt.truncated)
			}
			if e.Answered() || len(e.ResponseBody) > 64<<10 {
				t.Errorf("answered %v with %d bytes kept", e.Answered(), len(e.ResponseBody))
			}
			if explained := e.Failure.Explain(); strings.Contains(explained, "127.0.0.1") || explained == string(e.Failure) {
				t.Errorf("explanation %q", explained)
			}
		})
	}
}

func TestSendBodyAtTheLimit(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "0123456789") })
	if e := send(t, url, exchange.Limits{MaxBody: 10}); e.Failure != "" || string(e.ResponseBody) != "0123456789" {
		t.Errorf("at the limit: failure %q body %q", e.Failure, e.ResponseBody)
	}
	if e := send(t, url, exchange.Limits{MaxBody: 9}); e.Failure != "body-too-large" || string(e.ResponseBody) != "012345678" {
		t.Errorf("above the limit: failure %q body %q", e.Failure, e.ResponseBody)
	}
}

// A body that is given up must not keep the server writing.
func TestSendDropsTheConnection(t *testing.T) {
	t.Parallel()
	gone := make(chan struct{})
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		defer close(gone)
		for {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	})
	send(t, url, exchange.Limits{MaxBody: 1000})
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("the server is still writing")
	}
}

func TestSendCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	url := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	s := exchange.NewSender(http.DefaultClient, exchange.Limits{}, time.Now)
	if e := s.Send(ctx, exchange.Request{Method: "GET", URL: url}); e.Failure != exchange.FailureCancelled {
		t.Errorf("failure = %q, want cancelled", e.Failure)
	}
}

func TestSendGzip(t *testing.T) {
	t.Parallel()
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, "plain")
		_ = z.Close()
	})
	if e := send(t, url, exchange.Limits{}); string(e.ResponseBody) != "plain" {
		t.Errorf("body = %q, want plain", e.ResponseBody)
	}
	asked := exchange.Request{Method: "GET", URL: url, Header: http.Header{"Accept-Encoding": {"gzip,deflate"}}}
	s := exchange.NewSender(http.DefaultClient, exchange.Limits{}, time.Now)
	if e := s.Send(t.Context(), asked); string(e.ResponseBody) != "plain" || e.Failure != "" {
		t.Errorf("asked for by the caller: body = %q, %s", e.ResponseBody, e.Failure)
	}
	s = exchange.NewSender(http.DefaultClient, exchange.Limits{MaxBody: 4}, time.Now)
	if e := s.Send(t.Context(), asked); e.Failure != exchange.FailureBodyTooLarge {
		t.Errorf("unpacked beyond the limit: %q, %s", e.ResponseBody, e.Failure)
	}
}
