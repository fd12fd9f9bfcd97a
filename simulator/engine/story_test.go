package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// story is one job with a tenant of a few people, told cycle by cycle. What the target saw
// and what the log says is put into short words, which tests compare with literals.
type story struct {
	t      *testing.T
	server *endpoint
	clock  *clock.Virtual
	cfg    engine.Config
	schema map[string]any
	parsed []byte // the schema of the last cycle
	lines  []string
	logged int // log lines of earlier cycles
	began  time.Duration
	now    func() time.Time // wall time
	// between is done to the job before the next cycle, once.
	between func(context.Context, *job.Job, time.Time) error

	calls  []call // of the last cycle
	result *engine.Result
}

// endpoint is a real target on loopback that several jobs may share.
type endpoint struct {
	*httptest.Server
	target *target.Target
	busy   sync.RWMutex // held by each handler: one may go on after its client is gone
	mu     sync.Mutex
	calls  []call
	names  map[string]string // target id to the short name of the object
	answer func(w http.ResponseWriter, r *http.Request, body string) bool
}

func newEndpoint(t *testing.T) *endpoint {
	t.Helper()
	e := &endpoint{names: map[string]string{}}
	now := clock.NewVirtual(engine.Start()).Now
	var err error
	if e.target, err = target.New(target.Options{Seed: 1, Token: "secret", Now: now}); err != nil {
		t.Fatal(err)
	}
	record := func(c call) {
		e.mu.Lock()
		e.calls = append(e.calls, c)
		e.mu.Unlock()
	}
	served := overheard(t, record, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		sent := string(body)
		if e.answer != nil && e.answer(w, r, sent) {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		rec := httptest.NewRecorder()
		e.target.ServeHTTP(rec, r)
		if r.Method == http.MethodPost && rec.Code == http.StatusCreated {
			e.named(rec.Body.String(), short(sent))
		}
		maps.Copy(w.Header(), rec.Header())
		w.WriteHeader(rec.Code)
		if _, err := w.Write(rec.Body.Bytes()); err != nil {
			t.Log(err)
		}
	}))
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.busy.RLock()
		defer e.busy.RUnlock()
		served.ServeHTTP(w, r)
	}))
	t.Cleanup(e.Close)
	return e
}

func (e *endpoint) named(answer, name string) {
	var made struct{ ID string }
	if json.Unmarshal([]byte(answer), &made) == nil {
		e.mu.Lock()
		e.names[made.ID] = name
		e.mu.Unlock()
	}
}

// short is what an object is called in tests: the first part of its userName, or its displayName.
func short(body string) string {
	var o struct{ UserName, DisplayName string }
	if json.Unmarshal([]byte(body), &o) != nil {
		return body
	}
	if name, _, _ := strings.Cut(o.UserName, "@"); name != "" {
		return name
	}
	return o.DisplayName
}

// do sends a request as the target's owner would.
func (e *endpoint) do(t *testing.T, method, path, body string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer secret")
	r.Header.Set("Content-Type", "application/scim+json")
	rec := httptest.NewRecorder()
	e.target.ServeHTTP(rec, r)
	if rec.Code >= 300 {
		t.Fatalf("%s %s: %d %s", method, path, rec.Code, rec.Body)
	}
	if method == http.MethodPost {
		e.named(rec.Body.String(), short(body))
	}
	return rec.Body.String()
}

// id is the target's id of an object.
func (e *endpoint) id(name string) string {
	for id, n := range e.names {
		if n == name {
			return id
		}
	}
	return "no " + name
}

// tell starts a story on a target of its own.
func tell(t *testing.T, lines ...string) *story {
	t.Helper()
	return tellOn(t, newEndpoint(t), lines...)
}

func tellOn(t *testing.T, e *endpoint, lines ...string) *story {
	t.Helper()
	raw, err := os.ReadFile("../../fixtures/profiles/customappsso.json")
	if err != nil {
		t.Fatal(err)
	}
	var profile struct{ Schema map[string]any }
	if err := json.Unmarshal(raw, &profile); err != nil {
		t.Fatal(err)
	}
	s := &story{t: t, now: time.Now, server: e, clock: clock.NewVirtual(engine.Start()), schema: profile.Schema}
	s.cfg = engine.Config{
		Endpoint: scimclient.Config{TenantURL: e.URL, Authorization: "Bearer secret"},
		App:      engine.App{Name: "customappsso", Title: "Story", TemplateID: "scim", Interval: "PT40M", SupportsSoftDelete: true},
		Tenant:   strings.NewReader(strings.Join(lines, "\n")), TenantName: "story", Cycles: 1, Parallel: 1, Seed: 7, RunID: "r7",
		State: t.TempDir(), Out: t.TempDir(), Transcript: "off", Set: map[string]string{},
	}
	return s
}

// set sets a named option.
func (s *story) set(name, value string) *story {
	s.cfg.Set[name] = value
	return s
}

// mapping gives the object mapping of a kind for editing; the next cycle is then an initial one (E-273).
func (s *story) mapping(kind string) map[string]any {
	rule := s.schema["synchronizationRules"].([]any)[0].(map[string]any)
	for _, m := range rule["objectMappings"].([]any) {
		if m := m.(map[string]any); m["sourceObjectName"] == kind {
			return m
		}
	}
	s.t.Fatalf("the profile has no mapping of %s", kind)
	return nil
}

// unmap takes the mapping of a target attribute out.
func (s *story) unmap(kind, name string) {
	m := s.mapping(kind)
	m["attributeMappings"] = slices.DeleteFunc(m["attributeMappings"].([]any), func(a any) bool {
		return a.(map[string]any)["targetAttributeName"] == name
	})
}

// scope puts filters on a kind: a set's JSON such as {"groups":[…]}.
func (s *story) scope(kind, text string) *story {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		s.t.Fatal(err)
	}
	s.mapping(kind)["scope"] = v
	return s
}

// restart makes the next cycle an initial one that keeps links, as a saved schema does (E-265, E-273).
func (s *story) restart() { s.schema["version"] = fmt.Sprint("restarted after ", s.began) }

// changes puts lines into the change stream, to come before the next cycle.
func (s *story) changes(lines ...string) {
	s.t.Helper()
	for _, l := range lines {
		s.lines = append(s.lines, fmt.Sprintf(`{"at":"PT%dM",%s`, int((s.began+time.Minute)/time.Minute), strings.TrimPrefix(l, "{")))
	}
	var err error
	if s.cfg.Changes, err = directory.ReadChanges(strings.NewReader(strings.Join(s.lines, "\n")), "changes"); err != nil {
		s.t.Fatal(err)
	}
}

// cycle applies changes of the source and runs the next cycle.
func (s *story) cycle(lines ...string) *story {
	s.t.Helper()
	s.changes(lines...)
	if err := s.run(); err != nil {
		s.t.Fatal(err)
	}
	return s
}

// refused runs a cycle that must not start and gives the error.
func (s *story) refused() string {
	s.t.Helper()
	err := s.run()
	if err == nil || len(s.server.calls) > 0 {
		s.t.Fatalf("error %v after %d requests", err, len(s.server.calls))
	}
	return err.Error()
}

func (s *story) run() error {
	s.t.Helper()
	text, err := json.Marshal(s.schema)
	if err != nil {
		s.t.Fatal(err)
	}
	if !bytes.Equal(text, s.parsed) {
		if s.cfg.App.Schema, err = syncschema.Parse(text, "story.json"); err != nil {
			s.t.Fatal(err)
		}
		s.parsed = text
	}
	s.server.calls = nil
	deps := engine.Deps{HTTP: s.server.Client(), Clock: s.clock, Now: s.now}
	if s.between != nil {
		deps.Timeline = []job.Moment{{At: s.began + 2*time.Minute, Do: s.between}}
		s.between = nil
	}
	s.result, err = engine.Run(s.t.Context(), s.cfg, deps)
	s.server.busy.Lock() // until the last handler is done
	defer s.server.busy.Unlock()
	if err != nil {
		return err
	}
	s.cfg.Tenant = nil
	s.began = s.result.Cycles[len(s.result.Cycles)-1].Began.Sub(s.result.Started)
	s.calls = s.server.calls
	return nil
}

// writes compares what was written to the target in the last cycle, in order.
func (s *story) writes(want ...string) *story {
	s.t.Helper()
	got := []string{}
	for _, c := range s.calls {
		if c.method != http.MethodGet {
			got = append(got, s.words(c))
		}
	}
	return s.same("writes", want, got)
}

// reads compares the queries and reads after the preflight.
func (s *story) reads(want ...string) *story {
	s.t.Helper()
	got := []string{}
	for i, c := range s.calls {
		if c.method == http.MethodGet && i > 0 {
			got = append(got, s.words(c))
		}
	}
	return s.same("reads", want, got)
}

// log compares the entries of the last cycle: who, action, status, and code or skip reason.
func (s *story) log(want ...string) *story {
	s.t.Helper()
	got := []string{}
	for _, e := range s.entries() {
		line := fmt.Sprintf("%s %s %s", e.SourceIdentity.ID, e.ProvisioningAction, e.ProvisioningStatusInfo.Status)
		if info := e.ProvisioningStatusInfo.ErrorInformation; info != nil {
			line += " " + info.ErrorCode
		} else if reason := e.step(len(e.ProvisioningSteps) - 1).Details["SkipReason"]; reason != "" {
			line += " " + reason
		}
		got = append(got, line)
	}
	s.logged += len(got)
	return s.same("log", want, got)
}

func (s *story) same(what string, want, got []string) *story {
	s.t.Helper()
	if want == nil {
		want = []string{}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Errorf("%s of cycle %d (-want +got):\n%s", what, s.result.Cycles[0].Number, diff)
	}
	return s
}

// logEntry is a line of the log as its reader sees it, in raw JSON names.
type logEntry struct {
	ID                             string
	SourceIdentity, TargetIdentity struct{ ID string }
	ProvisioningAction             string
	ProvisioningStatusInfo         struct {
		Status           string
		ErrorInformation *struct{ ErrorCode, Reason string }
	}
	ProvisioningSteps []logStep
}

type logStep struct {
	Name, ProvisioningStepType, Status, Description string
	Details                                         map[string]string
}

func (e logEntry) step(i int) logStep {
	if i < 0 || i >= len(e.ProvisioningSteps) {
		return logStep{}
	}
	return e.ProvisioningSteps[i]
}

// named finds the step of a name.
func (e logEntry) named(name string) logStep {
	for _, s := range e.ProvisioningSteps {
		if s.Name == name {
			return s
		}
	}
	return logStep{}
}

// entries are the log's lines since the last look at it.
func (s *story) entries() []logEntry {
	s.t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.cfg.Out, "provisioning-log.jsonl"))
	if err != nil {
		s.t.Fatal(err)
	}
	var out []logEntry
	for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if i < s.logged || line == "" {
			continue
		}
		var e logEntry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			s.t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// words puts a request into a few words: names for ids, path=value for operations.
func (s *story) words(c call) string {
	uri := strings.TrimPrefix(c.uri, "/")
	for id, name := range s.server.names {
		uri = strings.ReplaceAll(uri, id, name)
	}
	if c.method == http.MethodPost {
		return "POST " + uri + " " + short(c.body)
	}
	words := []string{c.method, uri}
	var p struct{ Operations []operation }
	if json.Unmarshal([]byte(c.body), &p) == nil {
		for _, o := range p.Operations {
			words = append(words, o.words(s.server.names))
		}
	}
	return strings.Join(words, " ")
}

type operation struct {
	Op, Path string
	Value    any
}

func (o operation) words(names map[string]string) string {
	list, ok := o.Value.([]any)
	if !ok {
		text := fmt.Sprint(o.Value)
		if name, ok := names[text]; ok {
			text = name
		}
		return fmt.Sprintf("%s %s=%s", o.Op, o.Path, text)
	}
	var members []string
	for _, m := range list {
		members = append(members, names[fmt.Sprint(m.(map[string]any)["value"])])
	}
	return o.Op + " " + o.Path + " " + strings.Join(members, ",")
}

// user is a person who is enabled; further members are name and JSON value in turn.
func user(id string, members ...string) string {
	var text strings.Builder
	fmt.Fprintf(&text, `{"@odata.type":"#microsoft.graph.user","id":%q`, id)
	if len(members) == 0 || members[0] != "change" {
		fmt.Fprintf(&text, `,"userPrincipalName":"%s@contoso.test","accountEnabled":true`, id)
	} else {
		members = members[1:]
	}
	for i := 0; i+1 < len(members); i += 2 {
		fmt.Fprintf(&text, `,%q:%s`, members[i], members[i+1])
	}
	return text.String() + "}"
}

// change is what became different about a user.
func change(id string, members ...string) string {
	return user(id, append([]string{"change"}, members...)...)
}

// group is a security-enabled group with members.
func group(id string, members ...string) string {
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.group","id":%q,"displayName":%q,"securityEnabled":true,"members@delta":[%s]}`, id, id, ids(members))
}

// regroup is what became different about a group; -id takes a member out.
func regroup(id string, members ...string) string {
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.group","id":%q,"members@delta":[%s]}`, id, ids(members))
}

func ids(members []string) string {
	var list []string
	for _, m := range members {
		if name, gone := strings.CutPrefix(m, "-"); gone {
			list = append(list, fmt.Sprintf(`{"id":%q,"@removed":{"reason":"deleted"}}`, name))
			continue
		}
		list = append(list, fmt.Sprintf(`{"id":%q}`, m))
	}
	return strings.Join(list, ",")
}

func assigned(id string) string { return assignedRole(id, "role") }

func assignedRole(id, role string) string {
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":%q,"appRoleId":%q}`, id, role)
}

func unassigned(id string) string {
	return strings.TrimSuffix(assigned(id), "}") + `,"@removed":{"reason":"deleted"}}`
}

func removed(kind, id, reason string) string {
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.%s","id":%q,"@removed":{"reason":%q}}`, kind, id, reason)
}

func softDeleted(id string) string { return removed("user", id, "changed") }

func hardDeleted(id string) string { return removed("user", id, "deleted") }

// filter is a filter set groups with one filter, whose clauses are attribute, operator and value in turn.
func filter(clauses ...string) string { return `{"groups":[` + filterOf(clauses...) + `]}` }

func filterOf(clauses ...string) string {
	var list []string
	for i := 0; i+2 < len(clauses); i += 3 {
		list = append(list, fmt.Sprintf(`{"sourceOperandName":%q,"operatorName":%q,"targetOperand":{"values":[%q]}}`, clauses[i], clauses[i+1], clauses[i+2]))
	}
	return `{"name":"f","clauses":[` + strings.Join(list, ",") + `]}`
}

// attribute gives the mapping of a target attribute for editing.
func (s *story) attribute(kind, name string) map[string]any {
	for _, a := range s.mapping(kind)["attributeMappings"].([]any) {
		if a := a.(map[string]any); a["targetAttributeName"] == name {
			return a
		}
	}
	s.t.Fatalf("the profile does not map %s", name)
	return nil
}

// matchBy makes the matching attributes of users those named, in this order.
func (s *story) matchBy(names ...string) *story {
	s.attribute("User", "userName")["matchingPriority"] = 0
	for i, name := range names {
		s.attribute("User", name)["matchingPriority"] = i + 1
	}
	return s
}

// existing makes objects in the target before the job does.
func (s *story) existing(users ...string) *story {
	for _, u := range users {
		s.server.do(s.t, http.MethodPost, "/Users", u)
	}
	return s
}
