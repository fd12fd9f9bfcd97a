package worlds_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// seedModel is what the directory should be, kept apart from the engine.
type seedModel struct {
	users    map[string]*seedUser
	assigned map[string]bool
	members  map[string]map[string]bool // by group
	ids      []string                   // of users, in order
	groups   []string
}

type seedUser struct {
	name             string // userPrincipalName
	enabled, present bool
}

// wanted is who should have an active account (E-61, E-69, E-216).
func (m *seedModel) wanted(id string) bool {
	u := m.users[id]
	if !u.enabled || !u.present {
		return false
	}
	if m.assigned[id] {
		return true
	}
	for g, members := range m.members {
		if m.assigned[g] && members[id] {
			return true
		}
	}
	return false
}

func newSeedModel(t *testing.T, tenant []byte) *seedModel {
	t.Helper()
	m := &seedModel{users: map[string]*seedUser{}, assigned: map[string]bool{}, members: map[string]map[string]bool{}}
	for line := range strings.Lines(string(tenant)) {
		var l struct {
			Type      string `json:"@odata.type"`
			ID        string `json:"id"`
			Name      string `json:"userPrincipalName"`
			Enabled   *bool  `json:"accountEnabled"`
			Principal string `json:"principalId"`
			Members   []struct {
				ID string `json:"id"`
			} `json:"members@delta"`
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		switch l.Type {
		case "#microsoft.graph.user":
			m.users[l.ID] = &seedUser{name: l.Name, enabled: l.Enabled == nil || *l.Enabled, present: true}
			m.ids = append(m.ids, l.ID)
		case "#microsoft.graph.group":
			m.members[l.ID] = map[string]bool{}
			for _, x := range l.Members {
				m.members[l.ID][x.ID] = true
			}
			m.groups = append(m.groups, l.ID)
		default:
			m.assigned[l.Principal] = true
		}
	}
	return m
}

// change draws one change of the source, and makes it in the model.
func (m *seedModel) change(r *rand.Rand) string {
	id := m.ids[r.IntN(len(m.ids))]
	u := m.users[id]
	user := `"@odata.type":"#microsoft.graph.user","id":"` + id + `"`
	switch r.IntN(6) {
	case 0:
		if u.present {
			u.enabled = !u.enabled
			return user + `,"accountEnabled":` + strconv.FormatBool(u.enabled)
		}
	case 1:
		u.present = true // a line without @removed takes it out of the recycle bin
		return user + fmt.Sprintf(`,"surname":"Name%d"`, r.IntN(1000))
	case 2:
		u.present = !u.present
		if !u.present {
			return user + `,"@removed":{"reason":"changed"}`
		}
		return user
	case 3:
		if !m.assigned[id] {
			m.assigned[id] = true
			return `"@odata.type":"#microsoft.graph.appRoleAssignment","id":"seed-` + id + `","principalId":"` + id + `","principalType":"User"`
		}
	}
	g := m.groups[r.IntN(len(m.groups))]
	group := `"@odata.type":"#microsoft.graph.group","id":"` + g + `","members@delta":[{"id":"` + id + `"`
	m.members[g][id] = !m.members[g][id]
	if m.members[g][id] {
		return group + `}]`
	}
	return group + `,"@removed":{"reason":"deleted"}}]`
}

// TestEngineSeeds runs random tenants, changes, faults and restarts, and lets checkers
// outside the engine look at what came of them. SCIMDRILL_SEEDS says how many seeds,
// SCIMDRILL_SEED repeats one.
func TestEngineSeeds(t *testing.T) {
	t.Parallel()
	number := func(name string, otherwise uint64) uint64 {
		n, err := strconv.ParseUint(os.Getenv(name), 10, 64)
		if err != nil {
			return otherwise
		}
		return n
	}
	if one := number("SCIMDRILL_SEED", 0); one > 0 {
		playSeed(t, one)
		return
	}
	for seed := range number("SCIMDRILL_SEEDS", 8) {
		t.Run(strconv.FormatUint(seed+1, 10), func(t *testing.T) {
			t.Parallel()
			playSeed(t, seed+1)
			if t.Failed() {
				t.Logf("to repeat it: SCIMDRILL_SEED=%d go test ./simulator/worlds -run '^TestEngineSeeds$' -v", seed+1)
			}
		})
	}
}

// seedBench is a target on loopback and a job for it.
type seedBench struct {
	target *target.Target
	server *httptest.Server
	clock  *clock.Virtual
	cfg    engine.Config
}

func newSeedBench(t *testing.T, profile string) *seedBench {
	t.Helper()
	b := &seedBench{clock: clock.NewVirtual(engine.Start())}
	var err error
	if b.target, err = target.New(target.Options{Seed: 1, Token: "secret", Now: b.clock.Now}); err != nil {
		t.Fatal(err)
	}
	b.server = httptest.NewServer(b.target)
	t.Cleanup(b.server.Close)
	app, _, err := engine.Builtin(profile)
	if err != nil {
		t.Fatal(err)
	}
	b.cfg = engine.Config{
		Endpoint: scimclient.Config{TenantURL: b.server.URL, Authorization: "Bearer secret"}, App: app,
		TenantName: "generated", RunID: generate.RunID(7), State: t.TempDir(), Out: t.TempDir(), Transcript: "off", Secrets: []string{"secret"},
	}
	return b
}

// restarted is a restart by an administrator.
func restarted(at time.Duration, s job.Scope) job.Moment {
	return job.Moment{At: at, Do: func(ctx context.Context, j *job.Job, at time.Time) error { return j.Restart(ctx, at, s) }}
}

func playSeed(t *testing.T, seed uint64) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 9))
	b := newSeedBench(t, []string{"goto", "customappsso"}[r.IntN(2)])
	options := generate.TenantOptions{Users: 10 + r.IntN(30), Groups: 2 + r.IntN(5), Seed: seed}
	var tenant bytes.Buffer
	if err := generate.Tenant(&tenant, options); err != nil {
		t.Fatal(err)
	}
	m := newSeedModel(t, tenant.Bytes())
	b.cfg.Tenant, b.cfg.Seed, b.cfg.Parallel = &tenant, seed, 1+7*r.IntN(2)
	b.cfg.Set = map[string]string{"timeScale": "0"}

	const trouble = 24 * time.Hour // faults and changes end here
	rates := map[fault.Kind]float64{fault.TooManyRequests: r.Float64() / 10, fault.ServerError: r.Float64() / 10, fault.ResetBefore: r.Float64() / 20}
	inner := b.server.Config.Handler
	faulty, err := fault.New(inner, fault.Options{Seed: seed, Rates: rates})
	if err != nil {
		t.Fatal(err)
	}
	b.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if b.clock.Now().Before(engine.Start().Add(trouble)) {
			faulty.ServeHTTP(w, q)
			return
		}
		inner.ServeHTTP(w, q)
	})
	minutes := make([]int, 20+r.IntN(60))
	for i := range minutes {
		minutes[i] = r.IntN(24 * 60)
	}
	slices.Sort(minutes)
	var stream strings.Builder
	for _, at := range minutes {
		fmt.Fprintf(&stream, `{"at":"PT%dM",%s}`+"\n", at, m.change(r))
	}
	if b.cfg.Changes, err = directory.ReadChanges(strings.NewReader(stream.String()), "seed"); err != nil {
		t.Fatal(err)
	}
	scopes := []job.Scope{job.Portal, job.Watermark, job.Escrows, job.QuarantineState, 0}
	var timeline []job.Moment
	for range r.IntN(4) {
		timeline = append(timeline, restarted(time.Duration(r.IntN(24*60))*time.Minute, scopes[r.IntN(len(scopes))]))
	}
	slices.SortFunc(timeline, func(a, b job.Moment) int { return int(a.At - b.At) })
	// Everything that only a restart brings (E-44, E-45) is brought by this one (E-276).
	timeline = append(timeline, restarted(5*24*time.Hour, job.Portal))
	b.cfg.For = 6 * 24 * time.Hour
	res, err := engine.Run(t.Context(), b.cfg, engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now, Timeline: timeline})
	if err != nil {
		t.Fatal(err)
	}
	checkSeed(t, b, m, res)
}

func checkSeed(t *testing.T, b *seedBench, m *seedModel, res *engine.Result) {
	t.Helper()
	for _, c := range res.Cycles {
		if c.Failed && (c.Counts.Exports() != 0 || c.Counts.Requests != 1) {
			t.Errorf("E-250: the failed cycle %d exported %d with %d requests", c.Number, c.Counts.Exports(), c.Counts.Requests)
		}
	}
	if res.Job.Status.Code != "Active" || len(res.Escrows) != 0 {
		t.Errorf("long after the last fault the job is %s with %d escrows", res.Job.Status.Code, len(res.Escrows))
	}
	for _, c := range res.Cycles[len(res.Cycles)-3:] {
		if c.Counts.Exports() != 0 || c.Counts.Requests != 1 {
			t.Errorf("EN-3: the quiet cycle %d exported %d with %d requests", c.Number, c.Counts.Exports(), c.Counts.Requests)
		}
	}
	names, accounts := map[string]string{}, map[string]map[string]any{}
	for _, u := range b.target.Snapshot("/Users") {
		name := strings.ToLower(fmt.Sprint(u["userName"]))
		if accounts[name] != nil {
			t.Errorf("%s has two accounts", name)
		}
		accounts[name] = u
	}
	for _, id := range m.ids {
		name := strings.ToLower(m.users[id].name)
		account := accounts[name]
		switch {
		case m.wanted(id) && (account == nil || account["active"] != true):
			t.Errorf("%s should have an active account and has %v", name, account["active"])
		case !m.wanted(id) && account != nil && account["active"] != false:
			t.Errorf("%s should have no active account", name)
		}
		if account != nil {
			names[fmt.Sprint(account["id"])] = id
		}
		delete(accounts, name)
	}
	if len(accounts) != 0 {
		t.Errorf("%d accounts belong to nobody", len(accounts))
	}
	groups := b.target.Snapshot("/Groups")
	if len(groups) != len(m.groups) {
		t.Errorf("the target holds %d groups, the directory %d", len(groups), len(m.groups))
	}
	for _, g := range groups {
		id := fmt.Sprint(g["externalId"])
		if m.members[id] == nil {
			t.Errorf("the group %v belongs to nobody", g["displayName"])
			continue
		}
		have := map[string]bool{}
		members, _ := g["members"].([]any)
		for _, x := range members {
			have[names[fmt.Sprint(x)]] = true
		}
		for _, user := range m.ids {
			if m.wanted(user) && have[user] != m.members[id][user] {
				t.Errorf("group %s: %s is a member %v, should be %v", id, m.users[user].name, have[user], m.members[id][user])
			}
		}
	}
}
