package engine_test

import (
	"net/http"
	"testing"
)

// TestLifecycleChoices shows both sides of choices about who is disabled or deleted.
func TestLifecycleChoices(t *testing.T) {
	t.Parallel()
	two := []string{user("ada"), user("bob"), assigned("ada"), assigned("bob")}
	for _, tc := range []struct{ value, want string }{{"profile", disableAda}, {"true", disableAda}, {"false", deleteAda}} {
		t.Run("A-12 E-218 supportsSoftDelete "+tc.value, func(t *testing.T) {
			t.Parallel()
			tell(t, two...).set("supportsSoftDelete", tc.value).cycle().cycle(unassigned("ada")).writes(tc.want)
		})
	}
	for value, want := range map[string]string{"true": "DELETE Groups/g", "false": ""} {
		t.Run("A-12 deleteGroups "+value, func(t *testing.T) {
			t.Parallel()
			tell(t, user("ada"), group("g"), assigned("g"), assigned("ada")).set("deleteGroups", value).cycle().cycle(unassigned("g")).writes(some(want)...)
		})
	}
	for value, want := range map[string]string{"false": disableAda, "true": ""} {
		t.Run("A-13 skipOutOfScopeAll "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, two...).set("skipOutOfScopeDeletions", "true").set("skipOutOfScopeAll", value).cycle()
			s.cycle(change("ada", "accountEnabled", "false")).writes(some(want)...)
			s.cycle(unassigned("bob")).writes()
		})
	}
	for value, want := range map[string]string{"false": deleteAda, "true": ""} {
		t.Run("A-31 softDeleteUnassigns "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, two...).set("softDeleteUnassigns", value).cycle()
			s.cycle(softDeleted("ada")).writes(disableAda)
			s.cycle(hardDeleted("ada")).writes(some(want)...)
			s.cycle(softDeleted("bob"))
			s.cycle(change("bob")).writes("PATCH Users/bob Replace active=True") // who is restored is managed again
			s.cycle(hardDeleted("bob")).writes("DELETE Users/bob")
		})
	}
	for value, want := range map[string]string{"false": "ada update failure InvalidAnchor", "true": "ada create success"} {
		t.Run("A-17 rematchOn404 "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, two...).set("rematchOn404", value).cycle().log("ada create success", "bob create success")
			s.server.do(t, http.MethodDelete, "/Users/"+s.server.id("ada"), "")
			s.cycle(change("ada", "jobTitle", `"Head"`)).log(want)
		})
	}
	for value, want := range map[string]string{"none": "g create success", "&#+": "g create failure MatchingValueNotSupported"} {
		t.Run("A-19 E-98 specialCharacters "+value, func(t *testing.T) {
			t.Parallel()
			tell(t, `{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"R&D","securityEnabled":true}`, assigned("g")).
				set("specialCharacters", value).cycle().log(want)
		})
	}
	for value, want := range map[string][]string{"false": {disableAda}, "true": nil} {
		t.Run("A-15 G-28 deleteThresholdMet "+value, func(t *testing.T) {
			t.Parallel()
			tell(t, two...).set("preventAccidentalDeletion", "true").set("deleteThreshold", "1").set("notificationEmail", "a@contoso.test").
				set("deleteThresholdMet", value).cycle().cycle(change("ada", "accountEnabled", "false")).writes(want...)
		})
	}
	for value, want := range map[string]string{"false": "Quarantine", "true": "Paused"} {
		t.Run("A-14 E-34 initialPruning "+value, func(t *testing.T) {
			t.Parallel()
			broken := true
			s := tell(t, two...).set("quarantineBase", "1").set("initialPruning", value)
			s.failsFor("contoso.test", &broken)
			if got := s.cycle().result.Job.Status.Code; got != want {
				t.Errorf("the job is %s, want %s", got, want)
			}
		})
	}
}

// TestSwitchedOff shows how the log calls what the mapping does not do.
func TestSwitchedOff(t *testing.T) {
	t.Parallel()
	const skipped = " skipped EntrySynchronizationSkipped"
	for _, tc := range []struct {
		name, flow string
		change     string
		action     string
	}{
		{"a create", "Update,Delete", "", "create"},
		{"an update", "Add,Delete", change("ada", "jobTitle", `"Head"`), "update"},
		{"a disable, which is an update", "Add,Delete", change("ada", "accountEnabled", "false"), "disable"},
		{"a delete", "Add,Update", hardDeleted("ada"), "delete"},
	} {
		for value, action := range map[string]string{"other": "other", "name": tc.action} {
			t.Run("A-36 E-115 switchedOffAction "+value+" of "+tc.name, func(t *testing.T) {
				t.Parallel()
				s := tell(t, user("ada"), assigned("ada")).set("switchedOffAction", value)
				s.mapping("User")["flowTypes"] = tc.flow
				if s.cycle(); tc.change != "" {
					s.log("ada create success")
					s.cycle(tc.change).writes()
				}
				s.log("ada " + action + skipped)
			})
		}
	}
	t.Run("A-36 switchedOffAction name, an update of an object that was there", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "jobTitle", `"Head"`), assigned("ada")).set("switchedOffAction", "name").existing(`{"userName":"ada@contoso.test"}`)
		s.mapping("User")["flowTypes"] = "Add,Delete"
		s.cycle().writes().log("ada update" + skipped)
	})
}

// TestOrderChoices is about the order of requests to one object.
func TestOrderChoices(t *testing.T) {
	t.Parallel()
	tenant := []string{user("ada"), user("bob"), user("eve"), group("g", "ada", "bob"), assigned("g"), assigned("ada"), assigned("eve"), assigned("bob")}
	add, remove := []string{"PATCH Groups/g Add members eve"}, []string{"PATCH Groups/g Remove members ada", "PATCH Groups/g Remove members bob"}
	for value, want := range map[string][]string{"addsFirst": append(add, remove...), "removalsFirst": append(remove, add...)} {
		t.Run("A-23 memberOrder "+value, func(t *testing.T) {
			t.Parallel()
			tell(t, tenant...).set("memberOrder", value).cycle().cycle(regroup("g", "-ada", "-bob", "eve")).writes(want...)
		})
	}
	for value, want := range map[string][]string{"1": remove, "20": {"PATCH Groups/g Remove members ada,bob"}} {
		t.Run("A-23 E-296 membersPerPatch "+value, func(t *testing.T) {
			t.Parallel()
			tell(t, tenant...).set("membersPerPatch", value).cycle().cycle(regroup("g", "-ada", "-bob")).writes(want...)
		})
	}

	start := func(t *testing.T, value string) *story {
		return tell(t, user("ada", "jobTitle", `"Clerk"`), user("bob"), assigned("ada"), assigned("bob"), group("g", "bob"),
			assigned("g")).set("readBeforeUpdate", value).cycle()
	}
	head := change("ada", "jobTitle", `"Head"`)
	t.Run("A-28 readBeforeUpdate true", func(t *testing.T) {
		t.Parallel()
		start(t, "true").cycle(head).reads("GET Users/ada").writes("PATCH Users/ada Replace title=Head")
	})
	t.Run("A-28 readBeforeUpdate false", func(t *testing.T) {
		t.Parallel()
		s := start(t, "false")
		s.cycle(head).reads().writes("PATCH Users/ada Replace title=Head")
		s.cycle(change("ada", "department", `"R&D"`, "city", "null")).reads().writes("PATCH Users/ada Replace " + enterprise + ":department=R&D")
		s.cycle(change("ada", "city", "null")).reads().writes() // nothing flows
		s.cycle(`{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"G2"}`).reads().writes("PATCH Groups/g Replace displayName=G2")
	})
	t.Run("A-28 readBeforeUpdate false, and what is no change of properties is read", func(t *testing.T) {
		t.Parallel()
		s := start(t, "false")
		s.cycle(change("ada", "accountEnabled", "false")).reads("GET Users/ada").writes(disableAda)
		s.cycle(change("ada", "jobTitle", `"Chief"`)).reads("GET Users/ada").writes() // it waits
		s.cycle(change("ada", "accountEnabled", "true")).reads("GET Users/ada").writes("PATCH Users/ada Replace active=True Replace title=Chief")
		s.cycle(change("ada", "manager@delta", `[{"id":"bob"}]`)).reads("GET Users/ada").writes("PATCH Users/ada Add " + enterprise + ":manager=bob")
		s.cycle(head).reads().writes("PATCH Users/ada Replace title=Head") // and the manager is not written again
		s.cycle(unassigned("ada")).writes(disableAda)
		s.cycle(change("ada", "jobTitle", `"Boss"`), assigned("ada")).reads("GET Users/ada").writes("PATCH Users/ada Replace active=True Replace title=Boss")
		s.restart()
		s.cycle().reads("GET Users/ada", "GET Users/bob", "GET Groups/g?excludedAttributes=members").writes()
	})
	t.Run("A-28 readBeforeUpdate false, and who failed before is read", func(t *testing.T) {
		t.Parallel()
		s := start(t, "false")
		broken := true
		s.server.answer = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			if broken && r.Method == http.MethodPatch {
				w.WriteHeader(http.StatusInternalServerError)
				return true
			}
			return false
		}
		s.cycle(head).reads().writes("PATCH Users/ada Replace title=Head")
		broken = false
		s.cycle(change("ada", "department", `"R&D"`)).reads("GET Users/ada").writes("PATCH Users/ada Replace title=Head Add " + enterprise + ":department=R&D")
	})
}
