package directory_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

var start = time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)

const tenant = `
{"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"Sales","securityEnabled":true,"members@delta":[{"id":"u1"},{"id":"u2"}]}
{"@odata.type":"#microsoft.graph.user","id":"u2","userPrincipalName":"bob@contoso.test","manager@delta":[{"id":"u1"}]}
{"@odata.type":"#microsoft.graph.user","id":"u1","userPrincipalName":"ada@contoso.test","department":"Sales","businessPhones":["+1 555 0100"]}
{"@odata.type":"#microsoft.graph.user","id":"u3","userPrincipalName":"eve@contoso.test"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"g1","principalType":"Group","appRoleId":"r"}
`

func open(t *testing.T, text string) *directory.Tenant {
	t.Helper()
	d, err := directory.Open(t.Context(), filepath.Join(t.TempDir(), "tenant.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := d.Load(t.Context(), strings.NewReader(text), "tenant.jsonl", start); err != nil {
		t.Fatal(err)
	}
	return d
}

func num(t *testing.T, d *directory.Tenant, id string) int64 {
	t.Helper()
	o, err := d.ByID(t.Context(), id)
	if err != nil || o == nil {
		t.Fatalf("ByID(%s) = %v, %v", id, o, err)
	}
	return o.Num
}

func apply(t *testing.T, d *directory.Tenant, lines ...string) (after, upTo int64) {
	t.Helper()
	after, err := d.Latest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	changes, err := directory.ReadChanges(strings.NewReader(strings.Join(lines, "\n")), "changes.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Apply(t.Context(), changes, start, len(changes)); err != nil {
		t.Fatal(err)
	}
	upTo, err = d.Latest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return after, upTo
}

func changed(t *testing.T, d *directory.Tenant, kind directory.Kind, after, upTo int64) []string {
	t.Helper()
	nums, err := d.Changed(t.Context(), after, upTo, kind, false)
	if err != nil {
		t.Fatal(err)
	}
	return ids(t, d, nums)
}

// ids are the ids of objects.
func ids(t *testing.T, d *directory.Tenant, nums []int64) []string {
	t.Helper()
	list := []string{}
	for _, n := range nums {
		o, err := d.Get(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, o.ID)
	}
	return list
}

func TestChanges(t *testing.T) {
	t.Parallel()
	const (
		user       = `{"at":"PT1H","@odata.type":"#microsoft.graph.user",`
		group      = `{"at":"PT1H","@odata.type":"#microsoft.graph.group",`
		assignment = `{"at":"PT1H","@odata.type":"#microsoft.graph.appRoleAssignment",`
	)
	for _, tc := range []struct {
		name          string
		line          string
		users, groups []string
	}{
		{"a property", user + `"id":"u1","department":"Legal"}`, []string{"u1"}, []string{}},
		{"the same property again is no change", user + `"id":"u1","department":"Sales"}`, []string{}, []string{}},
		{"E-40 the recycle bin", user + `"id":"u1","@removed":{"reason":"changed"}}`, []string{"u1"}, []string{}},
		{"a manager", user + `"id":"u2","manager@delta":[{"id":"u3"}]}`, []string{"u2"}, []string{}},
		{"the same manager again is no change", user + `"id":"u2","manager@delta":[{"id":"u1"}]}`, []string{}, []string{}},
		{"E-61 a new member of an assigned group comes into scope", group + `"id":"g1","members@delta":[{"id":"u3"}]}`, []string{"u3"}, []string{"g1"}},
		{"E-61 a removed member leaves scope", group + `"id":"g1","members@delta":[{"id":"u1","@removed":{"reason":"deleted"}}]}`, []string{"u1"}, []string{"g1"}},
		{
			"E-64 an unassigned group takes its members along", assignment + `"principalId":"g1","appRoleId":"r","@removed":{"reason":"deleted"}}`,
			[]string{"u1", "u2"},
			[]string{"g1"},
		},
		{"E-63 a group that is no longer security-enabled", group + `"id":"g1","securityEnabled":false}`, []string{"u1", "u2"}, []string{"g1"}},
		{"a second assignment changes no entitlement", assignment + `"principalId":"u1","appRoleId":"r"}`, []string{}, []string{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			d := open(t, tenant)
			after, upTo := apply(t, d, tc.line)
			if after != 0 {
				t.Errorf("the first load wrote a change log up to %d", after)
			}
			if diff := cmp.Diff(tc.users, changed(t, d, directory.User, after, upTo)); diff != "" {
				t.Errorf("users (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.groups, changed(t, d, directory.Group, after, upTo)); diff != "" {
				t.Errorf("groups (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEntitled(t *testing.T) {
	t.Parallel()
	d := open(t, tenant)
	entitled := func(id string) bool {
		t.Helper()
		ok, err := d.Entitled(t.Context(), num(t, d, id))
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if got := fmt.Sprint(entitled("u1"), entitled("u3"), entitled("g1")); got != "true false true" {
		t.Errorf("u1, u3, g1 are entitled: %s; want true false true", got)
	}
	apply(t, d,
		`{"at":"PT1H","@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"u1","appRoleId":"r"}`,
		`{"at":"PT2H","@odata.type":"#microsoft.graph.group","id":"g1","@removed":{"reason":"deleted"}}`)
	if got := fmt.Sprint(entitled("u1"), entitled("u2")); got != "true false" {
		t.Errorf("after the group is gone u1, u2 are entitled: %s; want true false", got)
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	d := open(t, tenant)
	group := num(t, d, "g1")
	after, upTo := apply(t, d,
		`{"at":"PT1H","@odata.type":"#microsoft.graph.group","id":"g1","members@delta":[{"id":"u3"},{"id":"u1","@removed":{"reason":"deleted"}}]}`,
		`{"at":"PT2H","@odata.type":"#microsoft.graph.group","id":"g1","members@delta":[{"id":"u1"}]}`)
	got, err := d.MemberChanges(t.Context(), group, after, upTo)
	if err != nil {
		t.Fatal(err)
	}
	want := []directory.MemberChange{{Num: num(t, d, "u1"), Present: true}, {Num: num(t, d, "u3"), Present: true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("member changes, as they stand now (-want +got):\n%s", diff)
	}
}

func TestPurge(t *testing.T) {
	t.Parallel()
	d := open(t, tenant)
	after, _ := apply(t, d, `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"u1","@removed":{"reason":"changed"}}`)
	for _, tc := range []struct {
		days int
		want int
	}{{29, 0}, {31, 1}, {32, 0}} {
		n, err := d.Purge(t.Context(), start.AddDate(0, 0, tc.days))
		if err != nil || n != tc.want {
			t.Errorf("E-40: after %d days Purge = %d, %v; want %d", tc.days, n, err, tc.want)
		}
	}
	upTo, _ := d.Latest(t.Context())
	if diff := cmp.Diff([]string{"g1"}, changed(t, d, directory.Group, after, upTo)); diff != "" {
		t.Errorf("groups that lost the member (-want +got):\n%s", diff)
	}
}

func TestAttribute(t *testing.T) {
	t.Parallel()
	o := &directory.Object{ID: "id", Properties: map[string]any{
		"businessPhones": []any{"1", "2"}, "mobilePhone": "3", "officeLocation": "B12",
		"userPrincipalName":             "ada_fabrikam.test#EXT#@contoso.test",
		"onPremisesExtensionAttributes": map[string]any{"extensionAttribute1": "CC-1"},
	}}
	for name, want := range map[string]any{
		"objectId": "id", "telephoneNumber": "1", "mobile": "3", "physicalDeliveryOfficeName": "B12",
		"userPrincipalName": "ada@fabrikam.test", "originalUserPrincipalName": "ada_fabrikam.test#EXT#@contoso.test",
		"extensionAttribute1": "CC-1", "extensionAttribute2": nil, "manager": nil, "city": nil,
	} {
		if got := o.Attribute(name); got != want {
			t.Errorf("Attribute(%s) = %v, want %v", name, got, want)
		}
	}
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, line, want string }{
		{"no JSON", `hello`, "tenant.jsonl:1: line: not a JSON object"},
		{"unknown type", `{"@odata.type":"#microsoft.graph.device","id":"x"}`, "tenant.jsonl:1: @odata.type:"},
		{"no id", `{"@odata.type":"#microsoft.graph.user"}`, "tenant.jsonl:1: id:"},
		{"an unknown manager", `{"@odata.type":"#microsoft.graph.user","id":"a","manager@delta":[{"id":"nobody"}]}`, "tenant.jsonl:1: it names the id nobody"},
		{"a time in a tenant file", `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"a"}`, "tenant.jsonl:1: at:"},
		{"members of a user", `{"@odata.type":"#microsoft.graph.user","id":"a","members@delta":[]}`, "tenant.jsonl:1: members@delta:"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			d, err := directory.Open(t.Context(), filepath.Join(t.TempDir(), "tenant.db"))
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			good := `{"@odata.type":"#microsoft.graph.user","id":"good"}`
			_, err = d.Load(t.Context(), strings.NewReader(tc.line+"\n"+good), "tenant.jsonl", start)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Load = %v, want %q", err, tc.want)
			}
			if o, _ := d.ByID(t.Context(), "good"); o != nil {
				t.Error("half of the file was taken")
			}
		})
	}
	if _, err := directory.ReadChanges(strings.NewReader(`{"@odata.type":"#microsoft.graph.user","id":"a"}`), "c.jsonl"); err == nil ||
		!strings.Contains(err.Error(), "c.jsonl:1: at:") {
		t.Errorf("a change without a time: %v", err)
	}
}

func FuzzReadChanges(f *testing.F) {
	f.Add(`{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"a","manager@delta":[{"id":"b"}]}`)
	f.Add(`{"at":"P1D","@odata.type":"#microsoft.graph.group","id":"g","members@delta":[{"id":"b","@removed":{}}]}`)
	f.Add(`{"at":"PT1H","@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"a"}`)
	f.Add(`{"at":"P300Y","@odata.type":"#microsoft.graph.user","id":"a"}`) // overflows a Duration
	f.Add(`{"at":"P1e40Y","@odata.type":"#microsoft.graph.user","id":"a"}`)
	f.Fuzz(func(t *testing.T, line string) {
		changes, err := directory.ReadChanges(strings.NewReader(line), "f")
		if err != nil {
			return
		}
		for _, c := range changes {
			if c.At < 0 || c.At > 200*365*24*time.Hour {
				t.Errorf("accepted a change at %v", c.At)
			}
			if c.Type == "" || (c.ID == "" && c.Principal == "") {
				t.Errorf("accepted a change of nothing: %+v", c)
			}
		}
	})
}
