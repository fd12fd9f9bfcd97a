package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
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
			p.rounds("one of four concurrent DELETE requests removes the user, and the others return 404", func() string {
				u := p.aUser(ctx, "gone", nil)
				answers := p.together(ctx, http.MethodDelete, u.path(), make([]any, 4))
				done := 0
				for _, a := range answers {
					switch {
					case a.Status >= 200 && a.Status < 300:
						done++
					case !slices.Contains([]int{http.StatusNotFound, http.StatusConflict, http.StatusGone}, a.Status):
						p.last = a
						p.deletable(a)
						return fmt.Sprintf("a DELETE returned status %d", a.Status)
					}
				}
				if a := p.get(ctx, u.path()); a.Status == http.StatusOK || done == 0 {
					p.disappears(ctx)
					p.last = a
					return fmt.Sprintf("%d of four succeeded, and the next read returned status %d", done, a.Status)
				}
				return ""
			})
		}),
		check(catalog.Check{
			ID: "USR-038", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "concurrency",
			Title: "creates only one user when several creates with one userName arrive concurrently",
			Why:   "A timed-out request and its retry can overlap. Two accounts block the user permanently.",
			Fix:   "Rely on a unique index, not on a lookup before the insert.",
		}, func(ctx context.Context, p *probe) {
			p.rounds("exactly one of four concurrent creates with one userName succeeds", func() string {
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
				made, taken := 0, false
				for _, a := range answers {
					p.last = a
					p.because("no-users", a, match.Not(http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented))
					taken = taken || a.Status == http.StatusConflict || a.Status >= http.StatusInternalServerError
					if a.Status < 300 {
						made++
					}
				}
				if made == 0 && !taken { // a rule of the target refuses each of them
					p.because("no-users", p.last, match.Status(http.StatusCreated, http.StatusOK))
				}
				if made != 1 {
					return fmt.Sprintf("%d of four succeeded", made)
				}
				return ""
			})
		}),
		check(catalog.Check{
			ID: "ATT-040", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "concurrency",
			Needs: []string{catalog.Patch},
			Title: "does not lose concurrent changes to one user",
			Why:   "Entra and people in your own portal change a user at the same time.",
			Fix:   "Update only the named columns, or read and write under one lock.",
		}, func(ctx context.Context, p *probe) {
			u, names := p.aUser(ctx, "both", nil), p.carriers(2)
			round := 0
			p.rounds("each of two concurrent changes that succeed is stored", func() string {
				round++
				value := fmt.Sprintf("Round %d", round)
				answers := p.together(ctx, http.MethodPatch, u.path(), []any{
					patchOp(op(p.spelled("replace"), names[0], value)), patchOp(op(p.spelled("replace"), names[1], value)),
				})
				read := p.get(ctx, u.path())
				p.because("no-read", read, match.Status(http.StatusOK))
				for i, a := range answers {
					p.last = a
					if a.Status < 300 && resource.Value(read.Body, names[i]) != value { // a rejected client may try again
						return "a change of " + names[i] + " was reported as successful and is lost"
					}
				}
				if answers[0].Status >= 300 && answers[1].Status >= 300 {
					return fmt.Sprintf("both changes were rejected, with status %d and %d", answers[0].Status, answers[1].Status)
				}
				return ""
			})
		}),
		check(catalog.Check{
			ID: "MEM-034", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-156", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "does not lose members that are added concurrently",
			Why:   "Entra sends requests in parallel and never reads members back. A lost member stays lost.",
			Fix:   "Store memberships individually, or lock the group while you read and write the list.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 8)
			p.rounds("every successfully added member is in the group", func() string {
				g := p.aGroup(ctx, "g")
				bodies := make([]any, len(ids))
				for i, id := range ids {
					bodies[i] = patchOp(op(p.spelled("add"), "members", refs(id)))
				}
				answers := p.together(ctx, http.MethodPatch, g.path(), bodies)
				p.because("no-patch", answers[0], match.Not(http.StatusMethodNotAllowed, http.StatusNotImplemented))
				got, added, lost := p.members(ctx, g.path()), 0, 0
				for i, a := range answers {
					p.last = a
					if a.Status == http.StatusOK || a.Status == http.StatusNoContent {
						added++
						if !slices.Contains(got, ids[i]) {
							lost++
						}
					}
				}
				switch {
				case added == 0:
					return fmt.Sprintf("all %d concurrent adds were rejected, the first with status %d", len(ids), answers[0].Status)
				case lost > 0:
					return fmt.Sprintf("%d of %d successful concurrent adds had no effect", lost, added)
				}
				return ""
			})
		}),
	}
}

const (
	// rounds is how often a race is run. A window that one round in seven hits is then found in 95
	// runs of 100; on loopback, a window of 3 ms is hit more often.
	rounds = 20
	// fewest is how often it is run whatever the latency, and enough the time after which it ends.
	fewest = 3
	enough = 3 * time.Second
)

// rounds runs a race several times. race says what went wrong in one round, or "".
func (p *probe) rounds(expected string, race func() string) {
	bad, ran, first := 0, 0, ""
	deciding := p.last
	for ran < rounds && (ran < fewest || p.Took() < enough) {
		ran++
		if why := race(); why != "" {
			if bad++; bad == 1 {
				first, deciding = why, p.last
			}
		}
	}
	p.last = deciding
	p.expect(bad == 0, match.That(expected, fmt.Sprintf("%s, in %d of %d rounds", first, bad, ran)))
}

// together sends bodies to one path at once.
func (p *probe) together(ctx context.Context, method, path string, bodies []any) []session.Response {
	answers, err := p.Together(ctx, method, path, bodies)
	if err != nil {
		p.stop(err)
	}
	return answers
}
