package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// oktaMembership are the requests of Group Push on the members of a group (O-73 to O-79).
func oktaMembership() []Spec {
	batch := byOkta(demand{
		number: 54, rule: "O-79, O-81", cause: "members-batch", evidence: oktaPage(), groups: true, patch: true,
		title: "takes 100 members in one PATCH of Okta, and shows all of them in a read by id",
		why:   "Okta sends up to 100 changes of members in one PATCH. What a read by id does not show is missing for Okta.",
		fix:   "Accept 100 members in one operation, and return every member of the group in a read by id.",
	}, func(ctx context.Context, w *wire) {
		w.unshown()
		bodies := w.crewBodies(100)
		ids := w.all(ctx, "Users", bodies)
		g := w.oktaGroup(ctx, "large")
		members := make([]any, len(ids))
		for i, id := range ids {
			members[i] = ordered{{"value", id}, {"display", bodies[i]["userName"]}}
		}
		w.membership(g)
		a := w.change(ctx, g, op("add", "members", members))
		w.expect(a, match.Success())
		w.silent = "Okta takes the group for one with fewer members"
		read := w.fetch(ctx, g.path())
		w.expect(read, match.Status(http.StatusOK))
		w.sameMembers(g.now, resource.With(g.now, "members", refs(ids...)), read.Body, true, a)
	})
	return []Spec{
		byOkta(demand{
			number: 50, rule: "O-77", cause: "members-remove", evidence: oktaPage(), groups: true, patch: true,
			title: "removes members by a filter each and adds another one, in Okta's one PATCH",
			why:   "Okta writes one remove for each leaver, then one add. If one of them has no effect, a leaver keeps access, or a member loses it.",
			fix:   "Apply the operations in order. Remove by the value in the filter, and read op in lower case.",
		}, func(ctx context.Context, w *wire) {
			crew := w.oktaCrew(ctx, 5)
			g := w.oktaGroup(ctx, "team", crew[:4]...)
			w.membership(g)
			first, second := g.order(crew[:4], 0), g.order(crew[:4], 1)
			stay := slices.DeleteFunc(slices.Clone(crew), func(t *thing) bool { return t.id == first || t.id == second })
			w.rostered(ctx, g, idsOf(stay), w.change(ctx, g,
				op("remove", member(first), nil), op("remove", member(second), nil), op("add", "members", oktaMembers(crew[4]))))
		}),
		byOkta(demand{
			number: 51, rule: "O-77", cause: "members-add", evidence: oktaPage(), groups: true, patch: true,
			title: "adds a member to those that are there, by Okta's PATCH",
			why:   "An add that replaces the list takes access from everybody else.",
			fix:   "Add to the members that are there.",
		}, func(ctx context.Context, w *wire) {
			crew := w.oktaCrew(ctx, 3)
			g := w.oktaGroup(ctx, "team", crew[0], crew[1])
			w.membership(g)
			w.rostered(ctx, g, idsOf(crew), w.change(ctx, g, op("add", "members", oktaMembers(crew[2]))))
		}),
		byOkta(demand{
			number: 52, rule: "O-78", cause: "members-replace", evidence: oktaPage(), groups: true, patch: true,
			title: "replaces the members by Push now",
			why:   "Push now repairs a group: it replaces all members.",
			fix:   "Replace the list of members by the value.",
		}, func(ctx context.Context, w *wire) {
			crew := w.oktaCrew(ctx, 3)
			g := w.oktaGroup(ctx, "team", crew[0], crew[1])
			w.membership(g)
			w.rostered(ctx, g, idsOf(crew[1:]), w.change(ctx, g, op("replace", "members", oktaMembers(crew[1:]...))))
		}),
		byOkta(demand{
			number: 53, rule: "O-78", cause: "members-replace", evidence: captured("Captain-P-Goldfish/SCIM-SDK/issues/757"), groups: true, patch: true,
			title: "empties a group by Push now, with a path and without one",
			why:   "Both forms of the push of an empty group were seen. If it fails, the last leavers keep access.",
			fix:   "Accept an empty list of members as a value, under the path members and in an object.",
		}, func(ctx context.Context, w *wire) {
			for _, pathless := range []bool{false, true} {
				crew := w.oktaCrew(ctx, 2)
				g := w.oktaGroup(ctx, "team", crew...)
				w.membership(g)
				operation := op("replace", "members", []any{})
				if pathless {
					operation = oktaName(g, g.now["displayName"], []any{})
				}
				w.rostered(ctx, g, nil, w.change(ctx, g, operation))
			}
		}),
		widely(batch),
		byOkta(demand{
			number: 55, rule: "O-77", cause: "okta-unknown-member", evidence: reported("fleetdm/fleet/issues/52600"), groups: true, patch: true,
			title: "names the unknown member in the refusal of Okta's PATCH, or adds the known ones",
			why:   "Okta does not repeat a PATCH that is refused. Without the id in the error, nobody knows which member is in the way.",
			fix:   "Name the unknown id in detail, or ignore it and add the others.",
		}, func(ctx context.Context, w *wire) { w.withStranger(ctx) }),
		byOkta(demand{
			number: 56, rule: "O-12", cause: "members-lost", evidence: oktaInferred("Okta's documents warn of bursts when hundreds of people are assigned at once"), groups: true, patch: true,
			title: "loses no member of two pushes that arrive together",
			why:   "Group pushes of several people may arrive together. A lost member stays lost: Okta reads no members.",
			fix:   "Store memberships individually, or lock the group while you read and write the list.",
		}, func(ctx context.Context, w *wire) { w.pushedTogether(ctx) }),
	}
}

// order is the id of the n-th member of the group, as a read shows them. Removals of the first ones
// move those behind them.
func (t *thing) order(crew []*thing, n int) string {
	list, _ := t.now["members"].([]any)
	if len(list) <= n {
		return crew[n].id
	}
	m, _ := list[n].(map[string]any)
	id, _ := m["value"].(string)
	return id
}

// withStranger adds a member whom the target does not know beside two that it does.
func (w *wire) withStranger(ctx context.Context) {
	crew := w.oktaCrew(ctx, 3)
	g := w.oktaGroup(ctx, "team", crew[0])
	nobody := unlike(crew[0].id)
	stranger := &thing{id: nobody, sent: map[string]any{"userName": "nobody"}}
	w.membership(g)
	a := w.change(ctx, g, op("add", "members", oktaMembers(crew[1], stranger, crew[2])))
	if a.Status >= 400 && a.Status < 500 {
		w.expect(strings.Contains(a.Detail(), nobody), match.That("the refusal names the unknown member", fmt.Sprintf("%s returned status %d%s, which does not name %s", a.Request, a.Status, said(a), nobody)))
		w.unmoved(ctx, g, a)
		return
	}
	w.expect(a, match.Success())
	got := memberIDs(w.read(ctx, g.path()))
	w.last = a
	for _, u := range crew {
		w.expect(slices.Contains(got, u.id), match.That("every known member is in the group", "after "+a.Request+", one is missing"))
	}
}

// said quotes the detail of an error.
func said(a session.Response) string {
	if text := a.Detail(); text != "" {
		return ": " + text
	}
	return ""
}

// pushedTogether sends two adds at once, several times.
func (w *wire) pushedTogether(ctx context.Context) {
	w.unshown()
	crew := w.oktaCrew(ctx, 4)
	w.rounds("every member of a push that succeeded is in the group", func() string {
		g := w.oktaGroup(ctx, "team")
		w.membership(g)
		bodies := make([]any, len(crew))
		for i, u := range crew {
			bodies[i] = patchOp(op("add", "members", oktaMembers(u)))
		}
		got, lost := []string{}, 0
		answers := w.together(ctx, http.MethodPatch, g.path(), bodies)
		got = append(got, w.members(ctx, g.path())...)
		for i, a := range answers {
			if w.last = a; a.Status >= 200 && a.Status < 300 && !slices.Contains(got, crew[i].id) {
				lost++
			}
		}
		if lost > 0 {
			return fmt.Sprintf("%d of %d pushes that succeeded had no effect", lost, len(crew))
		}
		return ""
	})
}
