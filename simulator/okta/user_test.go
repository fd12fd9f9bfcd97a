package okta_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ada is a tenant of one person, who is assigned.
func ada() string {
	return user("ada", `"jobTitle":"Engineer"`, `"department":"Research"`) + assigned("a1", "ada", "User")
}

// TestCreate wants the sequence of an assignment, and the body with its keys in order.
func TestCreate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(w.config(ada(), ""))
	list := w.lines()
	t.Run("O-1 O-40 test, lookup, create", func(t *testing.T) {
		want := []string{
			"GET /Users?startIndex=1&count=2",
			"GET /Users?filter=userName%20eq%20%22ada%40contoso.test%22&startIndex=1&count=100",
			"POST /Users",
		}
		if diff := cmp.Diff(want, methods(list)[:3]); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
	t.Run("O-42 O-43 O-45 the keys of a create are in order", func(t *testing.T) {
		want := `POST /Users {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],` +
			`"userName":"ada@contoso.test","name":{"givenName":"Ada","familyName":"Test"},"emails":[{"primary":true,"value":"ada@contoso.test","type":"work"}],` +
			`"title":"Engineer","displayName":"ada Test","externalId":"00u`
		if got := list[2]; !strings.HasPrefix(got, want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		rest := list[2][strings.Index(list[2], `"externalId":"00u`)+len(`"externalId":"00u`):]
		if id, tail, _ := strings.Cut(rest, `"`); len(id) != 17 ||
			!strings.HasPrefix(tail, `,"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Research"},"groups":[],"password":"`) ||
			!strings.HasSuffix(tail, `","active":true}`) {
			t.Errorf("the end is %s", rest)
		}
	})
}

// TestUnmapped wants attributes without a mapping row to be missing.
func TestUnmapped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(w.config(ada(), ""), "unmapped=displayName,emails.type,title", "externalId=false")
	body := w.lines()[2]
	t.Run("O-44 unmapped attributes vanish", func(t *testing.T) {
		for _, gone := range []string{"displayName", `"type"`, "title", "null", "externalId"} {
			if strings.Contains(body, gone) {
				t.Errorf("%s is in %s", gone, body)
			}
		}
	})
}

// life is a day of ada: a rename, a departure, a return.
func life() string {
	return at("PT1H", `{"@odata.type":"#microsoft.graph.user","id":"ada","surname":"King","jobTitle":null}`+"\n") +
		at("PT2H", `{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","@removed":{"reason":"deleted"}}`+"\n") +
		at("PT3H", assigned("a2", "ada", "User"))
}

// TestLife compares the requests of both modes for the same day.
func TestLife(t *testing.T) {
	t.Parallel()
	const lookup = "GET /Users?filter=userName%20eq%20%22ada%40contoso.test%22&startIndex=1&count=100"
	for _, c := range []struct {
		mode string
		want []string
	}{
		{"aiw", []string{
			"GET /Users/<ada@contoso.test>", "PUT /Users/<ada@contoso.test>", "GET /Users/<ada@contoso.test>", "PUT /Users/<ada@contoso.test>",
			lookup, "GET /Users/<ada@contoso.test>", "PUT /Users/<ada@contoso.test>",
		}},
		{"oin", []string{
			"GET /Users/<ada@contoso.test>", "PUT /Users/<ada@contoso.test>", "PATCH /Users/<ada@contoso.test>", lookup,
			"PATCH /Users/<ada@contoso.test>", "GET /Users/<ada@contoso.test>", "PUT /Users/<ada@contoso.test>",
		}},
	} {
		t.Run(c.mode, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			cfg := w.config(ada(), life())
			cfg.Verify = nil
			if _, err := w.run(cfg, "mode="+c.mode); err != nil {
				t.Fatal(err)
			}
			list := w.lines()[3:]
			if diff := cmp.Diff(c.want, methods(list)); diff != "" {
				t.Fatalf("requests (-want +got):\n%s", diff)
			}
			t.Run("O-47 O-50 a PUT is the response of the GET with the change merged", func(t *testing.T) {
				if !strings.Contains(list[1], `"familyName":"King"`) || strings.Contains(list[1], `"title"`) || !strings.Contains(list[1], `"meta":{`) ||
					!strings.Contains(list[1], `"id":"<ada@contoso.test>"`) || strings.Contains(list[1], "password") {
					t.Errorf("the PUT is %s", list[1])
				}
			})
			if c.mode == "oin" {
				t.Run("O-55 deactivation is a PATCH without a path", func(t *testing.T) {
					want := `PATCH /Users/<ada@contoso.test> {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace"` +
						`,"value":{"active":false}}]}`
					if list[2] != want {
						t.Errorf("got %s", list[2])
					}
				})
				t.Run("O-41 activation is a PATCH too", func(t *testing.T) {
					if !strings.Contains(list[4], `"value":{"active":true}`) {
						t.Errorf("got %s", list[4])
					}
				})
			} else {
				t.Run("O-56 deactivation is a PUT of the response with active false", func(t *testing.T) {
					if !strings.Contains(list[3], `"active":false`) || !strings.Contains(list[3], `"externalId"`) {
						t.Errorf("got %s", list[3])
					}
				})
				t.Run("O-59 the link PUT of a return has active true", func(t *testing.T) {
					if !strings.Contains(list[6], `"active":true`) || !strings.Contains(list[6], `"groups":[]`) {
						t.Errorf("got %s", list[6])
					}
				})
			}
			users := w.target.Snapshot("/Users")
			if len(users) != 1 || users[0]["active"] != true {
				t.Errorf("O-58 the target has %v", users)
			}
		})
	}
}

// TestLinkKeeps wants the link of a person who exists to keep what Okta does not know.
func TestLinkKeeps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.post("/Users", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@contoso.test","nickName":"Countess"`+
		`,"name":{"formatted":"Old Name","givenName":"Old"},"active":true}`)
	w.heard()
	w.good(w.config(ada(), ""))
	u := w.target.Snapshot("/Users")[0]
	t.Run("O-47 a link keeps unknown attributes and the stale name.formatted", func(t *testing.T) {
		name, _ := u["name"].(map[string]any)
		if u["nickName"] != "Countess" || name["formatted"] != "Old Name" || name["givenName"] != "Ada" {
			t.Errorf("the target has %v", u)
		}
	})
}

// post sends a request of a person at the target.
func (w *world) post(path, body string) {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.server.URL+path, strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Content-Type", "application/scim+json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		w.t.Fatalf("POST %s: %s", path, resp.Status)
	}
}
