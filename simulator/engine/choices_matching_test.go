package engine_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMatchingChoices shows both sides of each choice about matching and links.
func TestMatchingChoices(t *testing.T) {
	t.Parallel()
	const byName, byTitle = `GET Users?filter=userName eq "ada@contoso.test"`, `GET Users?filter=title eq "Head"`
	head := []string{user("ada", "jobTitle", `"Head"`), assigned("ada")}
	twice := func(t *testing.T, value string) *story {
		return tell(t, head...).set("ambiguousMatch", value).matchBy("title", "userName").
			existing(`{"userName":"old@contoso.test","title":"Head"}`, `{"userName":"ada@contoso.test","title":"Head","active":true}`)
	}
	t.Run("A-34 ambiguousMatch fail", func(t *testing.T) {
		t.Parallel()
		twice(t, "fail").cycle().reads(byTitle).writes().log("ada create failure DuplicateTargetEntries")
	})
	t.Run("A-34 ambiguousMatch next", func(t *testing.T) {
		t.Parallel()
		twice(t, "next").cycle().reads(byTitle, byName).writes().log("ada other skipped RedundantExport")
	})
	t.Run("A-34 ambiguousMatch next, and nobody else is found", func(t *testing.T) {
		t.Parallel()
		twice(t, "next").matchBy("title").cycle().reads(byTitle).writes().log("ada create failure DuplicateTargetEntries")
	})

	// The first query for ada finds nothing though she is there, as on a target that is slow to index.
	late := func(t *testing.T, value string) *story {
		s := tell(t, user("ada", "jobTitle", `"Head"`), assigned("ada")).set("rematchOn409", value).existing(`{"userName":"ada@contoso.test","active":true}`)
		asked := false
		s.server.answer = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			if asked || !strings.Contains(r.URL.RawQuery, "ada") {
				return false
			}
			asked = true
			w.Header().Set("Content-Type", "application/scim+json")
			if _, err := w.Write([]byte(`{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}`)); err != nil {
				t.Error(err)
			}
			return true
		}
		return s
	}
	t.Run("A-30 rematchOn409 false", func(t *testing.T) {
		t.Parallel()
		s := late(t, "false")
		s.cycle().reads(byName).writes("POST Users ada").log("ada create failure " + filtering)
		s.cycle().reads(byName).writes("PATCH Users/ada Add title=Head").log("ada update success")
	})
	t.Run("A-30 rematchOn409 true", func(t *testing.T) {
		t.Parallel()
		s := late(t, "true")
		s.cycle().reads(byName, byName).writes("POST Users ada", "PATCH Users/ada Add title=Head").log("ada update success")
		s.cycle().reads().writes()
	})
	t.Run("A-30 rematchOn409 true, and the other object cannot be found", func(t *testing.T) {
		t.Parallel()
		tell(t, head...).set("rematchOn409", "true").matchBy("title").existing(`{"userName":"ada@contoso.test"}`).
			cycle().reads(byTitle, byTitle).writes("POST Users ada").log("ada create failure " + filtering)
	})
}

// TestLinkChoices is about linked users who come under another name, or come back.
func TestLinkChoices(t *testing.T) {
	t.Parallel()
	const byOther = `GET Users?filter=userName eq "lovelace@contoso.test"`
	rename := change("ada", "userPrincipalName", `"lovelace@contoso.test"`)
	named := func(t *testing.T, value string) *story {
		return tell(t, user("ada"), user("bob"), assigned("bob"), group("g", "ada"), assigned("g")).set("rematchOnRename", value).cycle()
	}
	t.Run("A-29 rematchOnRename false", func(t *testing.T) {
		t.Parallel()
		named(t, "false").cycle(rename).reads("GET Users/ada").writes("PATCH Users/ada Replace userName=lovelace@contoso.test")
	})
	t.Run("A-29 rematchOnRename true, nobody has the name", func(t *testing.T) {
		t.Parallel()
		s := named(t, "true").cycle(rename)
		s.reads(byOther, "GET Users/ada").writes("PATCH Users/ada Replace userName=lovelace@contoso.test")
		s.cycle(change("ada", "jobTitle", `"Head"`)).reads("GET Users/ada").writes("PATCH Users/ada Add title=Head")
	})
	t.Run("A-29 rematchOnRename true, another account has it", func(t *testing.T) {
		t.Parallel()
		s := named(t, "true").existing(`{"userName":"lovelace@contoso.test","active":true,"title":"Clerk"}`)
		s.cycle(rename, change("ada", "jobTitle", `"Head"`)).reads(byOther).writes("PATCH Users/lovelace Replace title=Head")
		s.cycle(change("ada", "jobTitle", `"Boss"`)).reads("GET Users/lovelace").writes("PATCH Users/lovelace Replace title=Boss")
		s.restart()
		s.cycle().writes("PATCH Groups/g Add members lovelace") // the other account was in no group
	})

	returned := func(t *testing.T, value string) *story {
		s := tell(t, user("ada"), user("bob"), assigned("ada"), assigned("bob")).set("rematchOnReturn", value).cycle()
		return s.cycle(unassigned("ada")).writes(disableAda)
	}
	const byName = `GET Users?filter=userName eq "ada@contoso.test"`
	t.Run("A-35 rematchOnReturn false", func(t *testing.T) {
		t.Parallel()
		returned(t, "false").cycle(assigned("ada")).reads("GET Users/ada").writes(enableAda)
	})
	t.Run("A-35 rematchOnReturn true", func(t *testing.T) {
		t.Parallel()
		s := returned(t, "true").cycle(assigned("ada")).reads(byName).writes(enableAda)
		s.cycle(hardDeleted("ada")).writes(deleteAda)
	})
	t.Run("A-35 rematchOnReturn true, and the account is gone", func(t *testing.T) {
		t.Parallel()
		s := returned(t, "true")
		s.server.do(t, http.MethodDelete, "/Users/"+s.server.id("ada"), "")
		s.cycle(assigned("ada")).reads(byName).writes("POST Users ada")
		s.cycle(change("ada", "jobTitle", `"Head"`)).reads("GET Users/ada").writes("PATCH Users/ada Add title=Head")
	})
	t.Run("A-35 rematchOnReturn false, and the account is gone", func(t *testing.T) {
		t.Parallel()
		s := returned(t, "false")
		s.server.do(t, http.MethodDelete, "/Users/"+s.server.id("ada"), "")
		s.cycle(assigned("ada")).reads("GET Users/ada").writes()
	})
}

// TestDuplicateSourceChoices: two people have the same title, by which they are matched.
func TestDuplicateSourceChoices(t *testing.T) {
	t.Parallel()
	twins := func(t *testing.T, value string) *story {
		return tell(t, user("ada", "jobTitle", `"Head"`), user("bob", "jobTitle", `"HEAD"`), assigned("ada"),
			assigned("bob")).matchBy("title").set("duplicateSources", value)
	}
	t.Run("A-18 E-97 duplicateSources fail", func(t *testing.T) {
		t.Parallel()
		twins(t, "fail").cycle().writes("POST Users ada").log("ada create success", "bob create failure DuplicateSourceEntries")
	})
	for _, parallel := range []int{1, 8} {
		t.Run(fmt.Sprintf("A-18 duplicateSources link, %d in flight", parallel), func(t *testing.T) {
			t.Parallel()
			s := twins(t, "link")
			s.cfg.Parallel = parallel
			s.cycle().writes("POST Users ada", "PATCH Users/ada Replace userName=bob@contoso.test").log("ada create success", "bob update success")
			// Each is linked by now: a change of either is written to the account of both.
			s.cycle(change("bob", "department", `"R&D"`)).reads("GET Users/ada").writes("PATCH Users/ada Add " + enterprise + ":department=R&D")
			s.cycle(change("ada", "city", `"Bonn"`)).reads("GET Users/ada").
				writes("PATCH Users/ada Replace userName=ada@contoso.test Add addresses[type eq \"work\"].locality=Bonn")
			// When one is deleted, so is the account, and the other one's link leads nowhere.
			s.logged += len(s.entries())
			s.cycle(hardDeleted("ada")).writes(deleteAda).log("ada delete success")
			s.cycle(change("bob", "department", `"Sales"`)).writes().log("bob update failure InvalidAnchor")
		})
	}
}

// TestMatchBeforeScope looks at requests and at the order of the steps in the log.
func TestMatchBeforeScope(t *testing.T) {
	t.Parallel()
	const byAda, byBob, byEve = `GET Users?filter=userName eq ` +
		`"ada@contoso.test"`, `GET Users?filter=userName eq "bob@contoso.test"`, `GET Users?filter=userName eq "eve@contoso.test"`
	for value, want := range map[string]struct{ reads, steps []string }{
		"false": {[]string{byAda}, []string{
			"ada EntryImportAdd EntrySynchronizationScoping EntrySynchronizationAdd EntryExportAdd",
			"bob EntryImportAdd EntrySynchronizationScoping EntrySynchronizationSkip",
			"eve EntryImportAdd EntrySynchronizationScoping EntrySynchronizationSkip",
		}},
		"true": {[]string{byAda, byBob, byEve}, []string{
			"ada EntryImportAdd EntrySynchronizationAdd EntrySynchronizationScoping EntryExportAdd",
			"bob EntryImportAdd EntrySynchronizationScoping EntrySynchronizationSkip",
			"eve EntryImportAdd EntryImport EntrySynchronizationScoping EntrySynchronizationSkip",
		}},
	} {
		t.Run("A-22 E-287 matchBeforeScope "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), user("bob"), user("eve"), assigned("ada")).set("matchBeforeScope", value).
				existing(`{"userName":"eve@contoso.test","active":true}`)
			s.cycle().reads(want.reads...).writes("POST Users ada")
			var got []string
			for _, e := range s.entries() {
				words := []string{e.SourceIdentity.ID}
				for _, step := range e.ProvisioningSteps {
					words = append(words, step.Name)
				}
				got = append(got, strings.Join(words, " "))
			}
			if diff := cmp.Diff(want.steps, got); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
			s.log("ada create success", "bob create skipped NotEffectivelyEntitled", "eve create skipped NotEffectivelyEntitled")
			// Who was only looked for is not linked: leaving the company changes nothing for eve's account.
			s.cycle(hardDeleted("eve")).writes()
		})
	}
}
