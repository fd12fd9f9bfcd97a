package replay_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// Each tenant gets the requests that name it, with its own credentials, address and ids; a request without a
// name goes to all.
func TestTenantsOfStream(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	cfg := s.config(t)
	other, err := url.Parse(s.URL + "/b/scim")
	if err != nil {
		t.Fatal(err)
	}
	cfg.Tenants = []replay.Tenant{{Name: "a", Authorization: "Bearer A"}, {Name: "b", Authorization: "Bearer B", Base: other}}
	of := func(tenant, line string) string { return strings.TrimSuffix(line, "}") + `,"tenant":"` + tenant + `"}` }
	ada := `{{users["ada"].id}}`
	r := play(t, cfg,
		of("a", line(0, "POST", "/Users", `{"userName":"ada"}`, 201, `users["ada"].id`)),
		of("b", line(0, "POST", "/Users", `{"userName":"ada"}`, 201, `users["ada"].id`)),
		of("b", line(0, "PATCH", "/Users/"+ada, `{"n":"b"}`, 204)),
		of("a", line(0, "PATCH", "/Users/"+ada, `{"n":"a"}`, 204)),
		line(0, "GET", "/Users?filter=userName+eq+%22ada%22", "", 200),
	)
	if r.Sent != 6 || r.UnsentTotal() != 0 {
		t.Fatalf("%+v", r)
	}
	for want, id := range map[string]string{`PATCH /scim/Users/%s {"n":"a"}`: s.names["Bearer Aada"], `PATCH /b/scim/Users/%s {"n":"b"}`: s.names["Bearer Bada"]} {
		want = strings.ReplaceAll(want, "%s", url.PathEscape(id))
		if id == "" || !slices.Contains(s.log, want) {
			t.Errorf("%q is missing in %q", want, s.log)
		}
	}
	var names []string
	for _, o := range cfg.Recorder.Summary().Tenants {
		names = append(names, o.Name)
		if o.Requests != 3 {
			t.Errorf("%s has %d requests", o.Name, o.Requests)
		}
	}
	if !slices.Equal(names, []string{"a", "b"}) {
		t.Errorf("figures of %q", names)
	}
}

// A rule takes ids from elsewhere in a response, and they are filled into paths, bodies and headers.
func TestBindsFrom(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	var sent []string
	s.hook = func(w http.ResponseWriter, r *http.Request, body string) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		sent = append(sent, r.Method+" "+r.URL.Path+" "+r.Header.Get("X-Tenant-Account")+body)
		w.Header().Set("X-Account", "header 7")
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write([]byte(`{"id":"1","userName":"ada","account":{"id":42}}`))
		return true
	}
	with := func(line, more string) string { return strings.TrimSuffix(line, "}") + "," + more + "}" }
	r := play(t, s.config(t),
		with(line(0, "POST", "/Users", `{"userName":"ada"}`, 201),
			`"bindsFrom":{"users[\"ada\"].accountId":"$.account.id","users[\"ada\"].mark":"header:X-Account"}`),
		with(line(0, "PATCH", `/Users/{{users["ada"].id}}`, `{"a":"{{users["ada"].accountId}}"}`, 201), `"headers":{"X-Tenant-Account":"{{users[\"ada\"].mark}}"}`),
	)
	if r.UnsentTotal() != 0 || !slices.Contains(sent, `PATCH /scim/Users/1 header 7{"a":"42"}`) {
		t.Errorf("%q %+v", sent, r.Unsent)
	}
	cfg := s.config(t)
	cfg.Recorder = measure.NewRecorder(0)
	p, err := replay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	bad := with(line(0, "POST", "/Users", `{}`, 201), `"bindsFrom":{"users[\"ada\"].x":"account"}`)
	if _, err := p.Play(t.Context(), replay.Lines(strings.NewReader(bad), "bad.jsonl")); err == nil || !strings.Contains(err.Error(), "line 1: bindsFrom") {
		t.Errorf("a bad rule: %v", err)
	}
}
