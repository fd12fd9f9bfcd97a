package forecast

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// stateFiles are what a state folder consists of: two databases, and what SQLite has not
// folded into them yet. Opening the originals would already change them.
func stateFiles() []string {
	return []string{"tenant.db", "tenant.db-wal", "job.db", "job.db-wal"}
}

// copyState copies a state folder; one that is not there is an empty one. A folder that
// changes meanwhile is in use, and its copy would be worth nothing.
func copyState(from, to string) error {
	if err := wholefile.PrivateDir(to); err != nil {
		return fmt.Errorf("copy the state: %w", err)
	}
	before, err := stateStamp(from)
	if err != nil {
		return err
	}
	for _, name := range stateFiles() {
		err := copyFile(filepath.Join(from, name), filepath.Join(to, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("copy the state: %w", err)
		}
	}
	after, err := stateStamp(from)
	if err != nil {
		return err
	}
	if before != after {
		return fmt.Errorf("the state in %s changed during the copy: another run uses it; hint: plan again when that run has ended", from)
	}
	return nil
}

// stateStamp tells one state of the folder from another by sizes and times.
func stateStamp(dir string) (string, error) {
	var stamp strings.Builder
	for _, name := range stateFiles() {
		info, err := os.Stat(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("copy the state: %w", err)
		}
		_, _ = fmt.Fprintf(&stamp, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
	}
	return stamp.String(), nil
}

// copyFile copies whole or not at all.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return wholefile.WriteFrom(to, 0o600, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}
