package sqlitefile_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/internal/sqlitefile"
)

// TestPrepareWholeOrNot (S1, S3): a schema that breaks in the middle leaves the file as it was, for
// the next program to prepare.
func TestPrepareWholeOrNot(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("sqlite", sqlitefile.DSN(filepath.Join(t.TempDir(), "f.db"), "_pragma=journal_mode(WAL)"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	prepare := func(text string) error {
		return sqlitefile.Schema{What: "test", Version: 2, Upgrade: func(_ context.Context, _ *sql.Conn, have int) (string, error) {
			if have == 2 {
				return "", nil
			}
			return text, nil
		}}.Prepare(t.Context(), conn)
	}
	if err := prepare("CREATE TABLE a (x); CREATE TABLE a (y)"); err == nil || !strings.Contains(err.Error(), "disk space") {
		t.Errorf("the broken schema: %v", err)
	}
	for range 2 {
		if err := prepare("CREATE TABLE a (x); CREATE TABLE b (y)"); err != nil {
			t.Error(err)
		}
	}
	if _, err := conn.ExecContext(t.Context(), "PRAGMA user_version = 3"); err != nil {
		t.Fatal(err)
	}
	if err := prepare(""); err == nil || !strings.Contains(err.Error(), "newer scimdrill") {
		t.Errorf("a newer file: %v", err)
	}
}
