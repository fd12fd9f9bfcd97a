package engine

import "github.com/scimdrill/scimdrill/simulator/reach"

// gone reports whether the target went away and did not come back, or never was there.
func (r *run) gone() *reach.Reach {
	if r.cfg.Embedded {
		return nil
	}
	cycles := r.result.Cycles
	return r.reach.Gone(len(cycles) > 0 && cycles[len(cycles)-1].Failed)
}
