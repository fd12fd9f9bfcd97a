package replay_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/replay"
)

// recorded plays a file that somebody else recorded.
func recorded(t *testing.T, s *server, name, text string) (*replay.Result, []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var notes []string
	source, err := replay.Open(path, func(note string) { notes = append(notes, note) })
	if err != nil {
		t.Fatal(err)
	}
	p, err := replay.New(s.config(t))
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Play(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	return r, notes
}

// A HAR file of a browser: pages are left out, ids are bound, and responses are compared in what they have.
func TestRecordedByBrowser(t *testing.T) {
	t.Parallel()
	const entry = `{"startedDateTime":"2026-11-24T08:00:00Z","request":{"method":"M","url":"https://a.test/scim/v2P","headers":[],"postData":{"text":"B"}},` +
		`"response":{"status":S,"headers":[],"content":{"text":"A"}}}`
	of := func(method, path, body, status, answer string) string {
		quote := func(text string) string { return strings.ReplaceAll(text, `"`, `\"`) }
		replacer := strings.NewReplacer(`"M"`, `"`+method+`"`, `P"`, path+`"`, `"B"`, `"`+quote(body)+`"`, `:S,`, ":"+status+",", `"A"`, `"`+quote(answer)+`"`)
		return replacer.Replace(entry)
	}
	s := newServer(t)
	r, notes := recorded(t, s, "a.har", `{"log":{"entries":[`+strings.Join([]string{
		of("POST", "/Users", `{"userName":"ada"}`, "201", `{"id":"7","userName":"ada","active":true,"emails":[{"value":"a"}]}`),
		of("PATCH", "/Users/7", `{"n":1}`, "204", ""),
		of("GET", "/Users/55", "", "200", `{"id":"55"}`),
		of("GET", "/../page", "", "200", "<html>"),
	}, ",")+`]}}`)
	if r.Sent != 3 || len(notes) != 1 || !strings.Contains(notes[0], "1 of 4 requests") {
		t.Fatalf("%+v %q", r, notes)
	}
	if len(s.log) == 0 || !strings.Contains(strings.Join(s.log, "\n"), "PATCH /scim/Users/id%201 {\"n\":1}") {
		t.Errorf("%q", s.log)
	}
	var what []string
	for _, a := range r.Answered {
		what = append(what, a.Operation+": "+a.What)
	}
	if got := strings.Join(what, "; "); !strings.Contains(got, "POST /Users: active is missing; POST /Users: emails is missing") {
		t.Errorf("differences: %q", got)
	}
	if u := r.Unbound; u.Requests != 1 || u.Examples[0] != "/Users/55" {
		t.Errorf("unbound: %+v", u)
	}
}

// An access log has no bodies: what needs one is named and not sent.
func TestRecordedByServer(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r, _ := recorded(t, s, "access.log",
		`192.0.2.7 - - [24/Nov/2026:08:00:00 +0000] "GET /scim/v2/Users?filter=userName%20eq%20%22ada%22 HTTP/1.1" 200 512 "-" "sync" 0.010
192.0.2.7 - - [24/Nov/2026:08:00:00 +0000] "POST /scim/v2/Users HTTP/1.1" 201 512 "-" "sync" 0.010
192.0.2.7 - - [24/Nov/2026:08:00:00 +0000] "DELETE /scim/v2/Users/7 HTTP/1.1" 204 0 "-" "sync" 0.010
`)
	if r.Sent != 2 || r.UnsentTotal() != 1 || r.Unsent[0].Why != "has a body that was not recorded" || r.Unbound.Requests != 1 {
		t.Errorf("%+v", r)
	}
}

// What is no recording is refused with what is expected.
func TestNoRecording(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Dear diary":                       "the form of the file is unknown",
		"":                                 "the file is empty",
		`{"log":{"entries":[]}}`:           "none of 0 requests is a SCIM request; hint",
		`{"log":{"version":"1.2"},"x":`:    "not a HAR file",
		`{"at":"PT0S","method":"GET"}`:     "not a HAR file",
		`127.0.0.1 - - [now] "GET / HTTP"`: "the form of the file is unknown",
	} {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := replay.Open(path, func(string) {}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
