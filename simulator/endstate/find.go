package endstate

import (
	"context"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/scim"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// place is where an object was found.
type place uint8

const (
	unknown place = iota // it could not be asked for
	nowhere
	listed
	whole // read by itself, or confirmed
)

// find looks for an object: in the list, by its id, by its matching values.
func (c *comparison) find(ctx context.Context, e *Expected) (scimclient.Resource, place, error) {
	if e.Target == "" {
		return c.findByMatch(ctx, e)
	}
	r, ok, err := c.store.get(collection(e.Type), e.Target)
	switch {
	case err != nil:
		return r, unknown, err
	case ok && e.Presence == Gone:
		return c.confirmGone(ctx, e, r)
	case ok:
		return r, listed, c.doubled(ctx, e, r)
	}
	claim := "not listed " + e.Type
	l := c.lists[collection(e.Type)]
	trusted := l != nil && l.complete && c.trust.believes(claim)
	if !trusted {
		var known bool
		if r, ok, known, err = c.read(ctx, e.Type, e.Target); err != nil || !known {
			return r, unknown, err
		}
		c.trust.saw(claim, !ok)
		if ok {
			c.cut(collection(e.Type))
			return r, whole, c.searchTwins(ctx, e, r)
		}
	}
	if e.Presence != Present {
		return r, nowhere, nil
	}
	return c.elsewhere(ctx, e)
}

// elsewhere looks for a linked object whose id is gone under another id.
func (c *comparison) elsewhere(ctx context.Context, e *Expected) (scimclient.Resource, place, error) {
	r, where, err := c.findByMatch(ctx, e)
	if err != nil || where == nowhere || where == unknown {
		return r, nowhere, err
	}
	if c.Owner != nil {
		if _, taken, err := c.Owner(ctx, r.ID); err != nil || taken {
			return r, nowhere, err
		}
	}
	c.found.add(Difference{Kind: NotAsMapped, Object: e.Ref, Path: "id", Want: e.Target, Got: r.ID})
	return r, where, nil
}

// confirmGone reads an object that is listed and should be gone.
func (c *comparison) confirmGone(ctx context.Context, e *Expected, r scimclient.Resource) (scimclient.Resource, place, error) {
	const claim = "listed though deleted"
	if c.trust.believes(claim) {
		return r, listed, nil
	}
	r, ok, known, err := c.read(ctx, e.Type, e.Target)
	if err != nil || !known {
		return r, unknown, err
	}
	c.trust.saw(claim, ok)
	if !ok {
		return r, nowhere, nil
	}
	return r, whole, nil
}

// findByMatch looks for an object by its matching values.
func (c *comparison) findByMatch(ctx context.Context, e *Expected) (scimclient.Resource, place, error) {
	for _, m := range e.Matching {
		if m.Value == "" {
			continue
		}
		found, err := c.store.matching(collection(e.Type), m)
		if err != nil {
			return scimclient.Resource{}, unknown, err
		}
		if len(found) > 0 {
			return found[0], listed, c.several(ctx, e, found)
		}
	}
	if l := c.lists[collection(e.Type)]; l != nil && l.refused == "" {
		return scimclient.Resource{}, nowhere, nil // for now: nowhere looks again where the list is cut
	}
	return c.search(ctx, e)
}

// search asks the target for an object by its matching values.
func (c *comparison) search(ctx context.Context, e *Expected) (scimclient.Resource, place, error) {
	for _, m := range e.Matching {
		if m.Value == "" {
			continue
		}
		path, err := scim.ParseTargetPath(m.Path)
		if err != nil {
			continue
		}
		found, err := c.reader.Find(ctx, collection(e.Type), m.Path, m.Value)
		if err != nil {
			return scimclient.Resource{}, unknown, c.unread(ctx, "search for "+kindNames(e.Type)+" by "+m.Path, err)
		}
		c.failures = 0
		hits := slices.DeleteFunc(slices.Clone(found), func(r scimclient.Resource) bool { return !m.holds(path, r) })
		if len(hits) > 0 {
			return hits[0], listed, c.several(ctx, e, hits)
		}
		if len(found) > 0 { // the filter was ignored
			c.unverified("searches by " + m.Path + " return other " + kindNames(e.Type) + ", so nobody can be searched for")
			return scimclient.Resource{}, unknown, nil
		}
		works, err := c.searchable(ctx, e.Type, m.Path, path)
		if err != nil {
			return scimclient.Resource{}, unknown, err
		}
		if !works {
			c.unverified("searches by " + m.Path + " do not find " + kindNames(e.Type) + " that exist")
			return scimclient.Resource{}, unknown, nil
		}
	}
	return scimclient.Resource{}, nowhere, nil
}

// searchable tries whether a search finds somebody who is there.
func (c *comparison) searchable(ctx context.Context, kind, name string, path scim.TargetPath) (bool, error) {
	key := kind + " " + name
	if works, tried := c.searches[key]; tried {
		return works, nil
	}
	l := c.lists[collection(kind)]
	if l == nil || l.any.ID == "" {
		return true, nil // nobody is known to be there
	}
	v, _ := path.Get(l.any.Values)
	value, _ := v.(string)
	if value == "" {
		return true, nil
	}
	found, err := c.reader.Find(ctx, collection(kind), name, value)
	if err != nil {
		return false, c.unread(ctx, "search for "+kindNames(kind)+" by "+name, err)
	}
	c.searches[key] = slices.ContainsFunc(found, func(r scimclient.Resource) bool { return r.ID == l.any.ID })
	return c.searches[key], nil
}

// nowhere decides about objects that have no link and are in no list: where the list is whole,
// they are missing; where it is cut, they are searched for.
func (c *comparison) nowhere(ctx context.Context) error {
	for i := range c.unlisted {
		e := &c.unlisted[i]
		l := c.lists[collection(e.Type)]
		claim := "not found " + e.Type
		job := e.Known.GivenUp || e.Known.NeverTried
		if !job && l != nil && l.refused == "" && (!l.complete || !c.trust.believes(claim)) {
			_, where, err := c.search(ctx, e)
			if err != nil {
				return err
			}
			switch {
			case where == listed:
				c.trust.saw(claim, false)
				c.cut(collection(e.Type))
				c.count(e)
				continue
			case where == unknown && l.complete:
				c.result.Unverified-- // the list decides where nobody can be searched for
			case where == unknown:
				continue
			default:
				c.trust.saw(claim, true)
			}
		}
		c.count(e)
		c.missing(e)
	}
	return nil
}

// doubled reports others that have the matching value of a linked object.
func (c *comparison) doubled(ctx context.Context, e *Expected, r scimclient.Resource) error {
	for _, m := range e.Matching {
		if m.Value == "" {
			continue
		}
		found, err := c.store.matching(collection(e.Type), m)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(found, func(other scimclient.Resource) bool { return other.ID == r.ID }) {
			return nil // it does not have the value itself
		}
		return c.several(ctx, e, found)
	}
	return nil
}

// several reports that more than one resource has the matching value of an object, unless the
// others belong to other objects of the source.
func (c *comparison) several(ctx context.Context, e *Expected, found []scimclient.Resource) error {
	if len(found) < 2 || e.Presence == Gone {
		return nil
	}
	var ids []string
	for _, r := range found {
		if r.ID != e.Target && c.Owner != nil {
			if _, taken, err := c.Owner(ctx, r.ID); err != nil || taken {
				if err != nil {
					return err
				}
				continue
			}
		}
		ids = append(ids, r.ID)
	}
	if len(ids) > 1 {
		slices.Sort(ids)
		c.found.add(Difference{Kind: Doubled, Object: e.Ref, IDs: ids})
	}
	return nil
}
