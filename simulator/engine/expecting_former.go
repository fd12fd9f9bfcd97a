package engine

import (
	"context"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/mapping"
)

// What an object must not have any more: values from before a change, and those of the person who
// had its name before.

// maxGone limits the deleted people whose values are remembered.
const maxGone = 1000

// predecessors are people whom the job deleted, by their matching values.
type predecessors map[string]*cycle.Entry

// deletedPeople reads the last values of people whom the job deleted.
func (e *expecting) deletedPeople(ctx context.Context) error {
	list, err := e.store.AllDeleted(ctx)
	e.before = predecessors{}
	for _, d := range list {
		if d.Kind != endstate.User || len(e.before) >= maxGone || err != nil {
			continue
		}
		var last *cycle.Entry
		if last, err = e.last(ctx, d.SourceID); last == nil {
			continue
		}
		for _, m := range e.matchingOf(last) {
			e.before[m.Path+" "+strings.ToLower(m.Value)] = last
		}
	}
	return err
}

// last is what the directory knew last of an object; nil if it knows nothing.
func (e *expecting) last(ctx context.Context, id string) (*cycle.Entry, error) {
	o, err := e.tenant.ByID(ctx, id)
	if err != nil || o == nil || o.Presence != directory.Deleted {
		return nil, err
	}
	last, err := e.wanting.Last(ctx, o)
	if err != nil || last.Values == nil {
		return nil, err
	}
	return last, nil
}

// former adds what an object had before this run changed it.
func (e *expecting) former(entry *cycle.Entry, x *endstate.Expected) {
	for _, old := range e.witness.former[entry.Object.Num] {
		at := slices.IndexFunc(x.Attributes, func(a endstate.Attribute) bool { return a.Path == old.path })
		if at >= 0 && !slices.ContainsFunc(x.Attributes[at].Want, func(s string) bool { return strings.EqualFold(s, old.value) }) {
			x.Attributes[at].Former = append(x.Attributes[at].Former, old.value)
		}
		for _, m := range x.Matching {
			if m.Path == old.path && !strings.EqualFold(m.Value, old.value) {
				x.Former = append(x.Former, endstate.Match{Path: m.Path, Value: old.value, CaseExact: m.CaseExact})
			}
		}
	}
}

// inherited adds what a person must not have from whoever had the name before: the create gave no
// value, so the target has none.
func (e *expecting) inherited(entry *cycle.Entry, x *endstate.Expected) {
	old := e.predecessor(entry, x)
	if old == nil {
		return
	}
	for _, v := range entry.Values {
		a := v.Attribute
		if !v.Value.IsEmpty() || v.Omitted || a.Expr == nil || a.Multivalued || a.Roles != mapping.NoRoles || a == entry.Mapping.Soft() {
			continue
		}
		for _, had := range old.Values {
			if had.Attribute == a && !had.Value.IsEmpty() && !had.FromDefault {
				x.Attributes = append(x.Attributes, endstate.Attribute{
					Path: a.Name, Former: []string{had.Value.Text()}, CaseExact: a.CaseExact, Concealed: had.Value.Redacted() || e.redact.Hides(a.Name),
				})
			}
		}
	}
	if m := entry.Mapping.Manager(); m != nil && entry.Object.ManagerID == "" && old.Object.ManagerID != "" {
		x.NoManager = m.Name
	}
}

// predecessor is a deleted person who had a matching value of one whom this run created.
func (e *expecting) predecessor(entry *cycle.Entry, x *endstate.Expected) *cycle.Entry {
	if !e.witness.created[entry.Object.Num] {
		return nil
	}
	for _, m := range x.Matching {
		if old := e.before[m.Path+" "+strings.ToLower(m.Value)]; old != nil && old.Object.Num != entry.Object.Num {
			return old
		}
	}
	return nil
}
