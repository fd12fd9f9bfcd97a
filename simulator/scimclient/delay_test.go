package scimclient_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// TestDelay shows that virtual time passes for an answer, and that one which takes too long
// is lost while its effect is not (W-132).
func TestDelay(t *testing.T) {
	t.Parallel()
	var posts atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			posts.Add(1)
		}
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"id":"1"}`)
	}))
	defer server.Close()
	var seen []string
	delays := []time.Duration{2 * time.Second, 3 * time.Second, 90 * time.Second}
	c, err := scimclient.New(scimclient.Config{TenantURL: server.URL}, scimclient.Deps{
		Sender: exchange.NewSender(server.Client(), exchange.Limits{}, time.Now), Redact: exchange.NewRedactor(), Timeout: time.Minute,
		Delay: func(method, uri string, body []byte) time.Duration {
			seen = append(seen, method+" "+uri+" "+string(body))
			d := delays[0]
			delays = delays[1:]
			return d
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var waited time.Duration
	call := scimclient.Call{Waited: &waited}
	for i, want := range []time.Duration{2 * time.Second, 5 * time.Second} {
		if _, failure := c.Create(t.Context(), call, "Users", []byte(`{}`)); failure != nil || waited != want {
			t.Errorf("request %d: %v, waited %s, want %s", i, failure, waited, want)
		}
	}
	_, failure := c.Create(t.Context(), call, "Users", []byte(`{}`))
	if failure == nil || failure.Code != provlog.CodeTimeout || waited != 65*time.Second || posts.Load() != 3 {
		t.Errorf("W-132: %v, waited %s, %d requests arrived", failure, waited, posts.Load())
	}
	if want := "POST /Users {}"; strings.Join(seen, "|") != strings.Join([]string{want, want, want}, "|") {
		t.Errorf("asked for %v", seen)
	}
}

// TestNoLogDependsOnTheURL: what a target says of its own address stays out of the log
// (decisions: determinism).
func TestNoLogDependsOnTheURL(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `["http://`+r.Host+`/Users/1"]`)
	}))
	defer server.Close()
	c, err := scimclient.New(scimclient.Config{TenantURL: server.URL}, scimclient.Deps{
		Sender: exchange.NewSender(server.Client(), exchange.Limits{}, time.Now), Redact: exchange.NewRedactor(),
	})
	if err != nil {
		t.Fatal(err)
	}
	_, failure := c.Create(t.Context(), scimclient.Call{}, "Users", []byte(`{}`))
	if failure == nil || !strings.Contains(failure.Sentence(), `["{target}/Users/1"]`) {
		t.Errorf("%v", failure)
	}
}
