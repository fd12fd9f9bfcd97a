package wholefile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// PrivateDir creates a folder, and those above it, that only the owner may enter. The mode of a
// folder that exists is not changed.
func PrivateDir(path string) error { return os.MkdirAll(path, 0o700) }

// OpenPrivate opens or creates a file that only its owner may read, whatever the umask. A file that
// exists loses the permissions of others. Devices and pipes keep theirs.
func OpenPrivate(path string, flags int) (*os.File, error) {
	file, err := os.OpenFile(path, flags|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if info, err := file.Stat(); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
		_ = file.Chmod(0o600) // best effort: not every file system has permissions
	}
	return file, nil
}

// MakePrivate creates empty files that only their owner may read, for a library that opens them
// itself. It changes the mode of files that exist, without opening them.
func MakePrivate(path string, besides ...string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case err == nil:
		return file.Close()
	case !errors.Is(err, fs.ErrExist):
		return fmt.Errorf("create %s: %w", path, err)
	}
	for _, name := range append([]string{path}, besides...) {
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
			_ = os.Chmod(name, 0o600) // best effort, as above
		}
	}
	return nil
}
