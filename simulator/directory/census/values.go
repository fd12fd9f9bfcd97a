package census

import (
	"hash/maphash"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// values finds values that several users have: a number a value, not the value.
type values struct {
	seed  maphash.Seed
	names []string
	seen  [][]uint64
}

func newValues(names []string) *values {
	return &values{seed: maphash.MakeSeed(), names: names, seen: make([][]uint64, len(names))}
}

func (v *values) add(o *directory.Object) {
	for i, name := range v.names {
		text, _ := o.Properties[name].(string)
		if text = strings.ToLower(strings.Join(strings.Fields(text), " ")); text != "" {
			v.seen[i] = append(v.seen[i], maphash.String(v.seed, text))
		}
	}
}

// shared counts the users whose value another one has.
func (v *values) shared() map[string]int {
	out := map[string]int{}
	for i, name := range v.names {
		list := v.seen[i]
		slices.Sort(list)
		for from := 0; from < len(list); {
			to := from
			for to < len(list) && list[to] == list[from] {
				to++
			}
			if to-from > 1 {
				out[name] += to - from
			}
			from = to
		}
	}
	return out
}
