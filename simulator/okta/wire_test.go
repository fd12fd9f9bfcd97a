package okta_test

import (
	"bytes"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tap is a TCP proxy that keeps the bytes of the client as they came.
type tap struct {
	mu   sync.Mutex
	sent bytes.Buffer
}

func (p *tap) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent.Write(b)
}

func (p *tap) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent.String()
}

// listen starts the proxy before an address and returns its own.
func (p *tap) listen(t *testing.T, to string) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", to)
			if err != nil {
				_ = in.Close()
				return
			}
			go func() {
				_, _ = io.Copy(io.MultiWriter(p, out), in)
				_ = out.Close()
			}()
			go func() {
				_, _ = io.Copy(in, out)
				_ = in.Close()
			}()
		}
	}()
	return l.Addr().String()
}

// TestRaw holds the bytes of a day in both modes: request lines, header sets, and that one request follows the
// other on one connection (O-5, O-9, O-12).
func TestRaw(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"aiw", "oin"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			w, p := newWorld(t), &tap{}
			cfg := w.config(team(), days()+life())
			cfg.Endpoint.TenantURL, cfg.Verify = "http://"+p.listen(t, w.server.Listener.Addr().String())+"/", nil
			if _, err := w.run(cfg, "mode="+mode); err != nil {
				t.Fatal(err)
			}
			raw := p.text()
			for _, h := range w.heard() {
				headOf(t, raw, h)
			}
			if strings.Contains(raw, "attributes=") || strings.Contains(raw, "If-Match") || strings.Contains(raw,
				"/ServiceProviderConfig") || strings.Contains(raw, "DELETE /Users") {
				t.Error("O-4 O-13 O-58 a request that Okta never sends")
			}
		})
	}
}

// headOf holds the header set of one request in the recording.
func headOf(t *testing.T, raw string, h heard) {
	t.Helper()
	i := strings.Index(raw, h.method+" "+h.uri+" HTTP/1.1\r\n")
	if i < 0 {
		t.Errorf("%s %s is not in the recording", h.method, h.uri)
		return
	}
	head, _, _ := strings.Cut(raw[i:], "\r\n\r\n")
	got := map[string]string{}
	for _, line := range strings.Split(head, "\r\n")[1:] {
		name, value, _ := strings.Cut(line, ": ")
		if name != "Host" && name != "Content-Length" {
			got[name] = value
		}
	}
	want := map[string]string{
		"User-Agent": "Okta SCIM Client 1.0.0", "Accept": "application/scim+json", "Accept-Charset": "utf-8", "Accept-Encoding": "gzip,deflate",
		"Authorization": "Bearer secret", "Connection": "Keep-Alive",
	}
	if h.body != "" {
		want["Content-Type"] = "application/scim+json; charset=utf-8"
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("O-5 header of %s %s (-want +got):\n%s", h.method, h.uri, diff)
	}
}

// TestRawToken wants the token without its scheme.
func TestRawToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cfg := w.config(ada(), "")
	_, _ = w.run(cfg, "rawToken=true") // the target rejects it
	t.Run("O-6 Header Auth sends the token as typed", func(t *testing.T) {
		if got := w.heard()[0].header.Get("Authorization"); got != token {
			t.Errorf("Authorization is %q", got)
		}
	})
}
