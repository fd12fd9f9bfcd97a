package engine

import (
	"fmt"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lock locks the state folder against other runs until close.
func (r *run) lock() error {
	r.locked = flock.New(filepath.Join(r.cfg.State, "lock"))
	switch held, err := r.locked.TryLock(); {
	case err != nil:
		return fmt.Errorf("lock the state folder: %w", err)
	case !held:
		return fmt.Errorf("another run uses the state in %s; hint: wait until it ends, or use another folder", r.cfg.State)
	}
	return nil
}
