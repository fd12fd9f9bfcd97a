package engine

import "context"

// identityRecord is the key of the job's identity in its state.
const identityRecord = "identity"

// identity is what a state remembers of the ids of tenant, job and application.
type identity struct {
	Seed uint64 `json:"seed"`
}

// name takes over the ids of the job of this state (G-4, E-5). They are those of its first run, so a
// later run or a provisioning on demand with another seed belongs to the same job.
func (r *run) name(ctx context.Context) error {
	id := identity{Seed: r.cfg.Seed}
	known, err := r.store.Load(ctx, identityRecord, &id)
	r.named = id.Seed
	if err != nil || known {
		return err
	}
	return r.store.Save(ctx, identityRecord, id)
}
