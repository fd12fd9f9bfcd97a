// Package filelock gives a folder or a file to one process at a time, and names that process
// to others (S2).
//
//	lock, err := filelock.Folder(dir, "run.lock", "scimdrill simulate")
//	defer lock.Release()
//
// The lock is that of the operating system on a small file in the folder, or beside the file.
// The system releases it when the process dies, so a killed process leaves nothing to repair.
// The small file holds the command and the pid. All paths to one folder are one lock:
// relative, absolute, or through a link.
//
// Neighbours: the engine locks a state folder, cmd an output folder, fixtures/target a data file.
//
// Decisions: docs/decisions/reports-filelock.md
package filelock

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// Lock is a lock that this process holds.
type Lock struct {
	held *flock.Flock
}

// Folder locks a folder by the file name in it. The folder must exist. An *InUse says that
// another process holds the lock. command says what this process does.
func Folder(dir, name, command string) (*Lock, error) {
	return take(dir, filepath.Join(dir, name), command)
}

// suffix makes the name of a lock beside a file. It has a dash, so that it is no name of
// another data file, which ends in a dot and letters.
const suffix = "-lock"

// File locks a file, which need not exist. An *InUse says that another process holds it.
func File(path, command string) (*Lock, error) {
	real, err := resolve(path)
	if err != nil {
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return take(path, real+suffix, command)
}

// resolve follows links, also one that leads to a file that does not exist yet.
func resolve(path string) (string, error) {
	const links = 40 // the limit of most systems
	for range links {
		real, err := filepath.EvalSymlinks(path)
		if !errors.Is(err, fs.ErrNotExist) {
			return real, err
		}
		to, err := os.Readlink(path)
		if err != nil {
			return path, nil //nolint:nilerr // it is no link
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return "", errors.New("too many links")
}

// take locks the file at path for what.
func take(what, path, command string) (*Lock, error) {
	for {
		held := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR))
		got, err := held.TryLock()
		if err != nil {
			return nil, fmt.Errorf("lock %s: %w; hint: check that the folder exists and is writable", what, err)
		}
		if !got {
			return nil, &InUse{What: what, By: read(path)}
		}
		if !current(held, path) { // its last holder removed the file while we waited
			_ = held.Unlock()
			continue
		}
		if err := write(path, command); err != nil {
			return nil, errors.Join(fmt.Errorf("lock %s: %w", what, err), held.Unlock())
		}
		return &Lock{held: held}, nil
	}
}

// current reports whether the locked file is the one at path.
func current(held *flock.Flock, path string) bool {
	locked, err := held.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(locked, there)
}

func write(path, command string) error {
	text, err := json.Marshal(Holder{PID: os.Getpid(), Command: command})
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o600)
}

// Release gives the lock back and removes its file. It may be called more than once, and on nil.
func (l *Lock) Release() error {
	if l == nil || !l.held.Locked() {
		return nil
	}
	// Removed before it is unlocked: whoever locks it afterwards sees that it is another file.
	_ = os.Remove(l.held.Path())
	return l.held.Unlock()
}
