package okta

import (
	"cmp"
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/simulator/push"
)

// operations is a PatchOp.
func operations(ops ...push.Object) push.Object {
	b := &body{}
	b.set("schemas", []string{patchOp})
	b.set("Operations", ops)
	return b.Object
}

// replacing is a replace without a path (O-55, O-76).
func replacing(value push.Object) push.Object {
	b := &body{}
	b.set("op", "replace")
	b.set("value", value)
	return b.Object
}

// single is an object with one member.
func single(name string, v any) push.Object {
	b := &body{}
	b.set(name, v)
	return b.Object
}

// patch sends a PATCH of the user; ok is false after a failure.
func (u *user) patch(ctx context.Context, value push.Object, op operation) (ok bool, err error) {
	a, err := u.Send(ctx, u.o.ID, http.MethodPatch, push.Path("Users", u.link.Target), "", operations(replacing(value)))
	if err != nil {
		return false, err
	}
	if !a.OK() {
		return false, u.fail(ctx, op, a)
	}
	return true, nil
}

// activate sends active alone, as mode oin does (O-41, O-55).
func (u *user) activate(ctx context.Context, active bool) (bool, error) {
	return u.patch(ctx, single("active", active), operation{event: eventUser, action: push.Enable, before: "Error while trying to reactivate user " + u.values["userName"] + ": "})
}

// pushPassword sends the password, as mode oin does (O-49).
func (u *user) pushPassword(ctx context.Context) (bool, error) {
	value := single("password", password(u.Session, u.o, u.values[passwordKey]))
	return u.patch(ctx, value, operation{event: eventPassword, action: push.Update, before: "Error while trying to push password update for " + cmp.Or(u.values["emails.value"], u.values["userName"]) + ": "})
}

// unassigned deactivates a user who is not assigned any more, or is deactivated in Okta (O-57). Nobody is
// ever deleted (O-58). doubtful says that the last operation failed, so that the user may be active there.
func (u *user) unassigned(ctx context.Context, doubtful bool) error {
	u.link.Assigned = false
	if u.link.Target == "" || !u.link.Active && !doubtful {
		if err := u.Done(ctx, u.o); err != nil {
			return err
		}
		return u.Store.SaveLink(ctx, u.link)
	}
	name := u.link.Name
	op := operation{event: eventDeactivate, action: push.Disable, before: "Error while trying to deactivate user " + name + ": "}
	if u.Mode == Catalogue {
		if ok, err := u.patch(ctx, single("active", false), op); err != nil || !ok {
			return err
		}
	} else {
		b, a, err := u.read(ctx) // the response comes back as it is, but for active (O-56)
		switch {
		case err != nil:
			return err
		case b == nil:
			return u.fail(ctx, op, a)
		}
		b.set("active", false)
		if ok, err := u.replace(ctx, b, op); err != nil || !ok {
			return err
		}
	}
	u.link.Active = false
	if err := u.save(ctx); err != nil {
		return err
	}
	e := u.entry(eventDeactivate, push.Disable, []string{"active"})
	e.Name = name
	return u.Log(e)
}
