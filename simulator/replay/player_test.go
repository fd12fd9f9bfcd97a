package replay_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/replay"
)

// stream is a small initial cycle: two users, a manager, a group, a member, and a leaver.
func stream() []string {
	const ada, bob, team = `{{users["ada"].id}}`, `{{users["bob \"b\""].id}}`, `{{groups["Team/1"].id}}`
	return []string{
		line(0, "GET", "/Users?filter=userName+eq+%22ada%22", "", 200),
		line(0, "POST", "/Users", `{"userName":"ada","externalId":"e1","emails":[{"value":"ada@x.test"}]}`, 201, `users["ada"].id`),
		line(0, "POST", "/Users?aadOptscim062020", `{"userName":"bob \"b\""}`, 201, `users["bob \"b\""].id`),
		line(0, "PATCH", "/Users/"+ada, `{"Operations":[{"op":"Add","path":"manager","value":"`+bob+`"}]}`, 204),
		line(0, "POST", "/Groups", `{"displayName":"Team/1"}`, 201, `groups["Team/1"].id`),
		line(0, "PATCH", "/Groups/"+team, `{"Operations":[{"op":"remove","path":"members[value eq \"`+ada+`\"]"}]}`, 204),
		line(0, "PATCH", "/Groups/"+team, `{"Operations":[{"op":"Add","path":"members","value":[{"value":"`+bob+`"}]}]}`, 204),
		line(0, "DELETE", "/Users/"+ada, "", 204),
	}
}

// The ids of the new target stand where those of the old one were, and each request waits for
// what it needs, whatever overtakes it.
func TestOrder(t *testing.T) {
	t.Parallel()
	for _, slowest := range []string{"POST", "PATCH", "GET", "DELETE"} {
		s := newServer(t)
		s.slow = func(r *http.Request) time.Duration {
			if r.Method == slowest {
				return 30 * time.Millisecond
			}
			return 0
		}
		cfg := s.config(t)
		r := play(t, cfg, stream()...)
		if r.Sent != 8 || r.UnsentTotal() != 0 || r.DifferentTotal() != 0 {
			t.Fatalf("%s: %+v", slowest, r)
		}
		place := func(part string) int {
			i := slices.IndexFunc(s.log, func(l string) bool { return strings.Contains(l, part) })
			if i < 0 {
				t.Fatalf("%s: %q is missing in %q", slowest, part, s.log)
			}
			return i
		}
		ada, bob := strings.ReplaceAll(s.names["Bearer secretada"], " ", "%20"), s.names[`Bearer secretbob "b"`]
		for _, pair := range [][2]string{
			{"filter=userName+eq+%22ada%22", `"userName":"ada"`},
			{`"userName":"ada"`, "/scim/Users/" + ada + " "},
			{`"userName":"bob`, `"manager","value":"` + bob},
			{`members[value eq`, `"members","value":[{"value":"` + bob},
			{`members[value eq`, "DELETE /scim/Users/" + ada},
			{`"manager"`, "DELETE /scim/Users/" + ada},
		} {
			if place(pair[0]) >= place(pair[1]) {
				t.Errorf("slow %s: %q came after %q: %q", slowest, pair[0], pair[1], s.log)
			}
		}
	}
}

// A stream without binds takes the names of what it creates.
func TestInferredBinds(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	r := play(
		t, s.config(t),
		line(0, "POST", "/Users", `{"userName":"ada","externalId":"e1"}`, 0),
		line(0, "PATCH", `/Users/{{users["e1"].id}}`, "{}", 0),
		line(0, "DELETE", `/Users/{{users["ada"].id}}`, "", 0),
		line(0, "POST", "/Users", `{"userName":"ada","externalId":"e1"}`, 0),
		line(0, "PATCH", `/Users/{{users["ada"].id}}`, "{}", 0),
	)
	if r.UnsentTotal() != 0 || !strings.HasPrefix(s.log[1], "PATCH /scim/Users/id%201") || !strings.HasPrefix(s.log[4], "PATCH /scim/Users/id%202") {
		t.Errorf("%+v %q", r, s.log)
	}
}

// What needs an id that never came is not sent, and named.
func TestUnsent(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.hook = func(w http.ResponseWriter, r *http.Request, body string) bool {
		if strings.Contains(body, `"ada"`) {
			w.WriteHeader(http.StatusConflict)
			return true
		}
		return false
	}
	r := play(t, s.config(t), stream()...)
	want := []replay.Unsent{{Why: `needs an id of users that no response gave`, Count: 3, Examples: []string{
		`request 4, PATCH /Users/{id} of ada: needs users["ada"].id`, `request 6, PATCH /Groups/{id} members of Team/1: needs users["ada"].id`,
		`request 8, DELETE /Users/{id} of ada: needs users["ada"].id`,
	}}}
	slices.Sort(r.Unsent[0].Examples)
	slices.Sort(want[0].Examples)
	if d := cmp.Diff(want, r.Unsent); d != "" {
		t.Error(d)
	}
	unknown := play(t, s.config(t), line(0, "DELETE", `/Users/{{users["eve"].id}}`, "", 204))
	if unknown.Unsent[0].Why != "needs an id of users that no request of the stream asks for" {
		t.Errorf("%+v", unknown.Unsent)
	}
	if r.DifferentTotal() != 1 || r.Different[0].Recorded != 201 || r.Different[0].Have != 409 {
		t.Errorf("%+v", r.Different)
	}
}

// Each tenant has credentials and ids of its own.
func TestTenants(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	cfg := s.config(t)
	cfg.Tenants = []replay.Tenant{{Name: "a", Authorization: "Bearer a"}, {Name: "b", Authorization: "Bearer b"}}
	r := play(t, cfg, stream()...)
	if r.Sent != 16 || r.UnsentTotal() != 0 || s.names["Bearer aada"] == s.names["Bearer bada"] {
		t.Errorf("%+v %v", r, s.names)
	}
}

// Retry-After is honoured when asked for, and the requests behind keep their order.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	for _, honour := range []bool{true, false} {
		s := newServer(t)
		refused := 0
		s.hook = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			s.mu.Lock()
			defer s.mu.Unlock()
			if r.Method != http.MethodPost || refused > 0 {
				return false
			}
			refused++
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusTooManyRequests)
			return true
		}
		cfg := s.config(t)
		cfg.HonourRetryAfter = honour
		r := play(t, cfg, line(0, "POST", "/Users", `{"userName":"ada"}`, 201), line(0, "PATCH", `/Users/{{users["ada"].id}}`, "{}", 204))
		sum := cfg.Recorder.Summary()
		if honour && (r.Retried != 1 || r.UnsentTotal() != 0 || sum.Requests != 2) || !honour && (r.UnsentTotal() != 1 || sum.Throttled != 1) {
			t.Errorf("honour %v: %+v %+v", honour, r, sum)
		}
	}
}

// In the open model, requests are due by the schedule, and the response time counts from there:
// a target that stalls cannot hide it.
func TestOpenModel(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.slow = func(*http.Request) time.Duration { return 20 * time.Millisecond }
	cfg := s.config(t)
	cfg.Concurrency, cfg.Schedule = 1, replay.Steady(1000)
	var lines []string
	for i := range 20 {
		lines = append(lines, line(0, "GET", fmt.Sprintf("/Users?filter=userName+eq+%%22u%d%%22", i), "", 200))
	}
	r := play(t, cfg, lines...)
	sum := cfg.Recorder.Summary()
	if r.Planned != 19*time.Millisecond || sum.All.Response.Max() < 300*time.Millisecond || sum.All.Service.Percentile(50) > 200*time.Millisecond {
		t.Errorf("planned %v, response %v, service %v", r.Planned, sum.All.Response.Max(), sum.All.Service.Percentile(50))
	}
}

// The duration ends the run before the stream does.
func TestDuration(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	cfg := s.config(t)
	cfg.Schedule, cfg.Duration = replay.AsRecorded(10), 100*time.Millisecond
	r := play(
		t, cfg, line(0, "GET", "/Users?filter=a+eq+%221%22", "", 200), line(500*time.Millisecond, "GET", "/Users/7", "", 200),
		line(time.Hour, "GET", "/Users/7", "", 200),
	)
	if r.Sent != 2 || !r.Ended || r.Planned != 50*time.Millisecond {
		t.Errorf("%+v", r)
	}
}

// A target that is gone ends the run.
func TestGone(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	cfg := s.config(t)
	s.Close()
	var lines []string
	for i := range 1000 {
		lines = append(lines, line(0, "GET", fmt.Sprintf("/Users?filter=userName+eq+%%22u%d%%22", i), "", 200))
	}
	r := play(t, cfg, lines...)
	if r.Stopped == nil || !strings.Contains(r.Stopped.Error(), "does not respond") || r.Sent > 200 {
		t.Errorf("%+v", r)
	}
	if p := cfg.Recorder.Summary().Problems; len(p) != 1 || p[0].Failure != "refused" {
		t.Errorf("%+v", p)
	}
}

// A target that lets nobody in ends the run at its beginning.
func TestRefused(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }))
	t.Cleanup(s.Close)
	cfg := newServer(t).config(t)
	cfg.Base.Host = strings.TrimPrefix(s.URL, "http://")
	var lines []string
	for i := range 1000 {
		lines = append(lines, line(0, "GET", fmt.Sprintf("/Users?filter=userName+eq+%%22u%d%%22", i), "", 200))
	}
	r := play(t, cfg, lines...)
	if !errors.Is(r.Stopped, replay.ErrRefused) || r.Sent > 100 {
		t.Errorf("%+v", r)
	}
}

// Shards share the work, and a reference to an object of another shard is searched for.
func TestShards(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	total := int64(0)
	var lines []string
	for i := range 20 {
		name := fmt.Sprintf("u%d", i)
		lines = append(lines, line(0, "POST", "/Users", fmt.Sprintf(`{"userName":%q}`, name), 201, fmt.Sprintf("users[%q].id", name)))
	}
	lines = append(lines, line(0, "POST", "/Groups", `{"displayName":"Team"}`, 201, `groups["Team"].id`))
	for i := range 20 {
		lines = append(lines, line(0, "PATCH", `/Groups/{{groups["Team"].id}}`, fmt.Sprintf(`{"members":"{{users[\"u%d\"].id}}"}`, i), 204))
		lines[len(lines)-1] = strings.ReplaceAll(lines[len(lines)-1], `\\\"`, `\"`)
	}
	done := make(chan *replay.Result)
	var lookups int64
	for i := range 3 {
		go func() {
			cfg := s.config(t)
			cfg.Shard = replay.Shard{Index: i, Of: 3}
			done <- play(t, cfg, lines...)
		}()
	}
	for range 3 {
		r := <-done
		total += r.Read
		lookups += r.Lookups
		if r.UnsentTotal() != 0 {
			t.Errorf("%+v", r.Unsent)
		}
	}
	if total != 41 || lookups == 0 {
		t.Errorf("%d requests, %d lookups", total, lookups)
	}
}

// keeper is a journal in memory.
type keeper struct {
	intents []journal.Object
	made    []string
	gone    []int64
}

func (k *keeper) Intent(o journal.Object) (int64, error) {
	k.intents = append(k.intents, o)
	return int64(len(k.intents)), nil
}

func (k *keeper) Made(_ int64, id string) error {
	k.made = append(k.made, id)
	return nil
}

func (k *keeper) Gone(entry int64) error {
	k.gone = append(k.gone, entry)
	return nil
}

// S10: what is made stands in the journal before it is made, so that cleanup can remove it.
func TestJournal(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	cfg, k := s.config(t), &keeper{}
	cfg.Journal, cfg.Concurrency = k, 1
	play(t, cfg, stream()...)
	want := []journal.Object{
		{Collection: "Users", Attribute: "userName", Value: "ada", AltAttribute: "externalId", AltValue: "e1"},
		{Collection: "Users", Attribute: "userName", Value: `bob "b"`},
		{Collection: "Groups", Attribute: "displayName", Value: "Team/1"},
	}
	if d := cmp.Diff(want, k.intents); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"id 1", "id 2", "id 3"}, k.made); d != "" || !slices.Equal(k.gone, []int64{1}) {
		t.Errorf("%s, gone %v", d, k.gone)
	}
}

// Objects of somebody else are left alone where the host is foreign.
func TestOwnOnly(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.names["Bearer secretada"] = "7"
	cfg := s.config(t)
	cfg.OwnOnly = true
	r := play(
		t, cfg, line(0, "GET", "/Users?filter=userName+eq+%22ada%22", "", 200, `users["ada"].id`),
		line(0, "PATCH", `/Users/{{users["ada"].id}}`, "{}", 204), line(0, "DELETE", "/Users/9", "", 204),
		line(0, "POST", "/Users", `{"userName":"bob"}`, 201), line(0, "PATCH", `/Users/{{users["bob"].id}}`, "{}", 204),
	)
	if r.UnsentTotal() != 2 || r.Sent != 3 {
		t.Errorf("%+v", r)
	}
}

// Interrupting a run ends all that waits.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	ctx, cancel := context.WithCancel(t.Context())
	s.hook = func(http.ResponseWriter, *http.Request, string) bool {
		cancel()
		time.Sleep(50 * time.Millisecond)
		return false
	}
	cfg := s.config(t)
	cfg.Schedule = replay.Steady(1000)
	p, err := replay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Play(ctx, replay.Lines(strings.NewReader(strings.Join(stream(), "\n")), "x"))
	if err != nil || r.Sent == 0 || r.Stopped != nil {
		t.Errorf("%+v %v", r, err)
	}
}

// Mistakes in a stream name file and line, and nothing after them is sent.
func TestBadStream(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"hello":                                        "line 1",
		`{"method":"BREW","path":"/x"}`:                `"BREW" cannot be replayed`,
		`{"method":"GET","path":"/../x"}`:              "stay below the base",
		`{"method":"GET","path":"//h/x"}`:              "stay below the base",
		`{"method":"GET","path":"Users"}`:              "must begin with /",
		`{"method":"GET","path":"/%2e%2e"}`:            "stay below the base",
		`{"at":"soon","method":"GET","path":"/Users"}`: "at:",
	} {
		var err error
		for _, e := range replay.Lines(strings.NewReader(text), "s.jsonl") {
			err = e
		}
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "s.jsonl, line 1") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Ids are found in compressed responses too.
func TestCompressed(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.hook = func(w http.ResponseWriter, r *http.Request, _ string) bool {
		if r.Method != http.MethodPost || r.Header.Get("Accept-Encoding") != "gzip" {
			return false
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(http.StatusCreated)
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, `{"id":"packed"}`)
		_ = z.Close()
		return true
	}
	r := play(t, s.config(t), line(0, "POST", "/Users", `{"userName":"ada"}`, 201), line(0, "PATCH", `/Users/{{users["ada"].id}}`, "{}", 204))
	if r.Sent != 2 || !slices.Contains(s.log, "PATCH /scim/Users/packed {}") {
		t.Errorf("%+v\n%s", r, s.log)
	}
}

// Headers of the recording are sent again, but no credentials and nothing of its connection.
func TestHeaders(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	var got http.Header
	s.hook = func(_ http.ResponseWriter, r *http.Request, _ string) bool {
		got = r.Header
		return false
	}
	cfg := s.config(t)
	cfg.Header = http.Header{"X-Gateway": {"1"}}
	play(t, cfg, `{"method":"POST","path":"/Users","body":"{}","headers":{"Authorization":"Bearer old","Cookie":"a","Host":"x",`+
		`"X-Forwarded-For":"y","client-request-id":"7","User-Agent":"agent","X-Old":"REDACTED"}}`)
	want := http.Header{
		"Authorization": {"Bearer secret"}, "Client-Request-Id": {"7"}, "User-Agent": {"agent"}, "X-Gateway": {"1"},
		"Content-Type": {"application/scim+json"}, "Content-Length": {"2"}, "Accept-Encoding": {"gzip"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
