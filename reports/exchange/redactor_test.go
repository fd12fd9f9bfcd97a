package exchange_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

const secret = `s3cr3t/+<"tok'en>=` // every character that some spelling changes

func TestRedactorSpellings(t *testing.T) {
	t.Parallel()
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	tests := map[string]string{
		"raw":                    secret,
		"query":                  url.QueryEscape(secret),
		"path":                   url.PathEscape(secret),
		"lower-case hex":         strings.ToLower(url.QueryEscape(secret)),
		"JSON":                   `s3cr3t/+<\"tok'en>=`,
		"JSON for HTML":          `s3cr3t/+\u003c\"tok'en\u003e=`,
		"JSON with a slash":      `s3cr3t\/+<\"tok'en>=`,
		"base64":                 b64(secret),
		"base64 of user:secret":  b64("admin:" + secret),
		"base64 of longer users": b64("administrator@contoso.example:" + secret),
		"base64 in the middle":   b64("ab" + secret + "rest"),
		"base64url":              base64.RawURLEncoding.EncodeToString([]byte("a:" + secret)),
	}
	r := exchange.NewRedactor("", secret)
	for name, spelling := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := r.Text("before " + spelling + " after")
			if strings.Contains(got, spelling) || !strings.Contains(got, exchange.Redacted) ||
				!strings.HasPrefix(got, "before ") || !strings.HasSuffix(got, " after") {
				t.Errorf("Text = %q", got)
			}
			if again := r.Text(got); again != got {
				t.Errorf("twice = %q, once = %q", again, got)
			}
		})
	}
}

func TestRedactorShortSecrets(t *testing.T) {
	t.Parallel()
	r := exchange.NewRedactor("t", "pa$$", "user:t")
	for in, want := range map[string]string{
		"the target is out of reach":     "the target is out of reach",
		"Authorization: Bearer t":        "Authorization: Bearer REDACTED",
		`{"token":"t","title":"tester"}`: `{"token":"REDACTED","title":"tester"}`,
		"?token=t&count=1":               "?token=REDACTED&count=1",
		"echo pa$$, and topa$$":          "echo REDACTED, and topa$$",
		"user:t":                         "REDACTED",
	} {
		if got := r.Text(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
		if got := r.Text(r.Text(in)); got != want {
			t.Errorf("%q, redacted twice, became %q", in, got)
		}
	}
}

func TestRedactorWithoutSecrets(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, in, want string }{
		{"password member", `{"userName": "ada", "password" : "hunter2"}`, `{"userName": "ada", "password" : "REDACTED"}`},
		{"nested, any case", `{"a":[{"Password":"h\"2"}]}`, `{"a":[{"Password":"REDACTED"}]}`},
		{"number", `{"password":12}`, `{"password":"REDACTED"}`},
		{"object", `{"password":{"x":"y"},"z":1}`, `{"password":"REDACTED","z":1}`},
		{"null stays", `{"password":null}`, `{"password":null}`},
		{"PATCH path", `{"Operations":[{"op":"replace","path":"password","value":"h2"}]}`, `{"Operations":[{"op":"replace","path":"password","value":"REDACTED"}]}`},
		{"PATCH value before path", `[{"value":"h2","path":"urn:x:User:password"}]`, `[{"value":"REDACTED","path":"urn:x:User:password"}]`},
		{"PATCH without path", `{"value":{"password":"h2"}}`, `{"value":{"password":"REDACTED"}}`},
		{"another PATCH path", `{"path":"title","value":"password"}`, `{"path":"title","value":"password"}`},
		{"cut body", `{"password":"hunt`, `{"password":"REDACTED"`},
		{"not JSON", `oops: "password": "h2", x`, `oops: "password": "REDACTED", x`},
		{"token answer", `{"access_token":"ey.J","expires_in":3600}`, `{"access_token":"REDACTED","expires_in":3600}`},
		{"form", "grant_type=client_credentials&client_secret=s%2B&scope=x", "grant_type=client_credentials&client_secret=REDACTED&scope=x"},
		{"userinfo", "https://admin:hunter2@scim.example/v2", "https://REDACTED@scim.example/v2"},
		{"mail addresses stay", `{"value":"ada@contoso.example"}`, `{"value":"ada@contoso.example"}`},
		{
			"deep", strings.Repeat(`{"a":`, 40) + `{"password":"h2"}` + strings.Repeat("}", 40),
			strings.Repeat(`{"a":`, 40) + `{"password":"REDACTED"}` + strings.Repeat("}", 40),
		},
	}
	r := exchange.NewRedactor()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, string(r.Bytes([]byte(tt.in)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRedactorExchange(t *testing.T) {
	t.Parallel()
	original := &exchange.Exchange{
		Label: "with " + secret, Method: "GET", URL: "http://x/Users?t=" + url.QueryEscape(secret),
		RequestHeader: http.Header{
			"Authorization": {"Bearer " + secret}, "Proxy-Authorization": {"Basic abc"}, "Cookie": {"sid=1"}, "X-Custom": {"k " + secret}, "Accept": {"*/*"},
		},
		ResponseHeader: http.Header{"Set-Cookie": {"sid=2"}, "Www-Authenticate": {"Bearer realm=x"}},
		RequestBody:    []byte(`{"token":"` + secret + `"}`), ResponseBody: []byte("echo " + secret),
	}
	e := exchange.NewRedactor(secret).Exchange(original)
	want := http.Header{
		"Authorization": {"Bearer REDACTED"}, "Proxy-Authorization": {"Basic REDACTED"}, "Cookie": {"REDACTED"}, "X-Custom": {"k REDACTED"}, "Accept": {"*/*"},
	}
	if diff := cmp.Diff(want, e.RequestHeader); diff != "" {
		t.Errorf("request header (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(http.Header{"Set-Cookie": {"REDACTED"}, "Www-Authenticate": {"Bearer realm=x"}}, e.ResponseHeader); diff != "" {
		t.Errorf("response header (-want +got):\n%s", diff)
	}
	for _, s := range []string{e.Label, e.URL, string(e.RequestBody), string(e.ResponseBody)} {
		if strings.Contains(s, "s3cr3t") {
			t.Errorf("secret in %q", s)
		}
	}
	if original.RequestHeader.Get("Authorization") != "Bearer "+secret || !strings.Contains(string(original.ResponseBody), secret) {
		t.Error("the original was changed")
	}
}
