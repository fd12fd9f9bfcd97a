package onelogin_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	probe   = "GET /Users?filter=userName+eq+%22no-such-user%40scimdrill.test%22"
	lookup  = "GET /Users?filter=userName+eq+%22ada%40contoso.test%22"
	put     = "PUT /Users/<ada@contoso.test> "
	coreOne = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@contoso.test","name":{"givenName":"Ada","familyName":"`
	mail    = `"},"emails":[{"value":"ada@contoso.test","primary":true}]`
)

// TestDay holds the requests of a day: an assignment, a change, a suspension and its end, and the removal.
func TestDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(ada+adaAssigned, "")
	t.Run("L-3 L-9 L-23 L-40 enable, refresh, lookup, create", func(t *testing.T) {
		want := []string{probe, "GET /Groups", lookup, "POST /Users " + coreOne + "Lovelace" + mail + "}"}
		if diff := cmp.Diff(want, w.lines()[:4]); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
	changes := at("PT1H", `"@odata.type":"#microsoft.graph.user","id":"ada","surname":"King"`) +
		at("PT2H", `"@odata.type":"#microsoft.graph.user","id":"ada","accountEnabled":false`) +
		at("PT3H", `"@odata.type":"#microsoft.graph.user","id":"ada","accountEnabled":true`)
	w.good("", changes)
	t.Run("L-25 L-26 L-27 an update is the whole template, a suspension adds active", func(t *testing.T) {
		want := []string{
			probe, "GET /Groups", put + coreOne + "King" + mail + "}", put + coreOne + "King" + mail + `,"active":false}`,
			put + coreOne + "King" + mail + `,"active":true}`,
		}
		if diff := cmp.Diff(want, w.lines()[:5]); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
	changes += at("PT4H", `"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","@removed":{"reason":"deleted"}`)
	w.good("", changes)
	t.Run("L-29 the removal is a DELETE", func(t *testing.T) {
		if list := w.lines(); !strings.HasPrefix(list[2], "DELETE /Users/") || len(w.target.Snapshot("/Users")) != 0 {
			t.Errorf("requests %v", list)
		}
	})
}

// TestRemoval holds the settings for users who lose access (L-28).
func TestRemoval(t *testing.T) {
	t.Parallel()
	gone := at("PT1H", `"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","@removed":{"reason":"deleted"}`)
	blocked := at("PT1H", `"@odata.type":"#microsoft.graph.user","id":"ada","accountEnabled":false`)
	for _, c := range []struct {
		name, change, option string
		active               bool
		writes               int
	}{
		{"L-28 removed, suspend", gone, "onRemove=suspend", false, 2},
		{"L-28 removed, nothing", gone, "onRemove=nothing", true, 1},
		{"L-28 suspended, nothing", blocked, "onSuspend=nothing", true, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if _, err := w.run(ada+adaAssigned, c.change, c.option); err != nil {
				t.Fatal(err)
			}
			writes := 0
			for _, line := range w.lines() {
				if !strings.HasPrefix(line, "GET ") {
					writes++
				}
			}
			if u := w.target.Snapshot("/Users")[0]; writes != c.writes || (u["active"] != false) != c.active {
				t.Errorf("%d writes, the target has %v", writes, u)
			}
		})
	}
}

// TestTemplates holds the templates of the other kinds of app, and the quirks (L-21 to L-24).
func TestTemplates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		options    []string
	}{
		{
			"L-21 core-v1.1", `{"schemas":["urn:scim:schemas:core:1.0"],"userName":"ada@contoso.test",` +
				`"name":{"givenName":"Ada","familyName":"Lovelace","formatted":"Ada Lovelace"}}`, []string{"schema=core-v1.1"},
		},
		{
			"L-22 enterprise-v1.1", `"emails":{"value":"ada@contoso.test","type":"work","primary":true},"title":"Engineer",` +
				`"urn:scim:schemas:extension:enterprise:1.0":{"department":"Research","manager":{"managerId":"","displayName":""}}}`,
			[]string{"schema=enterprise-v1.1"},
		},
		{
			"L-23 v2-enterprise", `"addresses":[{"locality":"","region":"","country":""}],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":` +
				`{"organization":"","division":"","department":"Research","manager":{"value":"","displayName":""}}}`, []string{"schema=v2-enterprise"},
		},
		{"L-24 quirks", `"active":"true","meta":{"resourceType":"User"},"id":null}`, []string{"quirks=activeString,nullId,meta"}},
		{"L-24 the e-mails are an object", `"emails":{"value":"ada@contoso.test","type":"work","primary":true}`, []string{"quirks=emailsObject"}},
		{"L-24 own keys", `"user_name":"Ada","user_lastname":"Lovelace","user_email":"ada@contoso.test"`, []string{"quirks=ownKeys"}},
		{
			"L-24 the manager of 1.1 in 2.0, without the URN", `"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]`,
			[]string{"schema=v2-enterprise", "quirks=managerId,noEnterpriseURN"},
		},
		{"L-24 a short URN", `"urn:ietf:params:scim:schemas:extension:enterprise:2.0":{`, []string{"schema=v2-enterprise", "quirks=shortURN"}},
		{
			"L-20 a template of the administrator", `{"userName":"ada@contoso.test","displayName":"Lovelace, Ada"}`,
			[]string{`template={"userName":"{$user.email}","displayName":"{$user.lastname}, {$user.firstname}"}`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if _, err := w.run(ada+adaAssigned, "", c.options...); err != nil {
				t.Fatal(err)
			}
			for _, line := range w.lines() {
				if strings.HasPrefix(line, "POST ") {
					if !strings.Contains(line, c.want) {
						t.Errorf("the create is %s", line)
					}
					return
				}
			}
			t.Error("there was no create")
		})
	}
}

// TestGroups holds the forms of a membership change (L-41 to L-45).
func TestGroups(t *testing.T) {
	t.Parallel()
	const patch, ops = "PATCH /Groups/<Admin Role> ", `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`
	leave := at("PT1H", `"@odata.type":"#microsoft.graph.group","id":"g1","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"ada",`+
		`"@removed":{"reason":"deleted"}}]`) + at("PT2H", `"@odata.type":"#microsoft.graph.group","id":"g1","@removed":{"reason":"changed"}`)
	for form, want := range map[string][]string{
		"v1.1": {
			patch + `{"schemas":["urn:scim:schemas:core:1.0"],"members":[{"value":"<ada@contoso.test>","operation":"add"}]}`,
			patch + `{"schemas":["urn:scim:schemas:core:1.0"],"members":[{"value":"<ada@contoso.test>","operation":"delete"}]}`,
		},
		"v2-value": {
			patch + ops + `{"op":"add","path":"members","value":[{"value":"<ada@contoso.test>"}]}]}`,
			patch + ops + `{"op":"remove","path":"members","value":[{"value":"<ada@contoso.test>"}]}]}`,
		},
		"v2-filter": {
			patch + ops + `{"op":"add","path":"members","value":[{"value":"<ada@contoso.test>"}]}]}`,
			patch + ops + `{"op":"remove","path":"members[value eq \"<ada@contoso.test>\"]"}]}`,
		},
	} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.instead = func(rw http.ResponseWriter, r *http.Request) bool {
				if r.Method == http.MethodPatch {
					rw.WriteHeader(http.StatusNoContent)
				}
				return r.Method == http.MethodPatch
			}
			if _, err := w.run(ada+adaAssigned+team, leave, "groupPatch="+form); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, line := range w.lines() {
				if strings.Contains(line, " /Groups/") {
					got = append(got, line)
				}
			}
			t.Run("L-42 L-43 L-44 one member a PATCH, and nothing at the end of the role", func(t *testing.T) {
				if diff := cmp.Diff(want, got[:min(2, len(got))]); diff != "" {
					t.Errorf("requests (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// TestRenamedRole wants a renamed role to be another group (L-45).
func TestRenamedRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(ada+adaAssigned+team, at("PT1H", `"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"Owners"`))
	t.Run("L-45 the old group stays", func(t *testing.T) {
		if groups := w.target.Snapshot("/Groups"); len(groups) != 2 {
			t.Errorf("the target has %v", groups)
		}
	})
}

// TestExisting sets only groups that were there (L-40, L-41).
func TestExisting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(ada+adaAssigned+team, "", "groupRule=existing")
	t.Run("L-41 a group that is missing is not created", func(t *testing.T) {
		if groups := w.target.Snapshot("/Groups"); len(groups) != 0 {
			t.Errorf("the target has %v", groups)
		}
	})
}

// TestApproval holds operations until they are approved (L-7).
func TestApproval(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	res, err := w.run(ada+adaAssigned, "", "approved=never")
	if err != nil {
		t.Fatal(err)
	}
	t.Run("L-7 without an approval, the user is pending", func(t *testing.T) {
		if len(res.Tasks) != 1 || len(w.target.Snapshot("/Users")) != 0 {
			t.Errorf("tasks %+v", res.Tasks)
		}
	})
	other := newWorld(t)
	other.good(ada+adaAssigned, at("PT1H", `"@odata.type":"#microsoft.graph.user","id":"ada","surname":"King"`), "approved=30m")
	t.Run("L-7 with one, each operation is sent later", func(t *testing.T) {
		name, _ := other.target.Snapshot("/Users")[0]["name"].(map[string]any)
		if name["familyName"] != "King" {
			t.Errorf("the target has %v", name)
		}
	})
}

// TestFailed holds what counts as a failure (L-10), and what does not (L-3).
func TestFailed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, method, prefix string
		status               int
		body, want           string
	}{
		{"L-10 a response without a name", "POST", "/Users", 201, `{"id":"1"}`, "OneLogin needs to receive in response a 'name' attribute"},
		{"L-10 the text of the server", "POST", "/Users", 400, `{"detail":"no domain"}`, "400 Bad Request: no domain"},
		{"L-3 404 means that nobody was found", "GET", "/Users", 404, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.instead = func(rw http.ResponseWriter, r *http.Request) bool {
				if r.Method != c.method || !strings.HasPrefix(r.RequestURI, c.prefix) || strings.Contains(r.RequestURI, "startIndex") {
					return false
				}
				rw.WriteHeader(c.status)
				_, _ = io.WriteString(rw, c.body)
				return true
			}
			res, err := w.run(ada+adaAssigned, "")
			if err != nil {
				t.Fatal(err)
			}
			if c.want == "" && len(res.Tasks) == 0 {
				return
			}
			if len(res.Tasks) != 1 || !strings.Contains(res.Tasks[0].Text, c.want) {
				t.Errorf("tasks %+v", res.Tasks)
			}
		})
	}
}

// TestHeaders holds the header set, as far as it is known (L-4, L-5).
func TestHeaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.run(ada+adaAssigned, "", "userAgent=OneLogin SCIM", "queryEncoding=percent"); err != nil {
		t.Fatal(err)
	}
	t.Run("L-4 L-5 a bearer token, and a User-Agent where one is set", func(t *testing.T) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if !strings.Contains(strings.Join(w.list, "\n"), "userName%20eq") {
			t.Errorf("requests %v", w.list)
		}
	})
}
