package forecast_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/forecast"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// bench is a target behind real HTTP that can refuse writes, and a tenant that changes
// by chance; all from one seed.
type bench struct {
	t      *testing.T
	rand   *rand.Rand
	tenant generate.TenantOptions
	users  []string // ids
	groups []string
	names  map[string]string // user principal names by id, as they are now
	lines  []map[string]any  // of the tenant file
	url    string
	cfg    engine.Config
	watch  *forecast.Watch // of the last run

	mu      sync.Mutex
	methods map[string]int
	refuse  int  // of 100 writes; 0 refuses none
	ill     bool // every request after the first fails
}

func newBench(t *testing.T, seed uint64, profile string) *bench {
	t.Helper()
	b := &bench{
		t: t, rand: rand.New(rand.NewPCG(seed, 9)), methods: map[string]int{}, names: map[string]string{},
		tenant: generate.TenantOptions{Users: 12 + int(seed%9), Groups: 4, Seed: seed},
	}
	tgt, err := target.New(target.Options{Seed: seed, Token: "secret", Now: func() time.Time { return engine.Start() }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if status := b.refused(r); status != 0 {
			http.Error(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"]}`, status)
			return
		}
		tgt.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	b.url = server.URL
	app := builtin(t, profile)
	app.SupportsSoftDelete = app.SupportsSoftDelete && seed%4 != 0
	b.cfg = engine.Config{
		Endpoint:   scimclient.Config{TenantURL: server.URL, Authorization: "Bearer secret"},
		App:        app,
		TenantName: "generated", Cycles: 1, Parallel: 1, Seed: seed, RunID: generate.RunID(seed),
		State: filepath.Join(t.TempDir(), "state"), Out: t.TempDir(), Transcript: "off", Secrets: []string{"secret"},
	}
	b.cfg.Dialect = []string{"legacy", "optscim", "customappsso"}[seed%3]
	if seed%5 == 0 {
		b.cfg.Set = map[string]string{"preventAccidentalDeletion": "true", "deleteThreshold": "1", "notificationEmail": "ops@x.example"}
	}
	b.generate()
	return b
}

// refused counts a request and gives the status that it is refused with, or 0.
func (b *bench) refused(r *http.Request) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.methods[r.Method]++
	switch {
	case b.ill && b.methods[r.Method] > 1:
		return http.StatusInternalServerError
	case r.Method != http.MethodGet && b.refuse > 0 && b.rand.IntN(100) < b.refuse:
		return http.StatusBadRequest
	}
	return 0
}

// counted returns the requests by method since the last call.
func (b *bench) counted() map[string]int {
	b.mu.Lock()
	defer b.mu.Unlock()
	m := maps.Clone(b.methods)
	clear(b.methods)
	return m
}

func (b *bench) generate() {
	b.t.Helper()
	var text bytes.Buffer
	if err := generate.Tenant(&text, b.tenant); err != nil {
		b.t.Fatal(err)
	}
	for line := range strings.Lines(text.String()) {
		var m map[string]any
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			b.t.Fatal(err)
		}
		b.lines = append(b.lines, m)
		switch m["@odata.type"] {
		case "#microsoft.graph.user":
			b.users = append(b.users, m["id"].(string))
			b.names[m["id"].(string)] = m["userPrincipalName"].(string)
		case "#microsoft.graph.group":
			b.groups = append(b.groups, m["id"].(string))
		}
	}
}

// line adds a line to the tenant file.
func (b *bench) line(text string) {
	b.t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		b.t.Fatal(err)
	}
	b.lines = append(b.lines, m)
}

// load gives the tenant file to the next plan or run.
func (b *bench) load() {
	b.t.Helper()
	var text bytes.Buffer
	for _, m := range b.lines {
		line, err := json.Marshal(m)
		if err != nil {
			b.t.Fatal(err)
		}
		text.Write(append(line, '\n'))
	}
	b.cfg.Tenant = &text
}

// populate puts some of the users and one group into the target, most of them with other
// values, and one of them twice where the target lets it.
func (b *bench) populate() {
	b.t.Helper()
	for i, m := range b.lines {
		name, isUser := m["userPrincipalName"].(string)
		switch {
		case isUser && b.rand.IntN(3) == 0:
			b.post("Users", map[string]any{
				"schemas": []string{"urn:ietf:params:scim:schemas:core:2.0:User"}, "userName": strings.ToUpper(name[:1]) + name[1:],
				"active": b.rand.IntN(2) == 0, "displayName": fmt.Sprint("before ", i), "name": map[string]any{"givenName": m["givenName"]},
			})
		case m["@odata.type"] == "#microsoft.graph.group" && b.rand.IntN(2) == 0:
			b.post("Groups", map[string]any{"schemas": []string{"urn:ietf:params:scim:schemas:core:2.0:Group"}, "displayName": m["displayName"]})
		}
	}
}

func (b *bench) post(collection string, body map[string]any) {
	b.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.url+"/"+collection, bytes.NewReader(text))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer secret")
	req.Header.Set("Content-Type", "application/scim+json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		b.t.Fatalf("populate: %s", resp.Status)
	}
}

// lastCycle is the number of the last cycle of a seed, from 0.
const lastCycle = 4

// change writes a stream of changes by chance: movers, renames, name swaps, leavers,
// removals, joiners, assignments, members, managers.
func (b *bench) change(cycle int) {
	b.t.Helper()
	var lines []string
	write := func(m map[string]any) {
		m["at"] = fmt.Sprintf("PT%dM", 40*cycle-1)
		line, err := json.Marshal(m)
		if err != nil {
			b.t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	for range 3 + b.rand.IntN(8) {
		write(b.oneChange(cycle))
	}
	// A user is renamed, and joiners, whose ids come later, take the old name and the new one.
	renamed, old := b.pick(b.users), ""
	old, b.names[renamed] = b.names[renamed], fmt.Sprintf("moved.%d@x.example", cycle)
	write(b.user(renamed, map[string]any{"userPrincipalName": b.names[renamed]}))
	joiners := map[string]string{fmt.Sprintf("zz-old-%d", cycle): old}
	if b.rand.IntN(2) == 0 && cycle == lastCycle { // a rename that comes later would find the name taken, which no plan can know
		joiners[fmt.Sprintf("zz-new-%d", cycle)] = b.names[renamed]
	}
	for _, id := range slices.Sorted(maps.Keys(joiners)) {
		write(b.joiner(id, joiners[id]))
		write(b.assignment(id))
	}
	more, err := directory.ReadChanges(strings.NewReader(strings.Join(lines, "\n")), "changes")
	if err != nil {
		b.t.Fatal(err)
	}
	b.cfg.Changes = append(b.cfg.Changes, more...)
}

func (b *bench) pick(list []string) string { return list[b.rand.IntN(len(list))] }

// joiner is a new user, who is not in a later change.
func (b *bench) joiner(id, name string) map[string]any {
	return b.user(id, map[string]any{
		"userPrincipalName": name, "displayName": id, "mailNickname": id, "accountEnabled": true, "givenName": "New", "surname": id,
		"manager@delta": []any{map[string]any{"id": b.pick(b.users)}},
	})
}

func (b *bench) user(id string, m map[string]any) map[string]any {
	m["@odata.type"], m["id"] = "#microsoft.graph.user", id
	return m
}

func (b *bench) assignment(principal string) map[string]any {
	return map[string]any{
		"@odata.type": "#microsoft.graph.appRoleAssignment", "principalId": principal, "principalType": "User", "appRoleId": directory.DefaultAccess,
	}
}

func (b *bench) oneChange(cycle int) map[string]any {
	user, group := b.pick(b.users), b.pick(b.groups)
	removed := map[string]any{"reason": []string{"changed", "deleted"}[b.rand.IntN(2)]}
	assignment := b.assignment(b.pick(append(slices.Clone(b.groups), user)))
	switch b.rand.IntN(11) {
	case 0:
		return b.user(user, map[string]any{"department": fmt.Sprint("D", cycle)})
	case 1:
		return b.user(user, map[string]any{"accountEnabled": b.rand.IntN(2) == 0})
	case 2:
		return b.user(user, map[string]any{"@removed": removed})
	case 3:
		id := fmt.Sprintf("new-%d-%d", cycle, b.rand.IntN(1_000_000))
		b.users, b.names[id] = append(b.users, id), id+"@x.example"
		return b.joiner(id, b.names[id])
	case 4:
		assignment["@removed"] = map[string]any{"reason": "deleted"}
		return assignment
	case 5:
		return assignment
	case 6, 7:
		m := map[string]any{"id": user}
		if b.rand.IntN(2) == 0 {
			m["@removed"] = map[string]any{"reason": "deleted"}
		}
		return map[string]any{"@odata.type": "#microsoft.graph.group", "id": group, "members@delta": []any{m}}
	case 8:
		return map[string]any{
			"@odata.type": "#microsoft.graph.group", "id": group, "displayName": fmt.Sprint(b.cfg.RunID, " renamed ", cycle, b.rand.IntN(1_000_000)),
		}
	case 9:
		return b.user(user, map[string]any{"manager@delta": []any{map[string]any{"id": b.pick(b.users)}}})
	}
	return b.user(user, map[string]any{"surname": fmt.Sprint("S", cycle), "jobTitle": "T"})
}

// plan plans the next cycle, proves that nothing was written anywhere, and reads plan.json.
func (b *bench) plan(against *syncschema.Schema) (*forecast.Result, *plan.Plan) {
	b.t.Helper()
	before := b.fingerprint()
	b.counted()
	f, err := forecast.Run(b.t.Context(), b.cfg, engine.Deps{Now: time.Now}, against)
	if err != nil {
		b.t.Fatal(err)
	}
	sent := b.counted()
	if int64(sent["GET"]) != f.Requests || len(sent) > min(1, int(f.Requests)) {
		b.t.Errorf("a plan sent %v and says that it sent %d GET", sent, f.Requests)
	}
	if after := b.fingerprint(); after != before {
		b.t.Errorf("the plan changed files (-before +after):\n-%s\n+%s", before, after)
	}
	p, err := plan.ReadFile(filepath.Join(b.cfg.Out, forecast.File))
	if err != nil {
		b.t.Fatal(err)
	}
	return f, p
}

// fingerprint is the content of everything that a plan must leave alone: the state, and
// the files of runs.
func (b *bench) fingerprint() string {
	b.t.Helper()
	var lines []string
	for _, dir := range []string{b.cfg.State, b.cfg.Out} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) || err == nil && (d.IsDir() || strings.HasPrefix(d.Name(), "plan")) {
				return nil
			}
			data, err := os.ReadFile(path)
			sum := sha256.Sum256(data)
			lines = append(lines, filepath.Base(path)+" "+hex.EncodeToString(sum[:4]))
			return err
		})
		if err != nil {
			b.t.Fatal(err)
		}
	}
	return strings.Join(lines, ", ")
}

func (b *bench) run() *engine.Result {
	b.t.Helper()
	if err := os.MkdirAll(b.cfg.State, 0o755); err != nil {
		b.t.Fatal(err)
	}
	b.watch = forecast.NewWatch(b.t.Context())
	res, err := engine.Run(b.t.Context(), b.cfg, engine.Deps{Now: time.Now, Logged: b.watch.Logged})
	if err != nil {
		b.t.Fatal(err)
	}
	return res
}

// builtin is a built-in profile as a job takes it.
func builtin(t *testing.T, profile string) engine.App {
	t.Helper()
	app, _, err := engine.Builtin(profile)
	if err != nil {
		t.Fatal(err)
	}
	return app
}
