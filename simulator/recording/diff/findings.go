package diff

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

const mostExamples = 3

// finding is a difference without its place.
type finding struct{ rule, title, option string }

// findings gathers differences by rule.
type findings struct {
	list []Difference
	at   map[finding]int
	last map[int]Example
}

func (f *findings) add(what finding, where, run, rec string) {
	if f.at == nil {
		f.at, f.last = map[finding]int{}, map[int]Example{}
	}
	i, ok := f.at[what]
	if !ok {
		i = len(f.list)
		f.at[what] = i
		f.list = append(f.list, Difference{Rule: what.rule, Title: what.title, Option: what.option})
	}
	d := &f.list[i]
	this := Example{where, run, rec}
	if f.last[i] == this {
		return // several values of one body that differ in one way
	}
	f.last[i] = this
	d.Count++
	if len(d.Examples) < mostExamples {
		d.Examples = append(d.Examples, this)
	}
}

// sorted are the differences by the letter and the number of their rules.
func (f *findings) sorted() []Difference {
	slices.SortStableFunc(f.list, func(a, b Difference) int {
		la, na, _ := strings.Cut(a.Rule, "-")
		lb, nb, _ := strings.Cut(b.Rule, "-")
		ia, _ := strconv.Atoi(na)
		ib, _ := strconv.Atoi(nb)
		return cmp.Or(cmp.Compare(lb, la), cmp.Compare(ia, ib))
	})
	return f.list
}
