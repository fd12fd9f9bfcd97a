package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// oktaGroups are the requests of Group Push on a group as a whole (O-71 to O-85).
func oktaGroups() []Spec {
	return []Spec{
		byOkta(demand{
			number: 40, rule: "O-71", cause: "filter-groups", evidence: oktaLab(), groups: true,
			title: "finds a group by Okta's query, and none by one for an unknown name",
			why:   "Okta looks for the name before it creates or links a group.",
			fix:   "Support displayName eq for groups, and return exactly the group with that name.",
		}, func(ctx context.Context, w *wire) {
			g := w.oktaGroup(ctx, "found")
			w.oktaGroup(ctx, "found-too")
			w.step("", "Okta takes what the query returns for the group, and creates one if it returns none")
			w.only(w.fetch(ctx, oktaQuery("Groups", "displayName", g.sent["displayName"])), g.id)
			w.expect(w.fetch(ctx, oktaQuery("Groups", "displayName", w.Name("nobody"))), match.Total(0))
		}),
		byOkta(demand{
			number: 41, rule: "O-73, O-74", cause: "members-add", evidence: oktaFlask(), groups: true, patch: true,
			title: "keeps each member once when Okta creates a group and adds the same members",
			why:   "A catalogue app creates the group with its members and adds them again at once.",
			fix:   "Store a member that has neither type nor $ref. Adding one that is there changes nothing.",
		}, func(ctx context.Context, w *wire) {
			crew := w.oktaCrew(ctx, 3)
			g := w.pushedTeam(ctx, oktaMembers(crew...))
			w.membership(g)
			w.rostered(ctx, g, idsOf(crew), w.change(ctx, g, op("add", "members", oktaMembers(crew...))))
		}),
		byOkta(demand{
			number: 42, rule: "O-72, O-80", cause: "members-replace", evidence: oktaLab(), groups: true,
			title: "keeps the members when Okta creates a group and puts it with the same members",
			why:   "An app of the integration wizard creates the group, reads it, and puts it with all of its members.",
			fix:   "Implement PUT /Groups/{id} with members, and return the members in a read by id.",
		}, func(ctx context.Context, w *wire) {
			crew := w.oktaCrew(ctx, 2)
			g := w.pushedTeam(ctx, oktaMembers(crew...))
			w.membership(g)
			name := g.now["displayName"]
			w.isTeam(ctx, g, name, crew, w.putTeam(ctx, g, name, oktaMembers(crew...)))
		}),
		byOkta(demand{
			number: 43, rule: "O-72, O-74, O-80", cause: "members-replace", evidence: captured("jelhub/scimgateway/issues/95"), groups: true,
			title: "renames a group and replaces its members by Okta's PUT",
			why:   "display of a member is null where the target's response had none.",
			fix:   "Store displayName and members from the PUT. Ignore a null display.",
		}, func(ctx context.Context, w *wire) {
			crew := w.oktaCrew(ctx, 3)
			g := w.oktaGroup(ctx, "team", crew[0], crew[1])
			w.membership(g)
			name := w.Name("renamed")
			a := w.putTeam(ctx, g, name, []any{
				ordered{{"value", crew[1].id}, {"display", nil}}, ordered{{"value", crew[2].id}, {"display", nil}},
			})
			w.isTeam(ctx, g, name, crew[1:], a)
		}),
		byOkta(demand{
			number: 44, rule: "O-72, O-80", cause: "members-replace", evidence: oktaLab(), groups: true,
			title: "empties a group by Okta's PUT with an empty list of members",
			why:   "Okta pushes a group that lost its last member with members as an empty list.",
			fix:   "Replace the members by the list of the PUT, also if it is empty.",
		}, func(ctx context.Context, w *wire) {
			crew := w.oktaCrew(ctx, 1)
			g := w.oktaGroup(ctx, "empty", crew...)
			w.membership(g)
			name := g.now["displayName"]
			w.isTeam(ctx, g, name, nil, w.putTeam(ctx, g, name, []any{}))
		}),
		byOkta(demand{
			number: 45, rule: "O-76, O-81", cause: "pathless", evidence: oktaPage(), groups: true, patch: true,
			title: "renames a group by Okta's PATCH without a path, and keeps its members",
			why:   "The value has the id and the name. Okta sends it with each update of the membership, usually with the name that the group has.",
			fix:   "Apply displayName, ignore the same id, and leave the members alone.",
		}, func(ctx context.Context, w *wire) {
			if a := w.survey.Groups.Find("displayName"); a != nil && !a.Writable() {
				w.skip("the target announces that displayName of a group does not change")
			}
			crew := w.oktaCrew(ctx, 2)
			g := w.oktaGroup(ctx, "team", crew...)
			for _, name := range []any{g.now["displayName"], w.Name("renamed")} {
				w.step("", "")
				a := w.change(ctx, g, oktaName(g, name, nil))
				w.expect(a, match.Success())
				w.becomes(ctx, g, resource.With(g.now, "displayName", name), a, "displayName")
			}
		}),
		byOkta(demand{
			number: 46, rule: "O-71, O-80", cause: "group-names", evidence: reported("ory/polis/issues/3559"), groups: true,
			title: "lets Okta create a group with the old name of one that it renamed",
			why:   "An index that keeps the old name makes the push of the new group fail.",
			fix:   "Let the index of names follow a rename by PUT.",
		}, func(ctx context.Context, w *wire) {
			g := w.oktaGroup(ctx, "old")
			old := g.now["displayName"]
			renamed := w.do(ctx, http.MethodPut, g.path(), resource.With(g.now, "displayName", w.Name("new")))
			w.because("no-put", renamed, match.Success())
			w.step("", "Okta creates no group, and pushes its members into the renamed one")
			w.expect(w.fetch(ctx, oktaQuery("Groups", "displayName", old)), match.Total(0))
			a, _ := w.create(ctx, "Groups", w.oktaTeam("old", []any{}).with("displayName", old))
			w.expect(a, match.Made())
		}),
		byOkta(demand{
			number: 47, rule: "O-82", cause: "delete", evidence: oktaPage(), groups: true,
			title: "deletes a group that Okta unlinks, and none of its members",
			why:   "Unlink with the deletion of the group is the only DELETE that Okta sends.",
			fix:   "Return 204, and 404 for the group from then on.",
		}, func(ctx context.Context, w *wire) {
			crew := w.oktaCrew(ctx, 1)
			g := w.oktaGroup(ctx, "unlinked", crew...)
			a := w.send(ctx, http.MethodDelete, g.path(), nil)
			w.expect(a, match.Status(http.StatusNoContent, http.StatusOK))
			w.expect(w.get(ctx, g.path()), match.Status(http.StatusNotFound))
			w.becomes(ctx, crew[0], crew[0].now, a)
		}),
	}
}

// pushedTeam creates a group as Okta does, with members, and reads it. Whether the create keeps them does
// not matter to Okta, which sends them again.
func (w *wire) pushedTeam(ctx context.Context, members []any) *thing {
	w.unshown()
	a, sent := w.create(ctx, "Groups", w.oktaTeam("pushed", members))
	w.because("no-groups", a, match.Made())
	g := &thing{collection: "Groups", id: w.id(a), sent: sent}
	g.now = w.arranged(ctx, g)
	return g
}

// membership begins the step of a push of members.
func (w *wire) membership(g *thing) {
	name, _ := g.now["displayName"].(string)
	w.step("Unable to update Group Push mapping target App group "+name+": Error while updating user group membership for group "+name+" ", "")
}

// putTeam reads a group and puts it as Okta does: with nothing but id, name and members (O-72).
func (w *wire) putTeam(ctx context.Context, g *thing, name any, members []any) session.Response {
	w.because("no-read", w.fetch(ctx, g.path()), match.Status(http.StatusOK))
	body := ordered{{"schemas", []any{coreGroup}}, {"id", g.id}, {"displayName", name}, {"members", members}}
	for _, a := range w.survey.Groups.Attributes { // what is required, an administrator maps
		if v := resource.Value(g.now, a.Path); a.Required && v != nil && resource.Value(body.object(), a.Path) == nil {
			body = body.filled(resource.With(body.object(), a.Path, v))
		}
	}
	return w.replace(ctx, g, body)
}

// isTeam asserts the name and the members of a group after a response. What else a PUT leaves out, the
// target may clear or keep.
func (w *wire) isTeam(ctx context.Context, g *thing, name any, crew []*thing, a session.Response) {
	if a.Status >= 400 && a.Status < 500 {
		w.relabel("members-add members-remove members-replace", "members-refused")
	}
	w.expect(a, match.Success())
	read := w.get(ctx, g.path())
	w.expect(read, match.Status(http.StatusOK))
	w.last = a
	w.sameMembers(g.now, resource.With(g.now, "members", refs(idsOf(crew)...)), read.Body, true, a)
	w.finding.Cause = "group-attributes"
	w.expect(read.Body["displayName"], match.Is("displayName after "+a.Request, name))
	w.finding.Cause = ""
}

// oktaName is the operation by which Okta renames a group (O-76), or pushes all of it (O-78).
func oktaName(g *thing, name any, members []any) map[string]any {
	value := map[string]any{"id": g.id, "displayName": name}
	if members != nil {
		value["members"] = members
	}
	return op("replace", "", value)
}
