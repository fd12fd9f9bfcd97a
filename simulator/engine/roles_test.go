package engine_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// application is the service principal, whose roles assignments name by id.
const application = `{"@odata.type":"#microsoft.graph.servicePrincipal","id":"sp","appRoles":[` +
	`{"id":"r1","value":"Admin","displayName":"Administrator"},{"id":"r2","value":"User","displayName":"Member"},{"id":"r3","displayName":"No value"}]}`

func withdrawn(id, role string) string {
	return strings.TrimSuffix(assignedRole(id, role), "}") + `,"@removed":{"reason":"deleted"}}`
}

// since is an assignment with the time it was made.
func since(id, role, at string) string {
	return strings.TrimSuffix(assignedRole(id, role), "}") + fmt.Sprintf(`,"createdDateTime":%q}`, at)
}

// mapTo maps an expression to a target attribute of users.
func (s *story) mapTo(target, expression string, members ...any) {
	m := map[string]any{"targetAttributeName": target, "source": map[string]any{"type": "Function", "expression": expression}}
	for i := 0; i+1 < len(members); i += 2 {
		m[members[i].(string)] = members[i+1]
	}
	s.unmap("User", target)
	users := s.mapping("User")
	users["attributeMappings"] = append(users["attributeMappings"].([]any), m)
}

// operations are the operations of the PATCHes of the last cycle as raw JSON, with names for ids.
func (s *story) operations() []string {
	got := []string{}
	for _, c := range s.calls {
		var p struct{ Operations []json.RawMessage }
		if c.method == http.MethodPatch && json.Unmarshal([]byte(c.body), &p) == nil {
			for _, o := range p.Operations {
				text := string(o)
				for id, name := range s.server.names {
					text = strings.ReplaceAll(text, id, name)
				}
				got = append(got, text)
			}
		}
	}
	return got
}

// posted is the member roles of the POST of the last cycle.
func (s *story) posted() string {
	for _, c := range s.calls {
		var p struct{ Roles json.RawMessage }
		if c.method == http.MethodPost && json.Unmarshal([]byte(c.body), &p) == nil {
			return string(p.Roles)
		}
	}
	return ""
}

func (s *story) patches(want ...string) {
	s.t.Helper()
	s.same("operations", want, s.operations())
}

func TestRoles(t *testing.T) {
	t.Parallel()
	const (
		admin = `{"value":"{\"id\":\"r1\",\"value\":\"Admin\",\"displayName\":\"Administrator\"}"}`
		user  = `{"value":"{\"id\":\"r2\",\"value\":\"User\",\"displayName\":\"Member\"}"}`
	)
	tests := []struct {
		rule, target, function string
		flag                   bool
		posted                 string
		second                 []string // operations when the second role is assigned
		first                  []string // when the first is taken away
	}{
		{
			"E-147 W-47 W-66 all roles, only ever added", "roles", "AppRoleAssignmentsComplex", false,
			`[{"primary":false,"type":"WindowsAzureActiveDirectoryRole","displayName":"Administrator","value":"Admin"}]`,
			[]string{`{"op":"Add","path":"roles","value":[` + user + `]}`},
			nil,
		},
		{
			"E-148 W-48 W-67 assertive: the full list replaces", "roles", "AssertiveAppRoleAssignmentsComplex", false,
			`[{"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":"Administrator","value":"Admin"}]`,
			[]string{
				`{"op":"replace","path":"roles","value":[{"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":"Administrator","value":"Admin"},` +
					`{"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":"Member","value":"User"}]}`,
			},
			[]string{`{"op":"replace","path":"roles","value":[{"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":"Member","value":"User"}]}`},
		},
		{
			"E-146 W-46 W-66 the first of several roles", `roles[primary eq "True"].value`, "SingleAppRoleAssignment", false,
			`[{"primary":true,"type":"WindowsAzureActiveDirectoryRole","value":"Administrator"}]`,
			nil,
			[]string{`{"op":"Add","path":"roles","value":[` + user + `]}`},
		},
		{
			"E-149 W-67 complex with the flag looks as in a POST", "roles", "AppRoleAssignmentsComplex", true,
			`[{"primary":false,"type":"WindowsAzureActiveDirectoryRole","displayName":"Administrator","value":"Admin"}]`,
			[]string{`{"op":"add","path":"roles","value":[{"primary":false,"type":"WindowsAzureActiveDirectoryRole","displayName":"Member","value":"User"}]}`},
			nil,
		},
		{
			"E-149 single with the flag looks as in a POST", `roles[primary eq "True"].value`, "SingleAppRoleAssignment", true,
			`[{"primary":true,"type":"WindowsAzureActiveDirectoryRole","value":"Administrator"}]`,
			nil,
			[]string{`{"op":"add","path":"roles","value":[{"primary":true,"type":"WindowsAzureActiveDirectoryRole","value":"Member"}]}`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			s := tell(t, userLine("ada"), application, since("ada", "r1", "2026-01-01T00:00:00Z"))
			if tt.flag {
				s.cfg.Dialect = "optscim"
			}
			s.mapTo(tt.target, tt.function+"([appRoleAssignments])")
			s.cycle()
			if diff := cmp.Diff(tt.posted, s.posted()); diff != "" {
				t.Errorf("roles of the POST (-want +got):\n%s", diff)
			}
			s.cycle().patches()
			s.cycle(since("ada", "r2", "2026-02-01T00:00:00Z")).patches(tt.second...)
			s.cycle().patches()
			s.cycle(withdrawn("ada", "r1")).patches(tt.first...)
			s.cycle().patches()
		})
	}
	for value, want := range map[string]string{"displayName": "Administrator", "value": "Admin"} {
		t.Run("E-146 E-200 A-54 singleRole "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, userLine("ada"), application, assignedRole("ada", "r1")).set("singleRole", value)
			s.mapTo(`roles[primary eq "True"].value`, "SingleAppRoleAssignment([appRoleAssignments])")
			s.cycle()
			if want := `[{"primary":true,"type":"WindowsAzureActiveDirectoryRole","value":"` + want + `"}]`; s.posted() != want {
				t.Errorf("got %s, want %s", s.posted(), want)
			}
			s.cycle().patches()
		})
	}
	t.Run("E-146 W-46 the type of a role is always the same", func(t *testing.T) {
		t.Parallel()
		s := tell(t, userLine("ada"), application, assignedRole("ada", "r1"))
		s.mapTo(`roles[primary eq "True"].type`, "SingleAppRoleAssignment([appRoleAssignments])")
		s.cycle()
		if want := `[{"primary":true,"type":"WindowsAzureActiveDirectoryRole"}]`; s.posted() != want {
			t.Errorf("got %s, want %s", s.posted(), want)
		}
		s.cycle().patches()
	})
	for value, want := range map[string]string{"first": "ada create success", "fail": "ada other failure AttributeMappingError"} {
		t.Run("E-146 A-55 severalRoles "+value, func(t *testing.T) {
			t.Parallel()
			s := tell(t, userLine("ada"), application, assignedRole("ada", "r1"), assignedRole("ada", "r2")).set("severalRoles", value)
			s.mapTo(`roles[primary eq "True"].value`, "SingleAppRoleAssignment([appRoleAssignments])")
			s.cycle()
			info := s.entries()[0].ProvisioningStatusInfo.ErrorInformation
			s.log(want)
			if info != nil &&
				!strings.Contains(info.Reason, "No more than one app role assignment was expected, but this many where found: 2") {
				t.Errorf("the reason is %s", info.Reason)
			}
		})
	}
	for value, want := range map[string]string{"ignore": "", "quarantine": "several app roles of the application have the display name 'Member'"} {
		t.Run("E-145 A-65 sameRoleNames "+value, func(t *testing.T) {
			t.Parallel()
			twice := strings.Replace(application, "Administrator", "Member", 1)
			s := tell(t, userLine("ada"), twice, assignedRole("ada", "r1")).set("sameRoleNames", value)
			s.mapTo(`roles[primary eq "True"].value`, "SingleAppRoleAssignment([appRoleAssignments])")
			s.cycle()
			said := ""
			if q := s.result.Job.Status.Quarantine; q != nil {
				said = q.Error.Message
			}
			if (said != "") != (want != "") || !strings.Contains(said, want) {
				t.Errorf("quarantine %q", said)
			}
		})
	}
	t.Run("E-162 assertive without roles takes all away", func(t *testing.T) {
		t.Parallel()
		s := tell(t, userLine("ada"), application, assignedRole("ada", "r1"), assignedRole("ada", "00000000-0000-0000-0000-000000000000"))
		s.mapTo("roles", "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])")
		s.cycle().cycle(withdrawn("ada", "r1")).patches(`{"op":"replace","path":"roles","value":[]}`)
		s.cycle().patches()
	})
	t.Run("E-145 roles of an assigned group, and a role without a value", func(t *testing.T) {
		t.Parallel()
		s := tell(t, userLine("ada"), group("g", "ada"), application, assignedRole("g", "r3"))
		s.mapTo("roles", "AssertiveAppRoleAssignmentsComplex([appRoleAssignments])")
		s.mapping("Group")["enabled"] = false
		s.cycle()
		if want := `[{"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":"No value","value":"No value"}]`; s.posted() != want {
			t.Errorf("got %s", s.posted())
		}
		s.cycle(assignedRole("g", "r1")).patches(`{"op":"replace","path":"roles","value":[{"primary":false,"type":"WindowsAzureActiveDirectoryRole",` +
			`"display":"Administrator","value":"Admin"},{"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":"No value","value":"No value"}]}`)
	})
	t.Run("E-145 another function makes a plain value of a role", func(t *testing.T) {
		t.Parallel()
		s := tell(t, userLine("ada"), application, assignedRole("ada", "r1"))
		s.mapTo("userType", `Switch(SingleAppRoleAssignment([appRoleAssignments]), "member", "Administrator", "owner", "Member", "guest")`)
		s.cycle().cycle(assignedRole("ada", "r2"), withdrawn("ada", "r1")).patches(`{"op":"Replace","path":"userType","value":"guest"}`)
	})
	t.Run("W-66 a role that a packed Add left behind is not sent again", func(t *testing.T) {
		t.Parallel()
		s := tell(t, userLine("ada"), application, since("ada", "r1", "2026-01-01T00:00:00Z"))
		s.mapTo("roles", "AppRoleAssignmentsComplex([appRoleAssignments])")
		s.cycle().cycle(since("ada", "r2", "2026-02-01T00:00:00Z"))
		s.cycle(change("ada", "jobTitle", `"Countess"`)).patches(`{"op":"Add","path":"title","value":"Countess"}`)
	})
	t.Run("E-145 with all users in scope there are no roles", func(t *testing.T) {
		t.Parallel()
		s := tell(t, userLine("ada"), application)
		s.mapTo("roles", "AppRoleAssignmentsComplex([appRoleAssignments])")
		s.cfg.ScopeAll = true
		if err := s.refused(); !strings.Contains(err, "AppRoleAssignmentsComplex") || !strings.Contains(err, "E-145") {
			t.Errorf("error %s", err)
		}
	})
	t.Run("E-145 a role that gets another name flows", func(t *testing.T) {
		t.Parallel()
		s := tell(t, userLine("ada"), application, assignedRole("ada", "r1"))
		s.mapTo("userType", "SingleAppRoleAssignment([appRoleAssignments])")
		s.cycle().cycle(strings.Replace(application, `"Administrator"`, `"Owner"`, 1)).patches(`{"op":"Replace","path":"userType","value":"Owner"}`)
	})
	t.Run("E-145 without a mapping of roles another role is no change", func(t *testing.T) {
		t.Parallel()
		s := tell(t, userLine("ada"), application, assignedRole("ada", "r1"))
		s.cycle().cycle(assignedRole("ada", "r2")).reads()
	})
}

func userLine(id string) string { return user(id) }

// TestWithdrawnAssignments takes assignments away as Graph and as tenant files do.
func TestWithdrawnAssignments(t *testing.T) {
	t.Parallel()
	const given = `{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","principalId":"ada","appRoleId":"r1"}`
	for name, line := range map[string]string{
		"by id alone, as Graph's deletion does": `{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","@removed":{"reason":"deleted"}}`,
		"by principal, without a role":          `{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"ada","@removed":{"reason":"deleted"}}`,
		"by principal, with an unknown id":      `{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"zz","principalId":"ada","@removed":{"reason":"deleted"}}`,
		"by principal and role":                 withdrawn("ada", "r1"),
	} {
		t.Run("E-61 E-145 "+name, func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), user("bob"), given, assigned("bob")).cycle()
			s.cycle(line).writes(disableAda)
		})
	}
	for name, line := range map[string]string{
		"an unknown id":                    `{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a9","@removed":{"reason":"deleted"}}`,
		"no role, of somebody without one": `{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"bob","@removed":{"reason":"deleted"}}`,
	} {
		t.Run("E-61 "+name+" is an error", func(t *testing.T) {
			t.Parallel()
			s := tell(t, user("ada"), user("bob"), given).cycle()
			s.changes(line)
			if err := s.run(); err == nil || !strings.Contains(err.Error(), "can be removed; hint: ") {
				t.Errorf("error %v", err)
			}
		})
	}
}
