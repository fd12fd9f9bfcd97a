package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
)

// hostileServer is the reference target behind a raw connection. From the moment it is armed, it
// misbehaves in one way.
type hostileServer struct {
	url    string
	kind   hostileKind
	armed  atomic.Bool
	seen   atomic.Int64
	honest *target.Target
}

// wire is one connection of a client.
type wire struct {
	net.Conn

	server *hostileServer
	done   <-chan struct{} // the test is over
}

func newHostileServer(t *testing.T, kind hostileKind) *hostileServer {
	t.Helper()
	honest, err := target.New(target.Options{Seed: 1, Token: testToken, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &hostileServer{url: "http://" + l.Addr().String(), kind: kind, honest: honest}
	if kind.tls {
		s.url = "https://" + l.Addr().String()
	}
	t.Cleanup(func() { _ = l.Close() })
	ctx := t.Context()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(&wire{Conn: c, server: s, done: ctx.Done()})
		}
	}()
	return s
}

// serve answers the requests of one connection.
func (s *hostileServer) serve(w *wire) {
	defer func() { _ = w.Close() }()
	if s.kind.accept != nil && s.armed.Load() {
		s.kind.accept(w)
		return
	}
	r := bufio.NewReader(w)
	for {
		request, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		body, err := io.ReadAll(request.Body)
		if err != nil {
			return
		}
		request.Body, request.RemoteAddr = io.NopCloser(bytes.NewReader(body)), w.RemoteAddr().String()
		if s.armed.Load() && s.kind.answer != nil && s.kind.on.covers(request, s.seen.Add(1)) {
			if !s.kind.answer(w, request) {
				return
			}
			continue
		}
		recorder := httptest.NewRecorder()
		s.honest.ServeHTTP(recorder, request)
		if s.armed.Load() && s.kind.spoil != nil && s.kind.on.covers(request, s.seen.Add(1)) {
			s.kind.spoil(recorder, request)
		}
		response := recorder.Result()
		response.ContentLength = int64(recorder.Body.Len())
		if response.Write(w) != nil {
			return
		}
	}
}

// send writes bytes. It reports whether the connection goes on.
func (w *wire) send(text string) bool {
	_, err := io.WriteString(w, text)
	return err == nil
}

// hang keeps the connection open until the client closes it or the test is over.
func (w *wire) hang() bool {
	closed := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, w); close(closed) }()
	select {
	case <-closed:
	case <-w.done:
	}
	return false
}

// drip writes one byte each pause.
func (w *wire) drip(text string, pause time.Duration) bool {
	for i := range text {
		if !w.send(text[i : i+1]) {
			return false
		}
		time.Sleep(pause)
	}
	return w.hang()
}

// flood writes a piece again and again.
func (w *wire) flood(piece string) bool {
	block := strings.Repeat(piece, max(1, (32<<10)/len(piece)))
	for w.send(block) {
	}
	return false
}

// reset closes the connection with RST.
func (w *wire) reset() bool {
	if c, ok := w.Conn.(*net.TCPConn); ok {
		_ = c.SetLinger(0)
	}
	return false
}

// reply is a complete response.
func reply(status int, body string, fields ...string) string {
	head := fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Type: application/scim+json\r\nContent-Length: %d\r\n", status, http.StatusText(status), len(body))
	var headSb155 strings.Builder
	for _, f := range fields {
		headSb155.WriteString(f + "\r\n")
	}
	head += headSb155.String()
	return head + "\r\n" + body
}

// says is a kind of answer: one text, with the connection kept.
func says(text string) func(*wire, *http.Request) bool {
	return func(w *wire, _ *http.Request) bool { return w.send(text) }
}

// breaksOff sends a text and closes.
func breaksOff(text string) func(*wire, *http.Request) bool {
	return func(w *wire, _ *http.Request) bool { w.send(text); return false }
}

// stalls sends a text and leaves the connection open.
func stalls(text string) func(*wire, *http.Request) bool {
	return func(w *wire, _ *http.Request) bool { return w.send(text) && w.hang() }
}

// floods sends a head, then a piece for ever.
func floods(head, piece string) func(*wire, *http.Request) bool {
	return func(w *wire, _ *http.Request) bool { return w.send(head) && w.flood(piece) }
}

// handshake speaks TLS with a certificate that nobody trusts, made for one connection.
func handshake(w *wire) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return
	}
	c := tls.Server(w.Conn, &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}})
	_, _ = io.Copy(io.Discard, c)
}
