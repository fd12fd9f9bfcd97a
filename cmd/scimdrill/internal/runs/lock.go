package runs

import (
	"errors"
	"fmt"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/filelock"
	"github.com/scimdrill/scimdrill/reports/wholefile"
)

// lockName is the file in an output folder that a process holds while it writes there. The
// lock of a state folder has another name, so that one folder can be both.
const lockName = "run.lock"

// Lock makes an output folder and locks it (S2). The error about a folder in use names the
// process that uses it.
func Lock(con *console.Console, dir string) (*filelock.Lock, error) {
	if err := wholefile.PrivateDir(dir); err != nil {
		return nil, exit.Unwritten(fmt.Errorf("create the output folder: %w", err))
	}
	return lockFolder(con, dir, "wait until it ends, or choose another folder with --out DIR")
}

// lockFolder locks a folder that exists.
func lockFolder(con *console.Console, dir, hint string) (*filelock.Lock, error) {
	lock, err := filelock.Folder(dir, lockName, con.Command())
	if held, ok := errors.AsType[*filelock.InUse](err); ok {
		return nil, exit.Usage(hint, "the output folder %w", held)
	}
	return lock, exit.Unwritten(err)
}
