package okta_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/okta"
	"github.com/scimdrill/scimdrill/simulator/push"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// heard is a request as the target saw it.
type heard struct {
	method, uri, body string
	header            http.Header
}

func (h heard) line() string { return strings.TrimSpace(h.method + " " + h.uri + " " + h.body) }

// world is a target, the folders of a client, and what the target heard.
type world struct {
	t      *testing.T
	dir    string
	server *httptest.Server
	target *target.Target
	clock  *clock.Virtual
	before func(w http.ResponseWriter, r *http.Request, body []byte) bool // answers instead of the target

	mu   sync.Mutex
	list []heard
}

const token = "secret"

// newWorld starts the reference target.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), clock: clock.NewVirtual(engine.Start())}
	var err error
	if w.target, err = target.New(target.Options{Seed: 1, Token: token, Now: w.clock.Now}); err != nil {
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
	w.list = append(w.list, heard{r.Method, r.RequestURI, string(body), r.Header.Clone()})
	before := w.before
	w.mu.Unlock()
	if before != nil && before(rw, r, body) {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.target.ServeHTTP(rw, r)
}

// answering replaces the target for the requests that it answers; nil is the target alone.
func (w *world) answering(before func(http.ResponseWriter, *http.Request, []byte) bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.before = before
}

// heard returns the requests since the last call.
func (w *world) heard() []heard {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.list
	w.list = nil
	return list
}

// lines are these requests as lines, with ids replaced by names.
func (w *world) lines() []string {
	var out []string
	for _, h := range w.heard() {
		out = append(out, w.named(h.line()))
	}
	return out
}

// named replaces the ids of resources by <userName> or <displayName>.
func (w *world) named(text string) string {
	for _, kind := range []struct{ endpoint, attribute string }{{"/Users", "userName"}, {"/Groups", "displayName"}} {
		for _, r := range w.target.Snapshot(kind.endpoint) {
			text = strings.ReplaceAll(text, fmt.Sprint(r["id"]), fmt.Sprintf("<%v>", r[kind.attribute]))
		}
	}
	return text
}

// config is the configuration of a run against the world.
func (w *world) config(tenant, changes string) push.Config {
	w.t.Helper()
	cfg := push.Config{
		Endpoint: scimclient.Config{TenantURL: w.server.URL, Authorization: "Bearer " + token}, TenantName: "tenant", Seed: 1, RunID: "r1",
		State: filepath.Join(w.dir, "state"), Out: filepath.Join(w.dir, "out"), Transcript: "off", Command: "test", Verify: &push.Verification{},
	}
	if tenant != "" {
		cfg.Tenant = strings.NewReader(tenant)
	}
	if changes != "" {
		var err error
		if cfg.Changes, err = directory.ReadChanges(strings.NewReader(changes), "changes"); err != nil {
			w.t.Fatal(err)
		}
	}
	return cfg
}

// run runs the client with options of the form name=value.
func (w *world) run(cfg push.Config, options ...string) (*push.Result, error) {
	w.t.Helper()
	return w.runWith(w.t.Context(), cfg, options...)
}

func (w *world) runWith(ctx context.Context, cfg push.Config, options ...string) (*push.Result, error) {
	w.t.Helper()
	set := map[string]string{}
	for _, o := range options {
		name, value, _ := strings.Cut(o, "=")
		set[name] = value
	}
	s, err := okta.Parse(set)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := wholefile.PrivateDir(cfg.State); err != nil {
		w.t.Fatal(err)
	}
	return push.Run(ctx, cfg, push.Deps{Clock: w.clock}, okta.New(s), nil)
}

// good runs the client and wants nothing left and no difference.
func (w *world) good(cfg push.Config, options ...string) *push.Result {
	w.t.Helper()
	res, err := w.run(cfg, options...)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(res.Tasks) > 0 {
		w.t.Fatalf("tasks are left: %+v", res.Tasks)
	}
	if res.EndState == nil || res.EndState.Fails() || res.EndState.Unverified > 0 {
		w.t.Fatalf("the end state differs: %+v", res.EndState)
	}
	return res
}

// user is a line of a tenant file.
func user(id string, more ...string) string {
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.user","id":%q,"userPrincipalName":"%s@contoso.test","mail":"%[2]s@contoso.test"`+
		`,"givenName":%[3]q,"surname":"Test","displayName":"%[2]s Test"%[4]s}`+"\n",
		id, id, strings.ToUpper(id[:1])+id[1:], strings.Join(append([]string{""}, more...), ","))
}

// group is a line of a tenant file.
func group(id, name string, members ...string) string {
	var list []string
	for _, m := range members {
		list = append(list, fmt.Sprintf(`{"@odata.type":"#microsoft.graph.user","id":%q}`, m))
	}
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.group","id":%q,"displayName":%q,"securityEnabled":true,"members@delta":[%s]}`+"\n", id, name,
		strings.Join(list, ","))
}

// assigned is a line of a tenant file.
func assigned(id, principal, kind string) string {
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.appRoleAssignment","id":%q,"principalId":%q,"principalType":%q`+
		`,"appRoleId":"00000000-0000-0000-0000-000000000000"}`+"\n", id, principal, kind)
}

// at is a line of a change stream.
func at(when, line string) string {
	return fmt.Sprintf(`{"at":%q,`, when) + strings.TrimPrefix(line, "{")
}

// methods are the methods and paths of requests, without ids and bodies.
func methods(list []string) []string {
	var out []string
	for _, line := range list {
		method, rest, _ := strings.Cut(line, " ")
		uri, _, _ := strings.Cut(rest, " ")
		out = append(out, method+" "+uri)
	}
	return out
}

// only are the lines that contain a text.
func only(list []string, text string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return !strings.Contains(s, text) })
}
