package job

import "github.com/scimdrill/scimdrill/simulator/cycle"

// page is how many objects the source gives at a time.
const page = 100

// progress is how far the running cycle is, in pages of the source (E-330).
type progress struct {
	running     bool
	done, total int64
}

// watchProgress follows the reading phases of each cycle. References are not read page
// by page, so they move nothing.
func (j *Job) watchProgress() {
	next := j.cfg.Cycle.Progress
	phases := map[cycle.Phase]progress{}
	j.cfg.Cycle.Progress = func(p cycle.Phase, done, total int64) {
		if next != nil {
			next(p, done, total)
		}
		if p != cycle.PhaseUsers && p != cycle.PhaseGroups {
			return
		}
		if p == cycle.PhaseUsers {
			delete(phases, cycle.PhaseGroups)
		}
		phases[p] = progress{done: done, total: max(total, done)}
		j.progress.done, j.progress.total = 0, 0
		for _, q := range phases {
			j.progress.done += pages(q.done)
			j.progress.total += pages(q.total)
		}
	}
}

func pages(objects int64) int64 { return (objects + page - 1) / page }
