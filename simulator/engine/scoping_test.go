package engine_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAssignment(t *testing.T) {
	t.Parallel()
	const (
		dynamic = `{"@odata.type":"#microsoft.graph.group","id":"dyn","displayName":"dyn","securityEnabled":true,"groupTypes":["DynamicMembership"],` +
			`"membershipRule":"user.department -eq \"Sales\"","members@delta":[{"id":"ada"}]}`
		mailGroup = `{"@odata.type":"#microsoft.graph.group","id":"mail","displayName":"mail","securityEnabled":false,"members@delta":[{"id":"ada"}]}`
		zero      = "00000000-0000-0000-0000-000000000000"
	)
	ada, bob, eve := user("ada"), user("bob"), user("eve")
	tests := []struct {
		rule   string
		tenant []string
		change func(*story)
		want   []string
	}{
		{"E-61 assigned directly", []string{ada, bob, assigned("ada")}, nil, []string{"POST Users ada"}},
		{
			"E-61 immediate member of an assigned group",
			[]string{ada, bob, group("g", "ada"), assigned("g")},
			nil,
			[]string{"POST Users ada", "POST Groups g", "PATCH Groups/g Add members ada"},
		},
		{
			"E-62 E-293 a nested group is not expanded, nor written as a member",
			[]string{ada, bob, group("inner", "ada"), group("outer", "bob", "inner"), assigned("outer")},
			nil,
			[]string{"POST Users bob", "POST Groups outer", "PATCH Groups/outer Add members bob"},
		},
		{
			"E-62 the inner group assigned itself",
			[]string{ada, bob, group("inner", "ada"), group("outer", "bob"), assigned("outer"), assigned("inner")},
			nil,
			[]string{
				"POST Users ada", "POST Users bob", "POST Groups inner", "POST Groups outer", "PATCH Groups/inner Add members ada", "PATCH Groups/outer Add members bob",
			},
		},
		{"E-63 A-20 assigned group that is not security-enabled", []string{ada, bob, mailGroup, assigned("mail"), assigned("bob")}, nil, []string{"POST Users bob"}},
		{
			"E-64 dynamic group: membership as given",
			[]string{ada, user("bob", "department", `"Sales"`), dynamic, assigned("dyn")},
			nil,
			[]string{"POST Users ada", "POST Groups dyn", "PATCH Groups/dyn Add members ada"},
		},
		{
			"E-65 group mapping off: the group only brings its users",
			[]string{ada, bob, group("g", "ada"), assigned("g")},
			func(s *story) { s.mapping("Group")["enabled"] = false },
			[]string{"POST Users ada"},
		},
		{"E-66 Default Access counts", []string{ada, bob, eve, assignedRole("ada", zero), assigned("bob")}, nil, []string{"POST Users ada", "POST Users bob"}},
		{
			"E-66 option skipDefaultAccess",
			[]string{ada, bob, eve, assignedRole("ada", zero), assigned("bob")},
			func(s *story) { s.set("skipDefaultAccess", "true") },
			[]string{"POST Users bob"},
		},
		{
			"E-66 option skipDefaultAccess, through a group",
			[]string{ada, bob, group("g", "ada"), assignedRole("g", zero), assigned("bob")},
			func(s *story) { s.set("skipDefaultAccess", "true") },
			[]string{"POST Users bob"},
		},
		{
			"E-60 sync all: every user and every group",
			[]string{ada, bob, group("g", "ada"), mailGroup, assigned("bob")},
			func(s *story) { s.cfg.ScopeAll = true },
			[]string{"POST Users ada", "POST Users bob", "POST Groups g", "POST Groups mail", "PATCH Groups/g Add members ada", "PATCH Groups/mail Add members ada"},
		},
		{
			"E-69 W-40 sync all: not who is disabled",
			[]string{user("ada", "accountEnabled", "false"), bob, assigned("bob")},
			func(s *story) { s.cfg.ScopeAll = true },
			[]string{"POST Users bob"},
		},
		{
			"E-76 sync assigned and a filter: both",
			[]string{user("ada", "department", `"Sales"`), bob, user("eve", "department", `"Sales"`), assigned("ada"), assigned("bob")},
			func(s *story) { s.scope("User", filter("department", "EQUALS", "Sales")) },
			[]string{"POST Users ada"},
		},
		{
			"E-76 sync all and a filter: only the filter",
			[]string{user("ada", "department", `"Sales"`), bob, user("eve", "department", `"Sales"`), assigned("bob")},
			func(s *story) { s.cfg.ScopeAll = true; s.scope("User", filter("department", "EQUALS", "Sales")) },
			[]string{"POST Users ada", "POST Users eve"},
		},
		{
			"A-39 an assigned group fails its filter: its members are in scope",
			[]string{ada, bob, group("g", "ada"), assigned("g")},
			func(s *story) { s.scope("Group", filter("displayName", "EQUALS", "other")) },
			[]string{"POST Users ada"},
		},
		{
			"E-75 E-77 filters of users are not those of groups",
			[]string{user("ada", "displayName", `"x"`), bob, group("g", "ada", "bob"), assigned("g")},
			func(s *story) { s.scope("User", filter("displayName", "EQUALS", "x")) },
			[]string{"POST Users ada", "POST Groups g", "PATCH Groups/g Add members ada"},
		},
		{
			"E-70 W-41 guest: the original address, in the filter too",
			[]string{
				`{"@odata.type":"#microsoft.graph.user","id":"gus","userPrincipalName":"gus_partner.test#EXT#@contoso.test","accountEnabled":true}`, bob, assigned("gus"),
				assigned("bob"),
			},
			func(s *story) { s.scope("User", filter("userPrincipalName", "EQUALS", "gus@partner.test")) },
			[]string{"POST Users gus"},
		},
		{
			"E-4 an account that was never linked is not touched",
			[]string{ada, bob, assigned("bob")},
			func(s *story) { s.server.do(s.t, "POST", "/Users", `{"userName":"ada@contoso.test","active":true}`) },
			[]string{"POST Users bob"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			s := tell(t, tt.tenant...)
			if tt.change != nil {
				tt.change(s)
			}
			s.cycle().writes(tt.want...)
			s.cycle().writes().reads() // nothing is left over
		})
	}
}

func TestAssignmentChanges(t *testing.T) {
	t.Parallel()
	zero := func(id string) string { return assignedRole(id, "00000000-0000-0000-0000-000000000000") }
	people := []string{user("ada"), user("bob"), user("eve"), group("g", "bob"), assigned("g")}
	tests := []struct {
		rule   string
		change func(*story)
		lines  []string
		want   []string
	}{
		{"E-40 newly assigned", nil, []string{assigned("ada")}, []string{"POST Users ada"}},
		{"E-40 new member of an assigned group", nil, []string{regroup("g", "ada")}, []string{"POST Users ada", "PATCH Groups/g Add members ada"}},
		{
			"E-64 W-91 no longer a member: disabled, then taken out", nil,
			[]string{regroup("g", "-bob")},
			[]string{"PATCH Users/bob Replace active=False", "PATCH Groups/g Remove members bob"},
		},
		{"E-61 no longer a member, but assigned itself", nil, []string{assigned("bob"), regroup("g", "-bob")}, []string{"PATCH Groups/g Remove members bob"}},
		{
			"E-61 the only assignment taken away: nobody else is provisioned", nil,
			[]string{unassigned("g")},
			[]string{"PATCH Users/bob Replace active=False", "DELETE Groups/g"},
		},
		{
			"E-66 option skipDefaultAccess: another role later", func(s *story) { s.set("skipDefaultAccess", "true") },
			[]string{zero("ada"), assigned("ada")},
			[]string{"POST Users ada"},
		},
		{"E-66 option skipDefaultAccess: Default Access alone later", func(s *story) { s.set("skipDefaultAccess", "true") }, []string{zero("ada")}, nil},
		{
			"E-66 option skipDefaultAccess: the other role of a group taken away", func(s *story) { s.set("skipDefaultAccess", "true") },
			[]string{zero("g"), unassigned("g")},
			[]string{"PATCH Users/bob Replace active=False", "DELETE Groups/g"},
		},
		{
			"E-63 a group becomes security-enabled", nil,
			[]string{
				`{"@odata.type":"#microsoft.graph.group","id":"m","displayName":"m","securityEnabled":false,"members@delta":[{"id":"eve"}]}`, assigned("m"),
				`{"@odata.type":"#microsoft.graph.group","id":"m","securityEnabled":true}`,
			},
			[]string{"POST Users eve", "POST Groups m", "PATCH Groups/m Add members eve"},
		},
		{
			"A-20 and is not", nil,
			[]string{`{"@odata.type":"#microsoft.graph.group","id":"g","securityEnabled":false}`},
			[]string{"PATCH Users/bob Replace active=False", "DELETE Groups/g"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			s := tell(t, people...)
			if tt.change != nil {
				tt.change(s)
			}
			s.cycle().writes("POST Users bob", "POST Groups g", "PATCH Groups/g Add members bob")
			s.cycle(tt.lines...).writes(tt.want...)
			s.cycle().writes()
		})
	}
}

func TestAssignmentDelay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule, delay   string
		second, third []string
	}{
		{"E-48 no delay", "0s", []string{"POST Users ada"}, nil},
		{"E-48 option assignmentDelay", "45m", nil, []string{"POST Users ada"}},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), user("bob"), assigned("bob")).set("assignmentDelay", tt.delay)
			s.cycle()
			s.cycle(assigned("ada")).writes(tt.second...)
			s.cycle().writes(tt.third...)
		})
	}
}

// TestFilterChanges follows an attribute that a filter reads.
func TestFilterChanges(t *testing.T) {
	t.Parallel()
	sales := filter("department", "EQUALS", "Sales")
	in, out := []string{"department", `"Sales"`}, []string{"department", `"Legal"`}
	people := []string{user("ada", in...), user("bob", out...), user("eve"), assigned("ada"), assigned("bob"), assigned("eve")}

	t.Run("E-41 E-42 only who changed is looked at, also out of scope", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...).scope("User", sales)
		s.cycle().reads(`GET Users?filter=userName eq "ada@contoso.test"`).writes("POST Users ada").
			log("ada create success", "bob create skipped NotEffectivelyEntitled", "eve create skipped NotEffectivelyEntitled")
		s.cycle(change("bob", "jobTitle", `"Head"`)).reads().writes().log("bob create skipped NotEffectivelyEntitled")
		s.cycle().reads().writes().log()
	})
	t.Run("E-40 comes into scope: matched or made", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...).scope("User", sales)
		s.server.do(t, "POST", "/Users", `{"userName":"eve@contoso.test","active":true,"displayName":"Eve"}`)
		s.cycle()
		s.cycle(change("bob", in...), change("eve", in...)).
			reads(`GET Users?filter=userName eq "bob@contoso.test"`, `GET Users?filter=userName eq "eve@contoso.test"`).
			writes("POST Users bob", "PATCH Users/eve Add urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department=Sales")
	})
	t.Run("E-216 leaves and comes back", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...).scope("User", sales)
		s.cycle()
		s.cycle(change("ada", out...)).writes(disableAda)
		s.cycle(change("ada", in...)).writes(enableAda)
	})
	t.Run("E-79 the attribute is cleared", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...).scope("User", sales)
		s.cycle()
		s.cycle(change("ada", "department", "null")).writes(disableAda)
	})
	t.Run("E-85 E-273 a filter saved: everybody is evaluated again, links stay", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...)
		s.cycle().writes("POST Users ada", "POST Users bob", "POST Users eve")
		s.scope("User", sales)
		s.cycle().reads("GET Users/ada", "GET Users/bob", "GET Users/eve").
			writes("PATCH Users/bob Replace active=False", "PATCH Users/eve Replace active=False")
		s.scope("User", "null")
		s.cycle().writes("PATCH Users/bob Replace active=True", "PATCH Users/eve Replace active=True")
	})
	t.Run("E-85 E-219 the same with SkipOutOfScopeDeletions", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...).set("skipOutOfScopeDeletions", "true")
		s.cycle()
		s.scope("User", sales)
		s.cycle().reads("GET Users/ada").writes()
	})
	t.Run("E-86 inputFilterGroups: leaving does not deprovision, and nothing is logged", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...).scope("User", strings.Replace(sales, "groups", "inputFilterGroups", 1))
		s.cycle().writes("POST Users ada").log("ada create success")
		s.cycle(change("ada", out...)).reads().writes().log()
		s.cycle(change("ada", in...)).reads("GET Users/ada").writes()
		s.cycle(change("ada", out...), hardDeleted("ada")).reads().writes()
	})
	t.Run("E-86 categoryFilterGroups: the mapping is not about it", func(t *testing.T) {
		t.Parallel()
		s := tell(t, people...).scope("User", strings.Replace(sales, "groups", "categoryFilterGroups", 1))
		s.cycle().writes("POST Users ada").log("ada create success", "bob other skipped EntrySynchronizationSkipped", "eve other skipped EntrySynchronizationSkipped")
		s.cycle(change("ada", out...)).reads().writes().log("ada other skipped EntrySynchronizationSkipped")
	})
	t.Run("E-235 a filter that cannot be evaluated fails the object alone", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "jobTitle", `"`+strings.Repeat("a", 60)+`!"`), user("bob", "jobTitle", `"a"`), assigned("ada"), assigned("bob")).
			scope("User", filter("jobTitle", "REGEX MATCH", `^(a+)+$`))
		s.cycle().writes("POST Users bob").log("ada other failure ScopingFilterError", "bob create success")
	})
	t.Run("E-43 what is filtered out at reading waits for no retry", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "department", `"Sales"`, "jobTitle", `"`+strings.Repeat("a", 60)+`!"`), assigned("ada")).
			scope("User", `{"inputFilterGroups":[`+filterOf("department", "EQUALS", "Sales")+`],"groups":[`+filterOf("jobTitle", "REGEX MATCH", `^(a+)+$`)+`]}`)
		s.cycle()
		if n := len(s.result.Escrows); n != 1 {
			t.Fatalf("%d escrows, want the one of ada", n)
		}
		s.cycle(change("ada", out...))
		if n := len(s.result.Escrows); n != 0 {
			t.Errorf("%d escrows are kept for an object that is not read any more", n)
		}
	})
}

func TestScopingSteps(t *testing.T) {
	t.Parallel()
	t.Run("G-37 E-68 E-317 filter not passed", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "department", `"Legal"`), assigned("ada")).scope("User",
			`{"groups":[{"name":"Sales","clauses":[{"sourceOperandName":"department","operatorName":"equals","targetOperand":{"values":["Sales"]}},`+
				`{"sourceOperandName":"city","operatorName":"IS_NULL","targetOperand":null}]}]}`)
		s.cycle()
		e := s.entries()[0]
		const result = `{"Sales.department EQUALS 'Sales'":false,"Sales.city IS NULL":true}`
		want := logStep{
			Name: "EntrySynchronizationScoping", ProvisioningStepType: "scoping", Status: "skipped",
			Description: "Determine if User in scope by evaluating against each scoping filter",
			Details: map[string]string{
				"Active in the source system": "True", "Assigned to the application": "True", "User has the required role": "True",
				"Scoping filter evaluation passed": "False", "ScopeEvaluationResult": result,
			},
		}
		if diff := cmp.Diff(want, e.named("EntrySynchronizationScoping")); diff != "" {
			t.Errorf("scoping step (-want +got):\n%s", diff)
		}
		want = logStep{
			Name: "EntrySynchronizationSkip", ProvisioningStepType: "export", Status: "skipped",
			Description: "The User 'ada@contoso.test' will be skipped for these reasons: 1) it does not pass a scoping filter; ScopeEvaluationResult shows each clause",
			Details: map[string]string{
				"SkipReason": "NotEffectivelyEntitled", "IsActive": "True", "Assigned to the application": "True",
				"IsInProvisioningScope": "False", "ReportableIdentifier": "ada@contoso.test",
			},
		}
		if diff := cmp.Diff(want, e.named("EntrySynchronizationSkip")); diff != "" {
			t.Errorf("skip step (-want +got):\n%s", diff)
		}
	})
	t.Run("E-67 not assigned and disabled", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "accountEnabled", "false"), user("bob"), assigned("bob"))
		s.cycle()
		d := s.entries()[0].named("EntrySynchronizationSkip").Details
		if got := d["IsActive"] + " " + d["Assigned to the application"] + " " + d["IsInProvisioningScope"]; got != "False False False" {
			t.Errorf("details %v", d)
		}
	})
}

// TestScopeSettingAndDrift is about what waits for a restart, and what for the next change of an object.
func TestScopeSettingAndDrift(t *testing.T) {
	t.Parallel()
	t.Run("E-47 E-275 all to assigned takes effect with a restart", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), assigned("bob"))
		s.cfg.ScopeAll = true
		s.cycle().writes("POST Users ada", "POST Users bob")
		s.cfg.ScopeAll = false
		s.cycle(change("ada", "jobTitle", `"Head"`)).writes("PATCH Users/ada Add title=Head")
		s.restart()
		s.cycle().writes(disableAda)
	})
	t.Run("E-6 E-57 A-8 drift in the target is met when the user is processed again", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "jobTitle", `"Clerk"`), assigned("ada"))
		s.cycle()
		s.server.do(t, "PATCH", "/Users/"+s.server.id("ada"),
			`{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"title","value":"Boss"}]}`)
		s.cycle().writes()
		s.cycle(change("ada", "mobilePhone", `"1"`)).writes(`PATCH Users/ada Replace title=Clerk Add phoneNumbers[type eq "mobile"].value=1`)
	})
}

// TestLateReferences is about managers and members who come into scope later.
func TestLateReferences(t *testing.T) {
	t.Parallel()
	const manager = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"
	t.Run("E-44 E-276 a manager later in scope is written after a restart", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "manager@delta", `[{"id":"bob"}]`), user("bob"), assigned("ada"))
		s.cycle().writes("POST Users ada")
		s.cycle(assigned("bob")).writes("POST Users bob")
		s.cycle().writes()
		s.restart()
		s.cycle().writes("PATCH Users/ada Add " + manager + "=bob")
	})
	t.Run("E-44 a manager who left scope is not written", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), assigned("ada"), assigned("bob"))
		s.cycle()
		s.cycle(unassigned("bob"))
		s.cycle(change("ada", "manager@delta", `[{"id":"bob"}]`)).writes()
	})
	t.Run("E-45 E-276 E-293 a member later in scope is written after a restart", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "department", `"Legal"`), user("bob", "department", `"Sales"`), group("g", "ada", "bob"), assigned("g")).
			scope("User", filter("department", "EQUALS", "Sales"))
		s.cycle().writes("POST Users bob", "POST Groups g", "PATCH Groups/g Add members bob")
		s.cycle(change("ada", "department", `"Sales"`)).writes("POST Users ada")
		s.cycle().writes()
		s.restart()
		s.cycle().writes("PATCH Groups/g Add members ada")
	})
	t.Run("W-93 a member who left scope is not written to a new group", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada", "department", `"Sales"`), assigned("ada")).scope("User", filter("department", "EQUALS", "Sales"))
		s.cycle()
		s.cycle(change("ada", "department", `"Legal"`)).writes(disableAda)
		s.cycle(group("g", "ada"), assigned("g")).writes("POST Groups g")
	})
}
