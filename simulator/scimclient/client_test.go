package scimclient_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// target answers every request with one status and body, and remembers the last one.
type target struct {
	status int
	body   string

	method, uri, requestBody string
	header                   http.Header
}

func (x *target) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	x.method, x.uri, x.requestBody, x.header = r.Method, r.RequestURI, string(body), r.Header
	w.WriteHeader(x.status)
	_, _ = io.WriteString(w, x.body)
}

func client(t *testing.T, h http.Handler, suffix string) *scimclient.Client {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	sender := exchange.NewSender(&http.Client{Transport: &http.Transport{DisableCompression: true}}, exchange.Limits{Timeout: 5 * time.Second}, time.Now)
	c, err := scimclient.New(
		scimclient.Config{TenantURL: server.URL + suffix, Authorization: "Bearer s3cret-token", SchemaVersion: "1.0"},
		scimclient.Deps{Sender: sender, Redact: exchange.NewRedactor("s3cret-token")})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRequests(t *testing.T) {
	t.Parallel()
	const empty = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}`
	for _, tc := range []struct {
		name, suffix string
		query        scimclient.Query
		want         string
	}{
		{
			"W-9 form-style query", "",
			scimclient.Query{Collection: "Users", Attribute: "userName", Value: "ada@contoso.test"},
			"/Users?filter=userName+eq+%22ada%40contoso.test%22",
		},
		{
			"W-8 a base path with a slash at its end", "/scim/v2/",
			scimclient.Query{Collection: "Users", Attribute: "userName", Value: "a"},
			"/scim/v2/Users?filter=userName+eq+%22a%22",
		},
		{
			"W-14 groups without members", "",
			scimclient.Query{Collection: "Groups", Attribute: "displayName", Value: "R&D"},
			"/Groups?excludedAttributes=members&filter=displayName+eq+%22R%26D%22",
		},
		{
			"W-122 the flag stays, first", "/scim?aadOptscim062020",
			scimclient.Query{Collection: "Users", Attribute: "userName", Value: "a"},
			"/scim/Users?aadOptscim062020&filter=userName+eq+%22a%22",
		},
		{
			"A-19 W-12 quotes and backslashes are escaped", "",
			scimclient.Query{Collection: "Users", Attribute: "userName", Value: `a"b\c`},
			"/Users?filter=userName+eq+%22a%5C%22b%5C%5Cc%22",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			x := &target{status: 200, body: empty}
			if _, failure := client(t, x, tc.suffix).Find(t.Context(), scimclient.Call{}, tc.query); failure != nil {
				t.Fatal(failure)
			}
			if x.uri != tc.want {
				t.Errorf("request line\n got %s\nwant %s", x.uri, tc.want)
			}
		})
	}

	for rule, tc := range map[string]struct {
		reference scimclient.Reference
		want      string
	}{
		"W-20 a manager is asked for": {
			scimclient.Reference{Collection: "Users", ID: "6f1c", Attribute: "manager", Value: "0c3d"},
			"/Users?filter=id+eq+%226f1c%22+and+manager+eq+%220c3d%22&attributes=id",
		},
		"W-21 a member is asked for": {
			scimclient.Reference{Collection: "Groups", ID: "b2e4", Attribute: "members", Value: "6f1c"}, "/Groups?filter=id+eq+%22b2e4%22+and+members+eq+%226f1c%22",
		},
	} {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			x := &target{status: 200, body: empty}
			there, failure := client(t, x, "").Holds(t.Context(), scimclient.Call{}, tc.reference)
			if there || failure != nil || x.uri != tc.want {
				t.Errorf("there %v, failure %v, request line\n got %s\nwant %s", there, failure, x.uri, tc.want)
			}
		})
	}

	t.Run("W-24 W-26 W-27 W-C14 G-13 headers", func(t *testing.T) {
		t.Parallel()
		x := &target{status: 201, body: `{"id":"1"}`}
		if _, failure := client(t, x, "").Create(t.Context(), scimclient.Call{}, "Users", []byte(`{}`)); failure != nil {
			t.Fatal(failure)
		}
		want := http.Header{
			"Authorization": {"Bearer s3cret-token"}, "Content-Type": {"application/scim+json; charset=utf-8"},
			"Content-Length": {"2"}, "Adscimversion": {"1.0"},
		}
		if diff := cmp.Diff(want, x.header); diff != "" {
			t.Errorf("headers (-want +got):\n%s", diff)
		}
	})

	t.Run("W-23 an id is one path segment", func(t *testing.T) {
		t.Parallel()
		x := &target{status: 204}
		if failure := client(t, x, "").Delete(t.Context(), scimclient.Call{}, "Users", "a/b c"); failure != nil {
			t.Fatal(failure)
		}
		if x.uri != "/Users/a%2Fb%20c" {
			t.Errorf("path = %s", x.uri)
		}
	})
}

func TestFailures(t *testing.T) {
	t.Parallel()
	find := func(t *testing.T, c *scimclient.Client) *scimclient.Failure {
		_, f := c.Find(t.Context(), scimclient.Call{}, scimclient.Query{Collection: "Users", Attribute: "userName", Value: "a"})
		return f
	}
	patch := func(t *testing.T, c *scimclient.Client) *scimclient.Failure {
		return c.Patch(t.Context(), scimclient.Call{}, "Users", "1", []byte(`{}`))
	}
	create := func(t *testing.T, c *scimclient.Client) *scimclient.Failure {
		_, f := c.Create(t.Context(), scimclient.Call{}, "Users", []byte(`{}`))
		return f
	}
	for _, tc := range []struct {
		name   string
		status int
		body   string
		call   func(*testing.T, *scimclient.Client) *scimclient.Failure
		code   string
		nature bool
	}{
		{"E-250 404 to a query", 404, `{"detail":"no"}`, find, provlog.CodeServiceIncompatible, true},
		{"A-37 404 to an id", 404, ``, patch, provlog.CodeInvalidAnchor, false},
		{"A-37 400", 400, `{}`, patch, provlog.CodeBadRequest, false},
		{"A-37 401", 401, ``, patch, provlog.CodeUnauthorized, false},
		{"A-37 403", 403, ``, patch, provlog.CodeInsufficientRights, false},
		{"A-37 405", 405, ``, patch, provlog.CodeMethodNotAllowed, false},
		{"E-102 A-47 409", 409, ``, create, provlog.CodeIncompatibleFiltering, false},
		{"A-48 400 to a create", 400, ``, create, provlog.CodeServiceIncompatible, false},
		{"A-37 422", 422, ``, patch, provlog.CodeUnprocessableEntity, false},
		{"A-21 429", 429, ``, patch, provlog.CodeTooManyRequests, false},
		{"A-37 500", 500, ``, patch, provlog.CodeInternalServerError, false},
		{"A-37 501", 501, ``, patch, provlog.CodeNotImplemented, false},
		{"a redirect is not followed", 302, ``, patch, provlog.CodeServiceIncompatible, false},
		{"HTML instead of JSON", 200, `<html>sign in</html>`, find, provlog.CodeServiceIncompatible, false},
		{"W-99 no totalResults", 200, `{"Resources":[]}`, find, provlog.CodeServiceIncompatible, false},
		{"W-100 a number as id", 201, `{"id":7}`, create, provlog.CodeServiceIncompatible, false},
		{"A-30 no id", 201, `{}`, create, provlog.CodeServiceIncompatible, false},
		{"JSON null as body", 201, `null`, create, provlog.CodeServiceIncompatible, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := tc.call(t, client(t, &target{status: tc.status, body: tc.body}, ""))
			if f == nil {
				t.Fatal("no failure")
			}
			if f.Code != tc.code || f.Nature != tc.nature {
				t.Errorf("code %s, nature %v; want %s, %v", f.Code, f.Nature, tc.code, tc.nature)
			}
		})
	}

	t.Run("A-17 deleting what is gone is success", func(t *testing.T) {
		t.Parallel()
		if f := client(t, &target{status: 404}, "").Delete(t.Context(), scimclient.Call{}, "Users", "1"); f != nil {
			t.Errorf("Delete = %v", f)
		}
	})
	t.Run("a secret in an answer does not reach the log", func(t *testing.T) {
		t.Parallel()
		f := patch(t, client(t, &target{status: 400, body: `{"detail":"token s3cret-token is bad"}`}, ""))
		if strings.Contains(f.Sentence(), "s3cret-token") {
			t.Errorf("the reason shows the token: %s", f.Sentence())
		}
	})
	t.Run("a closed port is told without its address", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(http.NotFoundHandler())
		url := server.URL
		server.Close()
		sender := exchange.NewSender(&http.Client{}, exchange.Limits{Timeout: 5 * time.Second}, time.Now)
		c, err := scimclient.New(scimclient.Config{TenantURL: url}, scimclient.Deps{Sender: sender, Redact: exchange.NewRedactor()})
		if err != nil {
			t.Fatal(err)
		}
		f := find(t, c)
		if f == nil || f.Code != provlog.CodeProtocolError || strings.Contains(f.Sentence(), "127.0.0.1") {
			t.Errorf("failure = %v", f)
		}
	})
}

func TestGuard(t *testing.T) {
	t.Parallel()
	g := scimclient.NewGuard(0, true)
	for i := range 100 {
		if err := g.Admit(t.Context()); err != nil {
			t.Fatalf("stopped after %d answers: %v", i, err)
		}
		g.Saw(200 + 300*(i%2)) // every second answer is a 500
	}
	if err := g.Admit(t.Context()); err == nil {
		t.Error("half of 100 answers were server errors and the run goes on")
	}
}
