package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// parts of requests that a hostile client puts together.
type parts struct{ *rand.Rand }

func (p parts) one(list ...string) string { return list[p.IntN(len(list))] }

func (p parts) often(probable float64, text string) string {
	if p.Float64() < probable {
		return text
	}
	return ""
}

// path of a request, with what servers differ about.
func (p parts) path() string {
	var b strings.Builder
	b.WriteString(p.one("/Users", "/Groups", "/Me", "/Bulk", "/Schemas", "/ResourceTypes/User", "/ServiceProviderConfig", "/", "/.search",
		"/v2/Users",
		"/oauth/token",
		"/oauth/authorize", "/persona/state", "/persona/seats", "/persona/domains/x/verify", "/persona/language", "/persona/rules/form",
		"/persona/rules/1", "/persona/rules/1/move",
		"/persona/api/rules", "/persona/api/templates/a", "/discovery/keys", "/callback",
		"/.well-known/openid-configuration",
		"*", "//evil.test/Users", "http://localhost/Users", "http://evil.test/Users", "http://user:pw@localhost:99999/", "evil.test:443", "", "Users",
		"/\\x", "/%", "/\x00", "/\xff"))
	for range p.IntN(4) {
		b.WriteString(p.one("/..", "/%2e%2e", "/.", "//", "/a%2fb", "/%00", "/..;x", "/"+strings.Repeat("a", p.IntN(300)), "/.search",
			"/%c0%ae", "/😀",
			"\t", " "))
	}
	if p.Float64() < 0.5 {
		b.WriteString("?" + p.one("filter=", "count=", "startIndex=", "cursor=", "sortBy=", "attributes=", "state=", "redirect_uri=",
			"client_id=entra&response_type=code&redirect_uri=") +
			p.one("userName+eq+%22a%22", "-1", "99999999999999999999", "%zz", "%00", strings.Repeat("(", p.IntN(2000)), "emails[type+eq+%22work%22]",
				"a&a&a=;b", strings.Repeat("a=1&", 500),
				"http%3A%2F%2F127.0.0.1%2Fcallback", "not(not(not(a pr)))", "[]", "id+pr", "\xff"))
	}
	return b.String()
}

// body and the header that goes with it, or does not.
func (p parts) body() (header, text string) {
	text = p.one("", "{}", "[]", "null", `{"userName":"a"}`, `{"userName":1}`, `{"schemas":`, strings.Repeat("[", p.IntN(12000)), `{"a":`+
		strings.Repeat(`{"a":`, p.IntN(5000)), "\xff\xfe",
		`{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","path":"members[value eq \"`+strings.Repeat("x",
			p.IntN(100))+`\"].a","value":null}]}`,
		`{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],`+
			`"Operations":[{"method":"POST","path":"/Users","bulkId":"a","data":{"userName":"bulkId:a"}}]}`,
		"product=Meeting&seats=-1", "grant_type=refresh_token&refresh_token=x", `{"userName":"\ud800","userName":{},"emails":[[]]}`,
		strings.Repeat("a",
			p.IntN(70000)))
	switch p.IntN(9) {
	case 0:
		return "", text
	case 1:
		return fmt.Sprintf("Transfer-Encoding: chunked\r\nContent-Length: %d\r\n", len(text)), fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(text), text)
	case 2:
		return p.one("Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding : chunked\r\n",
				"Transfer-Encoding: xchunked\r\n", "transfer-encoding:\tchunked\r\n"),
			p.one("zz\r\n", "-1\r\n", "fffffffffffffffff\r\n", "5;ext=\r\nabc\r\n", "3\r\nabcd\r\n0\r\n\r\n", "0\r\nTrailer: x\r\n\r\n",
				"1\r\na\r\n0\r\nHost: evil.test\r\n\r\n")
	case 3:
		return fmt.Sprintf("Content-Length: %d\r\nContent-Length: %d\r\n", len(text), p.IntN(99)), text
	case 4:
		return p.one("Content-Length: -1\r\n", "Content-Length: 1e3\r\n", "Content-Length: +5\r\n", "Content-Length: 99999999999999999999\r\n",
			"Content-Length: 0x10\r\n", "Content-Length:\r\n"), text
	case 5:
		return fmt.Sprintf("Content-Length: %d\r\n", len(text)+p.IntN(5)), text
	default:
		return fmt.Sprintf("Content-Length: %d\r\n", len(text)), text
	}
}

// request is one that a hostile client sends.
func (p parts) request() string {
	header, body := p.body()
	end := "\r\n"
	if p.Float64() < 0.05 {
		end = p.one("\n", "\r", "\r\n\r\n", "\r\n ")
	}
	var h strings.Builder
	h.WriteString(p.one("GET", "GET", "GET", "POST", "POST", "PUT", "PATCH", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE", "BREW", "get",
		"PRI", "", "G T", strings.Repeat("M", p.IntN(500)), "\x16\x03\x01"))
	h.WriteString(" " + p.path() + " " + p.often(0.97, "HTTP/"+p.one("1.1", "1.1", "1.1", "1.1", "1.1", "1.0", "2.0", "0.9", "9.9",
		"1.1.1", "x")) + end)
	h.WriteString(p.one("Host: localhost", "Host: localhost", "Host: localhost", "Host: 127.0.0.1", "Host: evil.test",
		"Host: localhost\r\nHost: evil.test", "Host:", "X: y", "Host: a b", "Host: \x00") + end)
	h.WriteString(p.often(0.7, "Authorization: "+p.one("Bearer "+testToken, "Bearer "+testToken, "Bearer", "Basic YTpi", "Basic !", "bearer  x",
		"Digest a", "Bearer "+strings.Repeat("x", p.IntN(70000)))+end))
	h.WriteString(p.often(0.5, "Content-Type: "+p.one("application/scim+json", "application/json", "application/x-www-form-urlencoded", "text/plain",
		"multipart/form-data; boundary=", ";;;", "")+end))
	h.WriteString(p.often(0.3, p.one("Accept: */*;q=x", "Accept: text/html", "If-Match: W/\"1\", ,\"", "If-None-Match: *", "Range: bytes=0-,5-",
		"Expect: 100-continue", "Expect: x", "Upgrade: h2c",
		"Connection: Upgrade\r\nUpgrade: websocket", "Connection: Authorization, Host, close", "X-Forwarded-Host: evil.test", "Origin: null",
		"Sec-Fetch-Site: cross-site", "Cookie: a=b",
		"Accept-Encoding: gzip, identity;q=0", "X: "+strings.Repeat("y", p.IntN(100000)), "\x00: a", "A\r\n B: c", ": x", "Keep-Alive: timeout=99999",
		"TE: trailers", "Trailer: Host",
		strings.Repeat("N: v\r\n", p.IntN(3000)))+end))
	h.WriteString(p.often(0.7, "Connection: close"+end) + header + end)
	return h.String() + body
}

// TestServersFuzz sends random requests to every server: none panics, none answers 500, and nothing grows (S8).
func TestServersFuzz(t *testing.T) {
	requests := 400
	if os.Getenv(longVariable) != "" {
		requests = 10_000
	}
	for _, s := range ourServers() {
		t.Run(s.name, func(t *testing.T) {
			address, said := s.start(t)
			const workers = 8
			hostile := func(from, n int) (bad string) {
				var wg sync.WaitGroup
				var first atomic.Pointer[string]
				for worker := range workers {
					wg.Go(func() {
						for i := worker; i < n; i += workers {
							text := parts{rand.New(rand.NewPCG(8, uint64(from+i)))}.request()
							answer := hastily(address, text)
							if status := strings.TrimPrefix(answer, "HTTP/1.1 "); strings.HasPrefix(status, "500") &&
								!strings.Contains(s.name, "faults") {
								line := fmt.Sprintf("%.600q\nis answered with %.300q", text, answer)
								first.CompareAndSwap(nil, &line)
							}
						}
					})
				}
				wg.Wait()
				if p := first.Load(); p != nil {
					return *p
				}
				return ""
			}
			if bad := hostile(1_000_000, 200); bad != "" { // what is made once is made now
				t.Error(bad)
			}
			goroutines, memory := settledGoroutines(), memoryNow()
			if bad := hostile(0, requests); bad != "" {
				t.Error(bad)
			}
			after, grown := settledGoroutines(), int64(memoryNow())-int64(memory)
			t.Logf("%d requests: goroutines %d before, %d after; memory %+d KB", requests, goroutines, after, grown>>10)
			if after > goroutines+3*workers { // the last connections may still be closing
				t.Errorf("goroutines grew from %d to %d", goroutines, after)
			}
			if grown > 64<<20 {
				t.Errorf("memory grew by %d MB", grown>>20)
			}
			if text := said(); strings.Contains(text, "panic") {
				t.Errorf("a request made the server panic: %.2000s", text)
			}
			if answer := talk(t, address,
				"GET "+s.page+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(answer, "HTTP/1.1 "+
				s.want) {
				t.Errorf("afterwards: %.200q", answer)
			}
		})
	}
}

// hastily sends bytes, says that there are no more, and reads what comes back for a moment.
func hastily(address, text string) string {
	c, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		return ""
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(5 * time.Second))
	_, _ = io.WriteString(c, text) // the server may have answered already
	if half, ok := c.(*net.TCPConn); ok {
		_ = half.CloseWrite()
	}
	data, _ := io.ReadAll(io.LimitReader(c, 1<<20)) // as above
	return string(data)
}

// settledGoroutines counts goroutines when those of closed connections have ended.
func settledGoroutines() int {
	n := runtime.NumGoroutine()
	for range 20 {
		time.Sleep(10 * time.Millisecond)
		if now := runtime.NumGoroutine(); now < n {
			n = now
		}
	}
	return n
}
