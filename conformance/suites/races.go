package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// races are the checks of concurrent requests.
func races() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-035", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "concurrency",
			Title: "deletes a user once when several DELETE requests arrive concurrently",
			Why:   "A repeated request can overtake the first. After a 500, Entra retries for weeks.",
			Fix:   "Lock the row, or retry internally. Return 204 once and 404 to the others.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "gone")
			answers, err := p.Together(ctx, http.MethodDelete, path, make([]any, 4))
			if err != nil {
				p.stop(err)
			}
			done := 0
			for _, a := range answers {
				p.expect(a, match.Status(http.StatusNoContent, http.StatusNotFound))
				if a.Status == http.StatusNoContent {
					done++
				}
			}
			p.expect(done > 0, match.That("one of several concurrent DELETE requests returns 204", "all of them returned 404"))
			p.expect(p.get(ctx, path), match.Status(http.StatusNotFound))
		}),
		check(catalog.Check{
			ID: "USR-038", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "concurrency",
			Title: "creates only one user when several creates with one userName arrive concurrently",
			Why:   "A timed-out request and its retry can overlap. Two accounts block the user permanently.",
			Fix:   "Rely on a unique index, not on a lookup before the insert.",
		}, func(ctx context.Context, p *probe) {
			var bodies []map[string]any
			for range 4 {
				one := p.person("race", nil)
				if len(bodies) > 0 {
					one["userName"] = bodies[0]["userName"]
				}
				bodies = append(bodies, one)
			}
			p.creates("Users")
			answers, err := p.MakeTogether(ctx, "Users", "userName", bodies)
			if err != nil {
				p.stop(err)
			}
			made := 0
			for _, a := range answers {
				p.because("no-users", a, match.Not(http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented))
				if a.Status < 300 {
					made++
				}
			}
			p.expect(made == 1, match.That("exactly one of four concurrent creates with one userName succeeds", fmt.Sprintf("%d of four succeeded", made)))
		}),
		check(catalog.Check{
			ID: "ATT-040", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "concurrency",
			Needs: []string{catalog.Patch},
			Title: "does not lose concurrent changes to one user",
			Why:   "Entra and people in your own portal change a user at the same time.",
			Fix:   "Update only the named columns, or read and write under one lock.",
		}, func(ctx context.Context, p *probe) {
			for range 3 {
				path, _, _ := p.plain(ctx, "both")
				answers, err := p.Together(ctx, http.MethodPatch, path, []any{
					patchOp(op("replace", "title", "Countess")), patchOp(op("replace", "displayName", "Both")),
				})
				if err != nil {
					p.stop(err)
				}
				body := p.read(ctx, path)
				for i, attribute := range []string{"title", "displayName"} {
					p.because("no-patch", answers[i], match.Not(http.StatusMethodNotAllowed, http.StatusNotImplemented))
					if answers[i].Status < 300 { // a rejected client may try again
						p.expect(body[attribute], match.Is(attribute+" after a concurrent change of another attribute", []string{"Countess", "Both"}[i]))
					}
				}
				p.expect(answers[0].Status < 300 || answers[1].Status < 300, match.That(
					"at least one of two concurrent changes succeeds", fmt.Sprintf("they returned status %d and %d", answers[0].Status, answers[1].Status)))
			}
		}),
		check(catalog.Check{
			ID: "MEM-034", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-156", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "does not lose members that are added concurrently",
			Why:   "Entra sends requests in parallel and never reads members back. A lost member stays lost.",
			Fix:   "Store memberships individually, or lock the group while you read and write the list.",
		}, func(ctx context.Context, p *probe) {
			ids := p.many(ctx, 8)
			path, _ := p.group(ctx, "g")
			bodies := make([]any, len(ids))
			for i, id := range ids {
				bodies[i] = patchOp(op("add", "members", refs(id)))
			}
			answers, err := p.Together(ctx, http.MethodPatch, path, bodies)
			if err != nil {
				p.stop(err)
			}
			p.because("no-patch", answers[0], match.Not(http.StatusMethodNotAllowed, http.StatusNotImplemented))
			got, added, lost := p.members(ctx, path), 0, 0
			for i, a := range answers {
				if a.Status == http.StatusOK || a.Status == http.StatusNoContent {
					added++
					if !slices.Contains(got, ids[i]) {
						lost++
					}
				}
			}
			p.expect(added > 0, match.That("concurrent adds succeed", fmt.Sprintf("all %d concurrent adds were rejected, the first with status %d", len(ids), answers[0].Status)))
			p.expect(lost == 0, match.That("every successfully added member is in the group", fmt.Sprintf("%d of %d successful concurrent adds had no effect", lost, added)))
		}),
	}
}
