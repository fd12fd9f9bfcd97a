package directory_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

const roles = `
{"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"All","securityEnabled":true,"members@delta":[{"id":"u2"},{"id":"u3"}]}
{"@odata.type":"#microsoft.graph.user","id":"u1","userPrincipalName":"ada@contoso.test"}
{"@odata.type":"#microsoft.graph.user","id":"u2","userPrincipalName":"bob@contoso.test"}
{"@odata.type":"#microsoft.graph.user","id":"u3","userPrincipalName":"cyd@contoso.test"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"u1","appRoleId":"00000000-0000-0000-0000-000000000000"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"g1"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"u3","appRoleId":"r"}
`

// Without Default Access who is entitled changes when everybody stays assigned; the change
// log has to say so (E-41, E-66).
func TestEntitledByRole(t *testing.T) {
	t.Parallel()
	const at = `{"at":"PT1H","@odata.type":"#microsoft.graph.appRoleAssignment",`
	for _, tc := range []struct {
		name, line string
		changed    []string
		entitled   string // u1 u2 u3 g1
	}{
		{"nothing", `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"u2","userPrincipalName":"bob@contoso.test"}`, []string{}, "false false true false"},
		{"a role of her own", at + `"principalId":"u1","appRoleId":"r"}`, []string{"u1"}, "true false true false"},
		{"a role of the group", at + `"principalId":"g1","appRoleId":"r"}`, []string{"u2", "u3"}, "false true true true"},
		{"the only role is taken away", at + `"principalId":"u3","appRoleId":"r","@removed":{"reason":"deleted"}}`, []string{"u3"}, "false false false false"},
	} {
		t.Run("E-66 "+tc.name, func(t *testing.T) {
			t.Parallel()
			d := open(t, roles)
			after, upTo := apply(t, d, tc.line)
			if diff := cmp.Diff(tc.changed, changed(t, d, directory.User, after, upTo)); diff != "" {
				t.Errorf("changed (-want +got):\n%s", diff)
			}
			var got []any
			for _, id := range []string{"u1", "u2", "u3", "g1"} {
				ok, err := d.EntitledByRole(t.Context(), num(t, d, id))
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, ok)
			}
			if text := fmt.Sprint(got...); text != tc.entitled {
				t.Errorf("u1 u2 u3 g1: %s, want %s", text, tc.entitled)
			}
		})
	}
}
