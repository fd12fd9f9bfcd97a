package resource_test

import (
	"testing"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// An element that is there twice is not the same fault as one that should not be there.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	element := func(value string) any { return map[string]any{"value": value} }
	for _, name := range []string{"emails", "members"} {
		want := map[string]any{name: []any{element("a"), element("b")}}
		for extra, kind := range map[string]fact.Kind{"b": fact.Duplicated, "c": fact.TooMany} {
			got := map[string]any{name: []any{element("a"), element("b"), element(extra)}}
			d := resource.Compare(want, got, resource.Rules{})
			if len(d) != 1 || d[0].Kind != kind || d[0].Path != name {
				t.Errorf("%s with another %s: got %+v, want %s", name, extra, d, kind)
			}
		}
	}
}
