package suites

import (
	"context"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// removables are the texts that PATCH changes and that the target does not require.
func (p *probe) removables() []string {
	names := append(p.possible(), p.extensions()...)
	return slices.DeleteFunc(names, func(name string) bool {
		a := p.survey.Users.Find(name)
		return selfRuled(name) || a == nil || a.Required
	})
}

// optionalLists are the lists that PATCH changes and that the target does not require.
func (p *probe) optionalLists() []string {
	var names []string
	for _, l := range p.unitsIfAny() {
		if l.list && l.leaves[0].Listed && !l.required() && !l.stuck() {
			names = append(names, l.name)
		}
	}
	return names
}

// emptied clears every list of a user with everything.
func (p *probe) emptied(ctx context.Context, clear func(names []string) []map[string]any) {
	names := p.optionalLists()
	if !p.survey.Asked || len(names) == 0 {
		return
	}
	u := p.aRichUser(ctx, "empty")
	want := u.now
	for _, name := range names {
		want = resource.With(want, name, nil)
	}
	p.set(ctx, u, want, clear(names)...)
}

// nulls clears every text and every list of a user with everything by operations with null.
func (p *probe) nulls(ctx context.Context, clear func(names []string) []map[string]any) {
	if !p.survey.Asked {
		return
	}
	u := p.aRichUser(ctx, "nulls")
	names := slices.DeleteFunc(slices.Concat(p.removables(), p.optionalLists()), func(name string) bool {
		return strings.Contains(name, ".") && !strings.Contains(name, ":") || resource.Value(u.now, name) == nil
	})
	want := u.now
	for _, name := range names {
		want = resource.With(want, name, nil)
	}
	if len(names) > 0 {
		p.set(ctx, u, want, clear(names)...)
	}
}

// nullify sets the leaves of a value to null.
func nullify(value map[string]any) {
	for name, v := range value {
		if m, ok := v.(map[string]any); ok {
			nullify(m)
			continue
		}
		value[name] = nil
	}
}
