package census_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/directory/census"
)

func take(t *testing.T, text string) *census.Census {
	t.Helper()
	d, err := directory.Open(t.Context(), filepath.Join(t.TempDir(), "tenant.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Load(t.Context(), strings.NewReader(text), "tenant", time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	c, err := census.Take(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func user(id, more string) string {
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.user","id":%q,"userPrincipalName":"%s@contoso.example"%s}`+"\n", id, id, more)
}

func group(id, more string, members ...string) string {
	var list []string
	for _, m := range members {
		list = append(list, fmt.Sprintf(`{"id":%q}`, m))
	}
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.group","id":%q,"displayName":%q%s,"members@delta":[%s]}`+"\n", id, id, more, strings.Join(list, ","))
}

func assigned(id string) string {
	return fmt.Sprintf(`{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a-%s","principalId":%q,"appRoleId":"r"}`+"\n", id, id)
}

// TestCensus counts a tenant that has one of everything.
func TestCensus(t *testing.T) {
	t.Parallel()
	c := take(t, user("top", `,"displayName":"Ada Byron","department":"IT","mail":"a@contoso.example"`)+
		user("low", `,"displayName":"ADA  byron","department":"IT","manager@delta":[{"id":"top"}],"accountEnabled":false`)+
		user("lower", `,"displayName":"Eve","mail":"A@contoso.example","manager@delta":[{"id":"low"}]`)+
		user("x_partner.example#EXT#", `,"displayName":" ","manager@delta":[{"id":"y"}]`)+
		user("y", `,"userType":"guest","manager@delta":[{"id":"x_partner.example#EXT#"}]`)+
		user("hidden", `,"department":"Legal"`)+user("bin", `,"@removed":{"reason":"changed"}`)+
		group("inner", `,"groupTypes":["DynamicMembership"]`, "hidden", "top")+group("outer", "", "inner", "top", "low")+
		group("mail", `,"securityEnabled":false`, "y")+
		group("empty", "")+assigned("outer")+assigned("mail")+assigned("lower"))
	want := &census.Census{
		Users:  census.Tally{All: 7, Disabled: 1, SoftDeleted: 1, Managed: 4, Entitled: 3, Created: 2},
		Groups: census.Tally{All: 4, Entitled: 2, Created: 2}, Guests: 2, Memberships: 6,
		Departments: map[string]int{"": 4, "IT": 2, "Legal": 1},
		Duplicates:  map[string]int{"displayName": 2, "mail": 2}, Levels: []int{3, 1, 1}, Loops: 2,
		Sizes: []int{1, 3}, Largest: 2, Dynamic: 1, Nesting: 1, NestedOnly: 1, Insecure: 1,
	}
	missing := c.Missing
	c.Missing = nil
	if d := cmp.Diff(want, c); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if missing["mail"] != 5 || missing["department"] != 4 || missing["displayName"] != 4 || missing["mobilePhone"] != 7 {
		t.Errorf("%v are missing", missing)
	}
}

// TestDeepTree follows a chain of managers that is longer than any stack.
func TestDeepTree(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(user("u0", ""))
	for i := 1; i < 3000; i++ {
		b.WriteString(user(fmt.Sprintf("u%d", i), fmt.Sprintf(`,"manager@delta":[{"id":"u%d"}]`, i-1)))
	}
	if c := take(t, b.String()); len(c.Levels) != 3000 || c.Loops != 0 || !c.EveryoneAssigned || c.Users.Created != 3000 {
		t.Errorf("%d levels, %d in loops, %+v", len(c.Levels), c.Loops, c.Users)
	}
}

// TestManyDepartments keeps a thousand names.
func TestManyDepartments(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 1100 {
		b.WriteString(user(fmt.Sprintf("u%d", i), fmt.Sprintf(`,"department":"D%d"`, i)))
	}
	c := take(t, b.String())
	if len(c.Departments) != 1001 || c.Departments[census.OtherDepartments] != 100 {
		t.Errorf("%d departments, %d others", len(c.Departments), c.Departments[census.OtherDepartments])
	}
}
