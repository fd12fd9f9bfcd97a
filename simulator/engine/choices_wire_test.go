package engine_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// sent are the requests of the last cycle that change something, byte for byte but for ids, for
// which the names of the objects stand, and for what every PATCH begins with.
func (s *story) sent() []string {
	got := []string{}
	for _, c := range s.calls {
		if c.method == http.MethodGet {
			continue
		}
		line := c.method + " " + c.uri + " " + c.body
		for id, name := range s.server.names {
			line = strings.ReplaceAll(line, id, name)
		}
		line = strings.ReplaceAll(line, s.server.URL, "BASE")
		got = append(got, strings.Replace(line, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`, "[", 1))
	}
	return got
}

// TestWireChoices shows both sides of each choice about the shape of a request, as the last of
// some cycles sends it.
func TestWireChoices(t *testing.T) {
	t.Parallel()
	const (
		core   = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","` + enterprise + `"],`
		groups = `"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"`
	)
	people := []string{
		user("ada", "manager@delta", `[{"id":"bob"}]`, "jobTitle", `"Head"`), user("bob"), user("eve"), assigned("ada"), assigned("bob"), assigned("eve"),
		group("g", "ada"), assigned("g"),
	}
	lonely := []string{user("ada"), user("bob"), user("eve"), assigned("ada"), assigned("bob"), assigned("eve")}
	noManager := `{"@odata.type":"#microsoft.graph.user","id":"ada","manager@delta":[{"id":"bob","@removed":{"reason":"deleted"}}]}`
	block := []string{change("ada", "accountEnabled", "false")}
	manager := []string{change("ada", "manager@delta", `[{"id":"bob"}]`)}
	noTitle := []string{change("ada", "jobTitle", "null")}
	gone := func(op string) []string { return []string{"PATCH /Users/ada [" + op + "]}"} }
	const path = `"path":"` + enterprise + `:manager"`
	for _, tc := range []struct {
		rule, dialect string
		tenant        []string
		changes       []string // nil looks at the first cycle
		want          []string // requests that are sent, all of them after a change
	}{
		{"A-10 A-42 W-C1 patchBooleans string", "legacy", lonely, block, gone(`{"op":"Replace","path":"active","value":"False"}`)},
		{"A-10 A-42 W-C1 patchBooleans boolean", "legacy", lonely, block, gone(`{"op":"Replace","path":"active","value":false}`)},
		{
			"A-42 W-33 postBooleans boolean", "legacy", lonely[:1], nil,
			[]string{"POST /Users " + core + `"userName":"ada@contoso.test","active":true,"meta":{"resourceType":"User"},"roles":[]}`},
		},
		{
			"A-42 W-33 postBooleans string", "legacy", lonely[:1], nil,
			[]string{"POST /Users " + core + `"userName":"ada@contoso.test","active":"True","meta":{"resourceType":"User"},"roles":[]}`},
		},
		{
			"A-10 W-C10 memberRef none", "legacy", people,
			[]string{regroup("g", "eve")},
			[]string{`PATCH /Groups/g [{"op":"Add","path":"members","value":[{"value":"eve"}]}]}`},
		},
		{
			"A-10 W-C10 memberRef dialect", "legacy", people,
			[]string{regroup("g", "eve")},
			[]string{`PATCH /Groups/g [{"op":"Add","path":"members","value":[{"value":"eve"}]}]}`},
		},
		{"A-10 W-C10 memberRef null", "legacy", people, []string{regroup("g", "eve", "-ada")}, []string{
			`PATCH /Groups/g [{"op":"Add","path":"members","value":[{"$ref":null,"value":"eve"}]}]}`,
			`PATCH /Groups/g [{"op":"Remove","path":"members","value":[{"$ref":null,"value":"ada"}]}]}`,
		}},
		{"A-11 W-C5 managerValue id", "legacy", lonely, manager, gone(`{"op":"Add",` + path + `,"value":"bob"}`)},
		{"A-11 W-C5 managerValue list", "legacy", lonely, manager, gone(`{"op":"Add","path":"manager","value":[{"$ref":"BASE/Users/bob","value":"bob"}]}`)},
		{"A-11 W-C5 managerValue object", "legacy", lonely, manager, gone(`{"op":"Add",` + path + `,"value":{"value":"bob"}}`)},
		{"A-11 W-C5 managerValue object with the flag", "optscim", lonely, manager, gone(`{"op":"add",` + path + `,"value":{"value":"bob"}}`)},
		{"W-C6 W-55 clearedValue keep", "legacy", people, noTitle, []string{}},
		{"W-C6 clearedValue empty", "legacy", people, noTitle, gone(`{"op":"Replace","path":"title","value":""}`)},
		{"W-C6 clearedValue null", "legacy", people, noTitle, gone(`{"op":"Replace","path":"title","value":null}`)},
		{"W-C6 clearedValue remove", "legacy", people, noTitle, gone(`{"op":"Remove","path":"title"}`)},
		{"W-C6 clearedValue remove with the flag", "optscim", people, []string{change("ada", "jobTitle", "null", "department", `"R&D"`, "city", `"Bonn"`)}, gone(
			`{"op":"remove","path":"title"},{"op":"add","path":"addresses[type eq \"work\"].locality","value":"Bonn"},{"op":"add",` +
				`"value":{"` + enterprise + `:department":"R&D"}}`)},
		{"W-64 A-56 clearedManager dialect", "legacy", people, []string{noManager}, []string{}},
		{"W-64 A-56 clearedManager dialect with the flag", "optscim", people, []string{noManager}, gone(`{"op":"remove","path":"manager[value eq \"bob\"]"}`)},
		{"W-64 A-56 clearedManager filter", "legacy", people, []string{noManager}, gone(`{"op":"Remove","path":"manager[value eq \"bob\"]"}`)},
		{"W-64 A-56 clearedManager filterURN", "optscim", people, []string{noManager}, gone(`{"op":"remove","path":"` + enterprise + `:manager[value eq \"bob\"]"}`)},
		{"W-64 A-56 clearedManager keep", "optscim", people, []string{noManager}, []string{}},
		{"W-64 A-56 clearedManager empty", "legacy", people, []string{noManager}, gone(`{"op":"Replace",` + path + `,"value":""}`)},
		{"W-64 A-56 clearedManager object", "legacy", people, []string{noManager}, gone(`{"op":"Replace",` + path + `,"value":{"value":""}}`)},
		{"W-64 A-56 clearedManager remove", "legacy", people, []string{noManager}, gone(`{"op":"Remove",` + path + `}`)},
		{"W-64 A-56 clearedManager remove with the flag", "optscim", people, []string{noManager}, gone(`{"op":"remove",` + path + `}`)},
		{"W-C7 optscimAdd add", "optscim", lonely, []string{change("ada", "jobTitle", `"Head"`)}, gone(`{"op":"add","path":"title","value":"Head"}`)},
		{"W-C7 optscimAdd replace", "optscim", lonely, []string{change("ada", "jobTitle", `"Head"`)}, gone(`{"op":"replace","path":"title","value":"Head"}`)},
		{
			"W-C8 memberAdd add", "optscim", people,
			[]string{regroup("g", "eve")},
			[]string{`PATCH /Groups/g [{"op":"add","path":"members","value":[{"value":"eve"}]}]}`},
		},
		{
			"W-C8 memberAdd replace", "optscim", people,
			[]string{regroup("g", "eve")},
			[]string{`PATCH /Groups/g [{"op":"replace","path":"members","value":[{"value":"eve"}]}]}`},
		},
		{"W-C11 unflaggedAdd add", "legacy", lonely, []string{change("ada", "jobTitle", `"Head"`)}, gone(`{"op":"Add","path":"title","value":"Head"}`)},
		{"W-C11 unflaggedAdd replace", "legacy", lonely, []string{change("ada", "jobTitle", `"Head"`)}, gone(`{"op":"Replace","path":"title","value":"Head"}`)},
		{"W-C15 membersPerPatch 1", "legacy", people, []string{regroup("g", "bob", "eve")}, []string{
			`PATCH /Groups/g [{"op":"Add","path":"members","value":[{"value":"bob"}]}]}`, `PATCH /Groups/g [{"op":"Add","path":"members","value":[{"value":"eve"}]}]}`,
		}},
		{
			"W-C15 membersPerPatch 2", "legacy", people,
			[]string{regroup("g", "bob", "eve")},
			[]string{`PATCH /Groups/g [{"op":"Add","path":"members","value":[{"value":"bob"},{"value":"eve"}]}]}`},
		},
		{
			"W-C2 adscimGroup false", "legacy",
			[]string{group("g")},
			nil,
			[]string{"POST /Groups {" + groups + `],"externalId":"g","displayName":"g","members":[],"meta":{"resourceType":"Group"}}`},
		},
		{
			"W-C2 adscimGroup true", "legacy",
			[]string{group("g")},
			nil,
			[]string{
				"POST /Groups {" + groups + `,"http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],"externalId":"g","displayName":"g",` +
					`"meta":{"resourceType":"Group"}}`,
			},
		},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			t.Parallel()
			words := strings.Fields(tc.rule)
			i := slices.IndexFunc(words, func(w string) bool { return !strings.Contains(w, "-") })
			s := tell(t, tc.tenant...).set(words[i], words[i+1])
			s.cfg.Dialect = tc.dialect
			s.cycle()
			if tc.changes != nil {
				s.cycle(tc.changes...)
			}
			s.same("requests", tc.want, s.sent())
		})
	}
}

// TestNullChoice: a POST with every mapped attribute, and one that is dropped on purpose.
func TestNullChoice(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{"false": false, "true": true} {
		t.Run("W-C16 W-37 postNulls "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada", "department", `"R&D"`), assigned("ada")).set("postNulls", value)
			s.attribute("User", "preferredLanguage")["source"] = map[string]any{"type": "Function", "expression": "IgnoreFlowIfNullOrEmpty([preferredLanguage])"}
			s.cycle().writes("POST Users ada").log("ada create success")
			body := s.calls[len(s.calls)-1].body
			for _, part := range []string{`"title":null`, `"name":{`, `"familyName":null`} {
				if strings.Contains(body, part) != want {
					t.Errorf("%s in the POST: %v, want %v\n%s", part, !want, want, body)
				}
			}
			if strings.Contains(body, "preferredLanguage") {
				t.Errorf("what IgnoreFlowIfNullOrEmpty dropped is sent: %s", body)
			}
		})
	}
}

// TestHeaderChoices looks at the headers of every request of a first cycle and a change.
func TestHeaderChoices(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ rule, method, header, want string }{
		{"W-C3 userAgent none", "", "User-Agent", ""},
		{"W-C3 userAgent azure-ad/1.0", "", "User-Agent", "azure-ad/1.0"},
		{"A-57 adscimVersion schema", "", "ADSCIMVersion", "1.0"},
		{"A-57 adscimVersion 6.0", "", "ADSCIMVersion", "6.0"},
		{"W-C14 patchType scim", http.MethodPatch, "Content-Type", "application/scim+json; charset=utf-8"},
		{"W-C14 patchType json", http.MethodPatch, "Content-Type", "application/json; charset=utf-8"},
		{"W-C14 patchType json, and a POST stays", http.MethodPost, "Content-Type", "application/scim+json; charset=utf-8"},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			t.Parallel()
			words := strings.Fields(tc.rule)
			s := tell(t, user("ada"), assigned("ada")).set(words[1], strings.TrimSuffix(words[2], ","))
			seen := 0
			s.server.answer = func(_ http.ResponseWriter, r *http.Request, _ string) bool {
				if tc.method == "" || r.Method == tc.method {
					seen++
					if got := r.Header.Get(tc.header); got != tc.want {
						t.Errorf("%s %s has %s %q, want %q", r.Method, r.URL.Path, tc.header, got, tc.want)
					}
				}
				return false
			}
			s.cycle().cycle(change("ada", "jobTitle", `"Head"`)).writes("PATCH Users/ada Add title=Head")
			if seen == 0 {
				t.Error("no such request was sent")
			}
		})
	}
	t.Run("W-C3 a header of the command line goes before userAgent", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), assigned("ada")).set("userAgent", "azure-ad/1.0")
		s.cfg.Endpoint.Header = http.Header{"User-Agent": {"gateway"}}
		s.server.answer = func(_ http.ResponseWriter, r *http.Request, _ string) bool {
			if got := r.Header.Get("User-Agent"); got != "gateway" {
				t.Errorf("User-Agent %q", got)
			}
			return false
		}
		s.cycle().writes("POST Users ada")
	})
}

// TestQueryChoices is about what is asked.
func TestQueryChoices(t *testing.T) {
	t.Parallel()
	const asked = `GET Groups?excludedAttributes=members&filter=`
	for value, want := range map[string]string{"schema": `displayName eq "sales"`, "displayName": `displayName eq "sales"`, "externalId": `externalId eq "g"`} {
		t.Run("W-C13 W-14 groupMatch "+value, func(t *testing.T) {
			t.Parallel()
			tell(t, `{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"sales","securityEnabled":true}`, assigned("g")).
				set("groupMatch", value).cycle().reads(asked + want).writes("POST Groups sales")
		})
	}
	t.Run("W-C13 groupMatch externalId, which is not mapped", func(t *testing.T) {
		t.Parallel()
		s := tell(t, group("g"), assigned("g")).set("groupMatch", "externalId")
		s.unmap("Group", "externalId")
		if err := s.refused(); !strings.Contains(err, "externalId is not mapped") {
			t.Errorf("error %s", err)
		}
	})
	for value, want := range map[string]int{"false": 0, "true": 1} {
		t.Run("W-C4 W-6 preflightGroups "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), assigned("ada")).set("preflightGroups", value).cycle().cycle()
			n := 0
			for _, c := range s.calls {
				if strings.HasPrefix(c.uri, "/Groups?excludedAttributes=members&filter=displayName eq ") {
					n++
				}
			}
			if n != want || len(s.calls) != 1+want {
				t.Errorf("%d of %d requests of an idle cycle ask for a group, want %d", n, len(s.calls), want)
			}
		})
	}
	for value, want := range map[string]string{
		"whole": `GET Groups?filter=id eq "g" and members eq "ada"`,
		"id":    `GET Groups?filter=id eq "g" and members eq "ada"&attributes=id`,
	} {
		t.Run("A-62 W-21 memberQuery "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), group("g"), assigned("ada"), assigned("g")).set("checkReferences", "true").set("memberQuery", value).cycle()
			s.cycle(regroup("g", "ada")).writes("PATCH Groups/g Add members ada")
			if !slices.ContainsFunc(s.calls, func(c call) bool { return c.method == http.MethodGet && s.words(c) == want }) {
				t.Errorf("no query, want %s in %v", want, s.calls)
			}
		})
	}
	for value, want := range map[string][]string{
		"false": {"GET Users/ada"},
		"true":  {"GET Users/ada", `GET Users?filter=id eq "ada" and manager eq "bob"&attributes=id`},
	} {
		t.Run("A-11 E-136 W-20 checkReferences "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), user("bob"), assigned("ada"), assigned("bob")).set("checkReferences", value).cycle()
			s.cycle(change("ada", "manager@delta", `[{"id":"bob"}]`)).reads(want...).writes("PATCH Users/ada Add " + enterprise + ":manager=bob")
		})
	}
}
