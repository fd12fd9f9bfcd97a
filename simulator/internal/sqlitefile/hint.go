package sqlitefile

import (
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// Hinted adds to an error of the driver what a person can do.
func Hinted(err error) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok || strings.Contains(err.Error(), "hint: ") {
		return err
	}
	hint := ""
	switch e.Code() & 0xff {
	case lib.SQLITE_FULL, lib.SQLITE_IOERR:
		hint = "check the free disk space"
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		hint = "the file is damaged; restore a copy of the --state folder, or begin with another folder"
	case lib.SQLITE_CANTOPEN, lib.SQLITE_READONLY, lib.SQLITE_PERM:
		hint = "check that the folder exists and is writable"
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		hint = "another process uses the file; wait until it ends"
	default:
		return err
	}
	return fmt.Errorf("%w; hint: %s", err, hint)
}
