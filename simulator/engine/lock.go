package engine

import (
	"errors"
	"fmt"

	"github.com/scimdrill/scimdrill/reports/filelock"
)

// lock locks the state folder against other runs until close (S2).
func (r *run) lock() (err error) {
	r.locked, err = filelock.Folder(r.cfg.State, "lock", r.cfg.Command)
	if held, ok := errors.AsType[*filelock.InUse](err); ok {
		return fmt.Errorf("the state folder %w; hint: wait until it ends, or use another state folder", held)
	}
	return err
}
