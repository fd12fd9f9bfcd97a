package exchange_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// F6: secrets in the query of a tenant URL, whatever their name.
func TestAddress(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ address, shown, secrets string }{
		{"https://h.test/scim", "https://h.test/scim", ""},
		{"https://h.test/scim?aadOptscim062020", "https://h.test/scim?aadOptscim062020", ""},
		{"https://h.test/scim?aadOptscim062020=true&AzureAdScimPatch2017", "https://h.test/scim?aadOptscim062020=true&AzureAdScimPatch2017", ""},
		{"https://h.test/?aadOptscim062020=hunter2", "https://h.test/?aadOptscim062020=$SCIMDRILL_QUERY_AADOPTSCIM062020", "hunter2"},
		{"https://h.test/scim?token=s3cr3t", "https://h.test/scim?token=$SCIMDRILL_QUERY_TOKEN", "s3cr3t"},
		{"https://h.test/?a=1&api-key=k%2Fy", "https://h.test/?a=$SCIMDRILL_QUERY_A&api-key=$SCIMDRILL_QUERY_API_KEY", "k%2Fy k/y"},
		{"https://h.test/?anything=hunter22&env=prod", "https://h.test/?anything=$SCIMDRILL_QUERY_ANYTHING&env=$SCIMDRILL_QUERY_ENV", "hunter22"},
		{"https://h.test/?count=hunter22&filter=x1y2z3aa", "https://h.test/?count=$SCIMDRILL_QUERY_COUNT&filter=$SCIMDRILL_QUERY_FILTER", "hunter22 x1y2z3aa"},
		{"https://h.test/?0a1b2c3d4e", "https://h.test/?$SCIMDRILL_QUERY", "0a1b2c3d4e"},
		{"https://h.test/?pwd=p;pwd=q", "https://h.test/?pwd=$SCIMDRILL_QUERY_PWD;pwd=$SCIMDRILL_QUERY_PWD_2", "p q"},
		{"https://h.test/#t0ken-1", "https://h.test/#$SCIMDRILL_FRAGMENT", "t0ken-1"},
		{"https://h.test/s/9f8e7d6c5b4a39281706f5e4/v2", "https://h.test/s/$SCIMDRILL_PATH/v2", "9f8e7d6c5b4a39281706f5e4"},
		{"https://h.test/8d7f0f9a-1111-4222-8333-444455556666/scim", "https://h.test/8d7f0f9a-1111-4222-8333-444455556666/scim", ""},
		{"https://h.test/identity/organizations/scim", "https://h.test/identity/organizations/scim", ""},
		{"https://h.test/?token=$SCIMDRILL_QUERY_TOKEN", "https://h.test/?token=$SCIMDRILL_QUERY_TOKEN", ""},
	} {
		a := exchange.NewAddress(tt.address)
		if got := a.Shown(); got != tt.shown {
			t.Errorf("%s is shown as %s", tt.address, got)
		}
		if got := strings.Join(a.Secrets(), " "); got != tt.secrets {
			t.Errorf("%s has the secrets %q", tt.address, got)
		}
		text := exchange.NewRedactor(a.Secrets()...).Text("GET " + tt.address + ": refused")
		if slices.ContainsFunc(strings.Fields(tt.secrets), func(s string) bool { return len(s) > 1 && strings.Contains(text, s) }) {
			t.Errorf("an error says %q", text)
		}
		back, missing := exchange.Expand(a.Shown(), func(string) (string, bool) { return "v", true })
		if missing != "" || strings.Contains(back, "SCIMDRILL") {
			t.Errorf("%s is read as %s, %s", a.Shown(), back, missing)
		}
	}
}

func TestQueries(t *testing.T) {
	t.Parallel()
	r := exchange.NewRedactor()
	for before, want := range map[string]string{
		"GET http://h/Users?x=9&filter=a+eq+%22b%22&startIndex=1": "GET http://h/Users?x=REDACTED&filter=a+eq+%22b%22&startIndex=1",
		`{"next":"http://h/Users?sig=abc\u0026count=2"}`:          `{"next":"http://h/Users?sig=REDACTED\u0026count=2"}`,
		"<a href='/x?code=abc&amp;count=2'>":                      "<a href='/x?code=REDACTED&amp;count=2'>",
		`</Users?cursor=1>; rel="next"`:                           `</Users?cursor=1>; rel="next"`,
		`Get "http://h/?pin=1": dial tcp`:                         `Get "http://h/?pin=REDACTED": dial tcp`,
		"is it so? a=b, or c?d":                                   "is it so? a=b, or c?d",
		"http://token@h/ and http://u:p@h/":                       "http://REDACTED@h/ and http://REDACTED@h/",
		"--target 'http://h/?key=$SCIMDRILL_QUERY_KEY'":           "--target 'http://h/?key=$SCIMDRILL_QUERY_KEY'",
	} {
		got := r.Text(before)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
		if again := r.Text(got); again != got {
			t.Errorf("twice is not once: %s", again)
		}
	}
	form := &exchange.Exchange{
		RequestHeader: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, RequestBody: []byte("grant_type=authorization_code&code=abc&other=x"),
	}
	if got := string(r.Exchange(form).RequestBody); got != "grant_type=authorization_code&code=REDACTED&other=REDACTED" {
		t.Errorf("form: %s", got)
	}
}

// A curl line names variables, so that it can be used.
func TestCurlNamesVariables(t *testing.T) {
	t.Parallel()
	e := exchange.NewRedactor("9f8e7d6c5b4a39281706f5e4").Exchange(&exchange.Exchange{
		Method: "GET", URL: "https://h.test/9f8e7d6c5b4a39281706f5e4/Users?count=1&api-key=k", RequestHeader: http.Header{"X-Api-Key": {"k"}},
	})
	want := "curl -sS -i \"https://h.test/${SCIMDRILL_PATH}/Users?count=1&api-key=${SCIMDRILL_QUERY_API_KEY}\" \\\n  -H \"X-Api-Key: $SCIMDRILL_HEADER_X_API_KEY\""
	if d := cmp.Diff(want, exchange.Curl(e, "")); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
