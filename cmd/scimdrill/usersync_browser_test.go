//go:build browser

package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/fixtures/target/gotopersona"
)

// TestBrowserUserSync makes two rules on the page, swaps their order, and sees the seats change, as
// the User Sync document describes it. It runs without script, and once by keyboard alone.
func TestBrowserUserSync(t *testing.T) {
	chrome := startChromium(t)
	const organization = `
organization: {name: Acme, remoteSupport: v5}
domains: [{name: acme.test, verified: true}]
products: [{name: GoTo Meeting, seats: 1}, {name: GoTo Webinar, seats: 5}]
choices: {languages: [de, fr], userGroups: [Sellers, Bosses]}
assumptions: {settle: 0s}
`
	cfg, err := gotopersona.Parse(strings.NewReader(organization))
	if err != nil {
		t.Fatal(err)
	}
	p, err := gotopersona.New(gotopersona.Options{Config: cfg, Target: target.Options{Seed: 1, Token: "secret", Now: time.Now}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	push(t, server.URL, "Sales", "ann@acme.test", "bob@acme.test")
	w := &window{T: t, ctx: chrome}
	w.open(false)
	w.do(chromedp.Navigate(server.URL + "/persona/rules"))
	w.shows("Create your first rule")
	w.do(chromedp.Click(chromedp.CSS("a[href='/persona/rules/new']")))
	w.shows("Select a group from your company directory")
	w.do(
		chromedp.SendKeys(chromedp.CSS("#group"), "Sales"), chromedp.Click(chromedp.CSS("input[value='GoTo Meeting']")),
		chromedp.SendKeys(chromedp.CSS("#userGroup"), "Sellers"), chromedp.Click(chromedp.CSS("button[value=effect]")),
	)
	w.shows("the rules assign 2 seats, and 1 exist")
	w.do(chromedp.Click(chromedp.CSS("button[value=save-another]")))
	w.shows("Saved the rule for Sales.")
	w.do( // by keyboard
		chromedp.Focus(chromedp.CSS("#group")), chromedp.SendKeys(chromedp.CSS("#group"), "Sales"),
		chromedp.SendKeys(chromedp.CSS("input[value='GoTo Webinar']"), " "),
		chromedp.SendKeys(chromedp.CSS("#userGroup"), "Bosses"), chromedp.SendKeys(chromedp.CSS("button.main"), "\r"),
	)
	w.shows("user group Bosses")
	if got := userGroup(p); got != "Sellers, by rule 1" {
		t.Errorf("ann has %s", got)
	}
	w.do(chromedp.Click(chromedp.CSS("button[aria-label='Move rule 2 up']")))
	got := ""
	for deadline := time.Now().Add(20 * time.Second); got != "Bosses, by rule 1" && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		got = userGroup(p)
	}
	if got != "Bosses, by rule 1" {
		t.Errorf("after the rules are swapped ann has %s", got)
	}
	w.shows("user group Bosses")
	for _, path := range []string{"/", "/persona/rules", "/persona/rules/new", "/persona/rules/1"} {
		(&window{T: t, ctx: chrome}).accessible(server.URL, path)
	}
}

// push makes a directory group with users as a provider does.
func push(t *testing.T, base, group string, users ...string) {
	t.Helper()
	post := func(path, body string) (id string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer secret")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		var made struct{ ID string }
		if err := json.NewDecoder(res.Body).Decode(&made); err != nil || res.StatusCode != http.StatusCreated {
			t.Fatalf("POST %s is %d: %v", path, res.StatusCode, err)
		}
		return made.ID
	}
	var members []string
	for _, name := range users {
		id := post("/Users", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"`+name+`","active":true}`)
		members = append(members, `{"value":"`+id+`"}`)
	}
	post("/Groups",
		`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"`+group+`","members":[`+strings.Join(members, ",")+`]}`)
}

// userGroup is the user group of ann, and the rule that assigns it.
func userGroup(p *gotopersona.Persona) string {
	for _, u := range p.State().Users {
		if u.UserName == "ann@acme.test" && u.Given.UserGroup != nil {
			return fmt.Sprintf("%s, by rule %d", u.Given.UserGroup.Value, u.Given.UserGroup.Rule)
		}
	}
	return "none"
}

// accessible lets axe-core look at a page, where SCIMDRILL_AXE names its file axe.min.js, and takes a
// picture of the page for people.
func (p *window) accessible(base, path string) {
	p.Helper()
	p.open(true)
	p.do(chromedp.Navigate(base + path))
	p.shows("not affiliated with GoTo")
	p.picture("user-sync" + strings.ReplaceAll(path, "/", "-"))
	file := os.Getenv("SCIMDRILL_AXE")
	if file == "" {
		return
	}
	axe, err := os.ReadFile(file)
	if err != nil {
		p.Fatal(err)
	}
	p.do(chromedp.Evaluate[chromedp.Void](string(axe) + ";0"))
	const look = `axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join(" ")).join("\n"))`
	found, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](look, chromedp.EvalAwaitPromise))
	if err != nil || found != "" {
		p.Errorf("%s: axe finds %s %v", path, found, err)
	}
}
