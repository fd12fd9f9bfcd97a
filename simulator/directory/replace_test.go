package directory_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// TestReplace: a tenant file is the whole truth, what it lacks was removed, and the same file
// is no change, also after a change stream.
func TestReplace(t *testing.T) {
	t.Parallel()
	const role = `{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","principalId":"g1","appRoleId":"r"}`
	const first = `{"@odata.type":"#microsoft.graph.user","id":"u1","department":"Sales","city":"Bonn","manager@delta":[{"id":"u2"}]}
{"@odata.type":"#microsoft.graph.user","id":"u2"}
{"@odata.type":"#microsoft.graph.group","id":"g1","securityEnabled":true,"members@delta":[{"id":"u1"},{"id":"u2"}]}
{"@odata.type":"#microsoft.graph.group","id":"g2"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","id":"a1","principalId":"g1","appRoleId":"r"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"u2"}
`
	const joiner = `{"at":"1h","@odata.type":"#microsoft.graph.user","id":"u3","city":"Rome"}`
	for _, tc := range []struct {
		name, file string
		stream     bool
		removed    int
		changed    []string
		check      func(*testing.T, *directory.Tenant)
	}{
		{"A-58 the same file", first, false, 0, nil, nil},
		{"A-58 the same file, and a stream of which all is applied", first, true, 0, nil, nil},
		{"A-58 a user, a group, and who is a member", `{"@odata.type":"#microsoft.graph.user","id":"u1","department":"Sales","city":"Bonn"}
{"@odata.type":"#microsoft.graph.group","id":"g1","securityEnabled":true,"members@delta":[{"id":"u1"}]}
` + role, false, 2, []string{"g1", "g2", "u1", "u2"}, func(t *testing.T, d *directory.Tenant) {
			for id, want := range map[string]directory.Presence{"u1": 0, "u2": directory.SoftDeleted, "g1": 0, "g2": directory.SoftDeleted} {
				if o, err := d.ByID(t.Context(), id); err != nil || o.Presence != want || o.ManagerID != "" {
					t.Errorf("%s: %+v, %v, want presence %v and no manager", id, o, err, want)
				}
			}
			if m, err := d.Members(t.Context(), num(t, d, "g1")); err != nil || !slices.Equal(m, []int64{num(t, d, "u1")}) {
				t.Errorf("members %v, %v", m, err)
			}
		}},
		{
			"A-58 a value and an assignment", strings.NewReplacer(`,"city":"Bonn"`, "", role, "").Replace(first),
			false, 0,
			[]string{"g1", "u1", "u2"},
			func(t *testing.T, d *directory.Tenant) {
				o, err := d.ByID(t.Context(), "u1")
				if _, has := o.Properties["city"]; err != nil || has || o.Entitled {
					t.Errorf("u1: %+v, %v", o, err)
				}
				if o, err := d.ByID(t.Context(), "u2"); err != nil || !o.Entitled {
					t.Errorf("u2: %+v, %v", o, err)
				}
			},
		},
		{"A-58 a user of the stream that the file lacks", first + `{"@odata.type":"#microsoft.graph.user","id":"u4"}`, true, 0, []string{"u4"}, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "tenant.db")
			d, err := directory.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if _, err := d.Load(t.Context(), strings.NewReader(first), "t", start); err != nil {
				t.Fatal(err)
			}
			var since []directory.Change
			if tc.stream {
				if since, err = directory.ReadChanges(strings.NewReader(joiner), "c"); err == nil {
					err = d.Apply(t.Context(), since, start, 1)
				}
			}
			before, latestErr := d.Latest(t.Context())
			removed, replaceErr := d.Replace(t.Context(), strings.NewReader(tc.file), "t", start, since)
			if err != nil || latestErr != nil || replaceErr != nil || removed != tc.removed {
				t.Fatalf("%v, %v, %v; removed %d, want %d", err, latestErr, replaceErr, removed, tc.removed)
			}
			if got := changedSince(t, d, before); !slices.Equal(got, tc.changed) {
				t.Errorf("changed %v, want %v", got, tc.changed)
			}
			if tc.check != nil {
				tc.check(t, d)
			}
			if left, err := filepath.Glob(path + ".next*"); err != nil || len(left) > 0 {
				t.Errorf("left %v, %v", left, err)
			}
			if _, err := os.Stat(path); err != nil {
				t.Error(err)
			}
		})
	}
}

// changedSince are the ids of the objects that changed, sorted.
func changedSince(t *testing.T, d *directory.Tenant, after int64) []string {
	t.Helper()
	upTo, err := d.Latest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, kind := range []directory.Kind{directory.User, directory.Group} {
		nums, err := d.Changed(t.Context(), after, upTo, kind, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range nums {
			o, err := d.Get(t.Context(), n)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, o.ID)
		}
	}
	slices.Sort(out)
	return out
}
