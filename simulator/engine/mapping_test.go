package engine_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMapping(t *testing.T) {
	t.Parallel()
	people := []string{user("ada", "jobTitle", `"Countess"`), assigned("ada")}
	t.Run("E-113 only during creation", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...)
		s.mapTo("title", "[jobTitle]", "flowType", "ObjectAddOnly")
		s.cycle()
		if !strings.Contains(s.calls[len(s.calls)-1].body, `"title":"Countess"`) {
			t.Errorf("POST %s", s.calls[len(s.calls)-1].body)
		}
		s.cycle(change("ada", "jobTitle", `"Analyst"`, "displayName", `"Ada"`)).patches(`{"op":"Add","path":"displayName","value":"Ada"}`)
	})
	t.Run("E-114 FlowAlways flows whenever the object is looked at, and in quiet cycles not", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...)
		s.mapTo("title", "[jobTitle]", "flowBehavior", "FlowAlways")
		s.cycle().cycle(change("ada", "city", `"Bonn"`)).patches(
			`{"op":"Add","path":"addresses[type eq \"work\"].locality","value":"Bonn"}`, `{"op":"Replace","path":"title","value":"Countess"}`)
		s.cycle().patches()
	})
	for option, want := range map[string][]string{"false": nil, "true": {`{"op":"Replace","path":"title","value":"None"}`}} {
		t.Run("A-7 E-112 defaultOnUpdate "+option, func(t *testing.T) {
			t.Parallel()
			s := tell(t, people...).set("defaultOnUpdate", option)
			s.mapTo("title", "[jobTitle]", "defaultValue", "None")
			s.cycle().cycle(change("ada", "jobTitle", "null")).patches(want...)
		})
	}
	for option, want := range map[string][]string{
		"false": {`{"op":"Add","path":"displayName","value":"Ada"}`},
		"true":  {`{"op":"Add","path":"displayName","value":"Ada"}`, `{"op":"Replace","path":"title","value":null}`},
	} {
		t.Run("A-8 E-179 switchDeltaDefect "+option, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada", "companyName", `"Company A"`), assigned("ada")).set("switchDeltaDefect", option)
			s.mapTo("title", `Switch([companyName], "External", "Company A", "A", "Company B", "B")`)
			s.mapTo("nickName", `IgnoreFlowIfNullOrEmpty(Switch([companyName], "External", "Company A", "A"))`)
			s.mapTo("locale", `IIF([companyName] = "Company A", "A", "External")`)
			s.cycle().cycle(change("ada", "displayName", `"Ada"`)).patches(want...)
			if option == "true" {
				s.cycle(change("ada", "companyName", `"Company B"`)).patches(
					`{"op":"Add","path":"title","value":"B"}`, `{"op":"Replace","path":"nickName","value":"External"}`, `{"op":"Replace","path":"locale","value":"External"}`)
			}
		})
	}
	t.Run("E-116 group mappings can be off", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("g", "ada"), assigned("g"))
		s.mapping("Group")["enabled"] = false
		s.cycle().writes("POST Users ada")
	})
	t.Run("E-116 the user mapping cannot be off", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...)
		s.mapping("User")["enabled"] = false
		if err := s.refused(); !strings.Contains(err, "E-116") {
			t.Errorf("error %s", err)
		}
	})
	for option, want := range map[string][2]string{"checks": {"", "no country"}, "false": {"", ""}, "true": {"away", "no country"}} {
		t.Run("A-9 lenientIIF "+option, func(t *testing.T) {
			t.Parallel()
			s := tell(t, people...).set("lenientIIF", option)
			s.mapTo("title", `IIF([country] = "USA", "at home", "away")`)
			s.mapTo("nickName", `IIF(IsPresent([country]), [country], "no country")`)
			s.cycle()
			var u struct{ Title, NickName string }
			if err := json.Unmarshal([]byte(s.calls[len(s.calls)-1].body), &u); err != nil || [2]string{u.Title, u.NickName} != want {
				t.Errorf("%+v, want %q: %v", u, want, err)
			}
			warning := s.entries()[0].named("EntrySynchronizationAdd").Details["Warning"]
			if told := strings.Contains(warning, "attribute [country] in its condition is null or empty"); told != (option != "true") {
				t.Errorf("warning %q", warning)
			}
		})
	}
	for option, want := range map[string]string{"listed": "Nguyễn Zoe E", "allMarks": "Nguyen Zoe E"} {
		t.Run("A-60 E-205 diacritics "+option, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada", "jobTitle", `"Nguyễn Zoë Ḗ"`), assigned("ada")).set("diacritics", option)
			s.mapTo("title", "NormalizeDiacritics([jobTitle])")
			s.cycle()
			if body := s.calls[len(s.calls)-1].body; !strings.Contains(body, `"title":"`+want+`"`) {
				t.Errorf("POST %s", body)
			}
		})
	}
	t.Run("E-128 several values for one", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "proxyAddresses", `["a","b"]`), assigned("ada"))
		s.mapTo("title", "[proxyAddresses]")
		s.cycle().writes().log("ada other failure SchemaPropertyCanOnlyAcceptValue")
	})
	t.Run("E-131 directory extensions, with regard to letter case", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "extension_0a1b_costCenter", `"42"`), assigned("ada"))
		s.mapTo("title", "[extension_0a1b_costCenter]")
		s.mapTo("nickName", "[extension_0a1b_costcenter]")
		s.cycle()
		if body := s.calls[len(s.calls)-1].body; !strings.Contains(body, `"title":"42"`) || strings.Contains(body, "nickName") {
			t.Errorf("POST %s", body)
		}
	})
	t.Run("E-135 a manager out of scope does not stop the user", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "manager@delta", `[{"id":"bob"}]`), user("bob"), assigned("ada"))
		s.cycle().writes("POST Users ada")
	})
	t.Run("E-135 references are written after the objects", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "manager@delta", `[{"id":"bob"}]`), user("bob"), assigned("ada"), assigned("bob"))
		s.cycle().writes("POST Users ada", "POST Users bob", "PATCH Users/ada Add urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager=bob")
	})
	t.Run("E-136 jobs of old ask before they write a manager", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "manager@delta", `[{"id":"bob"}]`), user("bob"), assigned("ada"), assigned("bob"))
		s.cfg.Dialect = "customappsso"
		s.cycle()
		var asked bool
		for _, c := range s.calls {
			asked = asked || c.method == http.MethodGet && strings.Contains(s.words(c), `filter=id eq "ada" and manager eq "bob"&attributes=id`)
		}
		if !asked {
			t.Error("no query for the manager")
		}
	})
	t.Run("E-141 the default group mappings", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("Crew", "ada"), assigned("Crew"))
		s.cycle()
		var got map[string]any
		for _, c := range s.calls {
			if c.method == http.MethodPost && strings.HasPrefix(c.uri, "/Groups") {
				if err := json.Unmarshal([]byte(c.body), &got); err != nil {
					t.Fatal(err)
				}
			}
		}
		want := map[string]any{
			"schemas": []any{"urn:ietf:params:scim:schemas:core:2.0:Group"}, "displayName": "Crew", "externalId": "Crew",
			"members": []any{}, "meta": map[string]any{"resourceType": "Group"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		s.writes("POST Users ada", "POST Groups Crew", "PATCH Groups/Crew Add members ada")
	})
	t.Run("E-177 E-195 chance depends on the object, not on its order", func(t *testing.T) {
		t.Parallel()
		titles := func(lines ...string) map[string]string {
			s := tell(t, lines...)
			s.mapTo("title", `RandomString(12, 0, 0, 0, 0)`, "flowType", "ObjectAddOnly")
			s.cycle()
			got := map[string]string{}
			for _, c := range s.calls {
				var u struct{ UserName, Title string }
				if c.method == http.MethodPost && json.Unmarshal([]byte(c.body), &u) == nil {
					got[u.UserName] = u.Title
				}
			}
			return got
		}
		alone, both := titles(user("bob"), assigned("bob")), titles(user("ada"), user("bob"), assigned("ada"), assigned("bob"))
		if len(alone["bob@contoso.test"]) != 12 || alone["bob@contoso.test"] != both["bob@contoso.test"] || both["ada@contoso.test"] == both["bob@contoso.test"] {
			t.Errorf("alone %v, both %v", alone, both)
		}
	})
}
