package exchange_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

type harFile struct {
	Log struct {
		Version string
		Creator struct{ Name, Version string }
		Comment string
		Entries []struct {
			StartedDateTime time.Time
			Time            float64
			Request         struct {
				Method, URL string
				Headers     []struct{ Name, Value string }
				QueryString []struct{ Name, Value string }
				PostData    *struct{ MimeType, Text string }
			}
			Response struct {
				Status  int
				Content struct {
					Size                              int
					MimeType, Text, Encoding, Comment string
				}
				RedirectURL string
			}
			Timings struct{ Send, Wait, Receive *float64 }
			Cache   *struct{}
			Label   string `json:"_label"`
			Virtual string `json:"_virtualTime"`
			Error   string `json:"_error"`
		}
	}
}

func readHAR(t *testing.T, path string) harFile {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var f harFile
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatalf("not valid JSON: %v\n%s", err, data[max(0, len(data)-300):])
	}
	return f
}

func sample(label string) *exchange.Exchange {
	return &exchange.Exchange{
		Label: label, Virtual: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), Started: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		Wait: 2 * time.Millisecond, Duration: 3 * time.Millisecond, Method: "POST", URL: "http://127.0.0.1/Users?filter=userName+eq+%22ada%22",
		RequestHeader: http.Header{"Authorization": {"Bearer topsecret"}, "Content-Type": {"application/scim+json"}},
		RequestBody:   []byte(`{"userName":"ada","password":"topsecret"}`),
		Status:        201, Proto: "HTTP/1.1", ResponseHeader: http.Header{"Content-Type": {"application/scim+json"}}, ResponseBody: []byte(`{"id":"1"}`),
	}
}

func create(t *testing.T, limit int64) (*exchange.HAR, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "exchanges.har")
	h, err := exchange.CreateHAR(path, "1.2.3", limit, exchange.NewRedactor("topsecret"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h, path
}

func TestHARIsValidAtAnyMoment(t *testing.T) {
	t.Parallel()
	h, path := create(t, 0)
	for i := range 5 {
		if got := len(readHAR(t, path).Log.Entries); got != i {
			t.Fatalf("%d entries, want %d", got, i)
		}
		if err := h.Add(sample("create")); err != nil {
			t.Fatal(err)
		}
	}
	f := readHAR(t, path) // not closed: a killed run leaves this
	if f.Log.Version != "1.2" || f.Log.Creator.Name != "scimdrill" || f.Log.Creator.Version != "1.2.3" {
		t.Errorf("log = %+v", f.Log)
	}
	e := f.Log.Entries[4]
	if e.Request.PostData.Text != `{"userName":"ada","password":"REDACTED"}` || e.Response.Content.Text != `{"id":"1"}` || e.Response.Content.Size != 10 {
		t.Errorf("bodies = %+v %+v", e.Request.PostData, e.Response.Content)
	}
	if e.Label != "create" || e.Virtual != "2026-11-24T09:00:00Z" || e.Time != 3 || *e.Timings.Wait != 2 || *e.Timings.Receive != 1 || e.Cache == nil {
		t.Errorf("entry = %+v", e)
	}
	if e.Request.QueryString[0].Value != `userName eq "ada"` || e.Request.Headers[0].Value != "Bearer REDACTED" {
		t.Errorf("request = %+v", e.Request)
	}
}

func TestHARBodies(t *testing.T) {
	t.Parallel()
	h, path := create(t, 0)
	binary, long, none := sample("binary"), sample("long"), sample("none")
	binary.ResponseBody = []byte{0xff, 0xfe, 0}
	long.ResponseBody = bytes.Repeat([]byte("é"), 200<<10)
	long.ResponseBody = append([]byte("x"), long.ResponseBody...)
	none.Status, none.ResponseBody, none.ResponseHeader, none.Failure = 0, nil, nil, exchange.FailureRefused
	for _, e := range []*exchange.Exchange{binary, long, none} {
		if err := h.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	entries := readHAR(t, path).Log.Entries
	if c := entries[0].Response.Content; c.Encoding != "base64" || c.Text != "//4A" {
		t.Errorf("binary = %+v", c)
	}
	if c := entries[1].Response.Content; c.Encoding != "" || !strings.HasSuffix(c.Text, "éé") || c.Size != 400<<10+1 ||
		!strings.Contains(c.Comment, "of 409601 bytes") {
		t.Errorf("long = %d %q %q", c.Size, c.Encoding, c.Comment)
	}
	if entries[2].Error != "refused" || entries[2].Response.Status != 0 {
		t.Errorf("none = %+v", entries[2])
	}
}

func TestHARCap(t *testing.T) {
	t.Parallel()
	const limit = 4000
	h, path := create(t, limit)
	for range 20 {
		if err := h.Add(sample("create")); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	f := readHAR(t, path)
	left := 20 - len(f.Log.Entries)
	if info.Size() > limit+100 || left == 20 || left == 0 {
		t.Errorf("%d bytes, %d entries left out", info.Size(), left)
	}
	if !strings.Contains(f.Log.Comment, "omitted at the limit of 4000 bytes") || !strings.Contains(f.Log.Comment, "Incomplete: ") {
		t.Errorf("comment = %q", f.Log.Comment)
	}
}

func TestHARConcurrent(t *testing.T) {
	t.Parallel()
	h, path := create(t, 0)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if err := h.Add(sample("create")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := len(readHAR(t, path).Log.Entries); got != 160 {
		t.Errorf("%d entries, want 160", got)
	}
}

func TestHARErrors(t *testing.T) {
	t.Parallel()
	if _, err := exchange.CreateHAR(filepath.Join(t.TempDir(), "none", "x.har"), "1", 0, nil); err == nil || !strings.Contains(err.Error(), "hint:") {
		t.Errorf("missing folder: %v", err)
	}
	h, _ := create(t, 0)
	if err := errors.Join(h.Close(), h.Close()); err != nil {
		t.Error(err)
	}
	if err := h.Add(sample("late")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Add after Close = %v", err)
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		if _, err := exchange.CreateHAR("/dev/full", "1", 0, nil); err == nil {
			t.Error("a full disk gave no error")
		}
	}
}
