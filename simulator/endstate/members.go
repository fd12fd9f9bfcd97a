package endstate

import (
	"context"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// memberDifferences is what distinguishes the members of a group from the expected ones.
type memberDifferences struct {
	missing []Reference
	extra   []string // target ids
	twice   []string // target ids
	shown   int
}

func (d memberDifferences) none() bool { return len(d.missing)+len(d.extra)+len(d.twice) == 0 }

// members compares the members of a group.
func (c *comparison) members(ctx context.Context, e *Expected, r scimclient.Resource) error {
	if e.Type != Group || e.AnyMembers || e.Presence != Present {
		return nil
	}
	diff := e.compareMembers(r)
	const claim = "members"
	if !diff.none() && !c.trust.believes(claim) { // a list may show groups without their members
		read, ok, known, err := c.read(ctx, Group, r.ID)
		if err != nil || !known || !ok {
			return err
		}
		again := e.compareMembers(read)
		c.trust.saw(claim, !again.none())
		diff = again
	}
	if len(diff.missing) > 0 && !c.trust.believes("members shown") {
		hidden, err := c.hidden(ctx, r.ID, diff.missing)
		if err != nil {
			return err
		}
		c.trust.saw("members shown", !hidden)
		if hidden {
			c.unverified("groups are read without all their members: " + e.Name + " shows " +
				counted(diff.shown, "member") + ", and others are members by their own groups or by a search")
			return nil
		}
	}
	return c.reportMembers(ctx, e, diff)
}

// compareMembers compares the members of a group as a resource shows them.
func (e *Expected) compareMembers(r scimclient.Resource) (d memberDifferences) {
	got := map[string]bool{}
	list, _ := value("members", r).([]any)
	for _, v := range list {
		id := referenceID(v)
		if got[id] && !slices.Contains(d.twice, id) {
			d.twice = append(d.twice, id)
		}
		if id != "" {
			got[id] = true
		}
	}
	d.shown = len(got)
	for _, m := range e.Members {
		if !got[m.Target] && !m.Optional {
			d.missing = append(d.missing, m)
		}
		delete(got, m.Target)
	}
	for id := range got {
		if e.OtherMembers {
			break
		}
		d.extra = append(d.extra, id)
	}
	slices.Sort(d.extra)
	return d
}

// reportMembers reports members. An extra one counts if it is somebody's of the source.
func (c *comparison) reportMembers(ctx context.Context, e *Expected, d memberDifferences) error {
	for _, m := range d.missing {
		c.found.add(Difference{Kind: m.Known.kind(MemberMissing), Object: e.Ref, Other: c.named(ctx, m.Ref), Why: m.Known.Why, After: e.After})
	}
	for _, id := range d.twice {
		owner, ok, err := c.ownerOf(ctx, id)
		if err != nil {
			return err
		}
		if ok {
			c.found.add(Difference{Kind: MemberTwice, Object: e.Ref, Other: c.named(ctx, owner)})
		}
	}
	for _, id := range d.extra {
		other := Ref{Target: id}
		if c.Owner != nil {
			owner, ok, err := c.Owner(ctx, id)
			if err != nil {
				return err
			}
			if !ok {
				if err := c.stranger(ctx, e, id); err != nil {
					return err
				}
				continue
			}
			other = owner
		}
		c.found.add(Difference{Kind: MemberExtra, Object: e.Ref, Other: c.named(ctx, other)})
	}
	return nil
}

// ownerOf finds whose object in the target is.
func (c *comparison) ownerOf(ctx context.Context, id string) (Ref, bool, error) {
	if c.Owner == nil {
		return Ref{Target: id}, true, nil
	}
	return c.Owner(ctx, id)
}

// named completes a name.
func (c *comparison) named(ctx context.Context, r Ref) *Ref {
	if c.Name != nil && r.Name == "" {
		r = c.Name(ctx, r)
	}
	return &r
}

// asked is how many members of a group are asked for by themselves.
const asked = 3

// hidden reports whether members are there and only not shown: the member knows the group, or a
// search for groups by member finds it.
func (c *comparison) hidden(ctx context.Context, group string, missing []Reference) (bool, error) {
	for _, m := range missing[:min(asked, len(missing))] {
		r, ok, _, err := c.read(ctx, User, m.Target)
		if err != nil {
			return false, err
		}
		groups, _ := value("groups", r).([]any)
		if ok && slices.ContainsFunc(groups, func(v any) bool { return referenceID(v) == group }) {
			return true, nil
		}
		if ok && len(groups) > 0 {
			continue // the target shows groups, and this one is not among them
		}
		found, err := c.reader.Find(ctx, "Groups", "members.value", m.Target)
		if err != nil {
			continue // many targets cannot search for members
		}
		all := c.lists["Groups"]
		selective := all == nil || len(found) < max(all.count, 2)
		if selective && slices.ContainsFunc(found, func(r scimclient.Resource) bool { return r.ID == group }) {
			return true, nil
		}
	}
	return false, nil
}
