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
}

// check makes a Spec.
func check(words catalog.Check, body func(ctx context.Context, p *probe)) Spec {
	slices.Sort(words.Needs)
	return Spec{Check: words, body: body}
}

// atLast keeps checks behind all others.
func atLast(list []Spec) []Spec {
	for i := range list {
		list[i].last, list[i].Alone = true, true
	}
	return list
}
