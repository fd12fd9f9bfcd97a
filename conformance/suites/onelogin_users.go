package suites

import (
	"context"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// oneLoginTemplates are creates from the templates of OneLogin's apps (L-20 to L-25).
func oneLoginTemplates() []Spec {
	const zabbix, keepnet = "https://www.zabbix.com/documentation/current/en/manual/web_interface/frontend_sections/users/authentication/saml", "https://doc.keepnetlabs.com"
	template := "The body is a template of the administrator's, with its macros filled in."
	return []Spec{
		byOneLogin(demand{
			number: 10, rule: "L-20, L-23", cause: "create", evidence: oneLoginPage(),
			title: "creates a user from OneLogin's template of names and mail",
			why:   template + " It is sent as application/json.",
			fix:   "Accept bodies of type application/json, and mail addresses without a type. Store what is sent.",
		}, func(ctx context.Context, w *wire) {
			a, sent := w.create(ctx, "Users", w.templated(w.oneLoginPerson("new")))
			w.made201(ctx, a, sent)
		}),
		byOneLogin(demand{
			number: 11, rule: "L-10", cause: "onelogin-no-name", evidence: oneLoginReported("Zabbix, SAML with OneLogin", zabbix),
			title: "returns id and both names to OneLogin's create",
			why:   "A success without them is reported to count as a failure, although the user was made.",
			fix:   "Return the whole user in the 201, with id, name.givenName and name.familyName.",
		}, func(ctx context.Context, w *wire) {
			w.has("name.givenName", "name.familyName")
			a, _ := w.create(ctx, "Users", w.templated(w.oneLoginPerson("shown")))
			w.because("no-users", a, match.Made())
			w.silent = "OneLogin shows the user as Failed, although it exists"
			for _, path := range []string{"id", "name.givenName", "name.familyName"} {
				w.expect(resource.Value(a.Body, path) != nil, match.Member(path, fact.Absent, "the response has "+path, a.Request+" returned none"))
			}
		}),
		byOneLogin(demand{
			number: 12, rule: "L-22", cause: "onelogin-object", evidence: oneLoginPage(),
			title: "accepts emails as an object in a create, or says what is wrong with it",
			why:   "The default template of the enterprise app has an object where SCIM has a list.",
			fix:   "Take the object for a list of one, or return 400 with a detail.",
		}, func(ctx context.Context, w *wire) {
			body := w.templated(w.oneLoginPerson("object")).with("emails", ordered{{"value", w.Mail(w.Name("mail"))}, {"type", "work"}, {"primary", true}})
			a, _ := w.create(ctx, "Users", body)
			if a.Status >= 200 && a.Status < 300 {
				w.expect(a, match.Made())
				return
			}
			w.expect(a, match.Status(http.StatusBadRequest))
			w.expect(a.Text("detail") != "", match.Member("detail", fact.Absent, "the error has a detail", a.Request+" returned none"))
		}),
		byOneLogin(demand{
			number: 13, rule: "L-24", cause: "string-booleans", evidence: oneLoginReported("Keepnet's template for OneLogin", keepnet),
			title: "does not take the string \"false\" for true in OneLogin's create",
			why:   "Templates put the macro of the status into quotes. Whoever asks only whether the string is empty makes every user active.",
			fix:   "Read \"true\" and \"false\" as Booleans, or return 400.",
		}, func(ctx context.Context, w *wire) {
			w.has("active")
			a, sent := w.create(ctx, "Users", w.templated(w.oneLoginPerson("text").with("active", "false")))
			if a.Status == http.StatusBadRequest {
				w.expect(a, match.Status(http.StatusBadRequest))
				return
			}
			w.expect(a, match.Made())
			u := &thing{collection: "Users", id: w.id(a), sent: sent}
			u.now = w.arranged(ctx, u)
			w.last = a
			got := fmt.Sprint(u.now["active"])
			w.expect(got != "true", match.That("active is not true", "active is true after "+a.Request+` with active "false"`))
		}),
		byOneLogin(demand{
			number: 14, rule: "L-24", cause: "unknown-attributes", evidence: oneLoginReported("Keepnet's and Zabbix's templates for OneLogin", keepnet),
			title: "creates a user from a template with id null, meta, and keys of its own",
			why:   template + " Vendors publish such templates.",
			fix:   "Ignore id, meta and what is not in your schema.",
		}, func(ctx context.Context, w *wire) {
			body := append(ordered{{"id", nil}, {"meta", ordered{{"resourceType", "User"}}}, {"user_name", "Ada"}, {"user_mobile", ""}}, w.templated(w.oneLoginPerson("odd"))...)
			a, sent := w.create(ctx, "Users", body)
			for _, name := range []string{"id", "meta", "user_name", "user_mobile"} {
				delete(sent, name)
			}
			w.made201(ctx, a, sent)
		}),
		byOneLogin(demand{
			number: 15, rule: "L-23, L-24", cause: "create", evidence: oneLoginInferred("a macro without a value is an empty string"),
			title: "creates a user from a template with empty macros",
			why:   template + " How an empty macro is rendered is not known; an empty string is assumed.",
			fix:   "Take an empty string for no value.",
		}, func(ctx context.Context, w *wire) {
			body := w.templated(w.oneLoginPerson("blank")).with("title", "").with("userType", "")
			a, _ := w.create(ctx, "Users", body)
			w.expect(a, match.Made())
		}),
	}
}

// oneLoginUpdate are the updates of OneLogin: the whole template again, by PUT (L-26 to L-28).
func oneLoginUpdate() []Spec {
	return []Spec{
		byOneLogin(demand{
			number: 20, rule: "L-26", cause: "put", evidence: oneLoginSample(),
			title: "stores OneLogin's update, the whole template by PUT",
			why:   "OneLogin has no other way to change a user. The body has neither id nor meta nor active.",
			fix:   "Implement PUT, and store what is sent.",
		}, func(ctx context.Context, w *wire) {
			w.has("name.familyName")
			u := w.oneLoginUser(ctx, "before")
			body := resource.With(u.sent, "name.familyName", "King")
			a := w.replace(ctx, u, body)
			w.expect(a, match.Status(http.StatusOK, http.StatusNoContent, http.StatusCreated))
			now := w.read(ctx, u.path())
			w.last = a
			w.finding.Assertions++
			for _, d := range w.lost(w.comparable(body), now) {
				w.end(Failed, apart(a, d, "a read after "+a.Request))
			}
		}),
		byOneLogin(demand{
			number: 21, rule: "L-25, L-26", cause: "onelogin-status", evidence: oneLoginReported("a comment in Zabbix's endpoint", "https://github.com/zabbix/zabbix"),
			title: "leaves the status alone in an update without active",
			why:   "The default templates have no active. An update must not enable a person who is suspended, nor disable one who is not.",
			fix:   "Keep active where a PUT does not name it.",
		}, func(ctx context.Context, w *wire) {
			w.has("active")
			for _, active := range []bool{true, false} {
				u := w.oneLoginUser(ctx, "status")
				if !active {
					w.leaves(ctx, u)
				}
				a := w.replace(ctx, u, u.sent)
				w.expect(a, match.Status(http.StatusOK, http.StatusNoContent, http.StatusCreated))
				now := w.read(ctx, u.path())
				w.last = a
				// An attribute that a PUT leaves out may be cleared (RFC 7644 section 3.5.1), but not turned round.
				w.expect(now["active"] != !active, match.That(
					fmt.Sprintf("active is still %t, or cleared", active), fmt.Sprintf("active is %t after %s, which does not name it", !active, a.Request)))
			}
		}),
		byOneLogin(demand{
			number: 22, rule: "L-27, L-28", cause: "put", evidence: oneLoginInferred("OneLogin's sample server reads active in a PUT, and has no PATCH for users"),
			title: "suspends a user by OneLogin's PUT with active false",
			why:   "With the setting Suspend, this takes a leaver's access away.",
			fix:   "Store active from a PUT.",
		}, func(ctx context.Context, w *wire) {
			w.has("active")
			u := w.oneLoginUser(ctx, "suspended")
			a := w.replace(ctx, u, resource.With(u.sent, "active", false))
			w.expect(a, match.Status(http.StatusOK, http.StatusNoContent, http.StatusCreated))
			now := w.read(ctx, u.path())
			w.last = a
			w.expect(now["active"], match.Is("active after "+a.Request, false))
		}),
	}
}
