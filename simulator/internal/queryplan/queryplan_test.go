package queryplan_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"github.com/scimdrill/scimdrill/simulator/internal/queryplan"
)

func TestWalk(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE link (num INTEGER PRIMARY KEY, name TEXT)"); err != nil {
		t.Fatal(err)
	}
	for statement, want := range map[string]string{
		"SELECT name FROM link WHERE num = ?":                      "",
		"SELECT num FROM link WHERE name = ?":                      "SCAN link",
		"UPDATE link SET name = ? WHERE name <> ? AND num + 1 = ?": "SCAN link",
	} {
		if got, err := queryplan.Walk(t.Context(), db, statement, 0, "member", "link"); got != want || err != nil {
			t.Errorf("%s: %q, %v; want %q", statement, got, err, want)
		}
	}
	if _, err := queryplan.Walk(t.Context(), db, "SELECT nothing", 0, "link"); err == nil {
		t.Error("a statement that is none has no plan")
	}
}
