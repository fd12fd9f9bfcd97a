package endstate

import (
	"slices"
	"strings"
)

// examples is how many differences of a finding are kept.
const examples = 10

// findings collects differences.
type findings struct {
	each  func(Difference) error
	byKey map[string]*Finding
	err   error
}

// add takes a difference. The first error of each is kept.
func (f *findings) add(d Difference) {
	if f.each != nil && f.err == nil {
		f.err = f.each(d)
	}
	key := string(d.Kind) + " " + d.Object.Type + " " + d.Path + " " + d.After
	found := f.byKey[key]
	if found == nil {
		found = &Finding{Kind: d.Kind, Type: d.Object.Type, Path: d.Path}
		f.byKey[key] = found
	}
	n := max(d.Count, 1)
	found.Count += n
	if found.last != d.Object.ID+" "+d.Object.Target || d.Count > 0 {
		found.Objects += n
	}
	found.last = d.Object.ID + " " + d.Object.Target
	if len(found.Examples) < examples {
		found.Examples = append(found.Examples, d)
	}
}

// sorted lists the findings in the order of Kinds, people before groups.
func (f *findings) sorted() []Finding {
	list := make([]Finding, 0, len(f.byKey))
	for _, found := range f.byKey {
		list = append(list, *found)
	}
	return inOrder(list)
}

func inOrder(list []Finding) []Finding {
	order := Kinds()
	slices.SortFunc(list, func(a, b Finding) int {
		if n := slices.Index(order, a.Kind) - slices.Index(order, b.Kind); n != 0 {
			return n
		}
		if n := strings.Compare(b.Type, a.Type); n != 0 { // User before Group
			return n
		}
		return strings.Compare(a.Path, b.Path)
	})
	return list
}
