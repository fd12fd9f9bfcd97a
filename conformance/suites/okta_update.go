package suites

import (
	"context"
	"maps"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// oktaUpdate are the requests by which Okta changes a user: it reads the user, and puts the response
// back with what changed (O-47 to O-52).
func oktaUpdate() []Spec {
	return []Spec{
		byOkta(demand{
			number: 20, rule: "O-47, O-48", cause: "put", evidence: oktaLab(),
			title: "stores what Okta changes in the user that it read",
			why:   "Okta puts back the target's own response with the changes merged in: id, meta, groups and what it does not know are in it.",
			fix:   "Implement PUT. Ignore what is read-only in it, and store the rest.",
		}, func(ctx context.Context, w *wire) {
			u := w.oktaUser(ctx, "before")
			changes := w.kept(map[string]any{"name.givenName": "Jane", "name.familyName": "Smith", "displayName": "Jane Smith", "locale": "de-DE"})
			w.pushed(ctx, u, changes)
		}),
		byOkta(demand{
			number: 21, rule: "O-45, O-47", cause: "extension", evidence: oktaConcept(), ext: true,
			title: "stores the enterprise attributes of Okta's update under their URN",
			why:   "What a read shows elsewhere, or not at all, the next update of Okta clears.",
			fix:   "Read the object under the URN in a PUT, and return it there.",
		}, func(ctx context.Context, w *wire) {
			u := w.made(ctx, w.enterprising(w.oktaPerson("moved"), map[string]any{"department": "Sales"}))
			path := enterprise + ":department"
			w.has(path)
			w.pushed(ctx, u, map[string]any{path: "Research"})
		}),
		byOkta(demand{
			number: 22, rule: "O-50", cause: "manager-clear", evidence: captured("Captain-P-Goldfish/SCIM-SDK/issues/689"), ext: true,
			title: "removes the manager by a null in Okta's update",
			why:   "Okta writes a manager that was removed as null. A server that refuses it never gets another change of that user.",
			fix:   "Read null as no value (RFC 7643 section 2.5).",
		}, func(ctx context.Context, w *wire) {
			u := w.oktaUser(ctx, "led")
			w.pushing(u)
			body := w.readBack(ctx, u)
			extension := map[string]any{}
			maps.Copy(extension, inner(body, enterprise))
			extension["manager"] = map[string]any{"value": nil}
			body[enterprise] = extension
			a := w.replace(ctx, u, body)
			w.expect(a, match.Success())
			now := w.read(ctx, u.path())
			w.last = a
			w.expect(managerOf(now) == nil, match.That("the user has no manager", "it has "+match.JSON(managerOf(now))))
		}),
		byOkta(demand{
			number: 23, rule: "O-50", cause: "put", evidence: oktaInferred("Okta's test plan, case C9337: no errors because of empty values; the form of an empty value is not known"),
			title: "accepts an update that empties an attribute, in each form",
			why:   "Okta's test plan asks for updates with empty values. Whether they come as an empty string, as null or not at all is not known.",
			fix:   "Accept the three forms alike.",
		}, func(ctx context.Context, w *wire) {
			name := w.emptiable()
			for _, value := range []any{"", nil, missing{}} {
				u := w.oktaUser(ctx, "emptied")
				w.pushing(u)
				body := w.readBack(ctx, u)
				if _, absent := value.(missing); absent {
					delete(body, name)
				} else {
					body[name] = value
				}
				w.expect(w.replace(ctx, u, body), match.Success())
			}
		}),
		byOkta(demand{
			number: 24, rule: "O-52", cause: "inactive-users", evidence: oktaConcept(),
			title: "leaves the status alone in a profile update",
			why:   "A push of the profile carries the status that Okta read. It must not bring back somebody who is deactivated.",
			fix:   "Store active as it is sent, and nothing else of the status.",
		}, func(ctx context.Context, w *wire) {
			w.has("active", "displayName")
			u := w.oktaUser(ctx, "left")
			a := w.do(ctx, http.MethodPut, u.path(), resource.With(u.now, "active", false))
			w.because("no-put", a, match.Success())
			u.now = w.arranged(ctx, u)
			w.because("no-put", u.now["active"] == false, match.That("the user is inactive", "active is "+match.JSON(u.now["active"])))
			w.pushed(ctx, u, map[string]any{"displayName": "Left Person"})
		}),
		byOkta(demand{
			number: 25, rule: "O-51", cause: "rename", evidence: oktaInferred("Okta changes userName by the update of the id that it knows"),
			title: "renames a user by Okta's update",
			why:   "Okta keeps the id. If it changes, or the old name is still found, the person gets a second account.",
			fix:   "Store the new userName under the same id, and update the index.",
		}, func(ctx context.Context, w *wire) {
			u := w.oktaUser(ctx, "miss")
			if a := w.survey.Users.Find("userName"); a != nil && !a.Writable() {
				w.skip("the target announces that userName does not change")
			}
			old, name := u.now["userName"], w.UserName(w.Name("mrs"))
			w.pushed(ctx, u, map[string]any{"userName": name})
			w.only(w.fetch(ctx, oktaQuery("Users", "userName", name)), u.id)
			w.expect(w.fetch(ctx, oktaQuery("Users", "userName", old)), match.Total(0))
		}),
	}
}

// missing stands for an attribute that is left out.
type missing struct{}

// pushing begins the step of a profile update.
func (w *wire) pushing(u *thing) {
	mail, _ := u.now["userName"].(string)
	w.step("Error while trying to push profile update for "+mail+": ", "")
}

// readBack reads a user as Okta does before an update, and returns the body that it puts back. A
// password is never in it.
func (w *wire) readBack(ctx context.Context, u *thing) map[string]any {
	a := w.fetch(ctx, u.path())
	w.because("no-read", a, match.Status(http.StatusOK))
	body := resource.Copy(a.Body)
	delete(body, "password")
	return body
}

// pushed changes a user by the read and the PUT of Okta, and asserts that it is as wanted.
func (w *wire) pushed(ctx context.Context, u *thing, changes map[string]any) session.Response {
	w.pushing(u)
	body, want := w.readBack(ctx, u), u.now
	for path, value := range changes {
		body, want = resource.With(body, path, value), resource.With(want, path, value)
	}
	a := w.replace(ctx, u, body)
	w.expect(a, match.Success())
	w.becomes(ctx, u, want, a)
	return a
}

// kept are the changes of attributes that the target keeps.
func (w *wire) kept(changes map[string]any) map[string]any {
	out := map[string]any{}
	for path, value := range changes {
		a := w.survey.Users.Find(path)
		if w.survey.Lacks(w.survey.Users, path) == nil && (a == nil || a.Writable() && len(a.Canonical) == 0) {
			out[path] = value
		}
	}
	if len(out) == 0 {
		w.finding.Lacks = "attributes that Okta's default mapping changes"
		w.skip("the target keeps neither names nor displayName nor locale")
	}
	return out
}

// emptiable is a text attribute that the target does not require.
func (w *wire) emptiable() string {
	for _, name := range []string{"displayName", "title", "locale", "nickName"} {
		a := w.survey.Users.Find(name)
		if w.survey.Lacks(w.survey.Users, name) == nil && (a == nil || !a.Required && a.Writable() && a.Post != survey.Refused) {
			return name
		}
	}
	w.finding.Lacks = "optional text attributes"
	w.skip("the target keeps no optional text attribute")
	return ""
}
