package directory_test

import "testing"

const assign = `{"at":"PT1H","@odata.type":"#microsoft.graph.appRoleAssignment",`

func TestEveryoneAssigned(t *testing.T) {
	t.Parallel()
	const user = `{"@odata.type":"#microsoft.graph.user","id":"u1"}` + "\n"
	for _, tc := range []struct {
		rule, tenant string
		lines        []string
		want         bool
	}{
		{"no assignment in the file", user, nil, true},
		{"an assignment in the file", tenant, nil, false},
		{"a first assignment later", user, []string{assign + `"principalId":"u1","appRoleId":"r"}`}, false},
		{
			"E-61 the last assignment taken away assigns nobody", tenant,
			[]string{assign + `"principalId":"g1","appRoleId":"r","@removed":{"reason":"deleted"}}`},
			false,
		},
		{
			"E-61 the only assigned group deleted assigns nobody", tenant,
			[]string{`{"at":"PT1H","@odata.type":"#microsoft.graph.group","id":"g1","@removed":{"reason":"deleted"}}`},
			false,
		},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			t.Parallel()
			d := open(t, tc.tenant)
			apply(t, d, tc.lines...)
			if got, err := d.EveryoneAssigned(t.Context()); got != tc.want || err != nil {
				t.Errorf("everyone is assigned: %v, %v; want %v", got, err, tc.want)
			}
		})
	}
}
