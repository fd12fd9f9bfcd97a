package worlds_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/duration"
)

// crashWorld is a generated tenant with a generated week of changes.
func crashWorld(t *testing.T, seed uint64, users int) *world {
	t.Helper()
	o := generate.TenantOptions{Users: users, Groups: max(users/20, 4), Seed: seed}
	w := &world{
		Seed: seed, Cycles: 5 * day / interval, Set: map[string]string{},
		Profile: []string{"goto", "customappsso"}[seed%2], Dialect: []string{"legacy", "optscim"}[seed/2%2], Parallel: []int{16, 1, 4}[seed%3],
	}
	if most := 2000; users > most { // else the first cycle alone takes longer than the week (E-301)
		w.Set["timeScale"] = strconv.FormatFloat(float64(most)/float64(users), 'f', 3, 64)
	}
	var tenant, week bytes.Buffer
	if err := errors.Join(generate.Tenant(&tenant, o), generate.Week(&week, o)); err != nil {
		t.Fatal(err)
	}
	for text := range strings.Lines(tenant.String()) {
		w.Tenant = append(w.Tenant, readLine(t, text))
	}
	for text := range strings.Lines(week.String()) {
		l := readLine(t, text)
		at, err := duration.Parse(l["at"].(string))
		if err != nil {
			t.Fatal(err)
		}
		delete(l, "at")
		w.Events = append(w.Events, event{Minute: int(at / time.Minute), What: sourceEvent, Lines: []line{l}})
	}
	return w
}

func readLine(t *testing.T, text string) line {
	t.Helper()
	var l line
	if err := json.Unmarshal([]byte(text), &l); err != nil {
		t.Fatal(err)
	}
	return l
}

// linesOf is a tenant file; nil where there are no lines.
func linesOf(list []line) io.Reader {
	if len(list) == 0 {
		return nil
	}
	var b bytes.Buffer
	for _, l := range list {
		fmt.Fprintln(&b, l)
	}
	return &b
}

// loaded reports whether the directory holds the tenant already, and perhaps changes since.
func loaded(t *testing.T, dir string) bool {
	t.Helper()
	d, err := directory.Open(t.Context(), dir+"/tenant.db")
	if err != nil {
		t.Fatal(err)
	}
	counts, err := d.Counts(t.Context())
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	return counts.Users > 0
}

// pending draws what changes in the source between a kill and the next start. It changes only
// objects that the week leaves alone, so that the order of both does not matter.
type pending struct {
	rand          *rand.Rand
	users, groups []line
	now           map[string]line // the latest line of each object
	drawn         []event         // all of them, for the model
	n             int
}

func newPending(w *world, r *rand.Rand) *pending {
	p := &pending{rand: r, now: map[string]line{}}
	busy := map[string]bool{}
	for _, e := range w.Events {
		for _, l := range e.Lines {
			busy[text(l["id"])], busy[text(l["principalId"])] = true, true
		}
	}
	for _, l := range w.Tenant {
		switch id := text(l["id"]); {
		case busy[id], strings.Contains(text(l["userPrincipalName"]), "#EXT#"):
		case strings.HasSuffix(text(l["@odata.type"]), "user"):
			p.users = append(p.users, l)
		case strings.HasSuffix(text(l["@odata.type"]), "group"):
			p.groups = append(p.groups, l)
		}
	}
	return p
}

// draw renames some people and a group, and returns all lines that count by now.
func (p *pending) draw() []line {
	p.n++
	for range 1 + p.rand.IntN(5) {
		u := p.users[p.rand.IntN(len(p.users))]
		_, domain, _ := strings.Cut(text(u["userPrincipalName"]), "@")
		p.change(u, "userPrincipalName", fmt.Sprintf("renamed-%d-%d@%s", p.n, len(p.drawn), domain))
		p.change(p.users[p.rand.IntN(len(p.users))], "surname", fmt.Sprint("Surname", p.n))
	}
	if len(p.groups) > 0 {
		p.change(p.groups[p.rand.IntN(len(p.groups))], "displayName", fmt.Sprintf("Renamed %d %d", p.n, len(p.drawn)))
	}
	var out []line
	for _, id := range slices.Sorted(maps.Keys(p.now)) {
		out = append(out, p.now[id])
	}
	return out
}

func (p *pending) change(of line, name, value string) {
	id := text(of["id"])
	l := line{"@odata.type": of["@odata.type"], "id": id}
	p.drawn = append(p.drawn, event{What: sourceEvent, Lines: []line{{"@odata.type": of["@odata.type"], "id": id, name: value}}})
	maps.Copy(l, p.now[id])
	l[name] = value
	p.now[id] = l
}

// lived is the world with what was drawn, as a job that was never killed would meet it.
func (p *pending) lived(w *world) *world {
	all := *w
	all.Events = slices.Clone(w.Events)
	for _, e := range p.drawn {
		e.Minute = w.end() - 1
		all.Events = append(all.Events, e)
	}
	slices.SortStableFunc(all.Events, func(a, b event) int { return a.Minute - b.Minute })
	return &all
}
