package suites

import (
	"context"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// Spec is a check in one value: its words and what it does.
type Spec struct {
	catalog.Check
	body func(ctx context.Context, p *probe)
}

// check makes a Spec.
func check(words catalog.Check, body func(ctx context.Context, p *probe)) Spec {
	slices.Sort(words.Needs)
	return Spec{words, body}
}
