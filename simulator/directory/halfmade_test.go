package directory_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// TestHalfMadeFile (S1): a file whose making or upgrade was killed after any of its statements opens
// again. Earlier programs ran them one by one.
func TestHalfMadeFile(t *testing.T) {
	t.Parallel()
	made := []string{
		`CREATE TABLE object (num INTEGER PRIMARY KEY, kind INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, ` +
			`presence INTEGER NOT NULL DEFAULT 0, deleted_at INTEGER NOT NULL DEFAULT 0, ` +
			`properties TEXT NOT NULL DEFAULT '{}', manager_id TEXT NOT NULL DEFAULT '', direct INTEGER NOT NULL DEFAULT 0, ` +
			`via INTEGER NOT NULL DEFAULT 0, grants INTEGER NOT NULL DEFAULT 0)`,
		`CREATE INDEX object_kind ON object (kind, id)`,
		`CREATE INDEX object_bin ON object (deleted_at) WHERE presence = 1`,
		`CREATE TABLE member (group_num INTEGER NOT NULL, member_num INTEGER NOT NULL, PRIMARY KEY (group_num, member_num)) WITHOUT ROWID`,
		`CREATE INDEX member_of ON member (member_num)`,
		`CREATE TABLE assignment (principal_num INTEGER NOT NULL, role TEXT NOT NULL, PRIMARY KEY (principal_num, role)) WITHOUT ROWID`,
		`CREATE TABLE change (seq INTEGER PRIMARY KEY AUTOINCREMENT, num INTEGER NOT NULL, what TEXT NOT NULL, ` +
			`other INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL)`,
	}
	upgraded := append(slices.Clip(made),
		`PRAGMA user_version = 1`,
		`ALTER TABLE assignment ADD COLUMN since TEXT NOT NULL DEFAULT ''`,
		`CREATE TABLE app_role (id TEXT PRIMARY KEY, value TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID`,
		`ALTER TABLE change ADD COLUMN names TEXT NOT NULL DEFAULT ''`,
	)
	// A new file has the columns of version 3 from the start, so a table of version 0 has them.
	current := []string{
		made[0], made[1], made[2], made[3], made[4],
		strings.Replace(made[5], "role TEXT NOT NULL,", "role TEXT NOT NULL, since TEXT NOT NULL DEFAULT '',", 1),
		strings.Replace(made[6], "at INTEGER NOT NULL)", "at INTEGER NOT NULL, names TEXT NOT NULL DEFAULT '')", 1),
		upgraded[9],
	}
	for n := range len(current) + 1 {
		t.Run(fmt.Sprintf("made, %d statements", n), func(t *testing.T) { t.Parallel(); opensAgain(t, current[:n]) })
	}
	for n := len(made) + 1; n <= len(upgraded); n++ {
		t.Run(fmt.Sprintf("upgraded, %d statements", n-len(made)-1), func(t *testing.T) { t.Parallel(); opensAgain(t, upgraded[:n]) })
	}
}

// opensAgain opens a file that so many statements have made, and uses what came last.
func opensAgain(t *testing.T, statements []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tenant.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range statements {
		if _, err := db.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := directory.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	lines := `{"@odata.type":"#microsoft.graph.user","id":"u1","userPrincipalName":"ada@x.example"}`
	if _, err := d.Load(t.Context(), strings.NewReader(lines), "tenant", time.Time{}); err != nil {
		t.Error(err)
	}
	apply(t, d, `{"at":"PT1H","@odata.type":"#microsoft.graph.user","id":"u1","surname":"Byron"}`)
}
