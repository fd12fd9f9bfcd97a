package job

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/state"
)

// Load reads the record of a job without taking the job up; false when there is none.
func Load(ctx context.Context, store *state.Store) (Record, bool, error) {
	var rec Record
	had, err := store.Load(ctx, record, &rec)
	return rec, had, err
}
