package sqlitefile_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/scimdrill/scimdrill/simulator/internal/sqlitefile"
)

// TestHinted asks what a damaged file says.
func TestHinted(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "job.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("no database ", 200)), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", sqlitefile.DSN(path, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "CREATE TABLE x (y)")
	if got := sqlitefile.Hinted(err); got == nil || !strings.Contains(got.Error(), "hint: the file is damaged") {
		t.Errorf("got %v", got)
	}
}
