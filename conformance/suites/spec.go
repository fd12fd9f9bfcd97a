package suites

import (
	"context"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// Spec is a check in one value: its words and what it does.
type Spec struct {
	catalog.Check
	// body asks the target. It is nil for a rule about all responses, which is judged at the end.
	body func(ctx context.Context, p *probe)
	// last keeps a check behind all others, such as one that sends wrong credentials.
	last bool
	// wide is a check of many requests, which starts early. thorough is one that counts on every
	// request, such as one that finds faults by repetition: it spares none.
	wide, thorough bool
}

// check makes a Spec.
func check(words catalog.Check, body func(ctx context.Context, p *probe)) Spec {
	slices.Sort(words.Needs)
	return Spec{Check: words, body: body}
}

// widely marks checks of many requests.
func widely(s Spec) Spec {
	s.wide = true
	return s
}

// repeating marks checks that repeat requests to find a fault.
func repeating(list []Spec) []Spec {
	for i := range list {
		list[i].wide, list[i].thorough = true, true
	}
	return list
}

// atLast keeps checks behind all others.
func atLast(list []Spec) []Spec {
	for i := range list {
		list[i].last, list[i].Alone = true, true
	}
	return list
}
