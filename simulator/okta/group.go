package okta

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// mapping is one Group Push mapping under work.
type mapping struct {
	*Client
	*push.Session

	o    *directory.Object
	link push.Link
	name string
	// members are the members that are provisioned, sent those of the last push, both by number.
	members, sent []push.Link
	// current are all members in the directory, with or without a link.
	current []int64
}

// Group brings a pushed group up to date with the directory (O-70).
func (c *Client) Group(ctx context.Context, s *push.Session, o *directory.Object, retried bool) error {
	link, err := s.Store.Link(ctx, o.Num)
	if err != nil {
		return err
	}
	task, waits, err := s.Store.Task(ctx, o.Num)
	if err != nil {
		return err
	}
	wanted := o.Presence == directory.Present && (c.Push == pushAll || c.Push == pushAssigned && s.Assigned(o))
	switch {
	case link.Num == 0 && !wanted:
		return nil
	case !retried && waits && task.Due.After(s.Now()): // a paused task (O-22)
		return nil
	}
	name, _ := o.Attribute("displayName").(string)
	m := &mapping{Client: c, Session: s, o: o, link: link, name: name}
	if link.Num == 0 {
		m.link = push.Link{Num: o.Num, Kind: o.Kind, SourceID: o.ID, Name: name}
	}
	if !wanted {
		return m.unlink(ctx)
	}
	m.link.Assigned = true
	if err := m.load(ctx); err != nil {
		return err
	}
	if m.link.Target == "" {
		return m.establish(ctx)
	}
	return m.update(ctx, waits)
}

// load reads who should be in the group, and who was sent.
func (m *mapping) load(ctx context.Context) (err error) {
	if m.current, err = m.Tenant.Members(ctx, m.o.Num); err != nil {
		return err
	}
	for _, num := range m.current {
		l, err := m.Store.Link(ctx, num)
		if err != nil {
			return err
		}
		if l.Kind == directory.User && l.Target != "" && l.Active {
			m.members = append(m.members, l)
		}
	}
	sent, err := m.Store.SentMembers(ctx, m.o.Num)
	if err != nil {
		return err
	}
	for _, num := range sent {
		l, err := m.Store.Link(ctx, num)
		if err != nil {
			return err
		}
		m.sent = append(m.sent, l)
	}
	return nil
}

func (m *mapping) operation(event string, action push.Action, doing string) operation {
	return operation{
		event: event, action: action, name: m.name, target: m.link.Target,
		before: "Unable to update Group Push mapping target App group " + m.name + ": Error while " + doing + " for group " + m.name + " ",
	}
}

func (m *mapping) fail(ctx context.Context, op operation, a push.Answer) error {
	return m.failedFor(ctx, op, a, remote(a))
}

func (m *mapping) failedFor(ctx context.Context, op operation, a push.Answer, why string) error {
	if err := m.Store.SaveLink(ctx, m.link); err != nil {
		return err
	}
	op.target = m.link.Target
	return m.failed(ctx, m.Session, m.o, op, a, why)
}

// save keeps the mapping and who is in the group, and ends the task.
func (m *mapping) save(ctx context.Context, added, removed []push.Link) error {
	for _, l := range added {
		if err := m.Store.AddMember(ctx, m.o.Num, l.Num); err != nil {
			return err
		}
	}
	for _, l := range removed {
		if err := m.Store.RemoveMember(ctx, m.o.Num, l.Num); err != nil {
			return err
		}
	}
	m.link.Active = true
	if err := m.Done(ctx, m.o); err != nil {
		return err
	}
	return m.Store.SaveLink(ctx, m.link)
}

func (m *mapping) entry(event string, action push.Action) push.Entry {
	return push.Entry{
		Event: event, Action: action, Outcome: push.Success, Kind: m.o.Kind, SourceID: m.o.ID, Name: m.name, Target: m.link.Target,
	}
}

// establish looks the group up by its name, then links or creates it (O-71, O-85).
func (m *mapping) establish(ctx context.Context) error {
	op := m.operation(eventGroupExists, push.Create, "looking up group membership")
	if m.name == "" {
		return m.failedFor(ctx, op, push.Answer{}, "the group has no name")
	}
	a, err := m.Send(ctx, m.o.ID, http.MethodGet, "/Groups", equals("displayName", m.name), nil)
	if err != nil {
		return err
	}
	if a.Status == http.StatusNotFound {
		return m.create(ctx)
	}
	_, found, bad := a.List()
	switch {
	case !a.OK():
		return m.fail(ctx, op, a)
	case bad != nil:
		return m.failedFor(ctx, op, a, bad.Error())
	case len(found) == 0:
		return m.create(ctx)
	}
	id := found[0].Text("id")
	if id == "" {
		return m.failedFor(ctx, op, a, "the group in the list has no id")
	}
	may, err := m.MayAdopt("Groups", id, m.name)
	if err != nil {
		return err
	}
	if !may {
		e := m.entry(eventGroupExists, push.Linked)
		e.Outcome, e.Target, e.Reason = push.Skipped, id, "the group was there before this run, and is not linked without --adopt-existing; Okta links it"
		return m.Log(e)
	}
	m.link.Target, m.link.State = id, linkedGroup
	if err := m.Log(m.entry(eventGroupExists, push.Linked)); err != nil {
		return err
	}
	if m.Ours("Groups", id) { // its create was not recorded before a kill
		return m.resume(ctx)
	}
	return m.first(ctx, m.RenameApp && found[0].Text("displayName") != m.name)
}

// resume goes on with a group whose create was not recorded: all its members are those of this run.
func (m *mapping) resume(ctx context.Context) error {
	m.link.State, m.link.Name = unfinished, m.name
	return m.pushNow(ctx)
}

// create posts the group, then sends its members once more (O-72, O-73).
func (m *mapping) create(ctx context.Context) error {
	op := m.operation(eventGroup, push.Create, "creating group membership")
	b := &body{}
	b.set("schemas", []string{coreGroup})
	b.set("displayName", m.name)
	posted := members(m.members, nil)
	if m.Mode == Catalogue && m.EmptyCreate {
		posted = []push.Object{}
	}
	b.set("members", posted)
	if b.err != nil {
		return b.err
	}
	a, id, err := m.Create(ctx, m.o.ID, "Groups", journal.Object{Attribute: "displayName", Value: m.name}, b.Object)
	switch {
	case err != nil:
		return err
	case !a.OK():
		return m.fail(ctx, op, a)
	case id == "":
		return m.failedFor(ctx, op, a, "Create new group returned empty group.")
	}
	m.link.Target, m.link.Name, m.link.Active = id, m.name, true
	e := m.entry(eventGroup, push.Create)
	if len(posted) > 0 {
		e.Added = names(m.members)
		if err := m.save(ctx, m.members, nil); err != nil {
			return err
		}
	} else if err := m.save(ctx, nil, nil); err != nil {
		return err
	}
	if err := m.Log(e); err != nil {
		return err
	}
	return m.first(ctx, false)
}

// first is the push that follows the creation or the link of a group. It adds, and removes nobody (O-85).
func (m *mapping) first(ctx context.Context, rename bool) error {
	m.link.Name = m.name
	if m.Mode == Wizard {
		return m.replace(ctx, m.members, nil, true)
	}
	if rename {
		if ok, err := m.rename(ctx); err != nil || !ok {
			return err
		}
	}
	return m.change(ctx, m.members, nil)
}

// update sends a new name and other members.
func (m *mapping) update(ctx context.Context, again bool) error {
	joined := without(m.members, m.sent)
	left := slices.DeleteFunc(slices.Clone(m.sent), func(l push.Link) bool { return slices.Contains(m.current, l.Num) })
	if m.Lost {
		if err := m.forget(ctx, &left); err != nil {
			return err
		}
	}
	renamed := m.name != m.link.Name
	switch {
	case m.link.State == unfinished && !renamed:
		return m.pushNow(ctx)
	case len(joined)+len(left) == 0 && !renamed:
		if again {
			return m.Done(ctx, m.o)
		}
		return nil
	case m.Mode == Wizard:
		return m.replace(ctx, joined, left, false)
	}
	if renamed || !m.QuietName {
		if ok, err := m.rename(ctx); err != nil || !ok {
			return err
		}
	}
	if err := m.save(ctx, nil, nil); err != nil {
		return err
	}
	return m.change(ctx, joined, left)
}

// forget drops removals of people whom the same group assigned (O-84).
func (m *mapping) forget(ctx context.Context, left *[]push.Link) error {
	var kept []push.Link
	for _, l := range *left {
		if l.Active {
			kept = append(kept, l)
			continue
		}
		if err := m.Store.RemoveMember(ctx, m.o.Num, l.Num); err != nil {
			return err
		}
	}
	*left = kept
	return nil
}

// unlink ends the mapping of a group that is not pushed any more (O-82).
func (m *mapping) unlink(ctx context.Context) error {
	if m.link.Target != "" && !m.Leave {
		op := m.operation(eventGroupRemove, push.Delete, "deleting group membership")
		op.name = m.link.Name
		a, err := m.Send(ctx, m.o.ID, http.MethodDelete, push.Path("Groups", m.link.Target), "", nil)
		if err != nil {
			return err
		}
		if !a.OK() && a.Status != http.StatusNotFound {
			return m.fail(ctx, op, a)
		}
		e := m.entry(eventGroupRemove, push.Delete)
		e.Name = m.link.Name
		if err := m.Log(e); err != nil {
			return err
		}
		if err := m.Deleted("Groups", m.link.Target); err != nil {
			return err
		}
	}
	if err := m.Done(ctx, m.o); err != nil {
		return err
	}
	return m.Store.DropLink(ctx, m.o.Num)
}

// unfinished is the state of a group whose create was not recorded, until all its members were sent.
const unfinished = "unfinished"

// linkedGroup is the state of a group that was there before: it may have other members.
const linkedGroup = "linked"
