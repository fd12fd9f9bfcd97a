package exchange_test

import (
	"net/http"
	"testing"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

func TestHide(t *testing.T) {
	t.Parallel()
	r := exchange.NewRedactor().Hide("nickName", "x-team", "emails", "userName", "$ref")
	for before, want := range map[string]string{
		`{"nickName":"Babs","title":"Head"}`:                `{"nickName":"REDACTED","title":"Head"}`,
		`{"NickName":["a",{"b":1}]}`:                        `{"NickName":"REDACTED"}`,
		`{"nickName":null}`:                                 `{"nickName":null}`,
		`{"op":"Replace","path":"nickName","value":"Babs"}`: `{"op":"Replace","path":"nickName","value":"REDACTED"}`,
		`{"value":"a@x.test","path":"emails[type eq \"work\"].value",` +
			`"op":"add"}`: `{"value":"REDACTED","path":"emails[type eq \"work\"].value","op":"add"}`,
		`{"op":"add","path":"emails","value":[{"value":"a@x.test"}]}`: `{"op":"add","path":"emails","value":"REDACTED"}`,
		`{"op":"replace","value":{"urn:ietf:params:scim:schemas:core:2.0:User:nickName":"Babs"}}`: `{"op":"replace",` +
			`"value":{"urn:ietf:params:scim:schemas:core:2.0:User:nickName":"REDACTED"}}`,
		`{"op":"replace","path":"nickNames","value":"Babs"}`: `{"op":"replace","path":"nickNames","value":"Babs"}`,
		`{"nickName":"Ba`: `{"nickName":"REDACTED"`,
		`http://x/Users?excludedAttributes=members&filter=userName+eq+%22ada%40x.test%22` +
			`&startIndex=1`: `http://x/Users?excludedAttributes=members&filter=userName+eq+%22REDACTED%22&startIndex=1`,
		`http://x/Users?filter=emails%5btype+eq+%22work%22%5d.value+eq+%22a%40x%22`: `http://x/Users?filter=emails%5btype+eq+%22REDACTED%22%5d.value+eq` +
			`+%22REDACTED%22`,
		`userName eq "ada"`:    `userName eq "REDACTED"`,
		`displayName eq "ada"`: `displayName eq "ada"`,
		`{"password":"x"}`:     `{"password":"REDACTED"}`,
	} {
		got := r.Text(before)
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", before, got, want)
		}
		if again := r.Text(got); again != got {
			t.Errorf("twice is not once: %s", again)
		}
	}
	h := r.Header(http.Header{"X-Team": {"red"}, "X-Other": {"red"}, "Authorization": {"Bearer x"}})
	if h["X-Team"][0] != "REDACTED" || h["X-Other"][0] != "red" || h["Authorization"][0] != "Bearer REDACTED" {
		t.Errorf("%v", h)
	}
	if got := exchange.NewRedactor().Text(`{"nickName":"Babs"}`); got != `{"nickName":"Babs"}` {
		t.Errorf("without a name: %s", got)
	}
}
