package okta_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestForceSync wants the profiles of those who are provisioned to be sent again (O-31).
func TestForceSync(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(w.config(ada(), ""))
	w.heard()
	w.good(w.config("", ""), "forceSync=true")
	t.Run("O-31 GET and PUT of each", func(t *testing.T) {
		want := []string{"GET /Users?startIndex=1&count=2", "GET /Users/<ada@contoso.test>", "PUT /Users/<ada@contoso.test>"}
		if diff := cmp.Diff(want, methods(w.lines())[:3]); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
}

// TestDrift changes the target behind Okta's back (O-32, O-52).
func TestDrift(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(w.config(ada(), ""))
	id := w.target.Snapshot("/Users")[0]["id"].(string) //nolint:forcetypeassert // an id is a string
	w.put("/Users/"+id, `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@contoso.test","displayName":"Other","active":false}`)
	w.heard()
	cfg := w.config("", at("PT1H", `{"@odata.type":"#microsoft.graph.user","id":"ada","surname":"King"}`+"\n"))
	cfg.Verify = nil
	if _, err := w.run(cfg); err != nil {
		t.Fatal(err)
	}
	u := w.target.Snapshot("/Users")[0]
	t.Run("O-32 the PUT carries other changes back", func(t *testing.T) {
		if u["displayName"] != "Other" {
			t.Errorf("the target has %v", u)
		}
	})
	t.Run("O-52 a profile push keeps active", func(t *testing.T) {
		if u["active"] != false {
			t.Errorf("the target has %v", u)
		}
	})
}

// put sends a PUT of a person at the target.
func (w *world) put(path, body string) {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodPut, w.server.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	_ = resp.Body.Close()
}

// TestNotFound wants a 404 to a lookup to mean that nobody was found (O-40).
func TestNotFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.answering(refuse("GET", "/Users?filter=", 404, nil, "<html>", 1))
	w.good(w.config(ada(), ""))
	t.Run("O-40 404 is followed by a create", func(t *testing.T) {
		if n := len(w.target.Snapshot("/Users")); n != 1 {
			t.Errorf("%d users", n)
		}
	})
}

// TestPassword sends a changed password in both modes (O-49).
func TestPassword(t *testing.T) {
	t.Parallel()
	for mode, want := range map[string]string{"aiw": "PUT /Users/<ada@contoso.test>", "oin": "PATCH /Users/<ada@contoso.test>"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			change := at("PT1H", `{"@odata.type":"#microsoft.graph.user","id":"ada","lastPasswordChangeDateTime":"2026-01-05T09:00:00Z"}`+"\n")
			w.good(w.config(ada(), change), "mode="+mode, "passwordSync=true")
			t.Run("O-49 a password is sent", func(t *testing.T) {
				list := only(only(w.lines(), want), `"password":"`)
				if len(list) != 1 {
					t.Errorf("requests %v", list)
				}
			})
		})
	}
}

// TestEmptied holds the forms of a value that is gone (O-50).
func TestEmptied(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]string{"null": `"title":null`, "empty": `"title":""`} {
		w := newWorld(t)
		cfg := w.config(ada()+user("boss")+assigned("a9", "boss", "User"), at("PT1H", `{"@odata.type":"#microsoft.graph.user","id":"ada","jobTitle":null}`+"\n"))
		w.good(cfg, "emptied="+form)
		t.Run("O-50 "+form, func(t *testing.T) {
			if list := only(w.lines(), want); len(list) != 1 {
				t.Errorf("requests %v", list)
			}
		})
	}
	w := newWorld(t)
	tenant := user("boss") + user("ada", `"manager@delta":[{"@odata.type":"#microsoft.graph.user","id":"boss"}]`) + assigned("a1", "ada", "User") +
		assigned("a2", "boss", "User")
	change := at("PT1H", `{"@odata.type":"#microsoft.graph.user","id":"ada","manager@delta":[{"@odata.type":"#microsoft.graph.user","id":"boss"`+
		`,"@removed":{"reason":"deleted"}}]}`+"\n")
	cfg := w.config(tenant, change)
	cfg.Verify = nil
	if _, err := w.run(cfg, "managerText=login"); err != nil {
		t.Fatal(err)
	}
	t.Run("O-50 a manager becomes a null value", func(t *testing.T) {
		list := w.lines()
		if len(only(list, `"manager":{"value":"boss@contoso.test"}`)) != 1 || len(only(list, `"manager":{"value":null}`)) != 1 {
			t.Errorf("requests %v", list)
		}
	})
}

// TestRenamed pushes another userName (O-51).
func TestRenamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(w.config(ada(), at("PT1H", `{"@odata.type":"#microsoft.graph.user","id":"ada","userPrincipalName":"king@contoso.test"}`+"\n")))
	t.Run("O-51 one lookup, then GET and PUT by id", func(t *testing.T) {
		want := []string{"GET /Users/<king@contoso.test>", "PUT /Users/<king@contoso.test>"}
		if diff := cmp.Diff(want, methods(w.lines())[3:5]); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
}

// TestGoneUser removes a user from the target behind Okta's back (O-60).
func TestGoneUser(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(w.config(ada(), ""))
	w.answering(refuse("GET", "/Users/", 404, nil, `{"detail":"User not found"}`, 0))
	w.heard()
	cfg := w.config("", at("PT1H", `{"@odata.type":"#microsoft.graph.user","id":"ada","surname":"King"}`+"\n"))
	cfg.Verify = nil
	res, err := w.run(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("O-60 404 becomes a task", func(t *testing.T) {
		if len(res.Tasks) != 1 || !strings.HasSuffix(res.Tasks[0].Text, "Not Found. Errors reported by remote server: User not"+
			" found") || len(only(w.lines(), "POST")) > 0 {
			t.Errorf("tasks %+v", res.Tasks)
		}
	})
}

// TestLost forgets the removal from a group that assigned (O-84).
func TestLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	tenant := user("ada") + user("bob") + group("g1", "Team Red", "ada", "bob") + assigned("a1", "g1", "Group")
	left := at("PT1H", `{"@odata.type":"#microsoft.graph.group","id":"g1","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"bob"`+
		`,"@removed":{"reason":"deleted"}}]}`+"\n")
	cfg := w.config(tenant, left)
	cfg.Verify = nil
	if _, err := w.run(cfg, "lostRemoval=true", "mode=oin"); err != nil {
		t.Fatal(err)
	}
	t.Run("O-84 the user is deactivated and stays a member", func(t *testing.T) {
		if list := only(w.lines(), `"op":"remove"`); len(list) > 0 || membersOf(w) != 2 {
			t.Errorf("requests %v, %d members", list, membersOf(w))
		}
	})
}
