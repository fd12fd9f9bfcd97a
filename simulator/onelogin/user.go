package onelogin

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/push"
)

// The states of a link.
const (
	deleted   = "deleted"
	suspended = "suspended"
)

// sentBody is the key of the template that was sent.
const sentBody = "body"

// user is one user under work.
type user struct {
	*Client
	*push.Session

	o    *directory.Object
	link push.Link
	body push.Object
	text string // the body as it is sent
	// retried says that a person looked at the operation: it was approved, or is tried again.
	retried bool
	// doubtful says that the last operation failed, so that the user may be active in the target.
	doubtful bool
}

// User brings a user of the target up to date with the directory.
func (c *Client) User(ctx context.Context, s *push.Session, o *directory.Object, retried bool) error {
	link, err := s.Store.Link(ctx, o.Num)
	if err != nil {
		return err
	}
	wanted := s.Assigned(o)
	if link.Num == 0 {
		if !wanted {
			return nil
		}
		link = push.Link{Num: o.Num, Kind: o.Kind, SourceID: o.ID}
	}
	task, waits, err := s.Store.Task(ctx, o.Num)
	if err != nil {
		return err
	}
	u := &user{Client: c, Session: s, o: o, link: link, retried: retried, doubtful: waits && task.Status != pending}
	if err := u.prepare(ctx); err != nil {
		return err
	}
	newly := wanted && !link.Assigned
	u.link.Assigned = wanted
	there := link.Target != "" && link.State != deleted
	switch {
	case !wanted && there:
		return u.remove(ctx)
	case !wanted:
		return u.settle(ctx)
	case !there && !o.Enabled(): // waits until the suspension ends
		u.link.Assigned = false
		return u.settle(ctx)
	case !there && !newly && !retried: // it failed, and waits for a person
		return nil
	case !there:
		return u.provision(ctx)
	case !o.Enabled() && (link.Active || u.doubtful):
		return u.suspend(ctx, c.SuspendsNothing)
	case o.Enabled() && !link.Active:
		return u.unsuspend(ctx)
	case u.text != link.Sent[sentBody] && o.Enabled():
		return u.update(ctx)
	}
	return u.settle(ctx)
}

// prepare renders the template.
func (u *user) prepare(ctx context.Context) error {
	var manager *directory.Object
	if u.o.ManagerID != "" {
		var err error
		if manager, err = u.Tenant.ByID(ctx, u.o.ManagerID); err != nil {
			return err
		}
	}
	var err error
	if u.body, err = u.render(u.macros(u.o, manager)); err != nil {
		return err
	}
	text, err := push.Raw(u.body)
	u.text = string(text)
	return err
}

// settle keeps the link and ends the task: nothing is to be sent.
func (u *user) settle(ctx context.Context) error {
	if err := u.Done(ctx, u.o); err != nil {
		return err
	}
	return u.Store.SaveLink(ctx, u.link)
}

func (u *user) entry(event string, action push.Action) push.Entry {
	return push.Entry{Event: event, Action: action, Outcome: push.Success, Kind: u.o.Kind, SourceID: u.o.ID, Name: u.name(), Target: u.link.Target}
}

func (u *user) name() string {
	if name := u.body.Text("userName"); name != "" {
		return name
	}
	return u.link.Name
}

// fail marks the user as Failed (L-10).
func (u *user) fail(ctx context.Context, event string, action push.Action, a push.Answer, why string) error {
	if err := u.Store.SaveLink(ctx, u.link); err != nil {
		return err
	}
	return u.failed(ctx, u.Session, u.o, u.entry(event, action), a, why)
}

// provision matches, then links or creates (L-9).
func (u *user) provision(ctx context.Context) error {
	a, err := u.Send(ctx, u.o.ID, http.MethodGet, "/Users", u.equals(u.body.Text("userName")), nil)
	if err != nil {
		return err
	}
	_, found, bad := a.List()
	switch {
	case a.Status == http.StatusNotFound:
	case !a.OK():
		return u.fail(ctx, "create", push.Create, a, why(a))
	case bad != nil:
		return u.fail(ctx, "create", push.Create, a, bad.Error())
	case len(found) > 0:
		return u.adopt(ctx, found[0])
	}
	if held, err := u.held(ctx, u.Session, u.o, opCreate, u.retried, u.entry("create", push.Create), &u.link); err != nil || held {
		return err
	}
	username := u.body.Text("userName")
	a, id, err := u.Create(ctx, u.o.ID, "Users", journal.Object{Attribute: "userName", Value: username}, u.body)
	switch {
	case err != nil:
		return err
	case !a.OK():
		return u.fail(ctx, "create", push.Create, a, why(a))
	case lacking(a) != "":
		return u.fail(ctx, "create", push.Create, a, lacking(a))
	}
	u.link.Target, u.link.State, u.link.Active = id, "", true
	return u.written(ctx, "create", push.Create)
}

// lacking says what a response to a create lacks (L-10).
func lacking(a push.Answer) string {
	o, err := a.Object()
	if err != nil {
		return "the response is not a JSON object"
	}
	if o.Text("id") == "" {
		return "the response lacks id"
	}
	if name := o.Within("name"); name.Text("givenName") == "" || name.Text("familyName") == "" {
		return "OneLogin needs to receive in response a 'name' attribute with 'givenName' and 'familyName'"
	}
	return ""
}

// written keeps what was sent, and logs it.
func (u *user) written(ctx context.Context, event string, action push.Action) error {
	if name := u.body.Text("userName"); name != u.link.Name {
		if err := u.Renamed("Users", u.link.Target, "userName", name); err != nil {
			return err
		}
	}
	u.link.Name, u.link.Sent = u.body.Text("userName"), map[string]string{sentBody: u.text}
	maps.Copy(u.link.Sent, compared(u.body))
	u.Touch(u.o.Num)
	if err := u.settle(ctx); err != nil {
		return err
	}
	return u.Log(u.entry(event, action))
}

// compared are the values of a body that the comparison of the end state looks at.
func compared(body push.Object) map[string]string {
	out := map[string]string{}
	for _, path := range []string{"userName", "displayName", "title", "name.givenName", "name.familyName"} {
		outer, inner, nested := strings.Cut(path, ".")
		v := body.Text(outer)
		if nested {
			v = body.Within(outer).Text(inner)
		}
		if v != "" {
			out[path] = v
		}
	}
	return out
}

// adopt links a user who exists, then updates (L-9).
func (u *user) adopt(ctx context.Context, found push.Object) error {
	id := found.Text("id")
	if id == "" {
		return u.fail(ctx, "create", push.Create, push.Answer{}, "the user in the list has no id")
	}
	may, err := u.MayAdopt("Users", id, u.body.Text("userName"))
	if err != nil {
		return err
	}
	if !may {
		e := u.entry("link", push.Linked)
		e.Outcome, e.Target, e.Reason = push.Skipped, id, "the user was there before this run, and is not linked without --adopt-existing; OneLogin links it"
		u.link.Assigned = false
		if err := u.Store.SaveLink(ctx, u.link); err != nil {
			return err
		}
		return u.Log(e)
	}
	u.link.Target, u.link.State = id, ""
	if found.False("active") {
		return u.unsuspend(ctx)
	}
	u.link.Active = true
	return u.update(ctx)
}

// put sends the whole template; active is added where it is not nil (L-26, L-27). ok is false if nothing was
// written.
func (u *user) put(ctx context.Context, event string, action push.Action, active *bool) (ok bool, err error) {
	if held, err := u.held(ctx, u.Session, u.o, opUpdate, u.retried, u.entry(event, action), &u.link); err != nil || held {
		return false, err
	}
	body := append(push.Object(nil), u.body...)
	if active != nil {
		body.Set("active", json.RawMessage(map[bool]string{true: "true", false: "false"}[*active]))
	}
	a, err := u.Send(ctx, u.o.ID, http.MethodPut, push.Path("Users", u.link.Target), "", body)
	if err != nil {
		return false, err
	}
	if !a.OK() {
		return false, u.fail(ctx, event, action, a, why(a))
	}
	return true, nil
}

func (u *user) update(ctx context.Context) error {
	if ok, err := u.put(ctx, "update", push.Update, nil); err != nil || !ok {
		return err
	}
	return u.written(ctx, "update", push.Update)
}

func (u *user) unsuspend(ctx context.Context) error {
	active := true
	if ok, err := u.put(ctx, "unsuspend", push.Enable, &active); err != nil || !ok {
		return err
	}
	u.link.Active, u.link.State = true, ""
	return u.written(ctx, "unsuspend", push.Enable)
}

// suspend makes a user inactive, or sends nothing (L-27, L-28).
func (u *user) suspend(ctx context.Context, nothing bool) error {
	if nothing {
		return u.settle(ctx)
	}
	active := false
	if ok, err := u.put(ctx, "suspend", push.Disable, &active); err != nil || !ok {
		return err
	}
	u.link.Active, u.link.State = false, suspended
	return u.written(ctx, "suspend", push.Disable)
}

// remove does what the administrator chose for users who lose access (L-28, L-29).
func (u *user) remove(ctx context.Context) error {
	switch {
	case u.OnRemove == removeNothing, u.OnRemove == removeSuspend && !u.link.Active && !u.doubtful:
		return u.settle(ctx)
	case u.OnRemove == removeSuspend:
		return u.suspend(ctx, false)
	}
	if held, err := u.held(ctx, u.Session, u.o, opDelete, u.retried, u.entry("delete", push.Delete), &u.link); err != nil || held {
		return err
	}
	a, err := u.Send(ctx, u.o.ID, http.MethodDelete, push.Path("Users", u.link.Target), "", nil)
	if err != nil {
		return err
	}
	if !a.OK() && a.Status != http.StatusNotFound {
		return u.fail(ctx, "delete", push.Delete, a, why(a))
	}
	if err := u.Deleted("Users", u.link.Target); err != nil {
		return err
	}
	groups, err := u.Store.GroupsOf(ctx, u.o.Num)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if err := u.Store.RemoveMember(ctx, g, u.o.Num); err != nil {
			return err
		}
	}
	u.link.Active, u.link.State = false, deleted
	u.Touch(u.o.Num)
	if err := u.settle(ctx); err != nil {
		return err
	}
	return u.Log(u.entry("delete", push.Delete))
}
