package engine_test

import "testing"

const (
	disableAda = "PATCH Users/ada Replace active=False"
	enableAda  = "PATCH Users/ada Replace active=True"
	deleteAda  = "DELETE Users/ada"
)

// TestDeprovisioning is the table of E-216: what each event does to a linked user in scope.
func TestDeprovisioning(t *testing.T) {
	t.Parallel()
	sales := filter("department", "EQUALS", "Sales")
	events := []struct {
		name       string
		away, back []string
		filtered   bool
		leaves     bool // by scope, not by its own state
	}{
		{"unassigned", []string{unassigned("ada")}, []string{assigned("ada")}, false, true},
		{"fails the filter", []string{change("ada", "department", `"Legal"`)}, []string{change("ada", "department", `"Sales"`)}, true, true},
		{"blocked", []string{change("ada", "accountEnabled", "false")}, []string{change("ada", "accountEnabled", "true")}, false, false},
		{"soft-deleted", []string{softDeleted("ada")}, []string{change("ada")}, false, false},
	}
	variants := []struct {
		name       string
		change     func(*story)
		scope, own string // what an event writes that leaves scope, or that concerns the account itself
		back       string // what the way back writes, after scope and after own
		backOwn    string
	}{
		{"E-215 E-216 W-88 disabled, and active again", func(*story) {}, disableAda, disableAda, enableAda, enableAda},
		{"E-217 active is not mapped: nothing", func(s *story) { s.unmap("User", "active") }, "", "", "", ""},
		{"E-115 Update off: nothing", func(s *story) { s.mapping("User")["flowTypes"] = "Add,Delete" }, "", "", "", ""},
		{
			"E-218 no soft delete: deleted, and made again", func(s *story) { s.set("supportsSoftDelete", "false") }, deleteAda, deleteAda, "POST Users ada",
			"POST Users ada",
		},
		{
			"E-218 A-12 no soft delete by the profile", func(s *story) { s.cfg.App.SupportsSoftDelete = false }, deleteAda, deleteAda, "POST Users ada",
			"POST Users ada",
		},
		{
			"E-218 A-12 no soft delete by the profile, by the option it has",
			func(s *story) { s.cfg.App.SupportsSoftDelete = false; s.set("supportsSoftDelete", "true") }, disableAda, disableAda, enableAda, enableAda,
		},
		{"E-218 E-115 no soft delete and Delete off: nothing", func(s *story) {
			s.set("supportsSoftDelete", "false").mapping("User")["flowTypes"] = "Add,Update"
		}, "", "", "", ""},
		{"E-219 A-13 SkipOutOfScopeDeletions covers scope only", func(s *story) { s.set("skipOutOfScopeDeletions", "true") }, "", disableAda, "", enableAda},
		{
			"A-13 option skipOutOfScopeAll covers all four", func(s *story) { s.set("skipOutOfScopeDeletions", "true").set("skipOutOfScopeAll", "true") }, "", "", "",
			"",
		},
	}
	for _, v := range variants {
		for _, e := range events {
			t.Run(v.name+"/"+e.name, func(t *testing.T) {
				t.Parallel()
				s := tell(t, user("ada", "department", `"Sales"`), user("bob", "department", `"Sales"`), assigned("ada"), assigned("bob"))
				if e.filtered {
					s.scope("User", sales)
				}
				v.change(s)
				s.cycle().writes("POST Users ada", "POST Users bob")
				away, back := v.own, v.backOwn
				if e.leaves {
					away, back = v.scope, v.back
				}
				s.cycle(e.away...).writes(some(away)...)
				s.cycle().writes()
				s.cycle(e.back...).writes(some(back)...)
				s.cycle().writes()
			})
		}
	}
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func TestHardDelete(t *testing.T) {
	t.Parallel()
	people := []string{user("ada"), user("bob"), assigned("ada"), assigned("bob")}
	tests := []struct {
		rule   string
		change func(*story)
		before []string // events of the cycle before
		want   string
		log    string
	}{
		{"E-216 purged by hand", func(*story) {}, nil, deleteAda, "ada delete success"},
		{"E-216 purged from the recycle bin", func(*story) {}, []string{softDeleted("ada")}, deleteAda, "ada delete success"},
		{"A-31 E-220 unassigned before: no DELETE", func(*story) {}, []string{unassigned("ada")}, "", "ada other skipped EntrySynchronizationSkipped"},
		{
			"A-31 unassigned while in the recycle bin: no DELETE", func(*story) {},
			[]string{softDeleted("ada"), unassigned("ada")},
			"",
			"ada other skipped EntrySynchronizationSkipped",
		},
		{
			"E-220 left alone by SkipOutOfScopeDeletions: no DELETE", func(s *story) { s.set("skipOutOfScopeDeletions", "true") },
			[]string{unassigned("ada")},
			"",
			"ada other skipped EntrySynchronizationSkipped",
		},
		{"E-217 Delete off", func(s *story) { s.mapping("User")["flowTypes"] = "Add,Update" }, nil, "", "ada other skipped EntrySynchronizationSkipped"},
		{
			"E-217 active not mapped, deleted all the same", func(s *story) { s.unmap("User", "active") }, []string{softDeleted("ada")}, deleteAda, "ada delete success",
		},
		{"E-115 Update off does not keep from deleting", func(s *story) { s.mapping("User")["flowTypes"] = "Add,Delete" }, nil, deleteAda, "ada delete success"},
		{
			"A-13 skipOutOfScopeAll does not cover it", func(s *story) { s.set("skipOutOfScopeDeletions", "true").set("skipOutOfScopeAll", "true") }, nil, deleteAda,
			"ada delete success",
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			s := tell(t, people...)
			tt.change(s)
			s.cycle().log("ada create success", "bob create success")
			s.cycle(tt.before...)
			s.logged += len(s.entries())
			s.cycle(hardDeleted("ada")).writes(some(tt.want)...).log(tt.log)
			s.cycle().writes().log()
		})
	}

	t.Run("E-40 E-216 30 days after the soft delete, on the virtual clock", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...)
		s.cfg.App.Interval = "P1D"
		s.cycle()
		s.cycle(softDeleted("ada")).writes(disableAda) // deleted one minute after the first cycle
		for day := 2; day <= 30; day++ {
			s.cycle().writes()
		}
		s.cycle().writes(deleteAda) // day 31: 30 days are over
	})
	t.Run("E-222 E-69 never provisioned while disabled: nothing is deleted", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "accountEnabled", "false"), assigned("ada"))
		s.cycle().writes().reads().log("ada create skipped NotEffectivelyEntitled")
		s.cycle(hardDeleted("ada")).writes().reads().log()
	})
	t.Run("A-17 404 on DELETE counts as deleted", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...)
		s.cycle().log("ada create success", "bob create success")
		s.server.do(t, "DELETE", "/Users/"+s.server.id("ada"), "")
		s.cycle(hardDeleted("ada")).writes().log("ada delete success")
		if n := len(s.result.Escrows); n != 0 {
			t.Errorf("%d escrows are left", n)
		}
	})
}

func TestManagedAgain(t *testing.T) {
	t.Parallel()
	t.Run("A-35 assigned again: link kept, differences written, DELETE applies again", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "jobTitle", `"Clerk"`), user("bob"), assigned("ada"), assigned("bob"))
		s.cycle()
		s.cycle(unassigned("ada")).writes(disableAda)
		s.cycle(change("ada", "jobTitle", `"Head"`)).writes()
		s.cycle(assigned("ada")).reads("GET Users/ada").writes("PATCH Users/ada Replace active=True Replace title=Head")
		s.cycle(hardDeleted("ada")).writes(deleteAda)
	})
	t.Run("E-46 W-92 a restored user's memberships are not written again", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), group("g", "ada", "bob"), assigned("g"))
		s.cycle().writes("POST Users ada", "POST Users bob", "POST Groups g", "PATCH Groups/g Add members ada", "PATCH Groups/g Add members bob")
		s.cycle(softDeleted("ada")).writes(disableAda)
		s.cycle(change("ada")).writes(enableAda)
	})
	t.Run("E-46 E-218 also where the account was deleted; a restart writes them", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), group("g", "ada", "bob"), assigned("g")).set("supportsSoftDelete", "false")
		s.cycle()
		s.cycle(softDeleted("ada")).writes(deleteAda)
		s.cycle(change("ada")).writes("POST Users ada")
		s.restart()
		s.cycle().writes("PATCH Groups/g Add members ada")
	})
}

func TestGroupDeprovisioning(t *testing.T) {
	t.Parallel()
	tenant := []string{user("ada"), user("bob"), group("g", "ada"), group("h"), assigned("g"), assigned("h"), assigned("ada"), assigned("bob")}
	filtered := func(s *story) { s.scope("Group", filter("displayName", "NOT EQUALS", "old")) }
	events := []struct {
		name string
		set  func(*story)
		line string
	}{
		{"A-12 unassigned", func(*story) {}, unassigned("g")},
		{"A-12 fails its filter", filtered, `{"@odata.type":"#microsoft.graph.group","id":"g","displayName":"old"}`},
		{"A-12 soft-deleted", func(*story) {}, removed("group", "g", "changed")},
		{"A-12 hard-deleted", func(*story) {}, removed("group", "g", "deleted")},
		{"A-20 no longer security-enabled", func(*story) {}, `{"@odata.type":"#microsoft.graph.group","id":"g","securityEnabled":false}`},
	}
	variants := []struct {
		name   string
		change func(*story)
		want   string
	}{
		{"deleted", func(*story) {}, "DELETE Groups/g"},
		{"option deleteGroups=false", func(s *story) { s.set("deleteGroups", "false") }, ""},
		{"E-115 Delete off", func(s *story) { s.mapping("Group")["flowTypes"] = "Add,Update" }, ""},
	}
	for _, e := range events {
		for _, v := range variants {
			t.Run(e.name+"/"+v.name, func(t *testing.T) {
				t.Parallel()
				s := tell(t, tenant...)
				e.set(s)
				v.change(s)
				s.cycle().writes("POST Users ada", "POST Users bob", "POST Groups g", "POST Groups h", "PATCH Groups/g Add members ada")
				s.cycle(e.line).writes(some(v.want)...)
				s.cycle().writes()
			})
		}
	}
	t.Run("A-12 a group assigned again is made again, with its members", func(t *testing.T) {
		t.Parallel()
		s := tell(t, tenant...)
		s.cycle()
		s.cycle(unassigned("g")).writes("DELETE Groups/g")
		s.cycle(assigned("g")).writes("POST Groups g", "PATCH Groups/g Add members ada")
	})
	t.Run("W-90 members who lose scope are disabled before the group is deleted", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), group("g", "ada", "bob"), assigned("g"), assigned("bob"))
		s.cycle()
		s.cycle(unassigned("g")).writes(disableAda, "DELETE Groups/g")
	})
}
