package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// oneLoginGroups are the requests of OneLogin's rules on groups (L-40 to L-45).
func oneLoginGroups() []Spec {
	value := oneLoginInferred("Zabbix, which OneLogin supports, reads members as a path with a list of values")
	return []Spec{
		byOneLogin(demand{
			number: 30, rule: "L-40", cause: "no-list", evidence: oneLoginPage(), groups: true,
			title: "shows its groups to OneLogin's Refresh of entitlements",
			why:   "Rules choose from the groups that this request returns.",
			fix:   "Return 200 with a ListResponse for GET /Groups.",
		}, func(ctx context.Context, w *wire) {
			g := w.oneLoginGroup(ctx, "entitled")
			a := w.fetch(ctx, "/Groups")
			w.narrow(http.MethodGet, "/Groups", a)
			w.expect(a, match.Status(http.StatusOK))
			if a.Page().Total <= len(a.Page().Resources) { // how OneLogin reads further pages is not known
				w.expect(byID(a.Page().Resources, g.id) != nil, match.That("the list has the new group", a.Request+" does not return it"))
			}
		}),
		byOneLogin(demand{
			number: 31, rule: "L-41", cause: "group-names", evidence: oneLoginInferred("two rules that map the same name create the group twice"), groups: true,
			title: "answers a second create of a group without an error of the server",
			why:   "Two rules may create the same group. OneLogin shows the text of the error.",
			fix:   "Return 409 for a name that is taken, or create a second group.",
		}, func(ctx context.Context, w *wire) {
			g := w.oneLoginGroup(ctx, "twice")
			a, _ := w.create(ctx, "Groups", ordered{{"schemas", []any{coreGroup}}, {"displayName", g.sent["displayName"]}})
			w.expect(a.Status < http.StatusInternalServerError, match.That("a status below 500", a.Request+" returned "+reason(a)))
		}),
		byOneLogin(demand{
			number: 32, rule: "L-43", cause: "members-add", evidence: value, groups: true, patch: true,
			title: "adds and removes a member by OneLogin's list of values",
			why:   "Rules set memberships. No request of the apps for SCIM 2.0 was captured; this form is what a supported target reads.",
			fix:   "Add and remove members by a list of values under the path members.",
		}, func(ctx context.Context, w *wire) {
			first, second := w.oneLoginUser(ctx, "first"), w.oneLoginUser(ctx, "second")
			g := w.oneLoginGroup(ctx, "team")
			w.unshown()
			w.rostered(ctx, g, idsOf([]*thing{first}), w.change(ctx, g, op("add", "members", refs(first.id))))
			w.rostered(ctx, g, idsOf([]*thing{first, second}), w.change(ctx, g, op("add", "members", refs(second.id))))
			w.rostered(ctx, g, idsOf([]*thing{second}), w.change(ctx, g, op("remove", "members", refs(first.id))))
		}),
		byOneLogin(demand{
			number: 33, rule: "L-42", cause: "onelogin-v1", evidence: oneLoginSample(), groups: true,
			title: "applies or refuses the PATCH of OneLogin's apps for SCIM 1.1",
			why:   "An app for SCIM 1.1 against a target of 2.0 sends members without Operations. If that is ignored with a success, nobody gets access, and nobody is told.",
			fix:   "Return 400 invalidSyntax for a PATCH without Operations.",
		}, func(ctx context.Context, w *wire) {
			u, g := w.oneLoginUser(ctx, "member"), w.oneLoginGroup(ctx, "team")
			w.unshown()
			a := w.send(ctx, http.MethodPatch, g.path(), map[string]any{
				"schemas": []any{"urn:scim:schemas:core:1.0"}, "members": []any{map[string]any{"value": u.id, "operation": "add"}},
			})
			if a.Status >= 200 && a.Status < 300 {
				w.rostered(ctx, g, []string{u.id}, a)
				return
			}
			w.expect(a, match.Rejected())
		}),
	}
}

// oneLoginGroup arranges a group as a rule creates it.
func (w *wire) oneLoginGroup(ctx context.Context, what string) *thing {
	body := w.required("Group", w.survey.Groups, ordered{{"schemas", []any{coreGroup}}, {"displayName", w.Name(what)}})
	a, sent := w.create(ctx, "Groups", body)
	w.because("no-groups", a, match.Made())
	g := &thing{collection: "Groups", id: w.id(a), sent: sent}
	g.now = w.arranged(ctx, g)
	return g
}
