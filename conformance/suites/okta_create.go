package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// oktaCreate are the requests by which Okta assigns a user: it looks for the userName, and creates
// (O-40 to O-46).
func oktaCreate() []Spec {
	return []Spec{
		byOkta(demand{
			number: 10, rule: "O-9, O-40", cause: "filter", evidence: oktaFlask(),
			title: "finds a user by Okta's query, and nobody by one for an unknown name",
			why:   "Okta asks before each create. A user who is not found is created again; one who is found for another name gets that person's changes.",
			fix:   "Decode %20, %22 and %40 in the query. Return exactly the user whose userName is equal.",
		}, func(ctx context.Context, w *wire) {
			u := w.oktaUser(ctx, "found")
			w.oktaUser(ctx, "found-too")
			w.step("", "Okta takes what the query returns for the user, and creates one if it returns nobody")
			a := w.fetch(ctx, oktaQuery("Users", "userName", u.sent["userName"]))
			w.only(a, u.id)
			w.expect(w.fetch(ctx, oktaQuery("Users", "userName", w.UserName(w.Name("nobody")))), match.Total(0))
		}),
		byOkta(demand{
			number: 11, rule: "O-42, O-43", cause: "create", evidence: oktaFlask(),
			title: "creates a user from the body that Okta sends",
			why:   "This is Okta's create with its default mappings: groups is always an empty list, password is always there, and active is true.",
			fix:   "Store the attributes that you have, ignore the others, and return 201 with the new user.",
		}, func(ctx context.Context, w *wire) {
			body := w.required("User", w.survey.Users, w.oktaPerson("new"))
			w.creating(body)
			a, sent := w.create(ctx, "Users", body)
			w.made201(ctx, a, sent)
		}),
		byOkta(demand{
			number: 12, rule: "O-26, O-42", cause: "okta-empty-create", evidence: oktaPage(),
			title: "returns the new user to Okta's create",
			why:   "Okta takes the id from the response. Without a body, the user exists in the application, and for Okta the create has failed.",
			fix:   "Return the whole user with its id in the 201.",
		}, func(ctx context.Context, w *wire) {
			body := w.trimmed(w.oktaPerson("shown"))
			w.creating(body)
			a, _ := w.create(ctx, "Users", body)
			w.because("no-users", a, match.Made())
			w.silent = `Okta adds the task "` + w.task + `Create new user returned empty user."`
			w.expect(a.Text("id") != "", match.Member("id", fact.Absent, "the response has the new user with its id",
				fmt.Sprintf("%s returned a body of %d bytes without one", a.Request, len(a.Raw))))
		}),
		byOkta(demand{
			number: 13, rule: "O-43, O-44", cause: "create", evidence: oktaLab(),
			title: "creates a user from a body with fewer mappings",
			why:   "Administrators remove mappings. Okta then leaves the attributes out, and sends no null.",
			fix:   "Require userName only, or list as required in /Schemas what else you need.",
		}, func(ctx context.Context, w *wire) {
			for i, left := range [][]string{{"externalId"}, {"displayName", "locale"}, {"displayName", "locale", "emails"}} {
				body := w.required("User", w.survey.Users, w.oktaPerson(fmt.Sprintf("trim%d-", i)).without(left...))
				w.creating(body)
				a, sent := w.create(ctx, "Users", body)
				w.made201(ctx, a, sent)
			}
		}),
		byOkta(demand{
			number: 14, rule: "O-44", cause: "create", evidence: reported("onyx-dot-app/onyx/issues/8925"),
			title: "creates a user without a name",
			why:   "Where the names are not mapped, Okta is reported to send no name at all.",
			fix:   "Do not require name, or list it as required in /Schemas.",
		}, func(ctx context.Context, w *wire) {
			body := w.required("User", w.survey.Users, w.oktaPerson("nameless").without("name"))
			w.creating(body)
			a, sent := w.create(ctx, "Users", body)
			w.made201(ctx, a, sent)
		}),
		byOkta(demand{
			number: 15, rule: "O-45, O-46", cause: "extension", evidence: oktaConcept(), ext: true,
			title: "stores title and the enterprise attributes of Okta's create",
			why:   "Attributes with the namespace of the extension are sent as an object under its URN.",
			fix:   "Store the object under the URN of the extension.",
		}, func(ctx context.Context, w *wire) {
			body := w.enterprising(w.oktaPerson("sales"), map[string]any{"department": "Sales"})
			w.creating(body)
			a, sent := w.create(ctx, "Users", body)
			w.made201(ctx, a, sent)
		}),
		byOkta(demand{
			number: 16, rule: "O-46", cause: "manager-unknown", evidence: reported("snipe/snipe-it/issues/19005"), ext: true,
			title: "creates a user whose manager is a text that is no id",
			why:   "Okta's manager is the mapped text, not the id of a user. If it fails the create, the person gets no account.",
			fix:   "Ignore a manager that you cannot resolve, or store the text.",
		}, func(ctx context.Context, w *wire) {
			body := w.enterprising(w.oktaPerson("led"), map[string]any{"manager": map[string]any{"value": "Grace Hopper"}})
			w.creating(body)
			a, _ := w.create(ctx, "Users", body)
			w.expect(a, match.Made())
		}),
		byOkta(demand{
			number: 17, rule: "O-23, O-40", cause: "taken-name", evidence: oktaPage(),
			title: "returns 409 to Okta's create of a user who is there, and changes nothing",
			why:   "Okta ends the task at 409. A create that succeeds again overwrites the account, or makes a second one.",
			fix:   "Return 409 for a userName that is taken, and leave the user as it is.",
		}, func(ctx context.Context, w *wire) {
			first := w.trimmed(w.oktaPerson("twice"))
			u := w.made(ctx, first)
			again := ordered{{"schemas", []any{coreUser}}, {"userName", u.sent["userName"]}, {"groups", []any{}}, {"password", "pL8!wrxz"}, {"active", true}}
			w.step(`Push new user to external application FAILURE: `, "Okta takes the second account for the person's")
			a, _ := w.create(ctx, "Users", w.required("User", w.survey.Users, again))
			w.expect(a, match.Status(http.StatusConflict))
			w.becomes(ctx, u, u.now, a)
		}),
		byOkta(demand{
			number: 18, rule: "O-40", cause: "okta-dead-end", evidence: reported("sourcegraph/sourcegraph-public-snapshot/issues/49016"),
			title: "refuses no create of a user whom Okta's query does not find",
			why:   "Okta looks for userName only. Where another key is taken, the query finds nobody and the create fails, each time.",
			fix:   "Refuse a create by userName only, or let the query by userName find the account that is in the way.",
		}, func(ctx context.Context, w *wire) { w.noDeadEnd(ctx) }),
	}
}

// creating begins the step of a create.
func (w *wire) creating(body ordered) {
	object := body.object()
	name, _ := object["userName"].(string)
	shown, _ := object["displayName"].(string)
	if shown == "" {
		shown = name
	}
	w.step("Automatic provisioning of user "+name+" to app APP failed: Error while creating user "+shown+": ", "")
}

// made201 asserts a create and what it stored of the attributes that the target keeps.
func (w *wire) made201(ctx context.Context, a session.Response, sent map[string]any) {
	w.expect(a, match.Made())
	t := &thing{collection: "Users", id: w.id(a), sent: sent}
	t.now = w.arranged(ctx, t)
	w.last = a
	w.finding.Assertions++
	for _, d := range w.lost(w.comparable(sent), t.now) {
		w.end(Failed, apart(a, d, "a read after "+a.Request))
	}
	w.expect(resource.Value(t.now, "password") == nil, match.That("no read shows the password", "a read of the new user shows it"))
}

// comparable is what a target keeps of a user that Okta sends.
func (w *wire) comparable(sent map[string]any) map[string]any {
	out := resource.Copy(sent)
	for _, name := range []string{"groups", "password", "schemas"} {
		delete(out, name)
	}
	for _, path := range slices.Concat(paths(out), tops(out)) {
		if l := w.lackKnown(path); l != nil {
			out = resource.With(out, path, nil)
		}
	}
	return out
}

// enterprising adds title and an object of the extension to a user.
func (w *wire) enterprising(body ordered, extension map[string]any) ordered {
	body = w.trimmed(body).with("schemas", []any{coreUser, enterprise})
	tail := []string{"groups", "password", "active"}
	last := slices.DeleteFunc(slices.Clone(body), func(e entry) bool { return !slices.Contains(tail, e.name) })
	body = body.without(tail...)
	if w.survey.Lacks(w.survey.Users, "title") == nil {
		body = body.with("title", w.fitting("title", "Sales Manager"))
	}
	return w.required("User", w.survey.Users, append(body.with(enterprise, extension), last...))
}

// made arranges a user from a body of the check's own.
func (w *wire) made(ctx context.Context, body ordered) *thing {
	a, sent := w.create(ctx, "Users", body)
	w.because("no-users", a, match.Made())
	t := &thing{collection: "Users", id: w.id(a), sent: sent}
	t.now = w.arranged(ctx, t)
	return t
}

// noDeadEnd creates a user with an e-mail address or an externalId that another one has.
func (w *wire) noDeadEnd(ctx context.Context) {
	u := w.oktaUser(ctx, "first")
	for _, name := range []string{"emails", "externalId"} {
		if resource.Value(u.sent, name) == nil {
			continue
		}
		body := w.trimmed(w.oktaPerson("other")).with(name, u.sent[name])
		w.creating(body)
		a, sent := w.create(ctx, "Users", body)
		if a.Status != http.StatusConflict && a.Status != http.StatusBadRequest {
			w.expect(a, match.Made())
			continue
		}
		found := w.fetch(ctx, oktaQuery("Users", "userName", sent["userName"])).Page().Resources
		w.last = a
		w.expect(len(found) > 0, match.That(
			"a create that is refused is for a user whom the query finds", fmt.Sprintf("%s returned status %d because of %s, and the query by userName finds nobody", a.Request, a.Status, name)))
	}
}
