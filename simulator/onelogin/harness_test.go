package onelogin_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/onelogin"
	"github.com/scimdrill/scimdrill/simulator/push"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// world is a target, the folders of a client, and the requests as lines.
type world struct {
	t      *testing.T
	dir    string
	server *httptest.Server
	target *target.Target
	clock  *clock.Virtual
	// instead answers a request in the place of the target; it may be nil.
	instead func(w http.ResponseWriter, r *http.Request) bool

	mu     sync.Mutex
	list   []string
	header http.Header // of the last request
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), clock: clock.NewVirtual(engine.Start())}
	var err error
	if w.target, err = target.New(target.Options{Seed: 1, Token: "secret", Now: w.clock.Now}); err != nil {
		t.Fatal(err)
	}
	w.server = httptest.NewServer(w)
	t.Cleanup(w.server.Close)
	return w
}

func (w *world) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.t.Error(err)
	}
	w.mu.Lock()
	w.list, w.header = append(w.list, strings.TrimSpace(r.Method+" "+r.RequestURI+" "+string(body))), r.Header.Clone()
	w.mu.Unlock()
	if w.instead != nil && w.instead(rw, r) {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.target.ServeHTTP(rw, r)
}

// lines are the requests since the last call, with ids replaced by names.
func (w *world) lines() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []string
	for _, line := range w.list {
		for endpoint, attribute := range map[string]string{"/Users": "userName", "/Groups": "displayName"} {
			for _, r := range w.target.Snapshot(endpoint) {
				line = strings.ReplaceAll(line, fmt.Sprint(r["id"]), fmt.Sprintf("<%v>", r[attribute]))
			}
		}
		out = append(out, line)
	}
	w.list = nil
	return out
}

// run runs the client with options of the form name=value.
func (w *world) run(tenant, changes string, options ...string) (*push.Result, error) {
	w.t.Helper()
	cfg := push.Config{
		Endpoint: scimclient.Config{TenantURL: w.server.URL, Authorization: "Bearer secret"}, TenantName: "tenant", Seed: 1, RunID: "r1",
		State: filepath.Join(w.dir, "state"), Out: filepath.Join(w.dir, "out"), Transcript: "off", Command: "test", Verify: &push.Verification{},
	}
	if tenant != "" {
		cfg.Tenant = strings.NewReader(tenant)
	}
	var err error
	if cfg.Changes, err = directory.ReadChanges(strings.NewReader(changes), "changes"); err != nil {
		w.t.Fatal(err)
	}
	set := map[string]string{}
	for _, o := range options {
		name, value, _ := strings.Cut(o, "=")
		set[name] = value
	}
	s, err := onelogin.Parse(set)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := wholefile.PrivateDir(cfg.State); err != nil {
		w.t.Fatal(err)
	}
	return push.Run(w.t.Context(), cfg, push.Deps{Clock: w.clock}, onelogin.New(s), nil)
}

// good runs the client and wants nothing left and no difference.
func (w *world) good(tenant, changes string, options ...string) {
	w.t.Helper()
	res, err := w.run(tenant, changes, options...)
	switch {
	case err != nil:
		w.t.Fatal(err)
	case len(res.Tasks) > 0:
		w.t.Fatalf("tasks are left: %+v", res.Tasks)
	case res.EndState == nil || res.EndState.Fails() || res.EndState.Unverified > 0:
		w.t.Fatalf("the end state differs: %+v", res.EndState)
	}
}

const (
	ada = `{"@odata.type":"#microsoft.graph.user","id":"ada","userPrincipalName":"ada@contoso.test","mail":"ada@contoso.test",` +
		`"givenName":"Ada","surname":"Lovelace","displayName":"Ada Lovelace","jobTitle":"Engineer","department":"Research"}` + "\n"
	adaAssigned = `{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","principalId":"ada","principalType":"User"}` + "\n"
	team        = `{"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"Admin Role","securityEnabled":true,` +
		`"members@delta":[{"@odata.type":"#microsoft.graph.user","id":"ada"}]}` + "\n" +
		`{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a2","principalId":"g1","principalType":"Group"}` + "\n"
)

// at is a change at a time.
func at(when, rest string) string { return `{"at":"` + when + `",` + rest + "}\n" }
