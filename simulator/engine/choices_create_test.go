package engine_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestCreateOfAnyName maps attributes outside the core schemas and the extensions of the documented
// form: a create leaves them out, and the next cycle writes them (A-63, W-39).
func TestCreateOfAnyName(t *testing.T) {
	t.Parallel()
	const role = "urn:ietf:params:scim:schemas:core:2.0:User:role"
	people := func(t *testing.T) *story {
		s := tell(t, user("ada", "country", `"DE"`, "department", `"Sales"`), assigned("ada"))
		s.mapTo("custom:country", "[country]")
		s.mapTo(role, "[department]")
		s.server.answer = func(w http.ResponseWriter, _ *http.Request, sent string) bool {
			taken := strings.Contains(sent, `"path":"custom:country"`) // which the reference target refuses
			if taken {
				w.WriteHeader(http.StatusNoContent)
			}
			return taken
		}
		return s
	}
	for value, rows := range map[string][2]string{"later": {"", "Add custom:country=DE Add " + role + "=Sales"}, "create": {"custom:country role", ""}} {
		t.Run("W-39 A-63 unsupportedAdd "+value, func(t *testing.T) {
			t.Parallel()
			s := people(t).set("unsupportedAdd", value).cycle()
			s.writes("POST Users ada")
			body := s.calls[len(s.calls)-1].body
			for _, name := range []string{"custom:country", "role"} {
				if got, want := strings.Contains(body, `"`+name+`":`), strings.Contains(rows[0], name); got != want {
					t.Errorf("%s in POST: %t\n%s", name, got, body)
				}
			}
			s.told(value == "later")
			s.cycle()
			if rows[1] == "" {
				s.writes()
				return
			}
			s.writes("PATCH Users/ada " + rows[1]).cycle().writes()
		})
	}
	t.Run("A-63 a change in between, and what the mapping gives no value", func(t *testing.T) {
		t.Parallel()
		s := people(t)
		s.mapTo("custom:city", "[city]")
		s.cycle().writes("POST Users ada")
		s.cycle(change("ada", "country", `"AT"`)).writes(`PATCH Users/ada Replace addresses[type eq "work"].country=AT ` +
			"Add custom:country=AT Add " + role + "=Sales")
		s.cycle().writes()
	})
	t.Run("A-63 A-28 without reads", func(t *testing.T) {
		t.Parallel()
		s := people(t).set("readBeforeUpdate", "false").cycle()
		s.cycle().writes("PATCH Users/ada Add custom:country=DE Add " + role + "=Sales")
	})
}

// told says whether the log tells of what the create left out.
func (s *story) told(want bool) {
	s.t.Helper()
	const sentence = "A property of an entry was not exported, because exporting the property is not supported for this operation: Add. " +
		"The entry is ada@contoso.test. The property is custom:country."
	told := false
	for _, step := range s.entries()[0].ProvisioningSteps {
		told = told || step.Description == sentence && step.Status == "warning"
	}
	if told != want {
		s.t.Errorf("told: %t\n%+v", told, s.entries()[0].ProvisioningSteps)
	}
}
