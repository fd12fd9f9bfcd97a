package suites

import (
	"context"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// crew arranges n users that a check only refers to, and returns their ids. If the survey saw that
// bulk requests work, they come from a stock that all checks share.
func (p *probe) crew(ctx context.Context, n int) []string {
	if !p.thorough && p.survey.Bulk > 0 {
		p.creates("Users")
		p.spared = true
		ids, err := p.stock.take(ctx, p, n)
		if err != nil {
			p.stop(err) // the check runs again
		}
		return ids
	}
	return p.all(ctx, "Users", p.crewBodies(n))
}

func (p *probe) crewBodies(n int) []map[string]any {
	bodies := make([]map[string]any, n)
	for i := range bodies {
		bodies[i] = p.person(fmt.Sprintf("m%d-", i), nil)
	}
	return bodies
}

// crewOfGroups creates n groups and returns their ids.
func (p *probe) crewOfGroups(ctx context.Context, n int) []string {
	bodies := make([]map[string]any, n)
	for i := range bodies {
		bodies[i] = p.team(p.Name("many"))
	}
	return p.all(ctx, "Groups", bodies)
}

// all creates resources that a check only refers to, and returns their ids: in bulk if the survey
// saw that this works, and otherwise several at once.
func (p *probe) all(ctx context.Context, collection string, bodies []map[string]any) []string {
	p.creates(collection)
	key := keyOf(collection)
	for i := range bodies {
		bodies[i] = p.ruled(collection, key, bodies[i])
	}
	if !p.thorough && p.survey.Bulk > 0 && len(bodies) > 1 {
		p.spared = true
		ids, err := p.MakeAllInBulk(ctx, collection, key, bodies)
		if err != nil {
			p.stop(err) // the check runs again
		}
		return ids
	}
	return p.singly(ctx, collection, key, bodies)
}

// singly creates resources with one request each.
func (p *probe) singly(ctx context.Context, collection, key string, bodies []map[string]any) []string {
	responses, err := p.MakeAll(ctx, collection, key, bodies)
	if err != nil {
		p.stop(err)
	}
	cause := "no-users"
	if collection == "Groups" {
		cause = "no-groups"
	}
	ids := make([]string, len(responses))
	for i, a := range responses {
		p.last = a
		if len(bodies) > 1 && (a.Status < 200 || a.Status > 299) { // several at once are for another check
			a = p.post(ctx, collection, key, bodies[i])
		}
		p.because(cause, a, match.Status(http.StatusCreated, http.StatusOK))
		ids[i] = p.id(a)
	}
	return ids
}

// keyOf is the attribute that identifies the resources of a collection.
func keyOf(collection string) string {
	if collection == "Groups" {
		return "displayName"
	}
	return "userName"
}
