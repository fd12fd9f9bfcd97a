package suites

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// onelogin are the checks with the requests of OneLogin's provisioning. They run under the profile
// onelogin only. Hardly any of its requests was captured, so most of them warn.
func onelogin() []Spec {
	return slices.Concat(oneLoginMatch(), oneLoginTemplates(), oneLoginUpdate(), oneLoginGroups())
}

// oneLoginClient is what all requests of OneLogin have in common (L-5). Its User-Agent and Accept are
// not known, and none is sent.
func oneLoginClient() client {
	return client{name: "OneLogin", media: "application/json", sees: func(_ string, a session.Response) string {
		text := "OneLogin shows the user as Failed"
		if detail := a.Detail(); detail != "" {
			text += `, with "` + detail + `"`
		}
		return text
	}}
}

// byOneLogin makes the check of a form of OneLogin's.
func byOneLogin(d demand, body func(ctx context.Context, w *wire)) Spec {
	return d.asked("ONL", catalog.OneLogin, oneLoginClient, body)
}

// The evidence of OneLogin's requests.
func oneLoginPage() catalog.Basis {
	return catalog.Basis{Kind: catalog.Vendor, Ref: "OneLogin's developer pages on SCIM", URL: "https://developers.onelogin.com/scim"}
}

func oneLoginSample() catalog.Basis {
	return catalog.Basis{Kind: catalog.Vendor, Ref: "OneLogin's sample server", URL: "https://github.com/onelogin/onelogin-scim-node"}
}

func oneLoginReported(ref, url string) catalog.Basis {
	return catalog.Basis{Kind: catalog.Reported, Ref: ref, URL: url}
}

func oneLoginInferred(ref string) catalog.Basis {
	return catalog.Basis{Kind: catalog.Inferred, Ref: ref, URL: "https://developers.onelogin.com/scim"}
}

// oneLoginQuery is OneLogin's query for a userName (L-3, L-9). Its encoding is not known.
func oneLoginQuery(name any) string { return filtered("Users", "userName eq "+quoted(name)) }

// oneLoginPerson is the template that vendors give for SCIM v2 Core, with its macros filled in (L-23).
func (w *wire) oneLoginPerson(what string) ordered {
	name := w.Name(what)
	return ordered{
		{"schemas", []any{coreUser}},
		{"userName", w.UserName(name)},
		{"name", ordered{{"givenName", "Conf"}, {"familyName", what}}},
		{"emails", []any{ordered{{"value", w.Mail(name)}, {"primary", true}}}},
	}
}

// templated is a template without what the target does not keep, and with what it requires: the template is
// the administrator's.
func (w *wire) templated(body ordered) ordered {
	var gone []string
	for _, path := range []string{"name.givenName", "name.familyName", "emails"} {
		if w.survey.Lacks(w.survey.Users, path) != nil {
			gone = append(gone, path)
		}
	}
	return w.required("User", w.survey.Users, body.without(gone...))
}

// oneLoginUser arranges a user as OneLogin creates it.
func (w *wire) oneLoginUser(ctx context.Context, what string) *thing {
	return w.made(ctx, w.templated(w.oneLoginPerson(what)))
}

// oneLoginMatch are the requests by which OneLogin connects and looks for a user.
func oneLoginMatch() []Spec {
	return []Spec{
		byOneLogin(demand{
			number: 1, rule: "L-3", cause: "empty-search", evidence: oneLoginPage(),
			title: "answers OneLogin's Enable, a query for somebody who cannot exist",
			why:   "Enable sends one query. An empty list and 404 mean connected, and anything else keeps provisioning off.",
			fix:   "Return 200 with an empty list.",
		}, func(ctx context.Context, w *wire) {
			w.expect(w.fetch(ctx, oneLoginQuery(w.UserName(w.Name("nobody")))), match.Total(0))
		}),
		byOneLogin(demand{
			number: 2, rule: "L-9", cause: "filter", evidence: oneLoginPage(),
			title: "finds a user by OneLogin's query",
			why:   "A user who is found is linked, and anybody else is created.",
			fix:   "Return exactly the user whose userName is equal.",
		}, func(ctx context.Context, w *wire) {
			u := w.oneLoginUser(ctx, "found")
			w.step("", "OneLogin links whom the query returns, and creates the user if it returns nobody")
			w.only(w.fetch(ctx, oneLoginQuery(u.sent["userName"])), u.id)
		}),
		byOneLogin(demand{
			number: 3, rule: "L-29", cause: "delete", evidence: oneLoginPage(),
			title: "deletes a user whose access was removed, and says 404 from then on",
			why:   "With the setting Delete, a removed user is deleted, and a second removal must not be an error of the server.",
			fix:   "Return 204 for DELETE, and 404 for a user who is gone.",
		}, func(ctx context.Context, w *wire) {
			u := w.oneLoginUser(ctx, "removed")
			w.expect(w.send(ctx, http.MethodDelete, u.path(), nil), match.Status(http.StatusNoContent, http.StatusOK))
			w.expect(w.get(ctx, u.path()), match.Status(http.StatusNotFound))
			w.expect(w.send(ctx, http.MethodDelete, u.path(), nil), match.Status(http.StatusNotFound, http.StatusNoContent, http.StatusOK))
		}),
	}
}
