package okta_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// team is a tenant of two people and a group, which is assigned and pushed.
func team() string {
	return user("ada") + user("bob") + group("g1", "Team Red", "ada", "bob") + assigned("a1", "g1", "Group") + assigned("a2", "ada", "User") +
		assigned("a3", "bob", "User")
}

const (
	patchOp  = `"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":`
	adaValue = `{"value":"<ada@contoso.test>","display":"ada@contoso.test"}`
	bobValue = `{"value":"<bob@contoso.test>","display":"bob@contoso.test"}`
	coreHead = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],`
	findRed  = "GET /Groups?filter=displayName%20eq%20%22Team%20Red%22&startIndex=1&count=100"
)

// nameless is a member whose display the target never returned (O-74).
func nameless(member string) string {
	return member[:strings.Index(member, `"display":`)] + `"display":null}`
}

// days of the group: a rename, a departure with an arrival, and the end.
func days() string {
	return at("PT1H", `{"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"Team Blue"}`+"\n") +
		at("PT2H", `{"@odata.type":"#microsoft.graph.group","id":"g1","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"bob"`+
			`,"@removed":{"reason":"deleted"}}]}`+"\n") +
		at("PT3H", `{"@odata.type":"#microsoft.graph.group","id":"g1","members@delta":[{"@odata.type":"#microsoft.graph.user","id":"bob"}]}`+"\n") +
		at("PT4H", `{"@odata.type":"#microsoft.graph.group","id":"g1","@removed":{"reason":"changed"}}`+"\n")
}

// TestPushByPut holds the requests of Group Push in mode aiw (O-72, O-80, O-82).
func TestPushByPut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(w.config(team(), ""), "mode=aiw")
	list := w.lines()[5:9]
	t.Run("O-71 O-72 O-74 lookup, create, GET, PUT", func(t *testing.T) {
		want := []string{
			findRed,
			"POST /Groups " + coreHead + `"displayName":"Team Red","members":[` + adaValue + "," + bobValue + "]}",
			"GET /Groups/<Team Red>",
			"PUT /Groups/<Team Red> " + coreHead + `"id":"<Team Red>","displayName":"Team Red","members":[` + nameless(adaValue) + "," + nameless(bobValue) + "]}",
		}
		if diff := cmp.Diff(want, list); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
	w.good(w.config("", days()), "mode=aiw")
	t.Run("O-80 O-82 each change is a GET and a PUT, the end a DELETE", func(t *testing.T) {
		var got []string
		for _, h := range w.heard() {
			if strings.HasPrefix(h.uri, "/Groups/") {
				got = append(got, h.method)
			}
		}
		if diff := cmp.Diff([]string{"GET", "PUT", "GET", "PUT", "GET", "PUT", "DELETE"}, got); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
		if left := w.target.Snapshot("/Groups"); len(left) != 0 {
			t.Errorf("the target has %v", left)
		}
	})
}

// TestPushByPatch holds the requests of Group Push in mode oin (O-73, O-76, O-77).
func TestPushByPatch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.good(w.config(team(), ""), "mode=oin")
	list := w.lines()[5:8]
	t.Run("O-73 create with members, then add them once more", func(t *testing.T) {
		want := []string{
			findRed,
			"POST /Groups " + coreHead + `"displayName":"Team Red","members":[` + adaValue + "," + bobValue + "]}",
			"PATCH /Groups/<Team Red> {" + patchOp + `[{"op":"add","path":"members","value":[` + adaValue + "," + bobValue + "]}]}",
		}
		if diff := cmp.Diff(want, list); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
	cut := strings.SplitAfter(days(), "\n")
	w.good(w.config("", strings.Join(cut[:3], "")), "mode=oin", "unlinked=leave")
	t.Run("O-76 O-77 rename without a path, remove by filter, add", func(t *testing.T) {
		rename := "PATCH /Groups/<Team Blue> {" + patchOp + `[{"op":"replace","value":{"id":"<Team Blue>","displayName":"Team Blue"}}]}`
		want := []string{
			rename,
			rename,
			"PATCH /Groups/<Team Blue> {" + patchOp + `[{"op":"remove","path":"members[value eq \"<bob@contoso.test>\"]"}]}`,
			rename,
			"PATCH /Groups/<Team Blue> {" + patchOp + `[{"op":"add","path":"members","value":[` + bobValue + "]}]}",
		}
		if diff := cmp.Diff(want, only(w.lines(), "PATCH")); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
	w.good(w.config("", days()), "mode=oin", "unlinked=leave")
	t.Run("O-82 a group that is left alone", func(t *testing.T) {
		if list := only(methods(w.lines()), "DELETE"); len(list) > 0 || len(w.target.Snapshot("/Groups")) != 1 {
			t.Errorf("requests %v", list)
		}
	})
}

// TestBatch wants no PATCH with more than 100 membership changes (O-79).
func TestBatch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var text strings.Builder
	var ids []string
	for i := range 230 {
		id := fmt.Sprintf("u%03d", i)
		ids = append(ids, id)
		text.WriteString(user(id) + assigned("a"+id, id, "User"))
	}
	text.WriteString(group("g1", "Big", ids...) + assigned("ag", "g1", "Group"))
	w.good(w.config(text.String(), ""), "mode=oin", "createMembers=false", "renameWithMembers=false")
	t.Run("O-79 a PATCH has at most 100 changes", func(t *testing.T) {
		var sizes []int
		for _, line := range only(w.lines(), "PATCH") {
			sizes = append(sizes, strings.Count(line, `"value":"`))
		}
		if diff := cmp.Diff([]int{100, 100, 30}, sizes); diff != "" {
			t.Errorf("sizes (-want +got):\n%s", diff)
		}
	})
}

// TestLinkedGroup wants the first push of a link to add, and Push now to replace (O-78, O-85).
func TestLinkedGroup(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"aiw", "oin"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.post("/Users", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"eve@contoso.test"}`)
			eve := fmt.Sprint(w.target.Snapshot("/Users")[0]["id"])
			w.post("/Groups", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Team Red","members":[{"value":"`+eve+`"}]}`)
			w.good(w.config(team(), ""), "mode="+mode)
			t.Run("O-85 the first push of a link keeps old members", func(t *testing.T) {
				if n := membersOf(w); n != 3 {
					t.Errorf("the group has %d members", n)
				}
			})
			w.good(w.config("", ""), "mode="+mode, "pushNow=true")
			t.Run("O-78 Push now replaces the members", func(t *testing.T) {
				if n := membersOf(w); n != 2 {
					t.Errorf("the group has %d members", n)
				}
			})
		})
	}
}

func membersOf(w *world) int {
	list, _ := w.target.Snapshot("/Groups")[0]["members"].([]any)
	return len(list)
}
