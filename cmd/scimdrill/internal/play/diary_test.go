package play

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

func TestDiary(t *testing.T) {
	t.Parallel()
	const user, group = `"@odata.type":"#microsoft.graph.user","id":`, `"@odata.type":"#microsoft.graph.group","id":`
	changes, err := directory.ReadChanges(strings.NewReader(strings.Join([]string{
		`{"at":"PT1H",` + user + `"new","accountEnabled":true,"userPrincipalName":"n@x.test","displayName":"Nia"}`,
		`{"at":"PT1H",` + group + `"g1","members@delta":[{"id":"new"}]}`,
		`{"at":"PT1H",` + group + `"g2","members@delta":[{"id":"new"}]}`,
		`{"at":"PT2H",` + user + `"ada","displayName":"Ada King"}`,
		`{"at":"PT3H",` + user + `"ada","accountEnabled":false}`,
		`{"at":"PT3H",` + user + `"bob","accountEnabled":false}`,
		`{"at":"PT4H",` + user + `"stranger","department":"Legal"}`,
		`{"at":"PT5H",` + user + `"ada","@removed":{"reason":"changed"}}`,
		`{"at":"PT6H",` + user + `"ada","@removed":{"reason":"deleted"}}`,
		`{"at":"PT7H","@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"ada","principalType":"User"}`,
	}, "\n")), "changes")
	if err != nil {
		t.Fatal(err)
	}
	entry := func(at time.Duration, id, name string) reports.Entry {
		return reports.Entry{Time: engine.Start().Add(at), SourceID: id, SourceName: name}
	}
	var got []string
	for _, e := range diary(changes, []reports.Entry{
		entry(0, "ada", "Ada Byron"), entry(0, "bob", "Bob"), entry(time.Hour, "new", "Nia"), entry(2*time.Hour, "ada", "Ada King"),
	}) {
		got = append(got, e.At.Sub(engine.Start()).String()+" "+e.Title)
	}
	if diff := cmp.Diff([]string{
		"1h0m0s Nia is new; 2 groups change",
		"2h0m0s Ada Byron is renamed",
		"3h0m0s Ada King and Bob are blocked",
		"4h0m0s 1 user is changed",
		"5h0m0s Ada King is deleted",
		"6h0m0s Ada King is deleted for good",
		"7h0m0s 1 change in the source",
	}, got); diff != "" {
		t.Errorf("diary (-want +got):\n%s", diff)
	}
}
