package endstate

import (
	"context"
	"slices"
	"strings"

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
	if err != nil || len(found) < 2 {
		return err
	}
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
