package engine_test

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

const office = `
organization: {name: Contoso, remoteSupport: none}
domains: [{name: contoso.test, verified: true}, {name: new.test, publish: 5h}]
products: [{name: Meeting, seats: 2}, {name: Webinar, seats: 9}]
rules:
  - {number: 1, group: Heads, products: [Meeting, Webinar], userGroup: Heads, welcome: For heads}
  - {number: 2, group: Sales, products: [Meeting], userGroup: Sales}
assumptions: {welcomeAgain: true}
`

// TestPersona lets the engine provision an organization with User Sync for ten hours:
// what the directory's groups come to is told by the persona, not by the engine.
func TestPersona(t *testing.T) {
	t.Parallel()
	c := clock.NewVirtual(engine.Start())
	cfg, err := gotopersona.Parse(strings.NewReader(office))
	if err != nil {
		t.Fatal(err)
	}
	p, err := gotopersona.New(gotopersona.Options{Config: cfg, Target: target.Options{Seed: 1, Token: "secret", Now: c.Now}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	run := personaJob(t, server, c)

	first := run("", 2) // 08:00 and 08:40
	s := p.State()
	t.Run("directory groups become product seats, by priority", func(t *testing.T) {
		want := map[string]string{"ada": "Meeting Webinar", "bob": "Meeting", "cid": "", "new": "no account"}
		for name, seats := range want {
			if got := seatsOf(s, name); got != seats {
				t.Errorf("%s has %q, want %q", name, got, seats)
			}
		}
		if u := account(s, "ada"); u == nil || u.Given.UserGroup == nil || u.Given.UserGroup.Value != "Heads" {
			t.Errorf("ada is %+v", u)
		}
	})
	t.Run("seats run out: the third waits, and SCIM knows nothing of it", func(t *testing.T) {
		if o := s.Products[0]; o.Used != 2 || !slices.Equal(o.Waiting, []string{"cid@contoso.test"}) {
			t.Errorf("Meeting is %+v", o)
		}
	})
	t.Run("E-235 a user of an unverified domain fails and is in escrow", func(t *testing.T) {
		if len(first.Escrows) == 0 || first.Cycles[0].Counts.Failed == 0 {
			t.Errorf("%d escrows, cycle 1 %+v", len(first.Escrows), first.Cycles[0].Counts)
		}
	})

	second := run(`{"at":"PT1H0M","@odata.type":"#microsoft.graph.group","id":"sales","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"bob","@removed":{"reason":"deleted"}}]}
{"at":"PT1H0M","@odata.type":"#microsoft.graph.group","id":"heads","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"bob"}]}`, 2)
	s = p.State()
	t.Run("a move between groups in one cycle keeps the seat and sends no second mail", func(t *testing.T) {
		if got := seatsOf(s, "bob"); got != "Meeting Webinar" || s.Products[0].Used != 2 || seatsOf(s, "cid") != "" {
			t.Errorf("bob has %q, cid %q, Meeting %+v", got, seatsOf(s, "cid"), s.Products[0])
		}
		mails := 0
		for _, m := range s.Mails {
			if m.To == "bob@contoso.test" {
				mails++
			}
		}
		if mails != 1 {
			t.Errorf("bob got %d mails: %+v", mails, s.Mails)
		}
	})
	t.Run("the escrow stays while the domain is not verified", func(t *testing.T) {
		if len(second.Escrows) == 0 || account(s, "new") != nil {
			t.Errorf("%d escrows, new is %+v", len(second.Escrows), account(s, "new"))
		}
	})

	third := run("", 11) // until 16:40; the code was published at 13:00
	s = p.State()
	t.Run("E-43 after the verification the retry succeeds", func(t *testing.T) {
		if len(third.Escrows) != 0 || third.Job.Status.Code != "Active" {
			t.Errorf("%d escrows, job %s", len(third.Escrows), third.Job.Status.Code)
		}
		if got := seatsOf(s, "new"); got != "Webinar" || !strings.Contains(strings.Join(account(s, "new").Why, "; "), "Meeting: rule 1, waits for a free seat") {
			t.Errorf("new has %q: %v", got, account(s, "new"))
		}
	})
}

// personaJob is the job of profile goto over a small tenant; each call runs more cycles.
func personaJob(t *testing.T, server *httptest.Server, c *clock.Virtual) func(changes string, cycles int) *engine.Result {
	t.Helper()
	people := []string{user("ada"), user("bob"), user("cid"), strings.ReplaceAll(user("new"), "@contoso.test", "@new.test")}
	members := func(ids ...string) string {
		var list []string
		for _, id := range ids {
			list = append(list, `{"@odata.type":"#microsoft.graph.user","id":"`+id+`"}`)
		}
		return `"members@delta":[` + strings.Join(list, ",") + `]}`
	}
	tenant := append(people,
		`{"@odata.type":"#microsoft.graph.group","id":"heads","displayName":"Heads","securityEnabled":true,`+members("ada", "new"),
		`{"@odata.type":"#microsoft.graph.group","id":"sales","displayName":"Sales","securityEnabled":true,`+members("ada", "bob", "cid"),
	)
	cfg := engine.Config{
		Endpoint: scimclient.Config{TenantURL: server.URL, Authorization: "Bearer secret"},
		App:      builtin(t, "goto"),
		Tenant:   strings.NewReader(strings.Join(tenant, "\n")), TenantName: "office", Parallel: 1, Seed: 7, RunID: "r7",
		State: t.TempDir(), Out: t.TempDir(), Transcript: "off", Secrets: []string{"secret"},
	}
	return func(changes string, cycles int) *engine.Result {
		t.Helper()
		cfg.Cycles, cfg.Changes = cycles, nil
		if changes != "" {
			var err error
			if cfg.Changes, err = directory.ReadChanges(strings.NewReader(changes), "changes"); err != nil {
				t.Fatal(err)
			}
		}
		res, err := engine.Run(t.Context(), cfg, engine.Deps{HTTP: server.Client(), Clock: c, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		cfg.Tenant = nil
		return res
	}
}

func account(s gotopersona.State, name string) *gotopersona.UserState {
	for i := range s.Users {
		if strings.HasPrefix(s.Users[i].UserName, name+"@") {
			return &s.Users[i]
		}
	}
	return nil
}

func seatsOf(s gotopersona.State, name string) string {
	if u := account(s, name); u != nil {
		return strings.Join(u.Seats, " ")
	}
	return "no account"
}
