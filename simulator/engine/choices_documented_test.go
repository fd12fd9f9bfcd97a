package engine_test

import (
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// TestDocumentedSettings shows both sides of what the documents let an administrator set, or
// describe of another time.
func TestDocumentedSettings(t *testing.T) {
	t.Parallel()
	two := []string{user("ada"), user("bob"), assigned("ada"), assigned("bob")}
	for value, want := range map[string]string{"false": disableAda, "true": ""} {
		t.Run("E-219 skipOutOfScopeDeletions "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, two...).set("skipOutOfScopeDeletions", value).cycle()
			s.cycle(unassigned("ada")).writes(some(want)...)
		})
	}
	for value, want := range map[string][]string{"false": {"POST Users ada", "POST Users bob"}, "true": {"POST Users bob"}} {
		t.Run("E-66 skipDefaultAccess "+value, func(t *testing.T) {
			t.Parallel()
			tell(t, user("ada"), user("bob"), assignedRole("ada", directory.DefaultAccess), assigned("bob")).set("skipDefaultAccess", value).cycle().writes(want...)
		})
	}
	for value, want := range map[string][]string{"0s": {"POST Users ada"}, "3h": nil} {
		t.Run("E-48 assignmentDelay "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), user("bob"), assigned("bob")).set("assignmentDelay", value).cycle()
			s.cycle(assigned("ada")).writes(want...)
		})
	}
	for value, want := range map[string][]string{"false": nil, "true": {"PATCH Groups/g Add members ada"}} {
		t.Run("E-276 restartMembers "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), group("g", "ada"), assigned("g")).set("restartMembers", value).cycle()
			s.restart()
			s.cycle().writes(want...)
		})
	}

	gate := func(t *testing.T, on, threshold string) *story {
		s := tell(t, two...).set("preventAccidentalDeletion", on).set("deleteThreshold", threshold).set("notificationEmail", "it@contoso.test").cycle()
		return s.cycle(unassigned("ada"))
	}
	for value, want := range map[string]string{"false": disableAda, "true": ""} {
		t.Run("E-225 preventAccidentalDeletion "+value, func(t *testing.T) {
			t.Parallel()
			gate(t, value, "0").writes(some(want)...)
		})
	}
	for value, want := range map[string]string{"500": disableAda, "0": ""} {
		t.Run("E-225 deleteThreshold "+value, func(t *testing.T) {
			t.Parallel()
			gate(t, "true", value).writes(some(want)...)
		})
	}
	t.Run("E-225 without an address to notify", func(t *testing.T) { // as in a live tenant (entra-docs 2085)
		t.Parallel()
		s := tell(t, two...).set("preventAccidentalDeletion", "true").set("deleteThreshold", "0").cycle()
		s.cycle(unassigned("ada")).writes()
	})
	t.Run("E-335 notificationEmail it@x.example", func(t *testing.T) {
		t.Parallel()
		for mail, want := range map[string]string{"it@x.example": "Mail=true Recipients=it@x.example", "": "Mail=false"} {
			b := lifeBench(t, 1)
			b.cfg.Set["notificationEmail"] = mail
			b.refusing().Store(true)
			var said []string
			for _, a := range b.play(time.Minute).Audit {
				for _, d := range a.AdditionalDetails {
					if d.Key == "Mail" || d.Key == "Recipients" {
						said = append(said, d.Key+"="+d.Value)
					}
				}
			}
			if got := strings.Join(said, " "); got != want {
				t.Errorf("%q: the quarantine says %q, want %q", mail, got, want)
			}
		}
	})
}
