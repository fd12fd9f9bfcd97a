package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// oktaStatus are the requests by which Okta deactivates and reactivates a user: by PATCH as a catalogue
// app, and by PUT of what it read as an app of the wizard (O-41, O-55 to O-59).
func oktaStatus() []Spec {
	return []Spec{
		byOkta(demand{
			number: 30, rule: "O-55", cause: "pathless", evidence: oktaFlask(), patch: true,
			title: "deactivates a user by Okta's PATCH without a path",
			why:   "This is how a catalogue app takes a leaver's access away. If it fails, the person stays active until somebody reads the task.",
			fix:   "Apply a replace without a path whose value is an object. Read op in lower case, and active as a Boolean.",
		}, func(ctx context.Context, w *wire) {
			w.has("active")
			u := w.oktaUser(ctx, "leaver")
			w.step("", "Okta shows no error: the leaver counts as deactivated")
			w.statusBy(ctx, u, false, w.change(ctx, u, oktaActive(false)))
		}),
		byOkta(demand{
			number: 31, rule: "O-41", cause: "inactive-users", evidence: oktaPage(),
			title: "lets Okta find an inactive user by query and by id",
			why:   "Okta looks for the userName before it assigns somebody again. A hidden user is created again, and that create fails or makes a second account.",
			fix:   "Return inactive users in queries and reads, with active false.",
		}, func(ctx context.Context, w *wire) {
			w.has("active")
			u := w.oktaUser(ctx, "hidden")
			w.leaves(ctx, u)
			w.step("", "when the person is assigned again, Okta sends a create, and its task ends with \"Conflict\" if the name is taken")
			found := w.only(w.fetch(ctx, oktaQuery("Users", "userName", u.sent["userName"])), u.id)
			w.expect(found["active"], match.Is("active in the response to the query", false))
			a := w.fetch(ctx, u.path())
			w.expect(a, match.Status(http.StatusOK))
			w.expect(a.Body["active"], match.Is("active", false))
		}),
		byOkta(demand{
			number: 32, rule: "O-41, O-55, O-59", cause: "inactive-users", evidence: oktaPlan(), patch: true,
			title: "reactivates a user by Okta's PATCH, with the same id and attributes",
			why:   "Okta's test plan asks for the same id and the same attributes after a reactivation. With another id, groups name somebody who does not exist.",
			fix:   "Set active to true, and change nothing else. Accept the update of the profile that follows.",
		}, func(ctx context.Context, w *wire) {
			w.has("active")
			u := w.oktaUser(ctx, "back")
			w.leaves(ctx, u)
			w.step("", "Okta keeps the old id, and its next request for the person fails")
			w.statusBy(ctx, u, true, w.change(ctx, u, oktaActive(true)))
			w.pushed(ctx, u, w.kept(map[string]any{"displayName": "Back Again", "name.familyName": "again"}))
			w.only(w.fetch(ctx, oktaQuery("Users", "userName", u.sent["userName"])), u.id)
		}),
		byOkta(demand{
			number: 33, rule: "O-56", cause: "put", evidence: oktaLab(),
			title: "deactivates a user by a PUT of what Okta read, with active false",
			why:   "An app of the integration wizard knows no PATCH. This PUT takes a leaver's access away.",
			fix:   "Implement PUT, and store active from it.",
		}, func(ctx context.Context, w *wire) {
			w.has("active")
			u := w.oktaUser(ctx, "leaver")
			w.step("", "Okta shows no error: the leaver counts as deactivated")
			w.statusBy(ctx, u, false, w.replace(ctx, u, resource.With(w.readBack(ctx, u), "active", false)))
		}),
		byOkta(demand{
			number: 34, rule: "O-41, O-59", cause: "put", evidence: oktaPlan(),
			title: "reactivates a user by a PUT of what Okta read, with the same id and attributes",
			why:   "Okta's test plan asks for the same id and the same attributes after a reactivation.",
			fix:   "Store active true from a PUT, under the same id.",
		}, func(ctx context.Context, w *wire) {
			w.has("active")
			u := w.oktaUser(ctx, "back")
			w.leaves(ctx, u)
			w.step("", "Okta keeps the old id, and its next request for the person fails")
			w.statusBy(ctx, u, true, w.replace(ctx, u, resource.With(w.readBack(ctx, u), "active", true)))
		}),
		byOkta(demand{
			number: 35, rule: "O-41", cause: "write-again", evidence: reported("better-auth/better-auth/issues/8650"), patch: true,
			title: "accepts Okta's activation of a user who is active",
			why:   "Okta activates a user whom it links, whatever the status is. An error there ends the assignment.",
			fix:   "Return 200 or 204 for a PATCH that changes nothing.",
		}, func(ctx context.Context, w *wire) {
			w.has("active")
			u := w.oktaUser(ctx, "active")
			w.statusBy(ctx, u, true, w.change(ctx, u, oktaActive(true)))
		}),
		byOkta(demand{
			number: 36, rule: "O-49", cause: "okta-password", evidence: oktaInferred("Okta changes a password by PATCH; the body follows from that of a deactivation"), patch: true,
			title: "accepts Okta's change of a password, if it announces such changes",
			why:   "With password sync, each new password is sent. If it is refused, the person signs in with the old one.",
			fix:   "Store password from a PATCH, or set changePassword.supported to false.",
		}, func(ctx context.Context, w *wire) {
			if !w.survey.Declared["changePassword"] {
				w.finding.Lacks = "changes of passwords"
				w.skip("the target does not announce changePassword")
			}
			u := w.oktaUser(ctx, "secret")
			a := w.change(ctx, u, op("replace", "", map[string]any{"password": "k7#Tq2!mZ"}))
			w.expect(a, match.Success())
			w.becomes(ctx, u, u.now, a)
		}),
	}
}

// oktaActive is the operation by which Okta sets the status (O-55).
func oktaActive(active bool) map[string]any {
	return op("replace", "", map[string]any{"active": active})
}

// leaves deactivates a user by whatever the target has: PATCH or PUT.
func (w *wire) leaves(ctx context.Context, u *thing) {
	a := w.do(ctx, http.MethodPut, u.path(), resource.With(u.now, "active", false))
	if a.Status >= http.StatusMultipleChoices {
		a = w.do(ctx, http.MethodPatch, u.path(), patchOp(op(w.spelled("replace"), "active", false)))
	}
	w.because("no-put", a, match.Success())
	u.now = resource.With(u.now, "active", false)
}

// statusBy asserts that a user has a status after a response, and is otherwise as before.
func (w *wire) statusBy(ctx context.Context, u *thing, active bool, a session.Response) {
	w.expect(a, match.Success())
	w.becomes(ctx, u, resource.With(u.now, "active", active), a, "active")
}
