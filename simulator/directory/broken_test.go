package directory_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// A query that fails reports its error; an error never reads as an empty result.
func TestBrokenFile(t *testing.T) {
	t.Parallel()
	const table = "no such table"
	for _, tc := range []struct {
		name, drop string
		query      func(*directory.Tenant) (empty bool, err error)
	}{
		{"E-60 everyone assigned", "assignment", func(d *directory.Tenant) (bool, error) {
			everyone, err := d.EveryoneAssigned(t.Context())
			return !everyone, err
		}},
		{"E-61 entitled", "object", func(d *directory.Tenant) (bool, error) {
			entitled, err := d.Entitled(t.Context(), 1)
			return !entitled, err
		}},
		{"E-66 entitled by role", "assignment", func(d *directory.Tenant) (bool, error) {
			entitled, err := d.EntitledByRole(t.Context(), 1)
			return !entitled, err
		}},
		{"get", "object", func(d *directory.Tenant) (bool, error) {
			o, err := d.Get(t.Context(), 1)
			return o == nil, err
		}},
		{"members", "member", func(d *directory.Tenant) (bool, error) {
			members, err := d.Members(t.Context(), 1)
			return len(members) == 0, err
		}},
		{"changed", "change", func(d *directory.Tenant) (bool, error) {
			changed, err := d.Changed(t.Context(), 0, 9, directory.User, false)
			return len(changed) == 0, err
		}},
		{"member changes", "change", func(d *directory.Tenant) (bool, error) {
			changes, err := d.MemberChanges(t.Context(), 1, 0, 9)
			return len(changes) == 0, err
		}},
		{"A-8 touched attributes", "change", func(d *directory.Tenant) (bool, error) {
			names, all, err := d.Touched(t.Context(), 1, 0, 9)
			return len(names) == 0 && !all, err
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "tenant.db")
			d, err := directory.Open(t.Context(), path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = d.Close() })
			if _, err := d.Load(t.Context(), strings.NewReader(tenant), "tenant.jsonl", start); err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.ExecContext(t.Context(), "DROP TABLE "+tc.drop); err != nil {
				t.Fatal(err)
			}
			empty, err := tc.query(d)
			if err == nil || !strings.Contains(err.Error(), table) || !strings.Contains(err.Error(), path) {
				t.Errorf("error = %v, want one that names the table and %s", err, path)
			}
			if !empty {
				t.Error("a failed query returned a result")
			}
		})
	}
}

func TestEveryoneAssignedAfterClose(t *testing.T) {
	t.Parallel()
	d, err := directory.Open(t.Context(), filepath.Join(t.TempDir(), "tenant.db"))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.EveryoneAssigned(t.Context()); err == nil {
		t.Error("a closed tenant reports no error")
	}
}
