package okta

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
	case l.State == removedByImport:
		return false, nil
	case l.Target == "" && !wanted:
		return false, nil
	case l.Target == "":
		values, err := c.values(ctx, s, o)
		x.Name, x.Matching = values["userName"], []endstate.Match{{Path: "userName", Value: values["userName"]}}
		if !l.Assigned {
			x.Known = endstate.Known{NeverTried: true, Why: "it was there before the run and is not adopted"}
		}
		return true, err
	case !l.Active:
		inactive := false
		x.Presence, x.Active = endstate.Disabled, &inactive
		return true, nil
	}
	active := true
	x.Active, x.Matching = &active, []endstate.Match{{Path: "userName", Value: l.Sent["userName"]}}
	if !c.NoExternalID {
		x.Mark = endstate.Match{Path: "externalId", Value: ID(o), CaseExact: true}
	}
	for _, a := range attributes() {
		v, has := l.Sent[a.path]
		if !has || a.path == enterprise+":manager" {
			continue
		}
		x.Attributes = append(x.Attributes, endstate.Attribute{Path: expectedPath(a.path), Want: []string{v}})
	}
	return true, nil
}

// expectedPath is the path by which a value is found.
func expectedPath(path string) string {
	switch path {
	case "emails.value":
		return `emails[primary eq true].value`
	case "emails.type":
		return `emails[primary eq true].type`
	}
	return path
}

func (c *Client) expectedGroup(ctx context.Context, s *push.Session, o *directory.Object, l push.Link, x *endstate.Expected) (bool, error) {
	if l.Num == 0 {
		return false, nil
	}
	x.Name, x.Matching = l.Name, []endstate.Match{{Path: "displayName", Value: l.Name}}
	if l.Target == "" {
		return true, nil
	}
	x.Attributes = []endstate.Attribute{{Path: "displayName", Want: []string{l.Name}}}
	x.OtherMembers = l.State == linkedGroup // what was there before stays (O-85)
	var err error
	x.Members, err = s.ExpectedMembers(ctx, o.Num)
	return err == nil, err
}
