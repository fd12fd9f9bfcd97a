package main

import (
	"bufio"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// mailServer is a small SMTP server. It keeps the mails, or rejects every recipient.
type mailServer struct {
	mu     sync.Mutex
	mails  []string
	reject bool
}

// serveMail starts the server and returns its address.
func serveMail(t *testing.T, s *mailServer) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
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
			go s.talk(c)
		}
	}()
	return l.Addr().String()
}

// talk serves one connection.
func (s *mailServer) talk(c net.Conn) {
	defer c.Close()
	r := bufio.NewReader(c)
	say := func(line string) { _, _ = c.Write([]byte(line + "\r\n")) }
	say("220 mail.test")
	for {
		line, err := r.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.TrimSpace(line)); {
		case verb == "DATA":
			say("354 go on")
			s.take(r)
			say("250 taken")
		case verb == "QUIT":
			say("221 bye")
			return
		case strings.HasPrefix(verb, "RCPT") && s.rejects():
			say("550 no such mailbox")
		default:
			say("250 ok")
		}
	}
}

// take reads a mail up to its last line.
func (s *mailServer) take(r *bufio.Reader) {
	var text strings.Builder
	for {
		line, err := r.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		text.WriteString(strings.TrimPrefix(line, "."))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, text.String())
}

func (s *mailServer) rejects() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reject
}

func (s *mailServer) set(reject bool) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reject = reject
	return s.mails
}

// TestMailsAreDelivered proves that each notification reaches a mail server once, also if the server
// rejected it at first, and that the delivered mail is the file.
func TestMailsAreDelivered(t *testing.T) {
	t.Parallel()
	server := &mailServer{reject: true}
	address, dir := serveMail(t, server), t.TempDir()
	url := spoiled(t, "", nil)
	args := []string{
		"simulate", "--target", url, "--profile", "goto", "--generate", "users=2", "--state", filepath.Join(dir, "state"), "--out", filepath.Join(dir, "out"),
		"--seed", "7", "--smtp", address, "--set", "notificationEmail=admin@contoso.example", "--cycles", "1",
	}
	status := func() string {
		return invocation{}.run(t, "job", "status", "--state", filepath.Join(dir, "state")).stdout
	}
	wrong := invocation{env: map[string]string{"SCIMDRILL_TOKEN": "wrong"}}
	wrong.run(t, args...)
	if text := status(); !strings.Contains(text, "not delivered: ") || !strings.Contains(text, "550") {
		t.Fatalf("after a rejection:\n%s", text)
	}
	server.set(false)
	for range 2 {
		wrong.run(t, args...)
	}
	mails := server.set(false)
	if len(mails) != 1 {
		t.Fatalf("%d mails, want 1:\n%s", len(mails), status())
	}
	files, err := filepath.Glob(filepath.Join(dir, "out", "outbox", "*.eml"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if file := string(data); strings.TrimSpace(file) != strings.TrimSpace(mails[0]) {
		t.Errorf("delivered\n%s\nbut the file is\n%s", mails[0], file)
	}
	if text := status(); !strings.Contains(text, "provisioning is in quarantine (delivered)") {
		t.Errorf("after the delivery:\n%s", text)
	}
}
