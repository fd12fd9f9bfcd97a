package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// oktaImports are the requests of an import, Okta's only reconciliation (O-28 to O-30).
func oktaImports() []Spec {
	past := byOkta(demand{
		number: 60, rule: "O-28", cause: "okta-past-end", evidence: reported("ory/polis/issues/4054"),
		title: "answers Okta's page behind the last user with an empty list",
		why:   "A reviewer of the integration network was reported to ask for the page behind the last one, and to refuse the integration because of itemsPerPage.",
		fix:   "Return 200 with an empty list of Resources, itemsPerPage 0 and the right totalResults.",
	}, func(ctx context.Context, w *wire) { w.pastTheEnd(ctx) })
	past.Alone = true
	many := byOkta(demand{
		number: 61, rule: "O-28, O-40", cause: "hundred", evidence: oktaPage(),
		title: "shows every one of more than a hundred users to Okta's import, and finds them by its query",
		why:   "An import reads pages of 100 while totalResults is higher. A user beyond the first page who is not found is created again, and counts as removed.",
		fix:   "Filter and count before you cut a page. Keep the order of pages stable.",
	}, func(ctx context.Context, w *wire) { w.imported(ctx) })
	many.Alone = true
	return []Spec{
		past, widely(many),
		byOkta(demand{
			number: 62, rule: "O-28", cause: "lists", evidence: oktaPage(),
			title: "shows Okta's import the users as a read by id does",
			why:   "An import updates the people in Okta from the list.",
			fix:   "Return whole users in lists.",
		}, func(ctx context.Context, w *wire) {
			u := w.oktaUser(ctx, "imported")
			w.step("", "the import takes over what the list shows")
			found := w.walk(ctx, "Users", 100)[u.id]
			w.expect(found != nil, match.That("the pages of the import show the new user", "none of them does"))
			w.finding.Assertions++
			for _, d := range w.lost(u.now, found) {
				w.end(Failed, apart(w.last, d, "the page of the import"))
			}
		}),
		byOkta(demand{
			number: 63, rule: "O-28, O-86", cause: "lists", evidence: oktaPage(), groups: true,
			title: "shows Okta's import every group with id and displayName",
			why:   "Imported groups can be linked. Whether Okta reads the members from the list is not published.",
			fix:   "Return every group in the pages of GET /Groups.",
		}, func(ctx context.Context, w *wire) {
			g := w.oktaGroup(ctx, "imported")
			found := w.walk(ctx, "Groups", 100)[g.id]
			w.expect(found != nil && found["displayName"] == g.now["displayName"], match.That("the pages of the import show the new group with its name", "they show "+match.JSON(found["displayName"])))
		}),
	}
}

// walk reads a collection as an import does: pages of 100 while totalResults is higher. What Okta does
// after a page that a target makes shorter is not known: the walk goes on behind it.
func (w *wire) walk(ctx context.Context, collection string, page int) map[string]map[string]any {
	found := map[string]map[string]any{}
	for start, total, next := 1, 1, 0; start <= total; start += next {
		a := w.fetch(ctx, fmt.Sprintf("/%s?startIndex=%d&count=%d", collection, start, page))
		w.narrow(http.MethodGet, "/"+collection, a)
		w.expect(a, match.Status(http.StatusOK))
		total = a.Page().Total
		for _, r := range a.Page().Resources {
			id, _ := r["id"].(string)
			found[id] = r
		}
		if next = len(a.Page().Resources); next == 0 {
			break
		}
	}
	return found
}

// pastTheEnd asks for the page behind the last user.
func (w *wire) pastTheEnd(ctx context.Context) {
	w.oktaUser(ctx, "last")
	first := w.fetch(ctx, "/Users?startIndex=1&count=100")
	w.narrow(http.MethodGet, "/Users", first)
	w.because("no-list", first, match.Status(http.StatusOK))
	total := first.Page().Total
	start := total/100*100 + 101
	w.silent = "the review of the integration ends with it"
	a := w.fetch(ctx, fmt.Sprintf("/Users?startIndex=%d&count=100", start))
	w.expect(a, match.Status(http.StatusOK))
	w.expect(len(a.Page().Resources) == 0, match.Member("Resources", fact.TooMany, "no resources", fmt.Sprintf("%s returned %d", a.Request, len(a.Page().Resources))))
	for name, want := range map[string]float64{"totalResults": float64(total), "itemsPerPage": 0} {
		w.expect(a.Body[name], match.Is(name+" in the response to "+a.Request, want))
	}
}

// imported makes more than a hundred users, and asserts that an import and queries find them.
func (w *wire) imported(ctx context.Context) {
	bodies := w.crewBodies(101)
	ids := w.all(ctx, "Users", bodies)
	for _, i := range []int{0, 50, 100} {
		w.step("", "Okta finds nobody, and creates the user again")
		w.only(w.fetch(ctx, oktaQuery("Users", "userName", bodies[i]["userName"])), ids[i])
	}
	w.step("", "the import counts them as removed")
	found := w.walk(ctx, "Users", 100)
	lost := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return found[id] != nil })
	w.expect(len(lost) == 0, match.That("the pages of the import show all of 101 new users", fmt.Sprintf("they show %d of them", len(ids)-len(lost))))
}
