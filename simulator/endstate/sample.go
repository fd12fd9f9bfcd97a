package endstate

import (
	"container/heap"
	"hash/fnv"
	"iter"
	"slices"
	"strings"
)

// sample picks n of the expected objects, the same ones each time: those with the smallest hashes
// of their ids.
func sample(all iter.Seq2[Expected, error], n int) iter.Seq2[Expected, error] {
	return func(yield func(Expected, error) bool) {
		var h picks
		for e, err := range all {
			if err != nil {
				yield(e, err)
				return
			}
			f := fnv.New64a()
			_, _ = f.Write([]byte(e.Type + e.ID)) // never fails
			p := pick{e, f.Sum64()}
			if len(h) < n {
				heap.Push(&h, p)
			} else if p.hash < h[0].hash {
				h[0] = p
				heap.Fix(&h, 0)
			}
		}
		slices.SortFunc(h, func(a, b pick) int { return strings.Compare(a.ID, b.ID) })
		for _, p := range h {
			if !yield(p.Expected, nil) {
				return
			}
		}
	}
}

type pick struct {
	Expected
	hash uint64
}

// picks is a heap with the largest hash on top.
type picks []pick

func (h picks) Len() int           { return len(h) }
func (h picks) Less(i, j int) bool { return h[i].hash > h[j].hash }
func (h picks) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push and Pop are those of container/heap.
func (h *picks) Push(x any) { *h = append(*h, x.(pick)) }

// Pop removes the last element.
func (h *picks) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
