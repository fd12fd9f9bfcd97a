package directory_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

const holders = `
{"@odata.type":"#microsoft.graph.group","id":"g1","displayName":"All","securityEnabled":true,"members@delta":[{"id":"u1"},{"id":"u2"}]}
{"@odata.type":"#microsoft.graph.group","id":"g2","displayName":"Mail","securityEnabled":false,"members@delta":[{"id":"u1"}]}
{"@odata.type":"#microsoft.graph.user","id":"u1"}
{"@odata.type":"#microsoft.graph.user","id":"u2"}
{"@odata.type":"#microsoft.graph.user","id":"u3"}
{"@odata.type":"#microsoft.graph.servicePrincipal","id":"sp","displayName":"App","appRoles":[{"id":"r1","value":"Admin","displayName":"Administrator","isEnabled":true},{"id":"r2","value":null,"displayName":"Member"},{"id":"r3","value":"Third","displayName":null}]}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"u1","appRoleId":"r1","createdDateTime":"2026-02-01T00:00:00Z"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"u3","appRoleId":"00000000-0000-0000-0000-000000000000"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"g1","appRoleId":"r2","createdDateTime":"2026-01-01T00:00:00Z"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"g1","appRoleId":"r1","createdDateTime":"2026-03-01T00:00:00Z"}
{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"g2","appRoleId":"r3"}
`

func number(t *testing.T, d *directory.Tenant, id string) int64 {
	t.Helper()
	o, err := d.ByID(t.Context(), id)
	if err != nil || o == nil {
		t.Fatalf("%s: %v, %v", id, o, err)
	}
	return o.Num
}

func TestRoles(t *testing.T) {
	t.Parallel()
	var (
		admin  = directory.AppRole{ID: "r1", Value: "Admin", DisplayName: "Administrator"}
		member = directory.AppRole{ID: "r2", Value: "Member", DisplayName: "Member"}
	)
	const at = `{"at":"PT1H","@odata.type":"#microsoft.graph.appRoleAssignment",`
	for _, tc := range []struct {
		name, line string
		changed    []string // who holds other roles now
		roles      []directory.AppRole
	}{
		{
			"direct and by a security-enabled group, by time", `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"u2"}`,
			[]string{},
			[]directory.AppRole{member, admin},
		},
		{
			"one more, which no line defines", at + `"principalId":"u1","appRoleId":"r9","createdDateTime":"2026-04-01T00:00:00Z"}`,
			[]string{"u1"},
			[]directory.AppRole{member, admin, {ID: "r9", Value: "r9", DisplayName: "r9"}},
		},
		{"one taken from the group", at + `"principalId":"g1","appRoleId":"r2","@removed":{"reason":"deleted"}}`, []string{"u1", "u2"}, []directory.AppRole{admin}},
		{
			"out of the group", `{"at":"PT1H","@odata.type":"#microsoft.graph.group","id":"g1","members@delta":[{"id":"u1","@removed":{"reason":"deleted"}}]}`,
			[]string{"u1"},
			[]directory.AppRole{admin},
		},
		{
			"the role gets another name",
			`{"at":"PT1H","@odata.type":"#microsoft.graph.servicePrincipal","id":"sp","appRoles":[{"id":"r1","value":"Owner","displayName":"Owner"}]}`,
			[]string{"u1", "u2"},
			[]directory.AppRole{member, {ID: "r1", Value: "Owner", DisplayName: "Owner"}},
		},
	} {
		t.Run("E-145 E-200 "+tc.name, func(t *testing.T) {
			t.Parallel()
			d := open(t, holders)
			after, upTo := apply(t, d, tc.line)
			if none, err := d.Roles(t.Context(), number(t, d, "u3")); err != nil || len(none) != 0 {
				t.Errorf("roles of who has Default Access: %v, %v", none, err)
			}
			got, err := d.Roles(t.Context(), number(t, d, "u1"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.roles, got); diff != "" {
				t.Errorf("roles (-want +got):\n%s", diff)
			}
			with, err := d.Changed(t.Context(), after, upTo, directory.User, true)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.changed, ids(t, d, with)); diff != "" {
				t.Errorf("changed (-want +got):\n%s", diff)
			}
			if without, err := d.Changed(t.Context(), after, upTo, directory.User, false); err != nil || len(without) != 0 {
				t.Errorf("changed for who does not read roles: %v, %v", without, err)
			}
		})
	}
}

// A file of the version before knows no roles; it is brought up to date.
func TestOlderFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tenant.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		`CREATE TABLE object (num INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, presence INTEGER NOT NULL DEFAULT 0, deleted_at INTEGER NOT ` +
			`NULL DEFAULT 0, properties TEXT NOT NULL DEFAULT '{}', manager_id TEXT NOT NULL DEFAULT '', direct INTEGER NOT NULL DEFAULT 0, via INTEGER NOT NULL ` +
			`DEFAULT 0, grants INTEGER NOT NULL DEFAULT 0)`,
		`CREATE TABLE member (group_num INTEGER NOT NULL, member_num INTEGER NOT NULL, PRIMARY KEY (group_num, member_num)) WITHOUT ROWID`,
		`CREATE TABLE assignment (principal_num INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (principal_num, role)) WITHOUT ROWID`,
		`CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, num INTEGER NOT NULL, what TEXT NOT NULL, other INTEGER NOT NULL DEFAULT 0, at INTEGER NOT ` +
			`NULL)`,
		`INSERT INTO object (num, kind, id, direct) VALUES (1, 0, 'u1', 1)`,
		`INSERT INTO assignment VALUES (1, 'r1')`,
		`PRAGMA user_version = 1`,
	} {
		if _, err := db.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		d, err := directory.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		lines := `{"at":"PT1H","@odata.type":"#microsoft.graph.servicePrincipal","id":"sp","appRoles":[{"id":"r1","value":"Admin","displayName":"A"}]}`
		apply(t, d, lines)
		got, err := d.Roles(t.Context(), 1)
		if diff := cmp.Diff([]directory.AppRole{{ID: "r1", Value: "Admin", DisplayName: "A"}}, got); err != nil || diff != "" {
			t.Errorf("%v (-want +got):\n%s", err, diff)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAppRolesErrors(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		`{"@odata.type":"#microsoft.graph.servicePrincipal","id":"sp"}`:                                "appRoles: the value must be the list",
		`{"@odata.type":"#microsoft.graph.servicePrincipal","id":"sp","appRoles":[{"value":"Admin"}]}`: "entry 0: id is missing",
	} {
		d, err := directory.Open(t.Context(), filepath.Join(t.TempDir(), "tenant.db"))
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.Load(t.Context(), strings.NewReader(line), "t.jsonl", time.Time{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "t.jsonl:1") {
			t.Errorf("%s: %v", line, err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
