package sqlitefile_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"github.com/scimdrill/scimdrill/simulator/internal/sqlitefile"
)

// TestDSN: the file lies where the path says, whatever characters are in it.
func TestDSN(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plain", "a#b", "a?b", "a%20b", "a&b c", "ä"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), name+".db")
			db, err := sql.Open("sqlite", sqlitefile.DSN(path, "_pragma=synchronous(NORMAL)"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.ExecContext(t.Context(), "CREATE TABLE t (x)"); err != nil {
				t.Error(err)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
			if info, err := os.Stat(path); err != nil || info.Size() == 0 {
				t.Errorf("%s: %v", path, err)
			}
		})
	}
}
