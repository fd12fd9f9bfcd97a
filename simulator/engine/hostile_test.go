package engine_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// hostility is one answer that a target should not give, and what has to come of it.
type hostility struct {
	name   string
	to     string // probe, match, create, read, update, delete or member
	answer http.HandlerFunc
	code   string // of the log entry, or of the quarantine; "" is success
	log    string // in the reason
	job    string // status of the job after the cycle; "" is Active
}

// hostileJob provisions a victim and a bystander, of whom the victim's request meets the
// hostile answer once.
type hostileJob struct {
	*production
	h    hostility
	mu   sync.Mutex
	done bool
	url  string
	cfg  engine.Config
}

func newHostileJob(t *testing.T, h hostility) *hostileJob {
	t.Helper()
	j := &hostileJob{production: &production{t: t}, h: h}
	j.users = []map[string]any{direct("userPrincipalName", "userName", 1), direct("displayName", "displayName", 0)}
	for _, name := range []string{"victim", "bystander"} {
		j.tenant = append(j.tenant, fmt.Sprintf(`{"@odata.type":"#microsoft.graph.user","id":%q,"userPrincipalName":%q,"displayName":"New"}`, name, name))
		if h.to != "match" && h.to != "create" {
			j.inUsers = append(j.inUsers, map[string]any{"id": "id-" + name, "userName": name, "displayName": "Old"})
		}
	}
	const victim = `{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"victim",`
	switch h.to {
	case "read":
		j.changes = []string{victim + `"displayName":"Newer"}`}
	case "delete":
		j.changes = []string{victim + `"@removed":{"reason":"deleted"}}`}
	case "member":
		j.groups = []map[string]any{direct("displayName", "displayName", 1), reference("members", "members")}
		j.inGroups = []map[string]any{{"id": "id-group", "displayName": "Group"}}
		j.tenant = append(j.tenant,
			`{"@odata.type":"#microsoft.graph.group","id":"group","displayName":"Group","members@delta":[{"id":"victim"},{"id":"bystander"}]}`)
	}
	server := httptest.NewServer(http.HandlerFunc(j.serve))
	t.Cleanup(server.Close)
	j.url = server.URL
	changes, err := directory.ReadChanges(strings.NewReader(strings.Join(j.changes, "\n")), "changes")
	if err != nil {
		t.Fatal(err)
	}
	j.cfg = engine.Config{
		Endpoint: scimclient.Config{TenantURL: server.URL + "/scim", Authorization: "Bearer corpus-secret"},
		App:      engine.App{Name: "hostile", Title: "Hostile", TemplateID: "scim", Interval: "PT40M", SupportsSoftDelete: true, Schema: j.schema()},
		Tenant:   strings.NewReader(strings.Join(j.tenant, "\n")), TenantName: "tenant", Changes: changes, Cycles: 1, Parallel: 1,
		Seed: 7, State: t.TempDir(), Out: t.TempDir(), Transcript: "off", Secrets: []string{"corpus-secret"},
		Limits: exchange.Limits{Timeout: time.Second, MaxBody: 1 << 20},
	}
	return j
}

// serve meets the victim's request once and answers all others as a target should.
func (j *hostileJob) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		j.t.Error(err)
	}
	text := r.Method + " " + r.URL.Path + " " + r.URL.Query().Get("filter") + " " + string(body)
	aimed := map[string]bool{
		"probe": strings.HasPrefix(text, "GET") && !strings.Contains(text, "victim") && !strings.Contains(text, "bystander") &&
			strings.Contains(text, "userName eq"),
		"match":  strings.HasPrefix(text, `GET /scim/Users userName eq "victim"`),
		"create": strings.HasPrefix(text, "POST") && strings.Contains(text, `"victim"`),
		"read":   strings.HasPrefix(text, "GET /scim/Users/id-victim"),
		"update": strings.HasPrefix(text, "PATCH /scim/Users/id-victim"),
		"delete": strings.HasPrefix(text, "DELETE /scim/Users/id-victim"),
		"member": strings.HasPrefix(text, "PATCH /scim/Groups") && strings.Contains(text, "id-victim"),
	}[j.h.to]
	j.mu.Lock()
	now := aimed && !j.done
	j.done = j.done || now
	j.mu.Unlock()
	if now {
		j.h.answer(w, r)
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if r.Method == http.MethodPost {
		var made map[string]any
		if err := json.Unmarshal(body, &made); err != nil {
			j.t.Error(err)
		}
		made["id"] = fmt.Sprint("id-", made["userName"])
		j.inUsers = append(j.inUsers, made)
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(made)
		return
	}
	j.answer(w, r, body)
}

// cycle runs one more cycle and gives the log entries that it added.
func (j *hostileJob) cycle() (*engine.Result, []provlog.Summary) {
	j.t.Helper()
	path := filepath.Join(j.cfg.Out, "provisioning-log.jsonl")
	before, _ := os.ReadFile(path)
	res, err := engine.Run(j.t.Context(), j.cfg, engine.Deps{Now: time.Now})
	if err != nil {
		j.t.Fatal(err)
	}
	j.cfg.Tenant = nil
	after, err := os.ReadFile(path)
	if err != nil {
		j.t.Fatal(err)
	}
	var out []provlog.Summary
	for line := range bytes.Lines(after[len(before):]) {
		var s provlog.Summary
		if err := json.Unmarshal(line, &s); err != nil {
			j.t.Fatal(err)
		}
		out = append(out, s)
	}
	return res, out
}

// entryOf is the last entry of an object: that of a group's members follows that of the group.
func entryOf(entries []provlog.Summary, id string) *provlog.Summary {
	for i := range slices.Backward(entries) {
		if entries[i].SourceIdentity.ID == id {
			return &entries[i]
		}
	}
	return nil
}

// outcome is what the log says of the victim: code and reason of its failure.
func (j *hostileJob) outcome(res *engine.Result, entries []provlog.Summary) (code, reason string) {
	j.t.Helper()
	if j.h.to == "probe" {
		if q := res.Job.Status.Quarantine; q != nil {
			return q.Error.Code, q.Error.Message
		}
		return "", ""
	}
	id := "victim"
	if j.h.to == "member" {
		id = "group"
	}
	e := entryOf(entries, id)
	if e == nil {
		j.t.Fatalf("no log entry of %s", id)
	}
	if e.ProvisioningStatusInfo.ErrorInformation == nil {
		return "", ""
	}
	return e.ProvisioningStatusInfo.ErrorInformation.ErrorCode, e.ProvisioningStatusInfo.ErrorInformation.Reason
}

// TestHostileAnswers meets each answer once, expects its code and its words in the log, that
// others are not touched by it, and that a later cycle heals it (W-97 to W-112, A-37).
func TestHostileAnswers(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	seen := map[string]string{}
	t.Run("rows", func(t *testing.T) {
		for _, h := range hostilities() {
			t.Run(h.to+" "+h.name, func(t *testing.T) {
				t.Parallel()
				key := meet(t, h)
				mu.Lock()
				defer mu.Unlock()
				if other, ok := seen[key]; ok {
					t.Errorf("no different from %q: %s", other, key)
				}
				seen[key] = h.to + " " + h.name
			})
		}
	})
	if len(seen) < 60 {
		t.Errorf("%d rows differ in code, retry or log; want 60", len(seen))
	}
}

func meet(t *testing.T, h hostility) string {
	t.Helper()
	j := newHostileJob(t, h)
	if h.to == "read" || h.to == "delete" {
		j.cycle() // links them
	}
	res, entries := j.cycle()
	code, reason := j.outcome(res, entries)
	if code != h.code || !strings.Contains(reason, h.log) {
		t.Errorf("code %q, reason %q\nwant %q and %q", code, reason, h.code, h.log)
	}
	if strings.Contains(reason, "127.0.0.1") {
		t.Errorf("an address in the log: %s", reason)
	}
	if want := max(h.job, "Active"); res.Job.Status.Code != want {
		t.Errorf("the job is %s, want %s", res.Job.Status.Code, want)
	}
	if b := entryOf(entries, "bystander"); h.to != "probe" && h.to != "read" && h.to != "delete" &&
		(b == nil || b.ProvisioningStatusInfo.Status != provlog.Success) {
		t.Errorf("the bystander: %+v", b)
	}
	retry := "none"
	if code != "" {
		retry = j.heal()
	}
	return h.to + " " + code + " " + retry + " " + reason
}

// heal runs a cycle without the hostile answer and says what became of the victim.
func (j *hostileJob) heal() string {
	j.t.Helper()
	res, entries := j.cycle()
	code, reason := j.outcome(res, entries)
	if code != "" || res.Job.Status.Code != "Active" || len(res.Escrows) > 0 {
		j.t.Errorf("the next cycle did not heal it: %s %s, job %s, %d escrows", code, reason, res.Job.Status.Code, len(res.Escrows))
	}
	return "next cycle"
}

func status(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/scim+json")
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

func header(code int, name, value, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set(name, value)
		status(code, body)(w, r)
	}
}

func zipped(body string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, body)
	_ = z.Close()
	return b.String()
}

// cut closes the connection after some raw bytes.
func cut(raw string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(c, raw)
		_ = c.Close()
	}
}

// silent answers later than the engine waits.
func silent(_ http.ResponseWriter, r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-time.After(5 * time.Second):
	}
}

// dripping begins a body and never ends it.
func dripping(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusOK)
	for range 100 {
		if _, err := io.WriteString(w, " "); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// flooding sends more than the engine reads.
func flooding(w http.ResponseWriter, _ *http.Request) {
	chunk := bytes.Repeat([]byte(" "), 64<<10)
	for range 64 {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}
