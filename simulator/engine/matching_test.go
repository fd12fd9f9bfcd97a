package engine_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/job"
)

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

func TestMatching(t *testing.T) {
	t.Parallel()
	const number = enterprise + ":employeeNumber"
	const (
		byName  = `GET Users?filter=userName eq "ada@contoso.test"`
		byTitle = `GET Users?filter=title eq "Head"`
		byNo    = `GET Users?filter=` + number + ` eq "7"`
	)
	old := func(more string) string { return `{"userName":"old@contoso.test","active":true` + more + `}` }
	head := []string{user("ada", "jobTitle", `"Head"`), assigned("ada")}
	tests := []struct {
		rule          string
		tenant        []string
		change        func(*story)
		reads, writes []string
		log           string
	}{
		{"E-96 W-16 none: created", head, nil, []string{byName}, []string{"POST Users ada"}, "ada create success"},
		{
			"E-96 one: linked and updated", head, func(s *story) { s.existing(`{"userName":"ada@contoso.test","active":true}`) },
			[]string{byName},
			[]string{"PATCH Users/ada Add title=Head"},
			"ada update success",
		},
		{
			"E-96 one that is equal: linked", head, func(s *story) { s.existing(`{"userName":"ada@contoso.test","active":true,"title":"Head"}`) },
			[]string{byName},
			nil,
			"ada other skipped RedundantExport",
		},
		{"E-96 several: DuplicateTargetEntries", head, func(s *story) {
			s.matchBy("title").existing(old(`,"title":"Head"`), `{"userName":"older@contoso.test","title":"Head"}`)
		}, []string{byTitle}, nil, "ada create failure DuplicateTargetEntries"},
		{"A-34 the first attribute finds two, the second would find one", head, func(s *story) {
			s.matchBy("title", "userName").existing(`{"userName":"ada@contoso.test","title":"Head"}`, old(`,"title":"Head"`))
		}, []string{byTitle}, nil, "ada create failure DuplicateTargetEntries"},
		{"E-90 W-13 the first hit ends the search", []string{user("ada", "employeeId", `"7"`), assigned("ada")}, func(s *story) {
			s.matchBy(number, "userName").existing(old(`,"` + enterprise + `":{"employeeNumber":"7"}`))
		}, []string{byNo}, []string{"PATCH Users/old Replace userName=ada@contoso.test"}, "ada update success"},
		{"E-90 no hit: the next attribute is asked", []string{user("ada", "employeeId", `"7"`), assigned("ada")}, func(s *story) {
			s.matchBy(number, "userName").existing(`{"userName":"ada@contoso.test","active":true}`)
		}, []string{byNo, byName}, []string{"PATCH Users/ada Add " + number + "=7"}, "ada update success"},
		{
			"E-90 the order is that of the priority, not of the mapping",
			[]string{user("ada", "employeeId", `"7"`), assigned("ada")},
			func(s *story) { s.matchBy("userName", number) },
			[]string{byName, byNo},
			[]string{"POST Users ada"},
			"ada create success",
		},
		{"E-91 two attributes are not combined", []string{user("ada", "employeeId", `"7"`, "jobTitle", `"Head"`), assigned("ada")}, func(s *story) {
			s.matchBy("title", number).existing(`{"userName":"one@contoso.test","title":"Head","active":true,"` + enterprise + `":{"employeeNumber":"8"}}`)
		}, []string{byTitle}, []string{"PATCH Users/one Replace userName=ada@contoso.test Replace " + number + "=7"}, "ada update success"},
		{"E-92 the mapped value of an expression", head, func(s *story) {
			s.attribute("User", "userName")["source"] = map[string]any{
				"type": "Function", "expression": `Replace([userPrincipalName], "@contoso.test", , , "@new.test", , )`,
			}
		}, []string{`GET Users?filter=userName eq "ada@new.test"`}, []string{"POST Users ada"}, "ada create success"},
		{
			"E-93 without a value for the first attribute the second decides",
			[]string{user("ada"), assigned("ada")},
			func(s *story) { s.matchBy("title", "userName") },
			[]string{byName},
			[]string{"POST Users ada"},
			"ada create success",
		},
		{
			"E-94 no value at all: ImportSkipped",
			[]string{user("ada"), assigned("ada")},
			func(s *story) { s.matchBy("title") }, nil, nil,
			"ada other skipped ImportSkipped",
		},
		{
			"E-94 also out of scope",
			[]string{user("ada"), group("g"), assigned("g")},
			func(s *story) { s.matchBy("title"); s.mapping("Group")["enabled"] = false },
			nil, nil, "ada other skipped ImportSkipped",
		},
		{
			"A-22 out of scope: nothing is asked",
			[]string{user("ada"), group("g"), assigned("g")},
			func(s *story) { s.mapping("Group")["enabled"] = false }, nil, nil,
			"ada create skipped NotEffectivelyEntitled",
		},
		{
			"E-115 A-36 Create off: not made", head, func(s *story) { s.mapping("User")["flowTypes"] = "Update,Delete" },
			[]string{byName},
			nil,
			"ada other skipped EntrySynchronizationSkipped",
		},
		{"E-115 A-36 Update off: linked and left", head, func(s *story) {
			s.mapping("User")["flowTypes"] = "Add,Delete"
			s.existing(`{"userName":"ada@contoso.test"}`)
		}, []string{byName}, nil, "ada other skipped EntrySynchronizationSkipped"},
		{
			"E-100 E-95 W-14 groups by displayName, without members",
			[]string{group("g"), assigned("g")},
			nil,
			[]string{`GET Groups?excludedAttributes=members&filter=displayName eq "g"`},
			[]string{"POST Groups g"},
			"g create success",
		},
		{
			"A-19 quotes and backslashes are escaped",
			[]string{`{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"a \"b\" \\ R&D","securityEnabled":true}`, assigned("g")},
			nil,
			[]string{`GET Groups?excludedAttributes=members&filter=displayName eq "a \"b\" \\ R&D"`},
			[]string{`POST Groups a "b" \ R&D`},
			"g create success",
		},
		{
			"A-19 E-98 option specialCharacters: such a value fails",
			[]string{`{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"R&D","securityEnabled":true}`, assigned("g")},
			func(s *story) { s.set("specialCharacters", `&#+"`) }, nil, nil, "g create failure MatchingValueNotSupported",
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			s := tell(t, tt.tenant...)
			if tt.change != nil {
				tt.change(s)
			}
			s.cycle().reads(tt.reads...).writes(tt.writes...).log(tt.log)
		})
	}
	t.Run("E-94 the scope is not looked at", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), assigned("ada")).matchBy("title")
		s.cycle()
		if step := s.entries()[0].named("EntrySynchronizationScoping"); step.Name != "" {
			t.Errorf("the log has a scoping step: %+v", step)
		}
	})
	t.Run("E-94 a group without a matching value: neither group nor memberships", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), `{"@odata.type":"#microsoft.graph.group","id":"g","securityEnabled":true,"members@delta":[{"id":"ada"}]}`, assigned("g"),
			assigned("ada"))
		s.cycle().writes("POST Users ada").log("ada create success", "g other skipped ImportSkipped")
	})
}

// TestMappingFailure: [proxyAddresses] has two values and title takes one (E-128).
func TestMappingFailure(t *testing.T) {
	t.Parallel()
	two := []string{"proxyAddresses", `["smtp:a@contoso.test","smtp:b@contoso.test"]`}
	s := tell(t, user("ada", two...), user("bob", two...), user("eve"), assigned("ada"), assigned("eve"))
	s.attribute("User", "title")["source"] = map[string]any{"type": "Attribute", "expression": "[proxyAddresses]"}
	t.Run("A-32 E-128 who is wanted fails, who is out of scope is skipped", func(t *testing.T) {
		s.t = t
		s.cycle().writes("POST Users eve").log(
			"ada other failure SchemaPropertyCanOnlyAcceptValue", "bob create skipped NotEffectivelyEntitled", "eve create success")
	})
	t.Run("A-32 a linked user who leaves scope fails too, and nothing is written", func(t *testing.T) {
		s.t = t
		s.cycle(change("eve", two...), unassigned("eve")).writes()
	})
}

func TestDuplicateSources(t *testing.T) {
	t.Parallel()
	// Both people have the same title, by which they are matched.
	twins := []string{user("ada", "jobTitle", `"Head"`), user("bob", "jobTitle", `"HEAD"`), assigned("ada"), assigned("bob")}
	t.Run("E-97 A-18 in one cycle: the second fails and nothing is written for it", func(t *testing.T) {
		t.Parallel()
		for _, parallel := range []int{1, 8} {
			s := tell(t, twins...).matchBy("title")
			s.cfg.Parallel = parallel
			s.cycle().writes("POST Users ada").log("ada create success", "bob create failure DuplicateSourceEntries")
		}
	})
	t.Run("E-97 A-18 an account that was linked before", func(t *testing.T) {
		t.Parallel()
		s := tell(t, twins[0], user("bob"), assigned("ada"), assigned("bob")).matchBy("title", "userName")
		s.cycle().writes("POST Users ada", "POST Users bob")
		s.cycle(user("eve", "jobTitle", `"Head"`), assigned("eve")).reads(`GET Users?filter=title eq "Head"`).writes().
			log("ada create success", "bob create success", "eve create failure DuplicateSourceEntries")
	})
	t.Run("E-97 the account is free again: the retry takes it", func(t *testing.T) {
		t.Parallel()
		s := tell(t, twins...).matchBy("title")
		s.cycle()
		s.cycle(hardDeleted("ada")).writes(deleteAda, "POST Users bob")
		if n := len(s.result.Escrows); n != 0 {
			t.Errorf("%d escrows are left", n)
		}
	})
	t.Run("E-97 groups of one name", func(t *testing.T) {
		t.Parallel()
		same := func(id string) string {
			return `{"@odata.type":"#microsoft.graph.group","id":"` + id + `","displayName":"Sales","securityEnabled":true}`
		}
		s := tell(t, same("g"), same("h"), assigned("g"), assigned("h"))
		s.cycle().writes("POST Groups Sales").log("g create success", "h create failure DuplicateSourceEntries")
	})
}

func TestConflicts(t *testing.T) {
	t.Parallel()
	people := []string{user("ada", "mailNickname", `"ada"`), assigned("ada")}
	t.Run("E-102 A-30 W-105 409 is a conflict, and nothing more is asked", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...).matchBy("externalId").existing(`{"userName":"ada@contoso.test"}`)
		s.cycle().reads(`GET Users?filter=externalId eq "ada"`).writes("POST Users ada").log("ada create failure " + filtering)
		s.cycle().reads(`GET Users?filter=externalId eq "ada"`).writes("POST Users ada") // E-43: the retry matches first
	})
	t.Run("A-30 a create answered without id makes no link, and the retry matches", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...)
		s.server.answer = func(w http.ResponseWriter, r *http.Request, body string) bool {
			if r.Method != http.MethodPost {
				return false
			}
			s.server.do(t, http.MethodPost, "/Users", body)
			w.Header().Set("Content-Type", "application/scim+json")
			w.WriteHeader(http.StatusCreated)
			if _, err := w.Write([]byte(`{"userName":"ada@contoso.test"}`)); err != nil {
				t.Error(err)
			}
			return true
		}
		s.cycle().writes("POST Users ada").log("ada create failure SystemForCrossDomainIdentityManagementServiceIncompatible")
		s.cycle().reads(`GET Users?filter=userName eq "ada@contoso.test"`).writes().log("ada other skipped RedundantExport")
		s.cycle(change("ada", "jobTitle", `"Head"`)).reads("GET Users/ada").writes("PATCH Users/ada Add title=Head")
	})
}

// TestGoneTarget is about a linked object that the target does not have any more.
func TestGoneTarget(t *testing.T) {
	t.Parallel()
	gone := func(t *testing.T, set ...string) *story {
		t.Helper()
		s := tell(t, user("ada"), user("bob"), group("g", "ada"), assigned("g"), assigned("bob"))
		for _, name := range set {
			s.set(name, "true")
		}
		s.cycle().log("ada create success", "bob create success", "g create success", "g update success")
		s.server.do(t, http.MethodDelete, "/Users/"+s.server.id("ada"), "")
		return s
	}
	lost := "ada update failure InvalidAnchor"
	t.Run("E-103 A-17 InvalidAnchor, kept for a retry, not made again", func(t *testing.T) {
		t.Parallel()
		s := gone(t)
		s.cycle(change("ada", "jobTitle", `"Head"`)).reads("GET Users/ada").writes().log(lost)
		s.cycle().reads("GET Users/ada").writes().log(lost)
		if n := len(s.result.Escrows); n != 1 {
			t.Errorf("%d escrows, want 1", n)
		}
	})
	t.Run("E-103 E-52 W-95 a restart that keeps links does not help, Full does", func(t *testing.T) {
		t.Parallel()
		s := gone(t)
		s.restart()
		s.cycle().writes()
		full, err := job.ParseScope("Full")
		if err != nil {
			t.Fatal(err)
		}
		s.cfg.Restart = &full
		s.cycle().reads(`GET Users?filter=userName eq "ada@contoso.test"`, `GET Users?filter=userName eq "bob@contoso.test"`,
			`GET Groups?excludedAttributes=members&filter=displayName eq "g"`).
			writes("POST Users ada", "PATCH Groups/g Add members ada")
	})
	t.Run("A-17 option rematchOn404: made again in the same cycle", func(t *testing.T) {
		t.Parallel()
		s := gone(t, "rematchOn404")
		s.cycle(change("ada", "jobTitle", `"Head"`)).reads("GET Users/ada",
			`GET Users?filter=userName eq "ada@contoso.test"`).writes("POST Users ada").log("ada create success")
		s.cycle(change("ada", "jobTitle", `"Boss"`)).writes("PATCH Users/ada Replace title=Boss")
		s.restart()
		s.cycle().writes("PATCH Groups/g Add members ada") // the new account was in no group
	})
	t.Run("A-17 option rematchOn404: another object that matches", func(t *testing.T) {
		t.Parallel()
		s := gone(t, "rematchOn404").existing(`{"userName":"ada@contoso.test","active":true,"title":"Clerk"}`)
		s.cycle(change("ada", "jobTitle", `"Head"`)).writes("PATCH Users/ada Replace title=Head").log("ada update success")
	})
	t.Run("A-17 option rematchOn404: nobody is made to be disabled", func(t *testing.T) {
		t.Parallel()
		s := gone(t, "rematchOn404")
		s.cycle(change("ada", "accountEnabled", "false")).writes().log("ada other skipped EntrySynchronizationSkipped")
		s.cycle(change("ada", "accountEnabled", "true")).writes("POST Users ada")
	})
	t.Run("A-17 option rematchOn404: another object is disabled", func(t *testing.T) {
		t.Parallel()
		s := gone(t, "rematchOn404").existing(`{"userName":"ada@contoso.test","active":true,"title":"Clerk"}`)
		s.cycle(change("ada", "accountEnabled", "false")).writes(disableAda).log("ada disable success")
	})
	t.Run("E-103 a group", func(t *testing.T) {
		t.Parallel()
		s := gone(t)
		s.server.do(t, http.MethodDelete, "/Groups/"+s.server.id("g"), "")
		s.cycle(`{"@odata.type":"#microsoft.graph.group","id":"g",` +
			`"displayName":"G2"}`).reads("GET Groups/g?excludedAttributes=members").writes().log("g update failure InvalidAnchor")
	})
}

func TestLinks(t *testing.T) {
	t.Parallel()
	t.Run("E-3 A-29 A-28 the link wins over a changed matching value", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), assigned("ada"))
		s.cycle()
		s.cycle(change("ada", "userPrincipalName", `"lovelace@contoso.test"`)).reads("GET Users/ada").writes("PATCH Users/ada Replace userName=lovelace@contoso.test")
	})
	t.Run("E-36 E-265 a restart keeps links", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), assigned("ada"))
		s.cycle()
		s.restart()
		s.cycle().reads("GET Users/ada").writes().log("ada create success", "ada other skipped RedundantExport")
	})
	t.Run("E-36 also when another object has the matching value by now", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "jobTitle", `"Head"`), assigned("ada")).matchBy("title")
		s.cycle()
		s.existing(`{"userName":"other@contoso.test","title":"Head"}`)
		s.restart()
		s.cycle().reads("GET Users/ada").writes()
	})
}

// TestTwoJobs: two jobs on one target whose scopes overlap in ada.
func TestTwoJobs(t *testing.T) {
	t.Parallel()
	e := newEndpoint(t)
	first := tellOn(t, e, user("ada"), user("bob"), assigned("ada"), assigned("bob"))
	second := tellOn(t, e, user("ada", "jobTitle", `"Head"`), user("eve"), assigned("ada"), assigned("eve"))
	steps := []struct {
		rule string
		do   func()
	}{
		{"E-1 the second job matches what the first made", func() {
			first.cycle().writes("POST Users ada", "POST Users bob")
			second.cycle().writes("PATCH Users/ada Add title=Head", "POST Users eve").log("ada update success", "eve create success")
		}},
		{"E-1 E-4 neither touches the other's", func() {
			first.restart()
			first.cycle().reads("GET Users/ada", "GET Users/bob").writes()
		}},
		{"E-1 E-6 one job disables whom the other wants, who does not notice", func() {
			second.cycle(unassigned("ada")).writes(disableAda)
			first.cycle().writes()
		}},
		{"E-6 and enables again when it processes her for another reason", func() {
			first.cycle(change("ada", "department", `"Sales"`)).writes("PATCH Users/ada Replace active=True Add " + enterprise + ":department=Sales")
			second.cycle().writes()
		}},
		{"E-220 the job she left does not delete her", func() {
			second.cycle(hardDeleted("ada")).writes()
		}},
		{"E-216 the other one does", func() {
			first.cycle(hardDeleted("ada")).writes(deleteAda)
		}},
	}
	for _, step := range steps {
		if !t.Run(step.rule, func(t *testing.T) {
			first.t, second.t = t, t
			step.do()
		}) {
			return
		}
	}
	if users, _, _ := e.target.Counts(); users != 2 {
		t.Errorf("the target holds %d users, want bob and eve", users)
	}
}

// TestObjectConnections reads and deletes links, as the API of object connections does.
func TestObjectConnections(t *testing.T) {
	t.Parallel()
	s := tell(t, user("ada"), user("bob"), group("g", "ada"), assigned("g"))
	s.cycle()
	s.between = func(ctx context.Context, j *job.Job, at time.Time) error {
		for _, tt := range []struct{ rule, anchor, want string }{
			{"E-55 read by the source id", "ada", "ada"},
			{"E-55 read by the target id", s.server.id("ada"), "ada"},
			{"E-55 a group", s.server.id("g"), "g"},
			{"E-55 none: not provisioned", "bob", ""},
			{"E-55 none: not known", "nobody", ""},
		} {
			l, ok, err := j.Connection(ctx, tt.anchor)
			if err != nil || l.SourceID != tt.want || ok != (tt.want != "") || ok && s.server.names[l.TargetID] != tt.want {
				t.Errorf("%s: %+v, %v, %v", tt.rule, l, ok, err)
			}
		}
		if err := j.DeleteConnection(ctx, at, "ada"); !errors.Is(err, job.ErrRunning) {
			t.Errorf("E-55: deleting while the job runs gives %v", err)
		}
		return errors.Join(j.Pause(ctx, at), j.DeleteConnection(ctx, at, "ada"), j.DeleteConnection(ctx, at, "ada"), j.DeleteConnection(ctx, at, "nobody"),
			j.Start(ctx, at))
	}
	t.Run("E-55 a link deleted while the job is paused: nothing happens by itself", func(t *testing.T) {
		s.t = t
		s.cycle().reads().writes()
	})
	t.Run("E-55 the object is matched afresh when it is looked at again", func(t *testing.T) {
		s.t = t
		s.cycle(change("ada", "jobTitle", `"Head"`)).reads(`GET Users?filter=userName eq "ada@contoso.test"`).writes("PATCH Users/ada Add title=Head")
	})
}
