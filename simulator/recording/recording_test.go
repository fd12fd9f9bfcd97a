package recording_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

func exchanged(line, body string, status int, answer string) *exchange.Exchange {
	method, path, _ := strings.Cut(line, " ")
	return &exchange.Exchange{
		Method: method, URL: "https://api.vendor.example/Users/scim" + path, RequestBody: []byte(body), Status: status, ResponseBody: []byte(answer),
		RequestHeader: http.Header{"Content-Type": {"application/json"}, "X-Forwarded-For": {"10.0.0.1"}, "Cf-Ray": {"1"}},
	}
}

// TestStream binds ids such as 7, which must not be found inside of other values.
func TestStream(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	s := recording.NewStream(&out)
	start := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	for i, x := range []*exchange.Exchange{
		exchanged("POST /Users", `{"userName":"ada","employeeNumber":"7"}`, 201, `{"id":"7","userName":"Ada"}`),
		exchanged("POST /Users/?aadOptscim062020", `{"userName":"eve \"x\""}`, 201, `{"id":8}`),
		exchanged("PATCH /Users/7", `{"Operations":[{"op":"Add","path":"employeeNumber","value":"8"}]}`, 204, ""),
		exchanged("PATCH /Users/7", `{"Operations":[{"op":"Add","path":"urn:x:User:manager","value":"8"}]}`, 204, ""),
		exchanged("POST /Groups", `{"displayName":"Team"}`, 201, `{"id":"g/1","displayName":"Team"}`),
		exchanged("PATCH /Groups/g%2F1", `{"Operations":[{"op":"remove","path":"members[value eq \"7\"]"}]}`, 204, ""),
		exchanged("GET /Users?filter=id+eq+%227%22+and+manager+eq+%228%22", "", 200, `{}`),
		exchanged("GET /Users?filter=employeeNumber+eq+%227%22", "", 500, `{"Resources":[{"id":"9","userName":"no"}]}`),
		exchanged("GET /Users/9", "", 0, ""),
	} {
		x.Started = start.Add(time.Duration(i) * 1500 * time.Millisecond)
		if err := s.Add(x); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for dec := json.NewDecoder(&out); dec.More(); {
		var l recording.Line
		if err := dec.Decode(&l); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(map[string]string{"Content-Type": "application/json"}, l.Headers); d != "" {
			t.Error(d)
		}
		got = append(got, l.At+" "+l.Method+" "+l.Path+" "+l.Body)
	}
	want := []string{
		`PT0S POST /Users {"userName":"ada","employeeNumber":"7"}`,
		`PT1.5S POST /Users/?aadOptscim062020 {"userName":"eve \"x\""}`,
		`PT3S PATCH /Users/{{users["Ada"].id}} {"Operations":[{"op":"Add","path":"employeeNumber","value":"8"}]}`,
		`PT4.5S PATCH /Users/{{users["Ada"].id}} {"Operations":[{"op":"Add","path":"urn:x:User:manager","value":"{{users["eve \"x\""].id}}"}]}`,
		`PT6S POST /Groups {"displayName":"Team"}`,
		`PT7.5S PATCH /Groups/{{groups["Team"].id}} {"Operations":[{"op":"remove","path":"members[value eq \"{{users["Ada"].id}}\"]"}]}`,
		`PT9S GET /Users?filter=id+eq+%22{{users["Ada"].id}}%22+and+manager+eq+%22{{users["eve \"x\""].id}}%22 `,
		`PT10.5S GET /Users?filter=employeeNumber+eq+%227%22 `,
		`PT12S GET /Users/9 `,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestSummary counts cycles by their probes, and takes back a probe that was none.
func TestSummary(t *testing.T) {
	t.Parallel()
	const first, second, third = "11111111-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000002", "11111111-0000-4000-8000-000000000003"
	s := recording.NewSummary()
	for _, x := range []*exchange.Exchange{
		exchanged("GET /Users?filter=userName+eq+%22"+first+"%22", "", 200, `{"totalResults":0}`),
		exchanged("GET /Groups?filter=displayName+eq+%22"+second+"%22", "", 200, `{"totalResults":0}`),
		exchanged("POST /Users", `{"userName":"ada"}`, 409, `{}`),
		exchanged("GET /Users?filter=externalId+eq+%22"+third+"%22", "", 200, `{"totalResults":0}`), // looks like a probe
		exchanged("POST /Users", `{"externalId":"`+third+`","userName":"eve"}`, 201, `{"id":"1"}`),
		exchanged("PATCH /Users/1", `{"Operations":[{"op":"replace","value":{"active":false,"urn:x:2.0:User:y":1}},{"op":"replace","path":"active","value":true}]}`,
			204, ""),
		exchanged("PATCH /Groups/1", `{"Operations":[{"op":"remove","path":"members[value eq \"1\"]"}]}`, 204, ""),
		exchanged("GET /Users?filter=userName+eq+%22"+second+"%22", "", 200, `{"totalResults":0}`),
		exchanged("GET /Users?filter=userName+eq+%22"+first+"%22", "", 200, `{"totalResults":0}`),
		exchanged("GET /ServiceProviderConfig", "", 200, `{}`),
	} {
		s.Add(recording.FromExchange(x))
	}
	if s.Requests != 10 || s.Cycles != 3 || s.Failed != 1 {
		t.Errorf("%d requests, %d cycles, %d failed", s.Requests, s.Cycles, s.Failed)
	}
	want := map[recording.Kind]int{recording.Probe: 4, recording.Match: 1, recording.Create: 2, recording.Update: 1, recording.Remove: 1, recording.Other: 1}
	if d := cmp.Diff(want, s.ByKind); d != "" {
		t.Error(d)
	}
	name, seen := s.Signs.Dialect()
	var rules []string
	for _, sign := range seen {
		rules = append(rules, sign.Rule)
	}
	if name != "optscim" || strings.Join(rules, " ") != "W-74 W-75 W-76 W-82" || seen[1].String() != "active is a JSON Boolean (W-75, 2 times)" {
		t.Errorf("%s %v", name, seen)
	}
	if name, seen := recording.NewSigns().Dialect(); name != "" || seen != nil {
		t.Errorf("nothing tells %q %v", name, seen)
	}
}

// TestMemberKinds tells a list that is set from members that come, in every form of a PATCH, and counts PUT.
func TestMemberKinds(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]recording.Kind{
		`{"op":"Replace","path":"members","value":[{"value":"1"}]}`:                             recording.Set,
		`{"op":"replace","value":{"members":[{"value":"1"}]}}`:                                  recording.Set,
		`{"op":"add","value":{"members":[{"value":"1"}]}}`:                                      recording.Add,
		`{"op":"Add","path":"members","value":[{"value":"1"}]}`:                                 recording.Add,
		`{"op":"remove","path":"members[value eq \"1\"]"}`:                                      recording.Remove,
		`{"op":"remove","path":"members"}`:                                                      recording.Remove,
		`{"op":"replace","value":{"displayName":"x","members":[]}}`:                             recording.Update,
		`{"op":"replace","value":{"displayName":"x"}}`:                                          recording.Update,
		`{"op":"add","path":"members","value":[]},{"op":"replace","path":"members","value":[]}`: recording.Update,
	} {
		r := &recording.Request{Method: http.MethodPatch, Collection: "Groups", ID: "g", Body: []byte(`{"Operations":[` + body + `]}`)}
		if got := r.Kind(func(string) bool { return false }); got != want {
			t.Errorf("%s is %s, want %s", body, got, want)
		}
	}
	put := &recording.Request{Method: http.MethodPut, Collection: "Users", ID: "u"}
	if got := put.Kind(func(string) bool { return false }); got != recording.Update {
		t.Errorf("PUT is %s", got)
	}
}
