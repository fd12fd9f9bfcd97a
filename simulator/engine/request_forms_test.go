package engine_test

import "testing"

// The forms of PATCH without the flag and with it, as a whole job sends them.
func TestRequestForms(t *testing.T) {
	t.Parallel()
	const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:"
	start := []string{
		user("ada", "displayName", `"Ada"`, "jobTitle", `"Countess"`, "mail", `"ada@contoso.test"`), user("bob"),
		group("crew", "ada"), assigned("ada"), assigned("bob"), assigned("crew"),
	}
	several := change("ada", "displayName", `"Ada Byron"`, "department", `"R&D"`, "mail", `"byron@contoso.test"`)
	tests := []struct {
		rule, dialect string
		changes       []string
		want          []string
	}{
		{"E-150 one operation for each attribute, capital letters", "legacy", []string{several}, []string{
			`{"op":"Replace","path":"displayName","value":"Ada Byron"}`,
			`{"op":"Replace","path":"emails[type eq \"work\"].value","value":"byron@contoso.test"}`,
			`{"op":"Add","path":"` + enterprise + `department","value":"R&D"}`,
		}},
		{"E-150 a Boolean is a string", "legacy", []string{change("ada", "accountEnabled", "false")}, []string{`{"op":"Replace","path":"active","value":"False"}`}},
		{"E-150 a member is removed by value", "legacy", []string{regroup("crew", "-ada")}, []string{`{"op":"Remove","path":"members","value":[{"value":"ada"}]}`}},
		{
			"E-153 a member is added by a list of values", "legacy",
			[]string{regroup("crew", "bob")},
			[]string{`{"op":"Add","path":"members","value":[{"value":"bob"}]}`},
		},
		{"E-151 filtered paths first, the others in one operation", "optscim", []string{several}, []string{
			`{"op":"replace","path":"emails[type eq \"work\"].value","value":"byron@contoso.test"}`,
			`{"op":"replace","value":{"displayName":"Ada Byron","` + enterprise + `department":"R&D"}}`,
		}},
		{"E-151 a Boolean is a Boolean", "optscim", []string{change("ada", "accountEnabled", "false")}, []string{`{"op":"replace","path":"active","value":false}`}},
		{
			"E-151 a member is removed by a filtered path", "optscim", []string{regroup("crew", "-ada")}, []string{`{"op":"remove","path":"members[value eq \"ada\"]"}`},
		},
		{
			"E-153 a member is added by a list of values, with the flag", "optscim",
			[]string{regroup("crew", "bob")},
			[]string{`{"op":"add","path":"members","value":[{"value":"bob"}]}`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			s := tell(t, start...)
			s.cfg.Dialect = tt.dialect
			s.cycle().cycle(tt.changes...).patches(tt.want...)
		})
	}
}
