package intake_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/pseudonym"
	"github.com/scimdrill/scimdrill/simulator/recording"
	"github.com/scimdrill/scimdrill/simulator/recording/intake"
)

// entry is a request as a browser writes it: small header names, cookies, and whatever else its pages send.
type entry struct {
	line    string // POST https://…
	headers string // "name: value" by lines
	body    string
	status  int
	answer  string
	told    string // headers of the response
}

func har(t *testing.T, entries ...entry) string {
	t.Helper()
	pairs := func(text string) []map[string]string {
		out := []map[string]string{}
		for line := range strings.Lines(text) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			out = append(out, map[string]string{"name": name, "value": value})
		}
		return out
	}
	var list []any
	for i, e := range entries {
		method, url, _ := strings.Cut(e.line, " ")
		request := map[string]any{"method": method, "url": url, "httpVersion": "h2", "headers": pairs(e.headers), "cookies": []any{}}
		if e.body != "" {
			request["postData"] = map[string]any{"mimeType": "application/json", "text": e.body}
		}
		list = append(list, map[string]any{
			"startedDateTime": time.Date(2026, 11, 24, 8, 0, i, 0, time.UTC), "time": 12.5, "_resourceType": "fetch", "request": request,
			"response": map[string]any{"status": e.status, "headers": pairs(e.told), "content": map[string]any{"size": len(e.answer), "text": e.answer}},
		})
	}
	return write(t, "a.har", must(t, map[string]any{"log": map[string]any{"version": "1.2", "pages": []any{}, "entries": list}}))
}

func must(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string, o intake.Options) ([]recording.Line, *intake.Result, *intake.Inventory) {
	t.Helper()
	var lines []recording.Line
	v := intake.NewInventory()
	res, err := intake.Read(path, o, func(l recording.Line) error {
		lines = append(lines, l)
		return v.Add(&l)
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, res, v
}

func short(lines []recording.Line) (out []string) {
	for _, l := range lines {
		out = append(out, strings.TrimSpace(l.Method+" "+l.Path+" "+l.Body))
	}
	return out
}

const (
	api   = "https://app.vendor.example/api/scim/v2"
	admin = ":authority: app.vendor.example\nauthorization: Bearer opaque-secret-token\ncookie: sid=0123456789abcdef; a=b\nx-csrf-token: csrf-secret\n" +
		"origin: https://app.vendor.example\nsec-fetch-mode: cors\ncontent-type: application/scim+json\nuser-agent: Mozilla/5.0"
)

func list(resources string) string {
	return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"Resources":[` + resources + `]}`
}

// TestBrowser takes the SCIM requests out of what a browser recorded, names the rest, and keeps no secret.
func TestBrowser(t *testing.T) {
	t.Parallel()
	lines, res, v := read(t, har(t,
		entry{line: "GET https://app.vendor.example/users", told: "content-type: text/html", answer: "<html>", status: 200},
		entry{line: "GET https://cdn.example/app.js", told: "content-type: text/javascript", status: 200},
		entry{line: "GET wss://app.vendor.example/live", status: 101},
		entry{line: "OPTIONS " + api + "/Users", status: 204},
		entry{line: "GET " + api + "/Users?filter=userName%20eq%20%22bob%22", headers: admin, status: 200, answer: list(`{"id":"3","userName":"bob"}`)},
		entry{
			line:    "POST " + api + "/Users",
			headers: admin,
			body:    `{"userName":"ada","note":"opaque-secret-token"}`,
			status:  201,
			told:    "location: " + api + "/Users/7",
		},
		entry{
			line: "POST " + api + "/Groups", headers: admin, body: `{"displayName":"Team","members":[{"value":"7"},{"value":"3"}],"size":"7"}`, status: 201,
			answer: `{"id":"9","displayName":"Team"}`,
		},
		entry{
			line:    "PUT " + api + "/Users/7",
			headers: admin,
			body:    `{"userName":"ada","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"3"}}}`,
			status:  200, answer: `{"id":"7"}`,
		},
		entry{line: "GET https://app.vendor.example/api/users/7", status: 200, answer: `{"id":7}`},
		entry{line: "DELETE " + api + "/Users/55", headers: admin, status: 204},
	), intake.Options{})
	want := []string{
		`GET /Users?filter=userName%20eq%20%22bob%22`,
		`POST /Users {"userName":"ada","note":"REDACTED"}`,
		`POST /Groups {"displayName":"Team","members":[{"value":"{{users["ada"].id}}"},{"value":"{{users["bob"].id}}"}],"size":"7"}`,
		`PUT /Users/{{users["ada"].id}} {"userName":"ada","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"{{users["bob"].id}}"}}}`,
		`DELETE /Users/55`,
	}
	if d := cmp.Diff(want, short(lines)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for _, l := range lines {
		if text := must(t, l); strings.Contains(text, "secret") || strings.Contains(text, "0123456789abcdef") || strings.Contains(text, "origin") {
			t.Errorf("a secret is left: %s", text)
		}
	}
	if len(res.Left) != 4 || res.Read != 10 || res.Taken != 5 || !slices.Contains(res.Dropped, "Authorization") || !slices.Contains(res.Dropped, "X-Csrf-Token") {
		t.Errorf("%+v", res)
	}
	if v.Created != 2 || v.Found != 1 || v.Stuck != 1 || !strings.Contains(v.List()[0].Why, "the id in its path") {
		t.Errorf("%+v, %+v", v, v.List())
	}
}

// TestAccessLog reads what servers write; a log has no bodies and no responses.
func TestAccessLog(t *testing.T) {
	t.Parallel()
	const at = "[24/Nov/2026:08:00:00 +0100]"
	path := write(t, "access.log", strings.Join([]string{
		`192.0.2.7 - - ` + at + ` "GET /scim/v2/Users?filter=userName%20eq%20%22ada%22 HTTP/1.1" 200 512 "-" "azure-sync/1.0"`,
		`192.0.2.7 - jo smith ` + at + ` "POST /scim/v2/Users HTTP/1.1" 201 900 "-" "agent \"x\""`,
		`2001:db8::1 - - ` + at + ` "PATCH /scim/v2/Groups/7 HTTP/2.0" 204 -`,
		`192.0.2.7 - - ` + at + ` "GET /scim/v2/Groups?filter=displayName eq \x22Team A\x22 HTTP/1.1" 200 1 "-" "-" 0.004 "upstream"`,
		`192.0.2.7 - - ` + at + ` "GET /users/sign_in HTTP/1.1" 200 1 "-" "Mozilla"`,
		`192.0.2.7 - - ` + at + ` "\x16\x03\x01" 400 0 "-" "-"`,
		`broken line`,
	}, "\n"))
	lines, res, v := read(t, path, intake.Options{})
	want := []string{
		`GET /Users?filter=userName%20eq%20%22ada%22`, `POST /Users`, `PATCH /Groups/7`, `GET /Groups?filter=displayName%20eq%20%22Team%20A%22`,
	}
	if d := cmp.Diff(want, short(lines)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if res.Format != intake.AccessLog || v.Stuck != 2 || lines[0].Headers["User-Agent"] != "azure-sync/1.0" || lines[1].Headers["User-Agent"] != `agent "x"` {
		t.Errorf("%+v, %+v, %+v", res, v.List(), lines)
	}
}

// TestTenants keeps the ids of tenants apart: both have a user 7.
func TestTenants(t *testing.T) {
	t.Parallel()
	token := func(tenant string) string {
		return "authorization: Bearer e30.eyJ0aWQiOi" + map[string]string{"a": "JhIn0", "b": "JiIn0"}[tenant] + ".x\ncontent-type: application/scim+json"
	}
	path := har(t,
		entry{line: "POST " + api + "/Users", headers: token("a"), body: `{"userName":"ada"}`, status: 201, answer: `{"id":"7"}`},
		entry{line: "POST " + api + "/Users", headers: token("b"), body: `{"userName":"bob"}`, status: 201, answer: `{"id":"7"}`},
		entry{line: "DELETE " + api + "/Users/7", headers: token("a"), status: 204},
		entry{line: "DELETE " + api + "/Users/7", headers: token("b"), status: 204},
	)
	lines, res, v := read(t, path, intake.Options{})
	if got := short(lines); got[2] != `DELETE /Users/{{users["ada"].id}}` || got[3] != `DELETE /Users/{{users["bob"].id}}` || lines[2].Tenant == lines[3].Tenant {
		t.Errorf("%+v", lines)
	}
	if len(res.Tenants) != 2 || v.Stuck != 0 {
		t.Errorf("%v, %v", res.Tenants, v.List())
	}
	one, _, _ := read(t, path, intake.Options{Tenant: lines[1].Tenant})
	if len(one) != 2 || one[0].Tenant != "" || !strings.Contains(one[0].Body, "bob") {
		t.Errorf("%+v", one)
	}
}

// TestRules binds ids that stand elsewhere, in a header and in a member of the resource.
func TestRules(t *testing.T) {
	t.Parallel()
	var rules []recording.Rule
	for _, text := range []string{"seat=$['urn:acme'].seats[0].id", "account=header:X-Account"} {
		r, err := recording.ParseRule(text)
		if err != nil {
			t.Fatal(err)
		}
		rules = append(rules, r)
	}
	lines, _, v := read(t, har(t,
		entry{
			line:    "POST " + api + "/Users",
			headers: "content-type: application/scim+json",
			body:    `{"userName":"ada"}`,
			status:  201,
			told:    "x-account: acc-1",
			answer:  `{"id":"7","urn:acme":{"seats":[{"id":44}]}}`,
		},
		entry{line: "DELETE " + api + "/Users/7/seats/44?x=acc-1", headers: "content-type: application/scim+json", status: 204},
		entry{
			line:    "PATCH " + api + "/Users/7",
			headers: "content-type: application/scim+json",
			body:    `{"Operations":[{"op":"add","path":"x","value":"acc-1"}]}`,
			status:  204,
		},
	), intake.Options{Rules: rules})
	from := map[string]string{`users["ada"].seat`: "$['urn:acme'].seats[0].id", `users["ada"].account`: "header:X-Account"}
	if d := cmp.Diff(from, lines[0].BindsFrom); d != "" {
		t.Error(d)
	}
	got := short(lines)
	if !strings.HasPrefix(got[1], `DELETE /Users/{{users["ada"].id}}/seats/{{users["ada"].seat}}`) ||
		!strings.Contains(got[2], `"value":"{{users["ada"].account}}"`) || v.ByRule != 2 {
		t.Errorf("%q", got)
	}
	for _, bad := range []string{"", "x", "x=", "x=$", "x=$.a[*]", "x=$..a", "id=$.a", "9x=$.a"} {
		if _, err := recording.ParseRule(bad); err == nil || !strings.Contains(err.Error(), "hint:") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestBulk binds the ids that the response to a bulk request tells.
func TestBulk(t *testing.T) {
	t.Parallel()
	lines, _, v := read(t, har(t,
		entry{
			line: "POST " + api + "/Bulk",
			body: `{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],` +
				`"Operations":[{"method":"POST","path":"/Users","bulkId":"q","data":{"userName":"ada"}}]}`,
			status: 200, answer: `{"Operations":[{"method":"POST","bulkId":"q","location":"` + api + `/Users/7","status":"201"}]}`,
		},
		entry{line: "GET " + api + "/Users/7", status: 200, answer: `{"id":"7"}`},
	), intake.Options{})
	if got := short(lines); got[1] != `GET /Users/{{users["ada"].id}}` || v.Created != 1 || v.Stuck != 0 {
		t.Errorf("%q, %+v", got, v.List())
	}
}

// TestPseudonyms are the same for a person in every request, and the ids still bind.
func TestPseudonyms(t *testing.T) {
	t.Parallel()
	path := har(t,
		entry{line: "GET " + api + "/Users?filter=userName+eq+%22ada.byron%40contoso.test%22", status: 200, answer: list("")},
		entry{
			line:   "POST " + api + "/Users",
			body:   `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada.byron@contoso.test"}`,
			status: 201,
			answer: `{"id":"7","userName":"ada.byron@contoso.test"}`,
		},
		entry{line: "DELETE " + api + "/Users/7", status: 204},
	)
	lines, _, v := read(t, path, intake.Options{Names: pseudonym.New("seed")})
	text := must(t, lines)
	if strings.Contains(text, "byron") || strings.Contains(text, "contoso") || !strings.HasPrefix(lines[2].Path, "/Users/{{users[") || v.Stuck != 0 {
		t.Error(text)
	}
	again, _, _ := read(t, path, intake.Options{Names: pseudonym.New("seed")})
	if d := cmp.Diff(lines, again); d != "" {
		t.Error(d)
	}
}

// TestObstacles says of each request why it cannot be replayed elsewhere.
func TestObstacles(t *testing.T) {
	t.Parallel()
	for why, line := range map[string]recording.Line{
		"no response before it tells": {At: "PT0S", Method: "PATCH", Path: `/Users/{{users["a/b \"x\""].id}}`, Body: `{}`, Status: 204},
		"was not recorded":            {At: "PT0S", Method: "POST", Path: "/Users", Status: 201},
		"no complete JSON":            {At: "PT0S", Method: "POST", Path: "/Users", Body: `{"a":`, Status: 201},
		"the id in its path":          {At: "PT0S", Method: "DELETE", Path: "/Groups/7", Status: 204},
		"refers to an object":         {At: "PT0S", Method: "POST", Path: "/Groups", Body: `{"members":[{"value":"7"}]}`, Status: 400},
		"in the place of a secret":    {At: "PT0S", Method: "POST", Path: "/Users", Body: `{"password":"REDACTED"}`, Status: 400},
		"does not tell":               {At: "PT0S", Method: "POST", Path: "/Users", Body: `{"userName":"a"}`, Status: 201},
		"":                            {At: "PT0S", Method: "DELETE", Path: "/Users/7", Status: 404},
	} {
		v := intake.NewInventory()
		if err := v.Add(&line); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(v.List()); why == "" && len(v.List()) > 0 || !strings.Contains(got, why) {
			t.Errorf("%s: %s", why, got)
		}
	}
}

// TestUnknownFile says which forms there are.
func TestUnknownFile(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "hello\n", "<xml/>"} {
		_, err := intake.Read(write(t, "x", text), intake.Options{}, func(recording.Line) error { return nil })
		if err == nil || !strings.Contains(err.Error(), "hint:") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestRate keeps a fixed number of buckets, however long the recording is.
func TestRate(t *testing.T) {
	t.Parallel()
	v := intake.NewInventory()
	for i := range 10_000 {
		if err := v.Add(&recording.Line{At: fmt.Sprintf("PT%dS", 7*i), Method: "GET", Path: "/Users"}); err != nil {
			t.Fatal(err)
		}
	}
	r := v.Rate.Within(16)
	sum := 0
	for _, n := range r.Counts {
		sum += n
	}
	if sum != 10_000 || len(r.Counts) > 16 || len(v.Rate.Counts) > 128 || r.Peak != 1 {
		t.Errorf("%+v", r)
	}
}
