package pseudonym_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/pseudonym"
)

const guid = "8d7f0f9a-1111-4222-8333-444455556666"

// fields are the members of a JSON object, or of the first operation's value.
func fields(t *testing.T, body []byte) map[string]any {
	t.Helper()
	m := map[string]any{}
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return m
}

func TestRelationsStay(t *testing.T) {
	t.Parallel()
	n := pseudonym.New("seed")
	got := fields(t,
		n.Body([]byte(`{"userName":"Zora.Quill@contoso.test","displayName":"Zora Quill","name":{"givenName":"Zora","familyName":"QUILL"},"externalId":"zora",`+
			`"title":"Quill, Zora","emails":[{"type":"work","primary":true,"value":"zora.quill@fabrikam.test"}],"phoneNumbers":[{"type":"work",`+
			`"value":"+49 (89) 4711-23"}]}`)))
	name := got["name"].(map[string]any)
	given, family := name["givenName"].(string), name["familyName"].(string)
	if got["displayName"] != given+" "+family[:1]+strings.ToLower(family[1:]) || family != strings.ToUpper(family) || got["externalId"] != strings.ToLower(given) {
		t.Errorf("joins and cases are lost: %v", got)
	}
	mail := got["emails"].([]any)[0].(map[string]any)
	userName, work := got["userName"].(string), mail["value"].(string)
	first, second := userName[strings.Index(userName, "@"):], work[strings.Index(work, "@"):]
	if mail["type"] != "work" || mail["primary"] != true || !strings.EqualFold(strings.TrimSuffix(userName, first), strings.TrimSuffix(work, second)) {
		t.Errorf("the two addresses differ before the @: %s %s", userName, work)
	}
	if first == second || !strings.HasSuffix(first, ".example") || !strings.HasSuffix(second, ".example") {
		t.Errorf("domains are not kept apart: %s %s", first, second)
	}
	phone := got["phoneNumbers"].([]any)[0].(map[string]any)["value"].(string)
	if !regexp.MustCompile(`^\+[0-9]{2} \([0-9]{2}\) [0-9]{4}-[0-9]{2}$`).MatchString(phone) || strings.Contains(phone, "4711") {
		t.Errorf("telephone number %s", phone)
	}
}

func TestSeeds(t *testing.T) {
	t.Parallel()
	body := []byte(`{"displayName":"Zora Quill"}`)
	one := string(pseudonym.New("a").Body(body))
	other := pseudonym.New("a")
	other.Body([]byte(`{"displayName":"somebody else before"}`))
	if string(other.Body(body)) != one {
		t.Error("what came before changes a pseudonym")
	}
	if string(pseudonym.New("b").Body(body)) == one {
		t.Error("two seeds give the same")
	}
	words := map[string]string{}
	n := pseudonym.New("a")
	for i := range 20000 {
		word := ""
		for rest := i; len(word) < 5; rest /= 10 {
			word += string(rune('a' + rest%10))
		}
		made := string(n.Body([]byte(`"` + word + `"`)))
		if before, taken := words[made]; taken {
			t.Fatalf("%s and %s both become %s", before, word, made)
		}
		words[made] = word
	}
}

// A recording is compared with its seed long after it was made, so one seed makes the same
// recording in every version.
func TestRecordingOfASeedStays(t *testing.T) {
	t.Parallel()
	x := pseudonym.New("a seed of a recording").Exchange(&exchange.Exchange{
		URL:            "https://scim.test/Users/zora@contoso.test?filter=userName+eq+%22Zora%40contoso.test%22",
		RequestBody:    []byte(`{"userName":"Zora@contoso.test","displayName":"ZORA Quill-Žofia","phoneNumbers":[{"value":"+49 89 4711"}]}`),
		ResponseHeader: http.Header{"Location": {"https://scim.test/Users/zora@contoso.test"}},
		ResponseBody:   []byte(`{"id":"zora@contoso.test","detail":"Zora of quill and zora@mail.test has 4711"}`),
	})
	got := []string{x.URL, string(x.RequestBody), x.ResponseHeader.Get("Location"), string(x.ResponseBody)}
	if d := cmp.Diff([]string{
		"https://scim.test/Users/gunnermartinjpke@grahamdqmw.example?filter=userName+eq+%22Gunnermartinjpke%40grahamdqmw.example%22",
		`{"userName":"Gunnermartinjpke@grahamdqmw.example","displayName":"GUNNERMARTINJPKE Blakemendezgsfy-Adellatownetryj",` +
			`"phoneNumbers":[{"value":"+31 27 0927"}]}`,
		"https://scim.test/Users/gunnermartinjpke@grahamdqmw.example",
		`{"id":"gunnermartinjpke@grahamdqmw.example","detail":"Gunnermartinjpke of blakemendezgsfy and gunnermartinjpke@nguyenxqqa.example has 0927"}`,
	}, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestStructureStays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, body string }{
		{
			"a PATCH of members, legacy",
			`{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"Add","path":"members","value":[{"value":"` + guid + `"}]}]}`,
		},
		{"a PATCH of members, by filter", `{"Operations":[{"op":"remove","path":"members[value eq \"u-7\"]"}]}`},
		{"a manager", `{"Operations":[{"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"u-7"}]}`},
		{
			"a manager of old jobs",
			`{"Operations":[{"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager","value":[{"$ref":"http://t/Users/u-7",` +
				`"value":"u-7"}]}]}`,
		},
		{"active", `{"Operations":[{"op":"Replace","path":"active","value":"False"}]}`},
		{"active without a path", `{"Operations":[{"op":"replace","value":{"active":false}}]}`},
		{
			"meta and list",
			"{\n \"schemas\":[\"x\"],\"totalResults\":1,\"Resources\":[{\"id\":\"u-7\",\"meta\":{\"resourceType\":\"User\",\"location\":\"http://t/Users/u-7\"," +
				"\"version\":\"W/1\",\"created\":\"2026-01-05T08:00:00Z\"}}]}",
		},
		{
			"an error without names",
			`{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","scimType":"uniqueness","detail":"another User has this userName"}`,
		},
		{"what was redacted", `{"password":"REDACTED"}`},
		{"nothing", ``},
		{"language", `{"preferredLanguage":"de-DE","locale":"de-DE","timezone":"Europe/Berlin","userType":"Member"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := string(pseudonym.New("seed").Body([]byte(tt.body))); got != tt.body {
				t.Errorf("got  %s\nwant %s", got, tt.body)
			}
		})
	}
}

func TestNamesAreGone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, body, keeps string }{
		{"W-60 a value of a PATCH", `{"Operations":[{"op":"Replace","path":"displayName","value":"Zora Quill"}]}`, `"path":"displayName"`},
		{
			"W-76 without a path",
			`{"Operations":[{"op":"replace","value":{"name.givenName":"Zora","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department":"Zora",` +
				`"active":true}}]}`,
			`"name.givenName"`,
		},
		{"a filtered path", `{"Operations":[{"op":"Replace","path":"emails[type eq \"work\"].value","value":"zora@zora.test"}]}`, `emails[type eq \"work\"].value`},
		{"a value in a path", `{"Operations":[{"op":"remove","path":"emails[value eq \"zora@zora.test\"]"}]}`, `emails[value eq \"`},
		{
			"W-66 JSON in a string",
			`{"Operations":[{"op":"Add","path":"roles","value":[{"value":"{\"id\":\"` + guid + `\",\"value\":\"Zora\",\"displayName\":\"Zora\"}"}]}]}`,
			`{\"id\":\"` + guid + `\",\"value\":\"`,
		},
		{
			"a group", `{"displayName":"Zora Friends","members":[{"value":"` + guid + `","display":"Zora Quill","$ref":"../Users/` + guid + `"}]}`,
			`"$ref":"../Users/` + guid + `"`,
		},
		{"an extension that nobody told of", `{"urn:vendor:User":{"nested":{"deep":[["Zora"]]}}}`, `"deep":[["`},
		{"an id that is a name", `{"id":"zora@zora.test","userName":"zora@zora.test"}`, `.example"`},
		{"no JSON", `<h1>No such user: Zora</h1>`, "leftOut"},
		{"half a body", `{"userName":"zora`, "leftOut"},
		{"another script", `{"displayName":"Zöra Žofia 山田"}`, `"displayName":"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := string(pseudonym.New("seed").Body([]byte(tt.body)))
			if strings.Contains(strings.ToLower(got), "zora") || strings.ContainsAny(got, "ö山Ž") || !strings.Contains(got, tt.keeps) {
				t.Errorf("got %s, which should keep %s", got, tt.keeps)
			}
		})
	}
}

func TestExchange(t *testing.T) {
	t.Parallel()
	n := pseudonym.New("seed")
	posted := n.Exchange(&exchange.Exchange{
		URL: "http://127.0.0.1/scim/Users?aadOptscim062020", RequestBody: []byte(`{"userName":"zora@contoso.test"}`),
		ResponseHeader: http.Header{
			"Location": {"http://127.0.0.1/scim/Users/zora@contoso.test"},
		}, ResponseBody: []byte(`{"id":"zora@contoso.test","userName":"zora@contoso.test"}`),
	})
	id := fields(t, posted.ResponseBody)["id"].(string)
	if posted.URL != "http://127.0.0.1/scim/Users?aadOptscim062020" || !strings.HasSuffix(posted.ResponseHeader.Get("Location"), "/Users/"+id) ||
		fields(t, posted.RequestBody)["userName"] != id {
		t.Errorf("%+v", posted)
	}
	for _, tt := range []struct{ name, url, want string }{
		{
			"W-9 the encoding of a query stays", "http://h/Users?filter=userName+eq+%22zora%40contoso.test%22",
			"http://h/Users?filter=userName+eq+%22" + strings.ReplaceAll(id, "@", "%40") + "%22",
		},
		{
			"other parameters stay", "http://h/Groups?excludedAttributes=members&filter=id+eq+%22g-1%22",
			"http://h/Groups?excludedAttributes=members&filter=id+eq+%22g-1%22",
		},
		{"W-1 a probe stays", "http://h/Users?filter=userName+eq+%22" + guid + "%22", "http://h/Users?filter=userName+eq+%22" + guid + "%22"},
		{"the id in a path", "http://h/Users/zora%40contoso.test?x=1", "http://h/Users/" + id + "?x=1"},
		{
			"W-13 a filtered attribute", "http://h/Users?filter=emails%5Btype+eq+%22work%22%5D.value+eq+%22zora%40contoso.test%22",
			"http://h/Users?filter=emails%5Btype+eq+%22work%22%5D.value+eq+%22" + strings.ReplaceAll(id, "@", "%40") + "%22",
		},
	} {
		if got := n.Exchange(&exchange.Exchange{URL: tt.url}).URL; got != tt.want {
			t.Errorf("%s (-want +got):\n%s", tt.name, cmp.Diff(tt.want, got))
		}
	}
	told := n.Body([]byte(`{"status":"409","detail":"there is a Zora at contoso with phone 1"}`))
	if strings.Contains(strings.ToLower(string(told)), "zora") || strings.Contains(string(told), "contoso") || !strings.Contains(string(told), "there is a") {
		t.Errorf("detail: %s", told)
	}
}
