package engine_test

import "testing"

// TestGroupChoices shows both sides of what a group needs to bring its members into scope.
func TestGroupChoices(t *testing.T) {
	t.Parallel()
	const unsecured = `{"@odata.type":"#microsoft.graph.group","id":"mail","displayName":"mail","securityEnabled":false,"members@delta":[{"id":"ada"}]}`
	mail := []string{user("ada"), user("bob"), unsecured, assigned("mail"), assigned("bob")}
	both := []string{"POST Users ada", "POST Users bob", "POST Groups mail", "PATCH Groups/mail Add members ada"}
	t.Run("A-20 E-63 unsecuredGroups none", func(t *testing.T) {
		t.Parallel()
		tell(t, mail...).set("unsecuredGroups", "none").cycle().writes("POST Users bob")
	})
	t.Run("A-20 E-63 unsecuredGroups scope", func(t *testing.T) {
		t.Parallel()
		s := tell(t, mail...).set("unsecuredGroups", "scope").cycle().writes(both...)
		s.cycle(user("eve"), regroup("mail", "eve", "-ada")).
			writes(disableAda, "POST Users eve", "PATCH Groups/mail Add members eve", "PATCH Groups/mail Remove members ada")
	})
	t.Run("A-20 unsecuredGroups scope, then none, and back", func(t *testing.T) {
		t.Parallel()
		s := tell(t, mail...).set("unsecuredGroups", "scope").cycle()
		s.set("unsecuredGroups", "none").cycle().writes(disableAda, "DELETE Groups/mail")
		s.set("unsecuredGroups", "scope").cycle().writes(enableAda, "POST Groups mail", "PATCH Groups/mail Add members ada")
		s.cycle().writes()
	})

	team := []string{user("ada"), user("bob"), group("g", "ada", "bob"), group("h", "bob"), assigned("g"), assigned("h")}
	filtered := func(t *testing.T, value string) *story {
		return tell(t, team...).set("filteredGroups", value).scope("Group", filter("displayName", "NOT EQUALS", "g")).cycle()
	}
	renamed := `{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"team"}`
	t.Run("A-39 filteredGroups scope", func(t *testing.T) {
		t.Parallel()
		filtered(t, "scope").writes("POST Users ada", "POST Users bob", "POST Groups h", "PATCH Groups/h Add members bob")
	})
	t.Run("A-39 filteredGroups none", func(t *testing.T) {
		t.Parallel()
		s := filtered(t, "none").writes("POST Users bob", "POST Groups h", "PATCH Groups/h Add members bob")
		s.cycle(renamed).writes("POST Users ada", "POST Groups team", "PATCH Groups/team Add members ada", "PATCH Groups/team Add members bob")
		s.cycle(`{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"g"}`).writes(disableAda, "DELETE Groups/team")
		s.cycle(assigned("ada")).writes(enableAda)
	})
}
