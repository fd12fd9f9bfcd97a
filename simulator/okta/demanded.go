package okta

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// demanded is what an administrator asks for at the start of a run: Force Sync of users who are provisioned
// (O-31), and Push now of groups that are pushed (O-78).
func (c *Client) demanded(ctx context.Context, s *push.Session) error {
	for _, d := range []struct {
		kind directory.Kind
		yes  bool
		do   func(context.Context, *push.Session, *directory.Object, push.Link) error
	}{
		{directory.User, c.ForceSync, c.syncNow},
		{directory.Group, c.PushNow, c.pushGroup},
	} {
		if !d.yes {
			continue
		}
		links, err := s.Store.Links(ctx, d.kind)
		if err != nil {
			return err
		}
		for _, l := range links {
			o, err := s.Tenant.Get(ctx, l.Num)
			if err != nil {
				return err
			}
			if o == nil || l.Target == "" || !l.Active {
				continue
			}
			if err := d.do(ctx, s, o, l); err != nil {
				return err
			}
		}
	}
	return nil
}

// syncNow sends all mapped values of a user.
func (c *Client) syncNow(ctx context.Context, s *push.Session, o *directory.Object, l push.Link) (err error) {
	u := &user{Client: c, Session: s, o: o, link: l}
	if u.values, err = c.values(ctx, s, o); err != nil {
		return err
	}
	var all []string
	for _, a := range attributes() {
		if _, has := u.values[a.path]; has || l.Sent[a.path] != "" {
			all = append(all, a.path)
		}
	}
	return u.profile(ctx, all, false)
}

// pushGroup sends all members of a group.
func (c *Client) pushGroup(ctx context.Context, s *push.Session, o *directory.Object, l push.Link) error {
	name, _ := o.Attribute("displayName").(string)
	m := &mapping{Client: c, Session: s, o: o, link: l, name: name}
	if err := m.load(ctx); err != nil {
		return err
	}
	return m.pushNow(ctx)
}
