package engine

import (
	"fmt"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lock keeps other runs out of the folder of the state until close.
func (r *run) lock() error {
	r.locked = flock.New(filepath.Join(r.cfg.State, "lock"))
	switch held, err := r.locked.TryLock(); {
	case err != nil:
		return fmt.Errorf("lock the folder of the state: %w", err)
	case !held:
		return fmt.Errorf("another run uses the state in %s; wait for its end, or take another folder", r.cfg.State)
	}
	return nil
}
