package okta

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// removedByImport is the state of a user whom an import did not find: the app user is gone (O-29).
const removedByImport = "removed"

// user is one user under work.
type user struct {
	*Client
	*push.Session

	o      *directory.Object
	link   push.Link
	values map[string]string
}

// User brings a user of the target up to date with the directory.
func (c *Client) User(ctx context.Context, s *push.Session, o *directory.Object, retried bool) error {
	link, err := s.Store.Link(ctx, o.Num)
	if err != nil {
		return err
	}
	task, waits, err := s.Store.Task(ctx, o.Num)
	if err != nil {
		return err
	}
	wanted := s.Assigned(o) && (o.Enabled() || c.Suspend)
	switch {
	case link.Num == 0 && !wanted:
		return nil
	case !retried && waits && task.Due.After(s.Now()): // a paused task (O-22)
		return nil
	case c.Suspend && !o.Enabled() && s.Assigned(o): // O-57
		return nil
	}
	if link.Num == 0 {
		link = push.Link{Num: o.Num, Kind: o.Kind, SourceID: o.ID}
	}
	u := &user{Client: c, Session: s, o: o, link: link}
	if u.values, err = c.values(ctx, s, o); err != nil {
		return err
	}
	if !wanted {
		return u.unassigned(ctx, waits)
	}
	newly := !link.Assigned
	u.link.Assigned = true
	switch {
	case link.Target == "" && !newly && !retried: // its create failed, and waits for a person (O-46)
		return nil
	case link.Target == "", !link.Active && !c.KnownID:
		return u.provision(ctx)
	case !link.Active:
		return u.reactivate(ctx)
	}
	return u.profile(ctx, changed(u.values, link.Sent), false)
}

// save keeps the link, and ends the task: the operation succeeded.
func (u *user) save(ctx context.Context) error {
	u.Touch(u.o.Num)
	if err := u.Done(ctx, u.o); err != nil {
		return err
	}
	return u.Store.SaveLink(ctx, u.link)
}

// fail keeps the link as it is, and makes a task.
func (u *user) fail(ctx context.Context, op operation, a push.Answer) error {
	return u.failedFor(ctx, op, a, remote(a))
}

func (u *user) failedFor(ctx context.Context, op operation, a push.Answer, why string) error {
	if err := u.Store.SaveLink(ctx, u.link); err != nil {
		return err
	}
	op.name, op.target = u.values["userName"], u.link.Target
	return u.failed(ctx, u.Session, u.o, op, a, why)
}

// entry is what the log says of an operation that succeeded.
func (u *user) entry(event string, action push.Action, changed []string) push.Entry {
	return push.Entry{
		Event: event, Action: action, Outcome: push.Success, Kind: u.o.Kind, SourceID: u.o.ID, Name: u.values["userName"], Target: u.link.Target, Changed: changed,
	}
}

// creating is the operation of an assignment.
func (u *user) creating() operation {
	name := u.values["userName"]
	display, _ := u.o.Attribute("displayName").(string)
	return operation{event: eventUser, action: push.Create, before: "Automatic provisioning of user " + name + " to app " + u.App + " failed: Error while creating user " + display + ": "}
}

// provision matches, then creates or links (O-40).
func (u *user) provision(ctx context.Context) error {
	if u.values["userName"] == "" {
		u.link.Assigned = true
		return u.failedFor(ctx, u.creating(), push.Answer{}, "the user has no userName")
	}
	a, err := u.Send(ctx, u.o.ID, http.MethodGet, "/Users", equals("userName", u.values["userName"]), nil)
	if err != nil {
		return err
	}
	if a.Status == http.StatusNotFound { // also means that there is none
		return u.create(ctx)
	}
	_, found, bad := a.List()
	switch {
	case !a.OK():
		return u.fail(ctx, u.creating(), a)
	case bad != nil:
		return u.failedFor(ctx, u.creating(), a, bad.Error())
	case len(found) == 0:
		return u.create(ctx)
	}
	id := found[0].Text("id")
	if id == "" {
		return u.failedFor(ctx, u.creating(), a, "the user in the list has no id")
	}
	may, err := u.MayAdopt("Users", id, ID(u.o))
	if err != nil {
		return err
	}
	if !may && id != u.link.Target {
		e := u.entry(eventUser, push.Linked, nil)
		e.Outcome, e.Target, e.Reason = push.Skipped, id, "the user was there before this run, and is not linked without --adopt-existing; Okta links it"
		u.link.Assigned = false
		if err := u.Store.SaveLink(ctx, u.link); err != nil {
			return err
		}
		return u.Log(e)
	}
	u.link.Target, u.link.Active = id, false
	return u.adopt(ctx, found[0].False("active"))
}

// adopt links a user who was found: an inactive one is activated, and the profile is pushed (O-40, O-41).
func (u *user) adopt(ctx context.Context, inactive bool) error {
	if inactive && u.Mode == Catalogue {
		if ok, err := u.activate(ctx, true); err != nil || !ok {
			return err
		}
		u.link.Active = true
		u.Touch(u.o.Num) // the groups want their member, whatever comes of the profile
	}
	var all []string
	for _, a := range attributes() {
		if _, has := u.values[a.path]; has {
			all = append(all, a.path)
		}
	}
	return u.profile(ctx, all, true)
}

// reactivate activates a user by the stored id (O-59).
func (u *user) reactivate(ctx context.Context) error {
	return u.adopt(ctx, true)
}

// create posts the user (O-42 to O-46).
func (u *user) create(ctx context.Context) error {
	b := &body{}
	b.set("schemas", []string{coreUser})
	var core, extension []string
	for _, a := range attributes() {
		if _, has := u.values[a.path]; !has {
			continue
		}
		if len(a.path) > len(enterprise) && a.path[:len(enterprise)] == enterprise {
			extension = append(extension, a.path)
		} else {
			core = append(core, a.path)
		}
	}
	u.put(b, u.values, core)
	if !u.NoExternalID {
		b.set("externalId", ID(u.o))
	}
	u.put(b, u.values, extension)
	b.set("groups", []string{})
	b.set("password", password(u.Session, u.o, "create"))
	b.set("active", true)
	if b.err != nil {
		return b.err
	}
	found := journal.Object{Attribute: "externalId", Value: ID(u.o), AltAttribute: "userName", AltValue: u.values["userName"]}
	if u.NoExternalID {
		found = journal.Object{Attribute: "userName", Value: u.values["userName"]}
	}
	a, id, err := u.Create(ctx, u.o.ID, "Users", found, b.Object)
	switch {
	case err != nil:
		return err
	case !a.OK():
		return u.fail(ctx, u.creating(), a)
	case id == "":
		return u.failedFor(ctx, u.creating(), a, "Create new user returned empty user.")
	}
	u.link.Target, u.link.Active, u.link.State = id, true, ""
	u.link.Name, u.link.Sent = u.values["userName"], u.values
	if err := u.save(ctx); err != nil {
		return err
	}
	return u.Log(u.entry(eventUser, push.Create, slices.Concat(core, extension)))
}

// profile pushes the profile: GET, then PUT of the response with the changed values merged (O-47). A user
// who is linked gets all values, and active.
func (u *user) profile(ctx context.Context, paths []string, linking bool) error {
	synced := u.values[passwordKey] != u.link.Sent[passwordKey] && !linking
	if len(paths) == 0 && !linking && !synced {
		return u.unchanged(ctx)
	}
	op := operation{event: eventProfile, action: push.Update, before: "Error while trying to push profile update for " + cmp.Or(u.values["emails.value"], u.values["userName"]) + ": "}
	if len(paths) > 0 || linking || u.Mode == Wizard {
		b, a, err := u.read(ctx)
		switch {
		case err != nil:
			return err
		case b == nil:
			return u.fail(ctx, op, a)
		}
		u.put(b, u.values, paths)
		if linking {
			if !u.NoExternalID {
				b.set("externalId", ID(u.o))
			}
			b.set("groups", []string{})
			b.set("active", true)
		}
		if synced && u.Mode == Wizard {
			b.set("password", password(u.Session, u.o, u.values[passwordKey]))
		}
		if ok, err := u.replace(ctx, b, op); err != nil || !ok {
			return err
		}
	}
	if synced && u.Mode == Catalogue {
		if ok, err := u.pushPassword(ctx); err != nil || !ok {
			return err
		}
	}
	if u.values["userName"] != u.link.Name {
		if err := u.Renamed("Users", u.link.Target, "userName", u.values["userName"]); err != nil {
			return err
		}
	}
	u.link.Active, u.link.Name, u.link.Sent, u.link.State = true, u.values["userName"], u.values, ""
	if err := u.save(ctx); err != nil {
		return err
	}
	action, event := push.Update, eventProfile
	if linking {
		action, event = push.Enable, eventUser
	}
	if synced && len(paths) == 0 {
		event, paths = eventPassword, []string{"password"}
	}
	return u.Log(u.entry(event, action, paths))
}

// unchanged ends a task that is moot.
func (u *user) unchanged(ctx context.Context) error {
	return u.Done(ctx, u.o)
}

// read gets the user; without a usable response, the body is nil.
func (u *user) read(ctx context.Context) (*body, push.Answer, error) {
	a, err := u.Send(ctx, u.o.ID, http.MethodGet, push.Path("Users", u.link.Target), "", nil)
	if err != nil || !a.OK() {
		return nil, a, err
	}
	o, err := a.Object()
	if err != nil {
		return nil, a, nil //nolint:nilerr // the task says what the body is
	}
	return &body{Object: o}, a, nil
}

// replace puts the user; ok is false after a failure.
func (u *user) replace(ctx context.Context, b *body, op operation) (ok bool, err error) {
	if b.err != nil {
		return false, b.err
	}
	a, err := u.Send(ctx, u.o.ID, http.MethodPut, push.Path("Users", u.link.Target), "", b.Object)
	if err != nil {
		return false, err
	}
	if !a.OK() {
		return false, u.fail(ctx, op, a)
	}
	return true, nil
}
