package engine

import (
	"slices"
	"sync"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// witness remembers of a run what the state forgets: what this run deleted, what failed last, what
// was renamed, and what was not adopted.
type witness struct {
	mu      sync.Mutex
	deleted map[string]bool  // by type and target id
	failed  map[part]string  // the last error of what failed last
	codes   map[int64]string // the error codes of objects in failed
	renamed map[int64]bool   // whose displayName was changed after the creation
	foreign map[int64]bool   // was found in the target and not adopted
	removed map[int64]bool   // groups from which members were removed
	wrote   map[int64]bool   // nil unless only the own objects are compared
}

// part is a part of an object.
type part struct {
	num  int64
	part cycle.Part
}

func newWitness(own bool) *witness {
	w := &witness{deleted: map[string]bool{}, failed: map[part]string{}, codes: map[int64]string{}, renamed: map[int64]bool{}, foreign: map[int64]bool{}, removed: map[int64]bool{}}
	if own {
		w.wrote = map[int64]bool{}
	}
	return w
}

// saw takes an entry of the log.
func (w *witness) saw(l cycle.Logged) {
	w.mu.Lock()
	defer w.mu.Unlock()
	e := l.Entry
	num := e.Object.Num
	key := part{num, l.Part}
	if e.Failure != nil {
		w.failed[key] = e.Failure.Brief()
		if l.Part == cycle.PartObject {
			w.codes[num] = e.Failure.Code
		}
		return
	}
	if e.Skip.Reason == provlog.ReasonNotAdopted {
		w.foreign[num] = true
		return
	}
	if !e.Wrote {
		if e.Skip.Reason == provlog.ReasonRedundant {
			w.forget(key)
		}
		return
	}
	w.forget(key)
	delete(w.foreign, num)
	if w.wrote != nil {
		w.wrote[num] = true
	}
	w.effect(e, l.Part)
}

// forget takes back a failure.
func (w *witness) forget(key part) {
	delete(w.failed, key)
	if key.part == cycle.PartObject {
		delete(w.codes, key.num)
	}
}

// effect notes what a successful write did.
func (w *witness) effect(e *cycle.Entry, p cycle.Part) {
	target := e.Type() + " " + e.TargetID()
	switch {
	case p == cycle.PartMembers:
		for _, m := range e.Modified {
			if m.OldValue != nil {
				w.removed[e.Object.Num] = true
			}
		}
	case p != cycle.PartObject:
	case e.Decision == cycle.DecideDelete:
		w.deleted[target] = true
	default:
		delete(w.deleted, target)
		if e.Decision == cycle.DecideUpdate && slices.ContainsFunc(e.Modified, func(m provlog.ModifiedProperty) bool { return m.DisplayName == "displayName" }) {
			w.renamed[e.Object.Num] = true
		}
	}
}
