package push_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/push"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// person and team are what the model knows of the source. It shares nothing with the clients.
type person struct {
	login, surname string
	assigned, on   bool
	ever           bool // was ever assigned and on at the end of an instant
}

type teamOf struct {
	name     string
	assigned bool
	members  map[int]bool
}

// model is a source with its history, and what each client makes of it.
type model struct {
	rng    *rand.Rand
	people []*person
	teams  []*teamOf
	stream strings.Builder
}

// drawWorld draws a source and a stream of changes.
func drawWorld(seed uint64) (m *model, tenant string) {
	m = &model{rng: rand.New(rand.NewPCG(seed, 7))} //nolint:gosec // repeatable
	var b strings.Builder
	for i := range 2 + m.rng.IntN(6) {
		p := &person{
			login: fmt.Sprintf("p%d@contoso.test", i), surname: fmt.Sprintf("S%d", m.rng.IntN(100)), assigned: i == 0 || m.rng.IntN(4) > 0,
			on: m.rng.IntN(6) > 0,
		}
		m.people = append(m.people, p)
		fmt.Fprintf(&b, `{"@odata.type":"#microsoft.graph.user","id":"p%d","userPrincipalName":%q,"givenName":"P%d","surname":%q,"displayName":"P%d"`+
			`,"accountEnabled":%v}`+"\n",
			i, p.login, i, p.surname, i, p.on)
		if p.assigned {
			b.WriteString(assignment(fmt.Sprintf("a%d", i), fmt.Sprintf("p%d", i), "User") + "\n")
		}
	}
	for g := range m.rng.IntN(3) {
		t := &teamOf{name: fmt.Sprintf("Team %d", g), assigned: m.rng.IntN(3) > 0, members: map[int]bool{}}
		m.teams = append(m.teams, t)
		var list []string
		for i := range m.people {
			if m.rng.IntN(2) == 0 {
				t.members[i] = true
				list = append(list, fmt.Sprintf(`{"@odata.type":"#microsoft.graph.user","id":"p%d"}`, i))
			}
		}
		fmt.Fprintf(&b, `{"@odata.type":"#microsoft.graph.group","id":"g%d","displayName":%q,"securityEnabled":false,"members@delta":[%s]}`+"\n", g, t.name,
			strings.Join(list, ","))
		if t.assigned {
			b.WriteString(assignment(fmt.Sprintf("ag%d", g), fmt.Sprintf("g%d", g), "Group") + "\n")
		}
	}
	m.settle()
	for minute := range 5 + m.rng.IntN(25) {
		for range 1 + m.rng.IntN(2) {
			m.change(time.Duration(minute+1) * time.Minute)
		}
		m.settle()
	}
	return m, b.String()
}

func assignment(id, principal, kind string) string {
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.appRoleAssignment","id":%q,"principalId":%q,"principalType":%q}`, id, principal, kind)
}

// settle notes who is provisioned at the end of an instant.
func (m *model) settle() {
	for _, p := range m.people {
		p.ever = p.ever || p.assigned && p.on
	}
}

// change draws one change of the source.
func (m *model) change(at time.Duration) {
	line := func(format string, args ...any) {
		fmt.Fprintf(&m.stream, `{"at":"PT%dM",`, int(at.Minutes()))
		fmt.Fprintf(&m.stream, format+"}\n", args...)
	}
	i := m.rng.IntN(len(m.people))
	p := m.people[i]
	switch m.rng.IntN(6) {
	case 0:
		p.surname = fmt.Sprintf("N%d", m.rng.IntN(100))
		line(`"@odata.type":"#microsoft.graph.user","id":"p%d","surname":%q`, i, p.surname)
	case 1:
		p.on = !p.on
		line(`"@odata.type":"#microsoft.graph.user","id":"p%d","accountEnabled":%v`, i, p.on)
	case 2:
		if p.assigned = !p.assigned; p.assigned {
			line("%s", strings.TrimSuffix(strings.TrimPrefix(assignment(fmt.Sprintf("a%d", i), fmt.Sprintf("p%d", i), "User"), "{"), "}"))
		} else {
			line(`"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a%d","@removed":{"reason":"deleted"}`, i)
		}
	case 3:
		if len(m.teams) == 0 {
			return
		}
		g := m.rng.IntN(len(m.teams))
		m.teams[g].name = fmt.Sprintf("Team %d.%d", g, m.rng.IntN(1000))
		line(`"@odata.type":"#microsoft.graph.group","id":"g%d","displayName":%q`, g, m.teams[g].name)
	default:
		if len(m.teams) == 0 {
			return
		}
		g := m.rng.IntN(len(m.teams))
		t, gone := m.teams[g], ""
		if t.members[i] = !t.members[i]; !t.members[i] {
			gone = `,"@removed":{"reason":"deleted"}`
		}
		line(`"@odata.type":"#microsoft.graph.group","id":"g%d","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"p%d"%s}]`, g, i, gone)
	}
}

// wanted is what the target should hold, as sorted lines: those who are active, and groups with the active ones of
// their members. No source says what becomes of inactive members.
func (m *model) wanted() []string {
	var out []string
	for _, p := range m.people {
		if p.assigned && p.on {
			out = append(out, fmt.Sprintf("user %s %s active", p.login, p.surname))
		}
	}
	for _, t := range m.teams {
		if !t.assigned {
			continue
		}
		var names []string
		for i := range m.people {
			if p := m.people[i]; t.members[i] && p.assigned && p.on {
				names = append(names, p.login)
			}
		}
		slices.Sort(names)
		out = append(out, fmt.Sprintf("group %s %v", t.name, names))
	}
	slices.Sort(out)
	return out
}

// held is what the target holds, in the same form. Those who were provisioned once may be there and inactive. Groups that
// a renamed role left behind are not the model's.
func (m *model) held(tgt *target.Target, deletes bool) []string {
	var out []string
	active := map[string]string{}
	for _, u := range tgt.Snapshot("/Users") {
		name, _ := u["name"].(map[string]any)
		if u["active"] == false {
			i := slices.IndexFunc(m.people, func(p *person) bool { return p.login == u["userName"] })
			if i < 0 || !m.people[i].ever || deletes && !m.people[i].assigned {
				out = append(out, fmt.Sprintf("user %v inactive", u["userName"]))
			}
			continue
		}
		active[fmt.Sprint(u["id"])] = fmt.Sprint(u["userName"])
		out = append(out, fmt.Sprintf("user %v %v active", u["userName"], name["familyName"]))
	}
	for _, g := range tgt.Snapshot("/Groups") {
		if !slices.ContainsFunc(m.teams, func(t *teamOf) bool { return t.name == g["displayName"] }) {
			continue
		}
		var names []string
		list, _ := g["members"].([]any)
		for _, one := range list {
			if name := active[fmt.Sprint(one)]; name != "" {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		out = append(out, fmt.Sprintf("group %v %v", g["displayName"], names))
	}
	slices.Sort(out)
	return out
}

// mishaps answers some requests with 429 or 503, or not at all after the target executed them.
func mishaps(seed uint64, next http.Handler) http.Handler {
	var n atomic.Uint64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		draw := rand.New(rand.NewPCG(seed, n.Add(1))) //nolint:gosec // repeatable
		probe := strings.Contains(r.RequestURI, "count=2") || strings.Contains(r.RequestURI,
			"no-such-user") || r.RequestURI == "/Groups" && r.Method == http.MethodGet
		switch {
		case probe:
		case draw.IntN(12) == 0:
			if draw.IntN(2) == 0 {
				w.Header().Set("Retry-After", "30")
			}
			w.WriteHeader(http.StatusTooManyRequests)
			return
		case draw.IntN(15) == 0:
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, `{"detail":"later"}`)
			return
		case draw.IntN(20) == 0 && strings.HasPrefix(r.RequestURI, "/Users/") && r.Method != http.MethodDelete:
			// executed, and the response is lost. A person whose create is lost and who then leaves stays in the target, and so
			// does a member whose addition is lost: the client does not know that it is there. Nor does it know of a lost deletion.
			next.ServeHTTP(httptest.NewRecorder(), r)
			w.WriteHeader(http.StatusBadGateway)
			_, _ = io.WriteString(w, "error code: 502")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// number is the value of a variable of make seeds.
func number(t *testing.T, name string, or uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return or
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// TestClientSeeds draws sources, changes and mishaps; each client must converge to what the model says.
// SCIMDRILL_SEEDS says how many worlds each client gets, from SCIMDRILL_FIRST_SEED on.
func TestClientSeeds(t *testing.T) {
	t.Parallel()
	count, first := number(t, "SCIMDRILL_SEEDS", 8), number(t, "SCIMDRILL_FIRST_SEED", 0)
	for _, c := range []struct {
		client  string
		options []string
		deletes bool
	}{
		{"okta", []string{"mode=aiw", "retryTasks=30s", "reassigned=lookup"}, false},
		{"okta", []string{"mode=oin", "retryTasks=30s", "reassigned=knownId", "renameWithMembers=false"}, false},
		{"onelogin", []string{"retryFailed=30s", "onRemove=delete"}, true},
		{"onelogin", []string{"retryFailed=30s", "onRemove=suspend", "approved=45s"}, false},
	} {
		t.Run(c.client+" "+c.options[0]+" "+c.options[1], func(t *testing.T) {
			t.Parallel()
			for n := range count {
				seed := first + n
				converges(t, seed, c.client, c.options, c.deletes)
				if t.Failed() {
					t.Logf("seed %d", seed)
					return
				}
			}
		})
	}
}

// converges plays one world, and interrupts some of them.
func converges(t *testing.T, seed uint64, client string, options []string, deletes bool) {
	t.Helper()
	m, tenant := drawWorld(seed)
	c := clock.NewVirtual(engine.Start())
	tgt, err := target.New(target.Options{Seed: seed, Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	var stop atomic.Int64
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	inner := mishaps(seed, tgt)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stop.Add(-1) == 0 {
			cancel()
		}
		inner.ServeHTTP(w, r)
	}))
	defer server.Close()
	dir := t.TempDir()
	if err := wholefile.PrivateDir(filepath.Join(dir, "state")); err != nil {
		t.Fatal(err)
	}
	cfg := push.Config{
		Endpoint: scimclient.Config{TenantURL: server.URL}, TenantName: "tenant", Seed: seed, RunID: "r1", State: filepath.Join(dir, "state"),
		Out: filepath.Join(dir, "out"), Transcript: "off", Command: "test", Tenant: strings.NewReader(tenant),
	}
	if cfg.Changes, err = directory.ReadChanges(strings.NewReader(m.stream.String()), "changes"); err != nil {
		t.Fatal(err)
	}
	if seed%3 == 0 { // killed once
		stop.Store(int64(3 + seed%17))
		_, _ = push.Run(ctx, cfg, push.Deps{Clock: c}, provider(t, client, options), nil) // it ends somewhere
		cfg.Tenant = nil
		if _, err := os.Stat(filepath.Join(dir, "state", "tenant.db")); err != nil {
			cfg.Tenant = strings.NewReader(tenant)
		}
	}
	stop.Store(1 << 40)
	res, err := push.Run(t.Context(), cfg, push.Deps{Clock: c}, provider(t, client, options), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Tasks) > 0 {
		t.Errorf("tasks are left: %+v", res.Tasks)
	}
	want, got := m.wanted(), m.held(tgt, deletes)
	if !slices.Equal(want, got) {
		t.Errorf("the target holds\n%s\nwant\n%s\nof\n%s%s", strings.Join(got, "\n"), strings.Join(want, "\n"), tenant, m.stream.String())
	}
}
