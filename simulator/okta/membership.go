package okta

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/push"
)

// members are member objects (O-74). nameless are the target ids whose display the server never
// returned; theirs is null.
func members(list []push.Link, nameless map[string]bool) []push.Object {
	out := make([]push.Object, 0, len(list))
	for _, l := range list {
		b := &body{}
		b.set("value", l.Target)
		if nameless[l.Target] {
			b.set("display", nil)
		} else {
			b.set("display", l.Name)
		}
		out = append(out, b.Object)
	}
	return out
}

func names(list []push.Link) []string {
	out := make([]string, 0, len(list))
	for _, l := range list {
		out = append(out, l.Name)
	}
	return out
}

// without are the links of a list that another one lacks.
func without(list, other []push.Link) []push.Link {
	return slices.DeleteFunc(slices.Clone(list), func(l push.Link) bool {
		return slices.ContainsFunc(other, func(x push.Link) bool { return x.Num == l.Num })
	})
}

// rename sends the name, without a path and with the id (O-76). ok is false after a failure.
func (m *mapping) rename(ctx context.Context) (ok bool, err error) {
	value := single("id", m.link.Target)
	name, err := push.Raw(m.name)
	if err != nil {
		return false, err
	}
	value.Set("displayName", name)
	a, err := m.patch(ctx, operations(replacing(value)))
	if err != nil {
		return false, err
	}
	if !a.OK() {
		return false, m.fail(ctx, m.operation(eventGroupUpdate, push.Update, "updating user group membership"), a)
	}
	renamed := m.link.Name != m.name
	m.link.Name = m.name
	if !renamed {
		return true, nil
	}
	return true, m.renamed()
}

// renamed tells log and journal the new name.
func (m *mapping) renamed() error {
	e := m.entry(eventGroupUpdate, push.Update)
	e.Changed = []string{"displayName"}
	return errors.Join(m.Log(e), m.Renamed("Groups", m.link.Target, "displayName", m.name))
}

func (m *mapping) patch(ctx context.Context, body push.Object) (push.Answer, error) {
	return m.Send(ctx, m.o.ID, http.MethodPatch, push.Path("Groups", m.link.Target), "", body)
}

// change sends who joined and who left: removals first, one operation each, then one add (O-77). A PATCH has at
// most Batch changes (O-79).
func (m *mapping) change(ctx context.Context, joined, left []push.Link) error {
	for len(joined)+len(left) > 0 {
		gone := left[:min(len(left), m.Batch)]
		came := joined[:min(len(joined), m.Batch-len(gone))]
		left, joined = left[len(gone):], joined[len(came):]
		var ops []push.Object
		for _, l := range gone {
			b := single("op", "remove")
			path, err := push.Raw(`members[value eq "` + l.Target + `"]`)
			if err != nil {
				return err
			}
			b.Set("path", path)
			ops = append(ops, b)
		}
		if len(came) > 0 {
			b := &body{}
			b.set("op", "add")
			b.set("path", "members")
			b.set("value", members(came, nil))
			if b.err != nil {
				return b.err
			}
			ops = append(ops, b.Object)
		}
		a, err := m.patch(ctx, operations(ops...))
		if err != nil {
			return err
		}
		if !a.OK() {
			return m.fail(ctx, m.operation(eventGroupUpdate, push.Update, "updating user group membership"), a)
		}
		if err := m.membersChanged(ctx, came, gone); err != nil {
			return err
		}
	}
	return m.save(ctx, nil, nil)
}

// membersChanged keeps and logs members that were written. Those who were known already, as after a creation,
// are not logged again.
func (m *mapping) membersChanged(ctx context.Context, came, gone []push.Link) error {
	fresh := without(came, m.sent)
	known, err := m.Store.SentMembers(ctx, m.o.Num)
	if err != nil {
		return err
	}
	fresh = slices.DeleteFunc(fresh, func(l push.Link) bool { return slices.Contains(known, l.Num) })
	if err := m.save(ctx, came, gone); err != nil {
		return err
	}
	if len(fresh) > 0 {
		e := m.entry(eventJoin, push.Update)
		e.Added = names(fresh)
		if err := m.Log(e); err != nil {
			return err
		}
	}
	if len(gone) > 0 {
		e := m.entry(eventLeave, push.Update)
		e.Removed = names(gone)
		return m.Log(e)
	}
	return nil
}

// replace puts the whole group, as mode aiw does (O-72, O-80). A group that is linked or created keeps the
// members that it has (O-85).
func (m *mapping) replace(ctx context.Context, joined, left []push.Link, keep bool) error {
	op := m.operation(eventGroupUpdate, push.Update, "updating user group membership")
	a, err := m.Send(ctx, m.o.ID, http.MethodGet, push.Path("Groups", m.link.Target), "", nil)
	if err != nil {
		return err
	}
	if !a.OK() {
		return m.fail(ctx, op, a)
	}
	got, err := a.Object()
	if err != nil {
		return m.fail(ctx, op, a)
	}
	there, nameless := listed(got)
	list := members(m.members, nameless)
	if keep {
		for _, one := range there {
			id := one.Text("value")
			if !slices.ContainsFunc(m.members, func(l push.Link) bool { return l.Target == id }) {
				list = append(list, one)
			}
		}
	}
	b := &body{}
	b.set("schemas", []string{coreGroup})
	b.set("id", m.link.Target)
	b.set("displayName", m.name)
	b.set("members", list)
	if b.err != nil {
		return b.err
	}
	if a, err = m.Send(ctx, m.o.ID, http.MethodPut, push.Path("Groups", m.link.Target), "", b.Object); err != nil {
		return err
	}
	if !a.OK() {
		return m.fail(ctx, op, a)
	}
	if m.link.Name != m.name {
		if err := m.renamed(); err != nil {
			return err
		}
	}
	m.link.Name = m.name
	return m.replaced(ctx, joined, left)
}

// replaced keeps what a PUT wrote: its members are those that were sent.
func (m *mapping) replaced(ctx context.Context, joined, left []push.Link) error {
	m.finished()
	dropped := without(without(m.sent, m.members), left) // inactive ones go with the list (O-70)
	for _, l := range dropped {
		if err := m.Store.RemoveMember(ctx, m.o.Num, l.Num); err != nil {
			return err
		}
	}
	return m.membersChanged(ctx, joined, left)
}

// finished ends the state of a group whose create was not recorded.
func (m *mapping) finished() {
	if m.link.State == unfinished {
		m.link.State = ""
	}
}

// listed are the members of a group that the server returned, and those of them without a display.
func listed(group push.Object) (list []push.Object, nameless map[string]bool) {
	var raw []json.RawMessage
	nameless = map[string]bool{}
	if json.Unmarshal(group.Get("members"), &raw) != nil {
		return nil, nameless
	}
	for _, text := range raw {
		one, err := push.ParseObject(text)
		if err != nil || one.Text("value") == "" {
			continue
		}
		b := &body{}
		b.set("value", one.Text("value"))
		display := one.Text("display")
		if display == "" {
			b.set("display", nil)
			nameless[one.Text("value")] = true
		} else {
			b.set("display", display)
		}
		list = append(list, b.Object)
	}
	return list, nameless
}

// pushNow sends all members of a group, as Push now does (O-78).
func (m *mapping) pushNow(ctx context.Context) error {
	if m.Mode == Wizard {
		return m.replace(ctx, without(m.members, m.sent), without(m.sent, m.members), false)
	}
	b := &body{}
	b.set("op", "replace")
	b.set("path", "members")
	b.set("value", members(m.members, nil))
	if b.err != nil {
		return b.err
	}
	a, err := m.patch(ctx, operations(b.Object))
	if err != nil {
		return err
	}
	if !a.OK() {
		return m.fail(ctx, m.operation(eventPushed, push.Update, "updating user group membership"), a)
	}
	m.finished()
	return m.membersChanged(ctx, m.members, without(m.sent, m.members))
}
