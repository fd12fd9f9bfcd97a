package onelogin

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// entitlementsRecord is the key of the groups that the last refresh found, by name.
const entitlementsRecord = "entitlements"

// refresh reads the groups of the target (L-40).
func (c *Client) refresh(ctx context.Context, s *push.Session) error {
	a, err := s.Send(ctx, "refresh", http.MethodGet, "/Groups", "", nil)
	if err != nil {
		return err
	}
	_, groups, bad := a.List()
	if !a.OK() || bad != nil {
		text := why(a)
		if a.OK() {
			text = bad.Error()
		}
		return s.Log(push.Entry{Event: "refresh entitlements", Action: push.Read, Outcome: push.Failure, Reason: text, Status: a.Status})
	}
	known := map[string]string{}
	for _, g := range groups {
		if name, id := g.Text("displayName"), g.Text("id"); name != "" && id != "" {
			known[name] = id
		}
	}
	return s.Store.Save(ctx, entitlementsRecord, known)
}

// role is one role and its group under work.
type role struct {
	*Client
	*push.Session

	o    *directory.Object
	link push.Link
	name string
}

// Group brings the group of a role up to date with the directory (L-41).
func (c *Client) Group(ctx context.Context, s *push.Session, o *directory.Object, retried bool) error {
	link, err := s.Store.Link(ctx, o.Num)
	if err != nil || c.Rule == ruleNone {
		return err
	}
	wanted := o.Presence == directory.Present && (c.AllRoles || s.Assigned(o))
	name, _ := o.Attribute("displayName").(string)
	switch {
	case !wanted && link.Num == 0:
		return nil
	case !wanted: // the end of a role sends nothing (L-44)
		return s.Store.DropLink(ctx, o.Num)
	case link.Num != 0 && link.Target != "" && link.Name != name: // a renamed role is another group (L-45)
		if err := s.Store.DropLink(ctx, o.Num); err != nil {
			return err
		}
		link = push.Link{}
	}
	if link.Num == 0 {
		link = push.Link{Num: o.Num, Kind: o.Kind, SourceID: o.ID, Name: name}
	}
	r := &role{Client: c, Session: s, o: o, link: link, name: name}
	if ok, err := r.established(ctx, retried); err != nil || !ok {
		return err
	}
	return r.members(ctx)
}

func (r *role) entry(event string, action push.Action) push.Entry {
	return push.Entry{Event: event, Action: action, Outcome: push.Success, Kind: r.o.Kind, SourceID: r.o.ID, Name: r.name, Target: r.link.Target}
}

func (r *role) save(ctx context.Context) error {
	if err := r.Done(ctx, r.o); err != nil {
		return err
	}
	return r.Store.SaveLink(ctx, r.link)
}

// established finds the group among the entitlements, or creates it (L-41); ok is false if there is none.
func (r *role) established(ctx context.Context, retried bool) (ok bool, err error) {
	if r.link.Target != "" {
		return true, nil
	}
	if _, waits, err := r.Store.Task(ctx, r.o.Num); err != nil || waits && !retried {
		return false, err
	}
	if retried { // the administrator refreshes the entitlements before a second attempt
		if err := r.refresh(ctx, r.Session); err != nil {
			return false, err
		}
	}
	known := map[string]string{}
	if _, err := r.Store.Load(ctx, entitlementsRecord, &known); err != nil {
		return false, err
	}
	id := known[r.name]
	switch {
	case id != "":
		may, err := r.MayAdopt("Groups", id, r.name)
		if err != nil || !may {
			return false, err
		}
		r.link.Target, r.link.State, r.link.Active, r.link.Assigned = id, "existing", true, true
		if err := r.save(ctx); err != nil {
			return false, err
		}
		return true, r.Log(r.entry("use group", push.Linked))
	case r.Rule == ruleExisting, r.name == "":
		return false, nil
	}
	schema := coreGroup
	if r.old() {
		schema = oldCore
	}
	body := pairs("schemas", []string{schema}, "displayName", r.name)
	a, id, err := r.Create(ctx, r.o.ID, "Groups", journal.Object{Attribute: "displayName", Value: r.name}, body)
	switch {
	case err != nil:
		return false, err
	case !a.OK() || id == "":
		text := why(a)
		if a.OK() {
			text = "the response lacks id"
		}
		if err := r.Store.SaveLink(ctx, r.link); err != nil {
			return false, err
		}
		return false, r.failed(ctx, r.Session, r.o, r.entry("create group", push.Create), a, text)
	}
	r.link.Target, r.link.Active, r.link.Assigned = id, true, true
	if err := r.save(ctx); err != nil {
		return false, err
	}
	return true, r.Log(r.entry("create group", push.Create))
}

// members sends who joined and who left, one request for each.
func (r *role) members(ctx context.Context) error {
	current, err := r.Tenant.Members(ctx, r.o.Num)
	if err != nil {
		return err
	}
	sent, err := r.Store.SentMembers(ctx, r.o.Num)
	if err != nil {
		return err
	}
	for _, num := range current {
		l, err := r.Store.Link(ctx, num)
		if err != nil {
			return err
		}
		if l.Kind != directory.User || l.Target == "" || !l.Active || slices.Contains(sent, num) {
			continue
		}
		if ok, err := r.patch(ctx, l, true); err != nil || !ok {
			return err
		}
	}
	for _, num := range sent {
		if slices.Contains(current, num) {
			continue
		}
		l, err := r.Store.Link(ctx, num)
		if err != nil {
			return err
		}
		if ok, err := r.patch(ctx, l, false); err != nil || !ok {
			return err
		}
	}
	return r.Done(ctx, r.o)
}

// patch adds or removes one member; ok is false after a failure.
func (r *role) patch(ctx context.Context, l push.Link, add bool) (ok bool, err error) {
	a, err := r.Send(ctx, r.o.ID, http.MethodPatch, push.Path("Groups", r.link.Target), "", r.change(l.Target, add))
	if err != nil {
		return false, err
	}
	e := r.entry("set groups", push.Update)
	if !a.OK() {
		return false, r.failed(ctx, r.Session, r.o, e, a, why(a))
	}
	if add {
		e.Added, err = []string{l.Name}, r.Store.AddMember(ctx, r.o.Num, l.Num)
	} else {
		e.Removed, err = []string{l.Name}, r.Store.RemoveMember(ctx, r.o.Num, l.Num)
	}
	if err != nil {
		return false, err
	}
	return true, r.Log(e)
}

// change is the body of a membership change (L-42, L-43).
func (r *role) change(id string, add bool) push.Object {
	form := r.Form
	if form == formSchema {
		form = formValue
		if r.old() {
			form = formOld
		}
	}
	if form == formOld {
		return pairs("schemas", []string{oldCore}, "members", []push.Object{pairs("value", id, "operation", map[bool]string{true: "add", false: "delete"}[add])})
	}
	op := pairs("op", map[bool]string{true: "add", false: "remove"}[add], "path", "members", "value", []push.Object{pairs("value", id)})
	if form == formFilter && !add {
		op = pairs("op", "remove", "path", `members[value eq "`+id+`"]`)
	}
	return pairs("schemas", []string{patchOp}, "Operations", []push.Object{op})
}

// pairs is an object of names and values.
func pairs(list ...any) push.Object {
	var o push.Object
	for i := 0; i+1 < len(list); i += 2 {
		name, _ := list[i].(string)
		if text, err := push.Raw(list[i+1]); err == nil { // strings, and objects made of them
			o.Set(name, text)
		}
	}
	return o
}
