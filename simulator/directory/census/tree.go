package census

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// tree is who reports to whom: two numbers a user.
type tree struct {
	seed  maphash.Seed
	users []report
}

type report struct{ id, manager uint64 }

func newTree() *tree { return &tree{seed: maphash.MakeSeed()} }

func (t *tree) add(id, manager string) {
	r := report{id: maphash.String(t.seed, id)}
	if manager != "" {
		r.manager = maphash.String(t.seed, manager) | 1 // 0 is none
		r.id |= 1
	}
	r.id |= 1
	t.users = append(t.users, r)
}

// What is known of a user's distance from the top.
const (
	unknown = -1
	open    = -2 // is being followed
	looped  = -3
)

// levels counts users by their distance from the top.
func (t *tree) levels() (levels []int, loops, strangers int) {
	slices.SortFunc(t.users, func(a, b report) int { return cmp.Compare(a.id, b.id) })
	depth := make([]int32, len(t.users))
	for i := range depth {
		depth[i] = unknown
	}
	find := func(id uint64) int {
		i, ok := slices.BinarySearchFunc(t.users, id, func(r report, id uint64) int { return cmp.Compare(r.id, id) })
		if !ok {
			return -1
		}
		return i
	}
	var path []int
	for i := range t.users {
		path = path[:0]
		at, base := i, int32(-1) // what stands above the path
		for {
			if depth[at] == open || depth[at] == looped {
				base = looped
				break
			}
			if depth[at] >= 0 {
				base = depth[at]
				break
			}
			depth[at] = open
			path = append(path, at)
			if t.users[at].manager == 0 {
				break
			}
			next := find(t.users[at].manager)
			if next < 0 {
				strangers++
				break
			}
			at = next
		}
		for _, at := range slices.Backward(path) {
			if base == looped {
				depth[at] = looped
				continue
			}
			base++
			depth[at] = base
		}
	}
	for _, d := range depth {
		if d == looped {
			loops++
			continue
		}
		for len(levels) <= int(d) {
			levels = append(levels, 0)
		}
		levels[d]++
	}
	return levels, loops, strangers
}
