package endstate

import (
	"context"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// secondAccount reports a listed resource that has the mark of an object, and its name or mail as
// well, under another matching value: a rename that left the old account behind. The mark alone proves
// nothing, because another client may use the same one.
func (c *comparison) secondAccount(ctx context.Context, e *Expected, r scimclient.Resource) error {
	if e.Mark.Value == "" || c.ByID {
		return nil
	}
	found, err := c.store.matching(collection(e.Type), e.Mark)
	if err != nil {
		return err
	}
	return c.second(ctx, e, r, found)
}

// second reports those of the resources with the mark of an object that are a second account of it.
func (c *comparison) second(ctx context.Context, e *Expected, r scimclient.Resource, found []scimclient.Resource) error {
	ids := []string{r.ID}
	for _, other := range found {
		if other.ID == r.ID || e.matches(other) || !alikePeople(r, other) {
			continue
		}
		if c.Owner != nil {
			if _, taken, err := c.Owner(ctx, other.ID); err != nil || taken {
				if err != nil {
					return err
				}
				continue
			}
		}
		ids = append(ids, other.ID)
	}
	if len(ids) > 1 {
		slices.Sort(ids)
		c.found.add(Difference{Kind: Doubled, Object: e.Ref, Path: e.Mark.Path, IDs: ids})
	}
	return nil
}

// searchTwins searches for others that have the matching value or the mark of an object that was read
// by itself, for as many objects as make a claim trusted. A search that is refused says nothing.
func (c *comparison) searchTwins(ctx context.Context, e *Expected, r scimclient.Resource) error {
	if e.Presence != Present {
		return nil
	}
	if len(e.Matching) > 0 {
		if err := c.several(ctx, e, c.twinsOf(ctx, e, e.Matching[0], r)); err != nil {
			return err
		}
	}
	if e.Mark.Value != "" {
		if err := c.second(ctx, e, r, c.twinsOf(ctx, e, e.Mark, r)); err != nil {
			return err
		}
	}
	return ctx.Err() //nolint:wrapcheck // the caller's own
}

// twinsOf searches for the resources with a value of a resource, which is among them; otherwise the
// search is not believed.
func (c *comparison) twinsOf(ctx context.Context, e *Expected, m Match, r scimclient.Resource) []scimclient.Resource {
	key := e.Type + " " + m.Path
	path, err := scim.ParseTargetPath(m.Path)
	if err != nil || c.twins[key] >= enough || !m.holds(path, r) {
		return nil
	}
	c.twins[key]++
	found, err := c.reader.Find(ctx, collection(e.Type), m.Path, m.Value)
	if err != nil {
		c.twins[key] = enough
		return nil
	}
	found = slices.DeleteFunc(slices.Clone(found), func(x scimclient.Resource) bool { return !m.holds(path, x) })
	if !slices.ContainsFunc(found, func(x scimclient.Resource) bool { return x.ID == r.ID }) {
		return nil
	}
	return found
}

// matches reports whether a resource has a matching value of the object: then it was reported.
func (e *Expected) matches(r scimclient.Resource) bool {
	for _, m := range e.Matching {
		if got, ok := value(m.Path, r).(string); ok && m.Value != "" && strings.EqualFold(got, m.Value) {
			return true
		}
	}
	return false
}

// alikePeople reports whether two resources have a name or a mail address in common.
func alikePeople(a, b scimclient.Resource) bool {
	for _, path := range []string{"displayName", `emails[type eq "work"].value`, "name.formatted"} {
		x, _ := value(path, a).(string)
		y, _ := value(path, b).(string)
		if x != "" && strings.EqualFold(x, y) {
			return true
		}
	}
	return false
}
