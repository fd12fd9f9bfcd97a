package engine_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/job"
)

// all are the requests of the last cycle in order, the preflight with a masked value.
func (s *story) all() []string {
	var out []string
	for i, c := range s.calls {
		words := s.words(c)
		if i == 0 {
			before, _, _ := strings.Cut(words, ` eq "`)
			words = before + ` eq RANDOM`
		}
		out = append(out, words)
	}
	return out
}

func (s *story) sends(want ...string) *story {
	s.t.Helper()
	return s.same("requests", want, s.all())
}

const probe = "GET Users?filter=userName eq RANDOM"

// TestOrder shows every request of a cycle, in order.
func TestOrder(t *testing.T) {
	t.Parallel()
	manager := enterprise + ":manager"
	tenant := []string{
		group("h", "bob"), group("g", "bob", "ada"), user("bob", "manager@delta", `[{"id":"ada"}]`), user("ada", "manager@delta", `[{"id":"eve"}]`), user("eve"),
		assigned("h"), assigned("g"), assigned("eve"),
	}
	s := tell(t, tenant...)
	run := func(rule string, do func()) {
		if !t.Run(rule, func(t *testing.T) { s.t = t; do() }) {
			t.FailNow()
		}
	}
	run("E-30 E-31 E-135 E-291 W-19 W-87 A-27 initial: users by id, managers, groups by id, memberships", func() {
		s.cycle().sends(
			probe,
			`GET Users?filter=userName eq "ada@contoso.test"`, "POST Users ada",
			`GET Users?filter=userName eq "bob@contoso.test"`, "POST Users bob",
			`GET Users?filter=userName eq "eve@contoso.test"`, "POST Users eve",
			"PATCH Users/ada Add "+manager+"=eve", "PATCH Users/bob Add "+manager+"=ada",
			`GET Groups?excludedAttributes=members&filter=displayName eq "g"`, "POST Groups g",
			`GET Groups?excludedAttributes=members&filter=displayName eq "h"`, "POST Groups h",
			"PATCH Groups/g Add members ada", "PATCH Groups/g Add members bob", "PATCH Groups/h Add members bob",
		)
	})
	run("E-33 E-41 quiet: the preflight alone", func() { s.cycle().sends(probe) })
	run("E-40 W-17 W-18 A-28 incremental: a read before each write, and only what changed", func() {
		s.cycle(change("bob", "jobTitle", `"Head"`)).sends(probe, "GET Users/bob", "PATCH Users/bob Add title=Head")
	})
	run("E-291 W-68 W-94 a round of a group: read, rename, members", func() {
		s.cycle(`{"@odata.type":"#microsoft.graph.group","id":"h","displayName":"H2","members@delta":[{"id":"eve"}]}`).
			sends(probe, "GET Groups/h?excludedAttributes=members", "PATCH Groups/h Replace displayName=H2", "PATCH Groups/h Add members eve")
	})
	run("A-23 W-73 additions first, removals in requests of their own", func() {
		s.cycle(regroup("g", "-ada", "-bob", "eve")).
			writes(disableAda, "PATCH Groups/g Add members eve", "PATCH Groups/g Remove members ada", "PATCH Groups/g Remove members bob")
	})
}

func TestNothingIsCleared(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ rule, before, after string }{
		{"E-120 W-55 W-C6 a cleared attribute sends nothing", `"jobTitle":"Head"`, `"jobTitle":null`},
		{"W-64 a cleared manager sends nothing", `"manager@delta":[{"id":"bob"}]`, `"manager@delta":[{"id":"bob","@removed":{"reason":"deleted"}}]`},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			line := func(members string) string {
				return `{"@odata.type":"#microsoft.graph.user","id":"ada",` + members + `}`
			}
			s := tell(t, line(`"userPrincipalName":"ada@contoso.test",`+tt.before), user("bob"), assigned("ada"), assigned("bob"))
			s.cycle()
			s.cycle(line(tt.after)).reads("GET Users/ada").writes()
			s.logged += len(s.entries())
			s.cycle().writes().log()
		})
	}
}

// TestMemberships is about groups whose members change on either side.
func TestMemberships(t *testing.T) {
	t.Parallel()
	tenant := []string{user("ada"), user("bob"), user("eve"), group("g", "ada", "bob"), assigned("g"), assigned("ada"), assigned("eve")}
	t.Run("E-292 W-18 membership is never read back", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...)
		s.cycle()
		s.server.do(t, http.MethodPatch, "/Groups/"+s.server.id("g"),
			`{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"remove","path":"members"}]}`)
		s.cycle(`{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"G2"}`).
			reads("GET Groups/g?excludedAttributes=members").writes("PATCH Groups/g Replace displayName=G2")
		s.cycle(regroup("g", "eve")).writes("PATCH Groups/g Add members eve")
		s.restart()
		s.cycle().writes()
	})
	t.Run("E-290 E-65 group mapping off: nothing is asked about groups", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...)
		s.mapping("Group")["enabled"] = false
		s.cycle().writes("POST Users ada", "POST Users bob", "POST Users eve")
		s.cycle(regroup("g", "-bob")).writes("PATCH Users/bob Replace active=False")
	})
	t.Run("E-290 members not mapped: groups without memberships", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...)
		s.unmap("Group", "members")
		s.cycle().writes("POST Users ada", "POST Users bob", "POST Users eve", "POST Groups g")
	})
	t.Run("E-296 A-23 option membersPerPatch", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...).set("membersPerPatch", "20")
		s.cycle().writes("POST Users ada", "POST Users bob", "POST Users eve", "POST Groups g", "PATCH Groups/g Add members ada,bob")
		s.cycle(regroup("g", "-ada", "eve")).writes("PATCH Groups/g Add members eve", "PATCH Groups/g Remove members ada")

		s = tell(t, user("ada"), user("bob"), user("eve"), group("g", "ada", "bob", "eve"), assigned("g")).set("membersPerPatch", "2")
		s.cycle().writes("POST Users ada", "POST Users bob", "POST Users eve", "POST Groups g", "PATCH Groups/g Add members ada,bob",
			"PATCH Groups/g Add members eve")
	})
	t.Run("E-295 groups count in the deletion threshold", func(t *testing.T) {
		t.Parallel()
		for limit, want := range map[string][]string{"1": nil, "2": {"DELETE Groups/g", "DELETE Groups/h"}} {
			s := tell(t, user("ada"), group("g"), group("h"), assigned("g"), assigned("h"), assigned("ada")).
				set("preventAccidentalDeletion", "true").set("deleteThreshold", limit).set("notificationEmail", "a@contoso.test")
			s.cycle()
			s.cycle(unassigned("g"), unassigned("h")).writes(want...)
		}
	})
	t.Run("E-227 A-15 who was held back and cannot be read stays held back and counts", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), user("eve"), assigned("ada"), assigned("bob"), assigned("eve")).
			set("preventAccidentalDeletion", "true").set("deleteThreshold", "1").set("notificationEmail", "a@contoso.test").set("quarantineAttempts", "40m")
		s.cycle()
		s.cycle(unassigned("ada"), unassigned("bob")).writes()
		s.server.answer = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			if r.URL.Path != "/Users/"+s.server.id("ada") {
				return false
			}
			w.WriteHeader(http.StatusInternalServerError)
			return true
		}
		s.cycle().writes().reads("GET Users/ada", "GET Users/bob") // one failure does not let the other through
		s.server.answer = nil
		s.cycle().writes().reads("GET Users/ada", "GET Users/bob")
		s.between = func(ctx context.Context, j *job.Job, at time.Time) error { return j.Restart(ctx, at, job.ForceDeletes) }
		s.cycle().writes("PATCH Users/ada Replace active=False", "PATCH Users/bob Replace active=False")
	})
	t.Run("E-228 A-15 a group that was held back and is assigned again has the members of now", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), group("g", "ada"), assigned("ada"), assigned("bob"), assigned("g")).
			set("preventAccidentalDeletion", "true").set("deleteThreshold", "0").set("notificationEmail", "a@contoso.test").set("quarantineAttempts", "40m")
		s.cycle()
		s.cycle(unassigned("g")).writes()
		s.cycle(regroup("g", "-ada", "bob")).writes()
		s.cycle(assigned("g")).writes("PATCH Groups/g Add members bob", "PATCH Groups/g Remove members ada")
		s.cycle().reads()
	})
	t.Run("E-293 a member whose own creation fails follows with it", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...)
		refuse := true
		s.server.answer = func(w http.ResponseWriter, r *http.Request, body string) bool {
			if !refuse || r.Method != http.MethodPost || short(body) != "bob" {
				return false
			}
			http.Error(w, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"500"}`, http.StatusInternalServerError)
			return true
		}
		s.cycle().writes("POST Users ada", "POST Users bob", "POST Users eve", "POST Groups g", "PATCH Groups/g Add members ada")
		refuse = false
		s.cycle().writes("POST Users bob", "PATCH Groups/g Add members bob")
	})
}

// TestReadsAndEvaluates counts what a cycle reads from the source.
func TestReadsAndEvaluates(t *testing.T) {
	t.Parallel()
	tenant := []string{user("ada", "department", `"Sales"`), user("bob"), user("eve", "accountEnabled", "false"), group("g"), assigned("ada")}
	t.Run("E-32 sync all: every object is read, evaluated and logged", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...).scope("User", filter("department", "EQUALS", "Sales")).scope("Group", filter("displayName", "EQUALS", "x"))
		s.cfg.ScopeAll = true
		s.cycle().writes("POST Users ada").log("ada create success", "bob create skipped NotEffectivelyEntitled", "eve create skipped NotEffectivelyEntitled",
			"g create skipped NotEffectivelyEntitled")
		if n := s.result.Cycles[0].Counts.Imported; n != 4 {
			t.Errorf("%d objects were read, want 4", n)
		}
	})
	t.Run("E-42 E-319 sync assigned: who is out of scope is read and logged too", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...)
		s.cycle().writes("POST Users ada").log("ada create success", "bob create skipped NotEffectivelyEntitled", "eve create skipped NotEffectivelyEntitled",
			"g create skipped NotEffectivelyEntitled")
	})
	t.Run("E-51 E-276 a restart evaluates all of them again", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...)
		s.cycle()
		s.cycle()
		if n := s.result.Cycles[0].Counts.Imported; n != 0 {
			t.Errorf("a quiet cycle read %d objects", n)
		}
		s.restart()
		s.cycle().reads("GET Users/ada").writes()
		if c := s.result.Cycles[0]; c.Counts.Imported != 4 || c.Kind != "initial" {
			t.Errorf("the %s cycle after a restart read %d objects, want 4", c.Kind, c.Counts.Imported)
		}
	})
	t.Run("E-50 A-33 a failed cycle leaves the watermark, a failed object does not hold it", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...)
		s.cycle()
		s.server.answer = func(w http.ResponseWriter, _ *http.Request, _ string) bool {
			http.Error(w, "{}", http.StatusUnauthorized)
			return true
		}
		s.cycle(change("ada", "jobTitle", `"Head"`), assigned("bob")).writes()
		s.server.answer = func(w http.ResponseWriter, r *http.Request, _ string) bool {
			if r.Method != http.MethodPost {
				return false
			}
			http.Error(w, "{}", http.StatusInternalServerError)
			return true
		}
		s.cycle().reads("GET Users/ada", `GET Users?filter=userName eq "bob@contoso.test"`).writes("PATCH Users/ada Add title=Head", "POST Users bob")
		s.server.answer = nil
		s.cycle().reads(`GET Users?filter=userName eq "bob@contoso.test"`).writes("POST Users bob") // the escrow alone
	})
	t.Run("W-2 the preflight asks by the first matching attribute", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...).matchBy("externalId", "userName")
		s.cycle()
		if first := s.all()[0]; first != "GET Users?filter=externalId eq RANDOM" {
			t.Errorf("the preflight is %s", first)
		}
	})
}

// TestWholeWire looks at every request of a busy cycle for what is never sent.
func TestWholeWire(t *testing.T) {
	t.Parallel()
	s := tell(t, user("ada", "manager@delta", `[{"id":"bob"}]`), user("bob"), group("g", "ada"), assigned("g"), assigned("bob"))
	s.cycle()
	calls := s.calls
	s.cycle(change("ada", "jobTitle", `"Head"`), regroup("g", "bob"), unassigned("bob"))
	calls = append(calls, s.calls...)
	s.cycle(hardDeleted("ada"), unassigned("g"))
	calls = append(calls, s.calls...)
	rules := []struct {
		rule  string
		never func(call) bool
	}{
		{"W-15 no paging parameters", func(c call) bool {
			return strings.Contains(c.uri, "startIndex") || strings.Contains(c.uri, "count=")
		}},
		{"W-22 no PUT, bulk, search by POST, Me or sorting", func(c call) bool {
			return c.method == http.MethodPut || strings.Contains(c.uri, "Bulk") || strings.Contains(c.uri, ".search") || strings.Contains(c.uri, "/Me") ||
				strings.Contains(c.uri, "sort")
		}},
		{"W-115 W-116 no discovery", func(c call) bool {
			return strings.Contains(c.uri, "ResourceTypes") || strings.Contains(c.uri, "ServiceProviderConfig") || strings.Contains(c.uri, "Schemas")
		}},
		{"E-136 W-20 W-21 no query for a manager or a member", func(c call) bool {
			return c.method == http.MethodGet && (strings.Contains(c.uri, "manager") || strings.Contains(c.uri, "members eq"))
		}},
		{"E-95 W-11 no operator but eq", func(c call) bool {
			_, filter, found := strings.Cut(c.uri, "filter=")
			return found && len(strings.Split(filter, " eq ")) != 2
		}},
		{"E-292 groups are not read with their members", func(c call) bool {
			return c.method == http.MethodGet && strings.HasPrefix(c.uri, "/Groups") && !strings.Contains(c.uri, "excludedAttributes=members")
		}},
	}
	for _, tt := range rules {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			for _, c := range calls {
				if tt.never(c) {
					t.Errorf("%s %s", c.method, c.uri)
				}
			}
		})
	}
	t.Run("the cycles were busy", func(t *testing.T) {
		t.Parallel()
		methods := map[string]int{}
		for _, c := range calls {
			methods[c.method]++
		}
		if diff := cmp.Diff(map[string]int{"GET": 11, "POST": 3, "PATCH": 5, "DELETE": 2}, methods); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
}

// TestMinimalCases are the four that the planning guide wants to be tried.
func TestMinimalCases(t *testing.T) {
	t.Parallel()
	s := tell(t, user("ada", "companyName", `"Here"`), group("g"), assigned("g"))
	s.mapping("Group")["enabled"] = false
	s.scope("User", filter("companyName", "NOT EQUALS", "Elsewhere")).cycle().writes()
	for _, step := range []struct {
		rule string
		line string
		want string
	}{
		{"E-344 added to an assigned group", regroup("g", "ada"), "POST Users ada"},
		{"E-344 changed", change("ada", "jobTitle", `"Head"`), "PATCH Users/ada Add title=Head"},
		{"E-344 removed from the group", regroup("g", "-ada"), disableAda},
		{"E-344 added again", regroup("g", "ada"), enableAda},
		{"E-344 out of scope by the filter", change("ada", "companyName", `"Elsewhere"`), disableAda},
	} {
		t.Run(step.rule, func(t *testing.T) {
			s.t = t
			s.cycle(step.line).writes(some(step.want)...)
		})
	}
}
