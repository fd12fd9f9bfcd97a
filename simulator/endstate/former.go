package endstate

import (
	"context"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// leftover is a value of an attribute that should be gone: one from before, or one beside all that
// are wanted; nil if there is none. A wanted value that stands twice under one path with a filter is
// returned as such (RFC 7643, 2.4: a SHOULD NOT).
func (a Attribute) leftover(r scimclient.Resource) (left any, twice bool) {
	filtered := strings.Contains(a.Path, "[") && !a.Many
	if len(a.Former) == 0 && !a.Exact && !filtered {
		return nil, false
	}
	seen := 0
	for _, got := range everyValue(a.Path, r) {
		wanted := slices.ContainsFunc(a.Want, func(want string) bool { return compare(a.Path, want, got, a.CaseExact) != unlike })
		former := slices.ContainsFunc(a.Former, func(old string) bool { return compare(a.Path, old, got, a.CaseExact) == alike })
		if wanted {
			if seen++; filtered && seen == 2 {
				left, twice = got, true
			}
		}
		if wanted || !former && !a.Exact {
			continue
		}
		if element, ok := got.(map[string]any); ok && element["value"] != nil {
			return element["value"], false
		}
		return got, false
	}
	return left, twice
}

// everyValue is what each element of a list has under a path; of a single value, that one.
func everyValue(name string, r scimclient.Resource) []any {
	path, err := scim.ParseTargetPath(name)
	if err != nil {
		return nil
	}
	list, _ := value(scim.TargetPath{URN: path.URN, Attribute: path.Attribute}.String(), r).([]any)
	if list == nil {
		return []any{value(name, r)}
	}
	var out []any
	for _, e := range list {
		if path.FilterAttribute+path.SubAttribute == "" {
			out = append(out, e)
		} else if v, ok := (scim.TargetPath{
			Attribute: path.Attribute, FilterAttribute: path.FilterAttribute, FilterValue: path.FilterValue, SubAttribute: path.SubAttribute,
		}).Get(map[string]any{path.Attribute: []any{e}}); ok {
			out = append(out, v)
		}
	}
	return out
}

// leftBehind reports another resource that has a matching value which the object had before it was
// renamed, and that is like it: the target made a second one.
func (c *comparison) leftBehind(ctx context.Context, e *Expected, r scimclient.Resource) error {
	for _, m := range e.Former {
		found, err := c.formerly(ctx, e, m)
		if err != nil {
			return err
		}
		for _, other := range found {
			taken, err := c.taken(ctx, other.ID)
			if err != nil {
				return err
			}
			if other.ID != r.ID && !taken && !e.matches(other) && e.akin(r, other) {
				c.found.add(Difference{Kind: LeftBehind, Object: e.Ref, Path: m.Path, IDs: []string{r.ID, other.ID}})
				return nil
			}
		}
	}
	return nil
}

// formerly are the resources with a former matching value: of the list, or by a search where nothing
// is listed, for as many objects as make a claim trusted.
func (c *comparison) formerly(ctx context.Context, e *Expected, m Match) ([]scimclient.Resource, error) {
	key := "former " + e.Type
	path, err := scim.ParseTargetPath(m.Path)
	switch {
	case err != nil:
		return nil, nil //nolint:nilerr // another check names the path
	case !c.ByID:
		return c.store.matching(collection(e.Type), m)
	case c.twins[key] >= enough:
		return nil, nil
	}
	c.twins[key]++
	found, err := c.reader.Find(ctx, collection(e.Type), m.Path, m.Value)
	if err != nil {
		c.twins[key] = enough
		return nil, ctx.Err() //nolint:wrapcheck // the caller's own
	}
	return slices.DeleteFunc(slices.Clone(found), func(x scimclient.Resource) bool { return !m.holds(path, x) }), nil
}

// taken reports whether a resource belongs to an object of the source.
func (c *comparison) taken(ctx context.Context, id string) (bool, error) {
	if c.Owner == nil {
		return false, nil
	}
	_, taken, err := c.Owner(ctx, id)
	return taken, err
}

// akin reports whether another resource is like that of an object: the same mark, name or mail, or a
// common member.
func (e *Expected) akin(r, other scimclient.Resource) bool {
	if e.Mark.Value != "" {
		if path, err := scim.ParseTargetPath(e.Mark.Path); err == nil && e.Mark.holds(path, other) {
			return true
		}
	}
	if e.Type == User {
		return alikePeople(r, other)
	}
	members := map[string]bool{}
	for _, v := range everyValue("members", r) {
		members[referenceID(v)] = true
	}
	return slices.ContainsFunc(everyValue("members", other), func(v any) bool { id := referenceID(v); return id != "" && members[id] })
}

// returned looks for a deleted object that came back under another id.
func (c *comparison) returned(ctx context.Context, e *Expected) error {
	if c.ByID {
		return nil
	}
	for _, m := range e.Matching {
		found, err := c.store.matching(collection(e.Type), m)
		if err != nil {
			return err
		}
		for _, r := range found {
			taken, err := c.taken(ctx, r.ID)
			if err != nil {
				return err
			}
			if !taken && r.ID != e.Target {
				c.found.add(Difference{Kind: ShouldBeGone, Object: e.Ref, Got: r.ID, Why: "under another id"})
				return nil
			}
		}
	}
	return nil
}
