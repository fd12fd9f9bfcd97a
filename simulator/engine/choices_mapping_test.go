package engine_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestMappingChoices shows both sides of what becomes of an attribute that cannot be evaluated:
// [proxyAddresses] has two values and title takes one.
func TestMappingChoices(t *testing.T) {
	t.Parallel()
	two := []string{"proxyAddresses", `["smtp:a@contoso.test","smtp:b@contoso.test"]`, "department", `"R&D"`}
	broken := func(t *testing.T, value string) *story {
		s := tell(t, user("ada", two...), user("bob"), assigned("ada"), assigned("bob")).set("mappingErrors", value)
		s.attribute("User", "title")["source"] = map[string]any{"type": "Attribute", "expression": "[proxyAddresses]"}
		return s.cycle()
	}
	t.Run("A-32 mappingErrors fail", func(t *testing.T) {
		t.Parallel()
		broken(t, "fail").writes("POST Users bob").log("ada other failure SchemaPropertyCanOnlyAcceptValue", "bob create success")
	})
	t.Run("A-32 mappingErrors omit", func(t *testing.T) {
		t.Parallel()
		s := broken(t, "omit").writes("POST Users ada", "POST Users bob")
		body := ""
		for _, c := range s.calls {
			if c.method == http.MethodPost && strings.Contains(c.body, "ada@") {
				body = c.body
			}
		}
		if strings.Contains(body, "title") || !strings.Contains(body, `"department":"R&D"`) {
			t.Errorf("the POST is %s, want all but the title", body)
		}
		if warning := s.entries()[0].named("EntrySynchronizationAdd").Details["Warning"]; !strings.Contains(warning, "title") ||
			!strings.Contains(warning, "omitted") {
			t.Errorf("the log warns %q", warning)
		}
		s.log("ada create success", "bob create success")
		s.cycle(change("ada", "department", `"Sales"`)).writes("PATCH Users/ada Replace " + enterprise + ":department=Sales")
	})
	t.Run("A-32 mappingErrors omit, and a required attribute is missed all the same", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", two...), assigned("ada")).set("mappingErrors", "omit").matchBy("externalId", "userName")
		s.attribute("User", "userName")["source"] = map[string]any{"type": "Attribute", "expression": "[proxyAddresses]"}
		s.attribute("User", "externalId")["source"] = map[string]any{"type": "Attribute", "expression": "[objectId]"}
		s.cycle().writes().log("ada create skipped AttributeValidationFailed")
	})
}
