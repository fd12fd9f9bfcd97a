package wholefile_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// TestRead proves S12: a file that never ends is an error, not all memory.
func TestRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := wholefile.Read(path, 5); err != nil || string(data) != "12345" {
		t.Errorf("at the limit: %q, %v", data, err)
	}
	if _, err := wholefile.Read(path, 4); err == nil || !strings.Contains(err.Error(), path+": the file has more than 4 bytes") {
		t.Errorf("beyond the limit: %v", err)
	}
	if _, err := wholefile.Read(path+"x", 4); !os.IsNotExist(err) {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip("this system has no file that never ends")
	}
	if _, err := wholefile.Read("/dev/zero", 1<<20); err == nil || !strings.Contains(err.Error(), "more than 1048576 bytes") {
		t.Errorf("an endless file: %v", err)
	}
}
