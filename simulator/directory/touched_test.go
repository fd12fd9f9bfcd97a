package directory_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTouched(t *testing.T) {
	t.Parallel()
	const start = `
{"@odata.type":"#microsoft.graph.user","id":"u1","userPrincipalName":"ada@contoso.test","city":"Bonn","businessPhones":["1"]}
{"@odata.type":"#microsoft.graph.user","id":"u2"}
`
	const change = `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"u1",`
	for _, tc := range []struct {
		name, line string
		names      []string
		all        bool
	}{
		{"what differs only", change + `"city":"Bonn","jobTitle":"Countess"}`, []string{"jobTitle"}, false},
		{"under the names of mappings too", change + `"businessPhones":["2"],"city":null}`, []string{"businessPhones", "telephoneNumber", "city"}, false},
		{"blocked", change + `"accountEnabled":false}`, []string{"accountEnabled", "IsSoftDeleted"}, false},
		{"another manager", change + `"manager@delta":[{"id":"u2"}]}`, []string{""}, true},
		{"deleted", change + `"@removed":{"reason":"changed"}}`, []string{""}, true},
	} {
		t.Run("A-8 "+tc.name, func(t *testing.T) {
			t.Parallel()
			d := open(t, start)
			after, upTo := apply(t, d, tc.line)
			names, all, err := d.Touched(t.Context(), number(t, d, "u1"), after, upTo)
			if err != nil || all != tc.all {
				t.Errorf("all %v, %v", all, err)
			}
			if diff := cmp.Diff(tc.names, names); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
