package push_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/okta"
	"github.com/scimdrill/scimdrill/simulator/onelogin"
	"github.com/scimdrill/scimdrill/simulator/push"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// provider is a client with options of the form name=value.
func provider(t *testing.T, client string, options []string) push.Provider {
	t.Helper()
	set := map[string]string{}
	for _, o := range options {
		name, value, _ := strings.Cut(o, "=")
		set[name] = value
	}
	if client == "okta" {
		s, err := okta.Parse(set)
		if err != nil {
			t.Fatal(err)
		}
		return okta.New(s)
	}
	s, err := onelogin.Parse(set)
	if err != nil {
		t.Fatal(err)
	}
	return onelogin.New(s)
}

// situation is a run that sends some lines of the corpus.
type situation struct {
	client          string
	options         []string
	tenant, changes string
	// before is created in the target before the run.
	before []string
	// first is the tenant of an earlier run of the same state; "" is none.
	again string
}

const (
	corpusAda = `{"@odata.type":"#microsoft.graph.user","id":"ada","userPrincipalName":"ada@contoso.test","mail":"ada@contoso.test","givenName":"Ada",` +
		`"surname":"Lovelace","displayName":"Ada Lovelace","preferredLanguage":"en-US"%s}` + "\n" +
		`{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","principalId":"ada","principalType":"User"}` + "\n"
	corpusBob = `{"@odata.type":"#microsoft.graph.user","id":"bob","userPrincipalName":"bob@contoso.test","mail":"bob@contoso.test","givenName":"Bob",` +
		`"surname":"Test","displayName":"Bob Test"}` + "\n" +
		`{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a2","principalId":"bob","principalType":"User"}` + "\n"
	corpusTeam = `{"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"Test SCIMv2","securityEnabled":true,"members@delta":[%s]}` + "\n" +
		`{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a3","principalId":"g1","principalType":"Group"}` + "\n"
	corpusMember = `{"@odata.type":"#microsoft.graph.user","id":"%s"%s}`
)

// situations are the runs that send the corpus.
func situations() []situation {
	work := `,"jobTitle":"Engineer","department":"Research"`
	ada, member := fmt.Sprintf(corpusAda, ""), func(id, more string) string { return fmt.Sprintf(corpusMember, id, more) }
	team := ada + corpusBob + fmt.Sprintf(corpusTeam, member("ada", ""))
	moved := `{"at":"PT1H","@odata.type":"#microsoft.graph.group","id":"g1","members@delta":[` + member("ada", `,"@removed":{"reason":"deleted"}`) +
		"," + member("bob", "") + "]}\n"
	unassigned := `{"at":"PT2H","@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","@removed":{"reason":"deleted"}}` + "\n"
	returned := `{"at":"PT3H","@odata.type":"#microsoft.graph.appRoleAssignment","id":"a9","principalId":"ada","principalType":"User"}` + "\n"
	ended := `{"at":"PT4H","@odata.type":"#microsoft.graph.group","id":"g1","@removed":{"reason":"changed"}}` + "\n"
	renamed := `{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"ada","surname":"King"}` + "\n"
	unmanaged := `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"ada","manager@delta":[{"@odata.type":"#microsoft.graph.user","id":"bob"` +
		`,"@removed":{"reason":"deleted"}}]}` + "\n"
	blocked := `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"ada","accountEnabled":false}` + "\n"
	day := renamed + moved + unassigned + returned + ended
	full := `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@contoso.test","name":{"givenName":"Another"` +
		`,"middleName":"Excited"},"active":true}`
	managed := corpusBob + fmt.Sprintf(corpusAda, `,"manager@delta":[{"@odata.type":"#microsoft.graph.user","id":"bob"}]`)
	empty := ada + fmt.Sprintf(corpusTeam, "")
	var many []string
	for i := range 101 {
		many = append(many, fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"other%d@contoso.test"}`, i))
	}
	return []situation{
		{client: "okta", options: []string{"import=1h"}, tenant: ada, before: many},
		{client: "okta", options: []string{"mode=aiw", "importGroups=true", "import=30m"}, tenant: team, changes: day, before: []string{full}},
		{client: "okta", options: []string{"mode=oin", "createMembers=false", "importGroups=true"}, tenant: team, changes: day},
		{client: "okta", options: []string{"mode=oin"}, tenant: team, again: "pushNow=true"},
		{client: "okta", options: []string{"mode=oin"}, tenant: empty, again: "pushNow=true"},
		{client: "okta", options: []string{"mode=aiw"}, tenant: empty},
		{client: "okta", options: []string{"externalId=false"}, tenant: ada},
		{client: "okta", options: []string{"unmapped=displayName,locale,emails.type"}, tenant: ada},
		{client: "okta", options: []string{"unmapped=displayName,locale,emails.type"}, tenant: fmt.Sprintf(corpusAda, work)},
		{client: "okta", options: []string{"managerText=login"}, tenant: managed, changes: unmanaged},
		{client: "onelogin", options: []string{"schema=v2-core"}, tenant: team, changes: renamed + moved + unassigned},
		{client: "onelogin", options: []string{"schema=v2-core"}, tenant: ada, changes: blocked},
		{client: "onelogin", options: []string{"schema=enterprise-v1.1"}, tenant: team, changes: moved},
		{client: "onelogin", options: []string{"schema=v2-enterprise"}, tenant: ada},
		{client: "onelogin", options: []string{"schema=v2-core", "quirks=ownKeys"}, tenant: ada},
	}
}

// unsent are the lines that no run sends, and why.
func unsent() map[string]string {
	suite := "a request of a published list of tests, which conform sends"
	return map[string]string{
		"okta-match-user-2018":                  "the encoding of 2018, which the captures of 2021 and 2026 replace (O-9)",
		"okta-entitlement-schemas":              "entitlements are not built (O-90)",
		"okta-entitlement-values":               "entitlements are not built (O-91)",
		"okta-put-group-doc":                    "the captures have id in this body (O-80)",
		"okta-suite-r1-users-page":              suite,
		"okta-suite-r3-filter-none":             suite,
		"okta-suite-r9-case":                    suite,
		"okta-suite-2016-groups":                suite,
		"onelogin-create-user-v2-active-string": "a template of one vendor with several quirks; each is an option (L-24)",
		"onelogin-create-user-custom-keys":      "a template of one vendor; its own keys are a quirk (L-24)",
	}
}

// TestCorpus sends each line of the corpus in its situation, or says why not.
func TestCorpus(t *testing.T) {
	t.Parallel()
	sent := map[string]bool{}
	var puts []map[string]any
	for _, s := range situations() {
		for _, h := range play(t, s) {
			sent[shapeOf(h.method, h.uri, h.body)] = true
			var body map[string]any
			if h.method == http.MethodPut && json.Unmarshal([]byte(h.body), &body) == nil {
				puts = append(puts, body)
			}
		}
	}
	data, err := os.ReadFile(filepath.Join("..", "..", "fixtures", "wire", "clients.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	reasons, lines := unsent(), 0
	for text := range strings.Lines(string(data)) {
		var line struct {
			Name, Method, Path string
			Body               json.RawMessage
		}
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatal(err)
		}
		lines++
		body := string(line.Body)
		if body == "null" {
			body = ""
		}
		shape := shapeOf(line.Method, line.Path, body)
		found := sent[shape] || line.Method == http.MethodPut && strings.HasPrefix(line.Path, "/Users") && within(line.Body, puts)
		why, listed := reasons[line.Name]
		delete(reasons, line.Name)
		switch {
		case found && listed:
			t.Errorf("%s is sent, and listed: %s", line.Name, why)
		case !found && !listed:
			t.Errorf("%s is not sent: %s", line.Name, shape)
		}
	}
	if len(reasons) > 0 || lines < 50 {
		t.Errorf("%d lines; reasons without a line: %v", lines, slices.Sorted(maps.Keys(reasons)))
	}
}

// within reports whether some PUT has all members of a line and the same active: the rest is what the target
// returned.
func within(line json.RawMessage, puts []map[string]any) bool {
	var want map[string]any
	if json.Unmarshal(line, &want) != nil {
		return false
	}
	return slices.ContainsFunc(puts, func(got map[string]any) bool {
		for name, v := range want {
			if _, has := got[name]; !has || name == "active" && got[name] != v {
				return false
			}
			if urn, ok := v.(map[string]any); ok && strings.HasPrefix(name, "urn:") && fmt.Sprint(got[name]) != fmt.Sprint(urn) {
				return false
			}
		}
		return true
	})
}

var (
	filterValue = regexp.MustCompile(`eq(%20|\+| )(%22|\\?").*?(%22|\\?")`)
	idInPath    = regexp.MustCompile(`^/(Users|Groups)/[^?]+`)
)

// shapeOf is a request without its values: ids, names and texts are masked.
func shapeOf(method, uri, body string) string {
	uri = filterValue.ReplaceAllString(idInPath.ReplaceAllString(uri, "/$1/{id}"), "eq${1}{value}")
	if body == "" {
		return method + " " + uri
	}
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		return err.Error()
	}
	return method + " " + uri + " " + masked("", v)
}

func masked(name string, v any) string {
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, k+":"+masked(k, v[k]))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		var parts []string
		for _, one := range v {
			if text := masked(name, one); !slices.Contains(parts, text) {
				parts = append(parts, text)
			}
		}
		return "[" + strings.Join(parts, ",") + "]"
	case string:
		if slices.Contains([]string{"op", "path", "operation", "schemas"}, name) {
			return filterValue.ReplaceAllString(v, "eq {value}")
		}
		return "text"
	}
	return fmt.Sprint(v)
}

// request is a request as the target saw it.
type request struct{ method, uri, body string }

// play runs a situation and returns what the target saw.
func play(t *testing.T, s situation) []request {
	t.Helper()
	dir, c := t.TempDir(), clock.NewVirtual(engine.Start())
	tgt, err := target.New(target.Options{Seed: 1, Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var list []request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		mu.Lock()
		list = append(list, request{r.Method, r.RequestURI, string(body)})
		mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(body))
		if s.client == "onelogin" && strings.Contains(string(body), "urn:scim:schemas:core:1.0") { // this target knows 2.0 only
			oldServer(w, r, body)
			return
		}
		tgt.ServeHTTP(w, r)
	}))
	defer server.Close()
	for _, body := range s.before {
		resp, err := http.Post(server.URL+"/Users", "application/scim+json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
	}
	runs := [][]string{s.options}
	if s.again != "" {
		runs = append(runs, append(slices.Clone(s.options), s.again))
	}
	state := filepath.Join(dir, "state")
	if err := wholefile.PrivateDir(state); err != nil {
		t.Fatal(err)
	}
	for i, options := range runs {
		cfg := push.Config{
			Endpoint: scimclient.Config{TenantURL: server.URL}, TenantName: "tenant", Seed: 1, RunID: "r1", State: state, Out: filepath.Join(dir, "out"),
			Transcript: "off", Command: "test", For: 5 * time.Hour,
		}
		if i == 0 {
			cfg.Tenant = strings.NewReader(s.tenant)
			if cfg.Changes, err = directory.ReadChanges(strings.NewReader(s.changes), "changes"); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := push.Run(t.Context(), cfg, push.Deps{Clock: c}, provider(t, s.client, options), nil); err != nil {
			t.Fatal(err)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	for i := range list {
		if u, err := url.PathUnescape(list[i].uri); err == nil && strings.Contains(list[i].uri, "/Users/") {
			list[i].uri = u
		}
	}
	return list
}

// oldServer answers writes of SCIM 1.1.
func oldServer(w http.ResponseWriter, r *http.Request, body []byte) {
	if r.Method == http.MethodPatch {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	o, err := push.ParseObject(body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	o.Set("id", json.RawMessage(fmt.Sprintf(`"old%d"`, len(body))))
	text, _ := push.Raw(o)
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(text)
}
