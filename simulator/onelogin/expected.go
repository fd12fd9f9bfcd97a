package onelogin

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// Expected is what the target should hold of an object.
func (c *Client) Expected(ctx context.Context, s *push.Session, o *directory.Object, l push.Link, x *endstate.Expected) (bool, error) {
	if o.Kind == directory.Group {
		return c.expectedGroup(ctx, s, o, l, x)
	}
	wanted := s.Assigned(o) && o.Enabled()
	switch {
	case l.State == deleted && !wanted:
		x.Presence = endstate.Gone
		return true, nil
	case l.Target == "" || l.State == deleted:
		if !wanted {
			return false, nil
		}
		username := c.macros(o, nil)["parameters.scimusername"]
		x.Name, x.Target, x.Matching = username, "", []endstate.Match{{Path: "userName", Value: username}}
		if !l.Assigned {
			x.Known = endstate.Known{NeverTried: true, Why: "it was there before the run and is not adopted"}
		}
		return true, nil
	case !l.Active:
		inactive := false
		x.Presence, x.Active = endstate.Disabled, &inactive
		return true, nil
	}
	x.Matching = []endstate.Match{{Path: "userName", Value: l.Name}}
	for _, path := range []string{"userName", "displayName", "title", "name.givenName", "name.familyName"} {
		if v := l.Sent[path]; v != "" {
			x.Attributes = append(x.Attributes, endstate.Attribute{Path: path, Want: []string{v}})
		}
	}
	return true, nil
}

func (c *Client) expectedGroup(ctx context.Context, s *push.Session, o *directory.Object, l push.Link, x *endstate.Expected) (bool, error) {
	if l.Num == 0 {
		return false, nil
	}
	x.Name, x.Matching = l.Name, []endstate.Match{{Path: "displayName", Value: l.Name}}
	if l.Target == "" {
		return true, nil
	}
	x.OtherMembers = l.State == "existing"
	var err error
	x.Members, err = s.ExpectedMembers(ctx, o.Num)
	return err == nil, err
}
