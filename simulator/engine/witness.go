package engine

import (
	"slices"
	"strings"
	"sync"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/mapping"
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
	created map[int64]bool   // by a cycle after the first one
	former  map[int64][]was  // values from before a change
	foreign map[int64]bool   // was found in the target and not adopted
	removed map[int64]bool   // groups from which members were removed
	wrote   map[int64]bool   // nil unless only the own objects are compared
}

// was is a value from before a change.
type was struct{ path, value string }

// maxFormer limits the objects whose values from before are remembered.
const maxFormer = 50_000

// part is a part of an object.
type part struct {
	num  int64
	part cycle.Part
}

func newWitness(own bool) *witness {
	w := &witness{deleted: map[string]bool{}, failed: map[part]string{}, codes: map[int64]string{}, renamed: map[int64]bool{}, created: map[int64]bool{}, former: map[int64][]was{}, foreign: map[int64]bool{}, removed: map[int64]bool{}}
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
	if l.Part == cycle.PartObject && l.Cycle != 1 && e.Action == provlog.Create {
		w.created[num] = true
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
		if e.Decision == cycle.DecideUpdate {
			w.changed(e)
		}
	}
}

// changed notes the values from before a change, of matching attributes and of paths with a filter.
func (w *witness) changed(e *cycle.Entry) {
	if _, known := w.former[e.Object.Num]; !known && len(w.former) >= maxFormer {
		return
	}
	for _, m := range e.Modified {
		matches := slices.ContainsFunc(e.Mapping.Matching(), func(a *mapping.Attribute) bool { return a.Name == m.DisplayName })
		if m.OldValue == nil || m.NewValue == nil || !matches && !strings.Contains(m.DisplayName, "[") || *m.OldValue == "" || *m.OldValue == *m.NewValue {
			continue
		}
		w.former[e.Object.Num] = append(w.former[e.Object.Num], was{m.DisplayName, *m.OldValue})
	}
}
