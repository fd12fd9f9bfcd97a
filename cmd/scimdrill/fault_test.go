package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

// TestFault forwards requests unchanged, switches faults while it runs, and counts them at the end.
func TestFault(t *testing.T) {
	t.Parallel()
	const secret = "credential-of-the-client"
	got := make(chan *http.Request, 10)
	endpoint := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		got <- r
		w.Header().Set("ETag", `W/"1"`)
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"id":"7"}`)
	}))
	t.Cleanup(endpoint.Close)
	r, _ := startServer(t, nil, 1, "fault", "--target", endpoint.URL+"/scim/v2", "--seed", "7", "--fault", "lost=1 on DELETE")
	status, header, text := r.send(t, secret, http.MethodPost, "/Users?a=%2F", `{"userName":"ada"}`)
	if status != http.StatusCreated || header.Get("ETag") != `W/"1"` || text != `{"id":"7"}` {
		t.Errorf("POST: %d %v %s", status, header, text)
	}
	q := <-got
	body, _ := io.ReadAll(q.Body)
	if q.RequestURI != "/scim/v2/Users?a=%2F" || q.Header.Get("Authorization") != "Bearer "+secret || string(body) != `{"userName":"ada"}` {
		t.Errorf("forwarded %s %v %s", q.RequestURI, q.Header, body)
	}
	if status, _ := r.ask(t, secret, http.MethodDelete, "/Users/7", ""); status != http.StatusInternalServerError || (<-got).Method != http.MethodDelete {
		t.Errorf("a lost DELETE: %d", status)
	}
	if status, text := r.ask(t, secret, http.MethodPut, "/_faults", `["outage on GET for 1h"]`); status != http.StatusOK {
		t.Errorf("PUT /_faults: %d %s", status, text)
	}
	if status, _ := r.ask(t, secret, http.MethodGet, "/Users", ""); status != http.StatusServiceUnavailable {
		t.Errorf("GET in the outage: %d", status)
	}
	if status, text := r.ask(t, secret, http.MethodPut, "/_faults", `["outage on FETCH"]`); status != http.StatusBadRequest ||
		!strings.Contains(text, `"FETCH" is not a SCIM method; hint: `) {
		t.Errorf("a wrong body: %d %s", status, text)
	}
	r.ask(t, secret, http.MethodDelete, "/_faults", "")
	if status, _ := r.ask(t, secret, http.MethodGet, "/Users", ""); status != http.StatusCreated {
		t.Errorf("GET after the outage: %d", status)
	}
	if len(got) != 1 {
		t.Errorf("%d more requests reached the endpoint, want 1", len(got))
	}
	ended := r.stop()
	ended.want(t, reports.ExitOK, "faults in force with seed 7: lost=1 on DELETE\n", "faults in force with seed 7: outage on GET for 1h (until ",
		"no faults in force: requests are forwarded unchanged\n", "faults: lost 1, outage 1\n")
	if strings.Contains(ended.stdout+ended.stderr, secret) {
		t.Errorf("the credential is printed (S7): %s", ended.stderr)
	}
}

// TestFaultMisuse refuses hosts and addresses as other commands do.
func TestFaultMisuse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "--target URL is missing"},
		{[]string{"--target", "https://api.vendor.example/scim"}, "--allow-host api.vendor.example"},
		{[]string{"--target", "http://api.vendor.example/scim", "--allow-host", "api.vendor.example"}, "this needs --insecure-http"},
		{[]string{"--target", "http://127.0.0.1:1/?aadOptscim062020"}, "--target has a query"},
		{[]string{"--target", "http://127.0.0.1:1", "--listen", "0.0.0.0:0"}, "add --expose"},
		{[]string{"--target", "http://127.0.0.1:1", "--fault", "500=2"}, `--fault: fault "500=2"`},
		{[]string{"--target", "http://127.0.0.1:1", "--fault", "stale=0.1:3"}, "a proxy knows no past state"},
	} {
		invocation{}.run(t, append([]string{"fault"}, c.args...)...).want(t, reports.ExitUsage, c.want)
	}
}
