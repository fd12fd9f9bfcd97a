package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// visible are the checks that the effect of a write can be seen at all. Checks of what such a
// write does are blocked by them.
func visible() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "SUR-010", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.2"), Rule: "R-51", Cause: membersHidden,
			Needs: []string{catalog.GroupsHere},
			Title: "shows the members of a group",
			Why:   "Members that no read shows cannot be compared with the directory. Nobody can tell who has access.",
			Fix:   "Return members for GET /Groups/{id}, with the id of each member as value.",
		}, func(ctx context.Context, p *probe) {
			if g := p.survey.Groups; p.survey.Asked && g.MembersByPatch.Fact.Method == "" {
				p.skip("the survey made no group with a member")
			}
			p.unshown()
			p.Exchanges = p.survey.Exchanges
			if p.hidden() {
				f := p.survey.Groups.MembersByPatch.Fact
				p.finding.Assertions++
				p.end(Failed, f)
			}
			p.expect(p.get(ctx, p.anyList("Groups")), match.Status(http.StatusOK, http.StatusNotFound))
		}),
		check(catalog.Check{
			ID: "SUR-011", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-183", Cause: activeIgnored,
			Needs: []string{catalog.Patch},
			Title: "disables a user by PATCH",
			Why:   "Entra disables leavers by active false. A user that stays active keeps access.",
			Fix:   "Apply a replace of active, and return an error if you do not.",
		}, func(_ context.Context, p *probe) {
			p.has("active")
			p.Exchanges = p.survey.By(http.MethodPatch)
			p.finding.Assertions++
			if p.ignoresActive() {
				p.end(Failed, fact.Fact{
					Layer: fact.Value, Kind: fact.Unchanged, Method: http.MethodPatch, Route: "/Users/{id}", Status: http.StatusOK, Attribute: "active",
					Expected: "active is false after a PATCH that sets it", Actual: "the PATCH returns success, and active is still true",
				})
			}
		}),
	}
}
