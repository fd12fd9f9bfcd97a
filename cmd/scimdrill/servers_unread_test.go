package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// longVariable makes the tests of servers as long as the figures in docs/reference/limits.md (make servers).
const longVariable = "SCIMDRILL_SERVERS_LONG"

// connected opens a connection to a server and sends bytes.
func connected(t *testing.T, url, text string) net.Conn {
	t.Helper()
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

// populated fills a target with users.
func (r running) populated(t *testing.T, users int) {
	t.Helper()
	for from := 0; from < users; from += 500 {
		var operations []string
		for i := from; i < min(users, from+500); i++ {
			operations = append(operations, fmt.Sprintf(`{"method":"POST","path":"/Users","bulkId":"%[1]d","data":{"userName":"u%[1]d@contoso.test",`+
				`"displayName":"Person %[1]d","name":{"givenName":"Person","familyName":"Number%[1]d"},"emails":[{"type":"work","value":"u%[1]d@contoso.test"}]}}`, i))
		}
		status, text := r.ask(t, testToken, "POST", "/Bulk",
			`{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[`+strings.Join(operations, ",")+`]}`)
		if status != 200 || strings.Contains(text, `"status":"4`) {
			t.Fatalf("%d %.300s", status, text)
		}
	}
}

// memoryNow is what the process uses.
func memoryNow() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys - m.HeapReleased
}

// TestServersUnread lets clients request a large list and never read it, beside one that writes (S8, F9).
func TestServersUnread(t *testing.T) {
	type load struct {
		name           string
		users, clients int
		writes         int
		path           string
		flags          []string
	}
	loads := []load{{"small", 3000, 100, 100, "/Users?count=1000", nil}}
	if os.Getenv(longVariable) != "" {
		loads = []load{
			{"pages of 1,000 users", 5000, 1000, 1000, "/Users?count=1000", nil},
			{"lists of 20,000 users", 20_000, 200, 300, "/Users?count=20000", []string{"--max-results", "20000"}},
		}
	}
	for _, l := range loads {
		t.Run(l.name, func(t *testing.T) {
			r, _ := startTarget(t, withToken(), 1, append(l.flags, "--seed", "1")...)
			r.populated(t, l.users)
			before := memoryNow()
			var clients []net.Conn
			for range l.clients {
				clients = append(clients, connected(t, r.url, "GET "+l.path+" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "+testToken+"\r\n\r\n"))
			}
			var peak uint64
			stop := make(chan struct{})
			var watching sync.WaitGroup
			watching.Go(func() {
				for {
					select {
					case <-stop:
						return
					case <-time.After(50 * time.Millisecond):
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						peak = max(peak, m.HeapAlloc)
					}
				}
			})
			took := r.writes(t, l.writes)
			close(stop)
			watching.Wait()
			slices.Sort(took)
			p99 := took[len(took)*99/100]
			t.Logf("%d clients that do not read: %d writes, median %s, p99 %s, max %s; memory %d MB before, heap at most %d MB",
				l.clients, len(took), took[len(took)/2], p99, took[len(took)-1], before>>20, peak>>20)
			if limit := 100 * time.Millisecond; p99 > limit && os.Getenv(longVariable) != "" {
				t.Errorf("p99 of a write is %s, want at most %s", p99, limit)
			}
			for _, c := range clients {
				_ = c.Close()
			}
			r.stop()
		})
	}
}

// writes creates users one after the other and returns how long each took.
func (r running) writes(t *testing.T, n int) (took []time.Duration) {
	t.Helper()
	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for i := range n {
		req, err := http.NewRequestWithContext(t.Context(), "POST", r.url+"/Users", strings.NewReader(`{"userName":"w`+strconv.Itoa(i)+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+testToken)
		began := time.Now()
		resp, err := client.Do(req)
		if err != nil {
			t.Fatalf("write %d: %v", i, err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		took = append(took, time.Since(began))
		if resp.StatusCode != 201 {
			t.Fatalf("write %d: status %d", i, resp.StatusCode)
		}
	}
	return took
}
