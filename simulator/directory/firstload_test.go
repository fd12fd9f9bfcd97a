package directory

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestFirstLoad compares the shortcut of the first load with taking every line as a change,
// in several orders of the lines.
func TestFirstLoad(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	var users, groups, assignments []string
	for i := range 30 {
		users = append(users, fmt.Sprintf(`{"@odata.type":"#microsoft.graph.user","id":"u%d","manager@delta":[{"id":"u%d"}]}`, i, (i*7+1)%30))
	}
	for g := range 5 {
		var members []string
		for i := g; i < 30; i += 2 + g {
			members = append(members, fmt.Sprintf(`{"id":"u%d"}`, i))
		}
		members = append(members, members[0], fmt.Sprintf(`{"id":"g%d"}`, (g+1)%5)) // one twice, and a group
		groups = append(groups,
			fmt.Sprintf(`{"@odata.type":"#microsoft.graph.group","id":"g%d","securityEnabled":%v,"members@delta":[%s]}`, g, g != 3, strings.Join(members, ",")))
		if g != 4 {
			assignments = append(assignments,
				fmt.Sprintf(`{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"g%d","principalType":"Group","appRoleId":"r"}`, g))
		}
	}
	assignments = append(assignments, `{"@odata.type":"#microsoft.graph.appRoleAssignment","principalId":"u29","principalType":"User","appRoleId":"r"}`)
	for name, lines := range map[string][]string{
		"users first":       append(append(append([]string{}, users...), groups...), assignments...),
		"groups first":      append(append(append([]string{}, groups...), users...), assignments...),
		"assignments first": append(append(append([]string{}, assignments...), groups...), users...),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Join(lines, "\n")
			load := func(first string) []string {
				d, err := Open(t.Context(), filepath.Join(t.TempDir(), "tenant.db"))
				if err != nil {
					t.Fatal(err)
				}
				defer func() {
					if err := d.Close(); err != nil {
						t.Error(err)
					}
				}()
				for _, part := range []string{first, text} {
					if _, err := d.Load(t.Context(), strings.NewReader(part), "t", start); err != nil {
						t.Fatal(err)
					}
				}
				return dump(t.Context(), t, d.db)
			}
			// One user alone makes the file a later load, which takes every line as a change.
			const one = `{"@odata.type":"#microsoft.graph.user","id":"u0"}`
			if diff := cmp.Diff(load(one), load("")); diff != "" {
				t.Errorf("(-line by line +first load):\n%s", diff)
			}
		})
	}
}

// dump is what the tables hold, by ids.
func dump(ctx context.Context, t *testing.T, db *sql.DB) []string {
	t.Helper()
	rows, err := db.QueryContext(ctx, `SELECT id || ' manager ' || manager_id || ' direct ' || direct || ' via ' || via || ' grants ' || grants FROM object
		UNION ALL SELECT g.id || ' has ' || o.id FROM member m JOIN object g ON g.num = m.group_num JOIN object o ON o.num = m.member_num ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	if len(out) < 60 {
		t.Fatalf("%d rows", len(out))
	}
	return out
}
