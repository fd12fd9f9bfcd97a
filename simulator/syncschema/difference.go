package syncschema

import (
	"slices"
	"strings"
)

// Difference is what a job would notice of two schemas: their outbound rules compared.
type Difference struct {
	Old string `json:"old"`
	New string `json:"new"`
	// Identical: the two documents have the same hash, so that a job sees no change at all.
	Identical bool            `json:"identical"`
	Objects   []ObjectChange  `json:"objects"`
	Other     []PropertyDelta `json:"other"` // of the rule and of attribute definitions
}

// The kinds of a change.
const (
	ChangeAdded   = "added"
	ChangeRemoved = "removed"
	ChangeChanged = "changed"
)

// ObjectChange is an object mapping that was added, removed or changed.
type ObjectChange struct {
	Object     string            `json:"object"` // "User to urn:…:User"
	Change     string            `json:"change"`
	Properties []PropertyDelta   `json:"properties,omitempty"`
	Attributes []AttributeChange `json:"attributes,omitempty"`
}

// AttributeChange is an attribute mapping that was added, removed or changed.
type AttributeChange struct {
	Target     string          `json:"target"`
	Change     string          `json:"change"`
	Properties []PropertyDelta `json:"properties"`
}

// PropertyDelta is one property before and after; "" is none.
type PropertyDelta struct {
	Name string `json:"name"`
	Old  string `json:"old"`
	New  string `json:"new"`
}

// Compare says how a newer schema differs from an older one, as far as a job reads them.
func Compare(older, newer *Schema) (*Difference, error) {
	before, _, err := older.Outbound()
	if err != nil {
		return nil, err
	}
	after, _, err := newer.Outbound()
	if err != nil {
		return nil, err
	}
	d := &Difference{Old: older.Name(), New: newer.Name(), Identical: older.Hash() == newer.Hash(), Objects: []ObjectChange{}, Other: []PropertyDelta{}}
	d.Other = deltas(d.Other, [][3]string{
		{"source directory", before.SourceDirectoryName, after.SourceDirectoryName},
		{"target directory", before.TargetDirectoryName, after.TargetDirectoryName},
	})
	pairs := paired(before.ObjectMappings, after.ObjectMappings, func(m *ObjectMapping) string {
		return strings.ToLower(m.SourceObjectName + " to " + m.TargetObjectName)
	})
	for _, p := range pairs {
		if c, changed := objectChange(p.old, p.new); changed {
			d.Objects = append(d.Objects, c)
		}
	}
	d.Other = append(d.Other, definitions(older, newer, pairs)...)
	return d, nil
}

// Same reports that a job would do the same with both.
func (d *Difference) Same() bool { return len(d.Objects)+len(d.Other) == 0 }

func objectChange(older, newer *ObjectMapping) (ObjectChange, bool) {
	some := newer
	if some == nil {
		some = older
	}
	c := ObjectChange{Object: some.SourceObjectName + " to " + some.TargetObjectName, Change: ChangeChanged}
	switch {
	case older == nil:
		c.Change, older = ChangeAdded, &ObjectMapping{}
	case newer == nil:
		c.Change, newer = ChangeRemoved, &ObjectMapping{}
	}
	c.Properties = deltas(nil, [][3]string{
		{"enabled", older.state(), newer.state()},
		{"actions", older.actions(), newer.actions()},
		{"scoping filter", older.Scope.sets(0), newer.Scope.sets(0)},
		{"input filter", older.Scope.sets(1), newer.Scope.sets(1)},
		{"category filter", older.Scope.sets(2), newer.Scope.sets(2)},
		{"matching attributes", older.matching(), newer.matching()},
	})
	for _, p := range paired(older.AttributeMappings, newer.AttributeMappings, func(m *AttributeMapping) string { return strings.ToLower(m.TargetAttributeName) }) {
		if a, changed := attributeChange(p.old, p.new); changed {
			c.Attributes = append(c.Attributes, a)
		}
	}
	return c, c.Change != ChangeChanged || len(c.Properties)+len(c.Attributes) > 0
}

func attributeChange(older, newer *AttributeMapping) (AttributeChange, bool) {
	some := newer
	if some == nil {
		some = older
	}
	usual := &AttributeMapping{FlowType: Always, FlowBehavior: FlowWhenChanged} // what goes without saying
	c := AttributeChange{Target: some.TargetAttributeName, Change: ChangeChanged}
	switch {
	case older == nil:
		c.Change, older = ChangeAdded, usual
	case newer == nil:
		c.Change, newer = ChangeRemoved, usual
	}
	c.Properties = deltas(nil, [][3]string{
		{"source", older.sourceText(), newer.sourceText()},
		{"flow type", older.FlowType, newer.FlowType},
		{"flow behavior", older.FlowBehavior, newer.FlowBehavior},
		{"default", optionalText(older.DefaultValue), optionalText(newer.DefaultValue)},
		{"matching precedence", number(older.MatchingPriority), number(newer.MatchingPriority)},
	})
	return c, c.Change != ChangeChanged || len(c.Properties) > 0
}

// deltas adds the properties that differ, in their order.
func deltas(list []PropertyDelta, properties [][3]string) []PropertyDelta {
	for _, p := range properties {
		if p[1] != p[2] {
			list = append(list, PropertyDelta{Name: p[0], Old: p[1], New: p[2]})
		}
	}
	return list
}

type pair[T any] struct{ old, new *T }

// paired brings the elements of two lists together by name: the newer list in its order,
// then what only the older one has.
func paired[T any](older, newer []T, name func(*T) string) []pair[T] {
	left := map[string][]*T{}
	for i := range older {
		key := name(&older[i])
		left[key] = append(left[key], &older[i])
	}
	var pairs []pair[T]
	for i := range newer {
		p, key := pair[T]{new: &newer[i]}, name(&newer[i])
		if rest := left[key]; len(rest) > 0 {
			p.old, left[key] = rest[0], rest[1:]
		}
		pairs = append(pairs, p)
	}
	for i := range older {
		if slices.Contains(left[name(&older[i])], &older[i]) {
			pairs = append(pairs, pair[T]{old: &older[i]})
		}
	}
	return pairs
}
