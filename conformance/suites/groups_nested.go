package suites

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// groupsNested are the checks of nested groups.
func groupsNested() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-023", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.2"), Rule: "R-51", Cause: "references",
			Needs: []string{catalog.GroupsHere},
			Title: "identifies a nested group as a group, not as a user",
			Why:   "If a nested group is taken for a user, its id points to the wrong account.",
			Fix:   "Return type Group and a $ref to /Groups, or reject nested groups with 400.",
		}, func(ctx context.Context, p *probe) {
			path, name := p.group(ctx, "inner")
			id := strings.TrimPrefix(path, "/Groups/")
			outer := p.Name("outer")
			a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "displayName": outer, "externalId": "X-" + outer, "members": refs(id)})
			if a.Status >= 400 {
				p.expect(a, match.SCIMError(400, ""))
				return
			}
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
			list, _ := p.read(ctx, "/Groups/"+p.id(a))["members"].([]any)
			p.expect(len(list) == 1, match.That("the group has one member", fmt.Sprintf("it has %d members", len(list))))
			p.expectReference(list[0], "Group", "/Groups/"+id)
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName of the inner group", name))
		}),
		check(catalog.Check{
			ID: "MEM-036", Suite: "memberships", About: catalog.Groups, Level: catalog.Should, Basis: rfc7643("2.4"), Rule: "R-18", Cause: "nesting",
			Needs: []string{catalog.GroupsHere},
			Title: "lists a group only once for a user who belongs to it in two ways",
			Why:   "Otherwise, seats or rights counted by group are counted twice.",
			Fix:   "Collect a user's groups in a set.",
		}, func(ctx context.Context, p *probe) {
			user, id, _ := p.plain(ctx, "twice")
			one, _ := p.group(ctx, "one", id)
			two, _ := p.group(ctx, "two", id)
			p.nested(ctx, one, two)
			list, _ := p.read(ctx, user)["groups"].([]any)
			if len(list) == 0 {
				p.skip("the target does not return a user's groups")
			}
			seen := map[string]bool{}
			for _, e := range list {
				m, _ := e.(map[string]any)
				pair := match.JSON([]any{m["type"], m["value"]})
				p.expect(!seen[pair], match.That("each group of the user is listed once", fmt.Sprintf("two of the %d listed groups have the same type and value", len(list))))
				seen[pair] = true
			}
		}),
		check(catalog.Check{
			ID: "MEM-037", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.1"), Rule: "R-161", Cause: "nesting",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "reads two groups that contain each other, or rejects the second membership",
			Why:   "Entra treats an endless read as a time-out and retries it. Each attempt ties up one of your workers.",
			Fix:   "Track visited groups on the way up or down, or reject the membership that closes the loop.",
		}, func(ctx context.Context, p *probe) {
			one, _ := p.group(ctx, "one")
			two := p.nested(ctx, one)
			add := patchOp(op("add", "members", refs(strings.TrimPrefix(two, "/Groups/"))))
			closing := p.inTime(ctx, http.MethodPatch, one, add)
			p.because("no-patch", closing, match.Not(http.StatusMethodNotAllowed, http.StatusNotImplemented))
			if closing.Status >= 400 {
				p.expect(closing.Status < 500, match.That("a membership that closes a loop is accepted, or rejected with a 4xx status", fmt.Sprintf("%s returned status %d", closing.Request, closing.Status)))
				return
			}
			for _, path := range []string{one, two} {
				p.expect(p.inTime(ctx, http.MethodGet, path, nil), match.Status(http.StatusOK))
			}
		}),
	}
}

// patience is the time limit for a request that might loop.
const patience = 15 * time.Second

// inTime sends a request that must not loop.
func (p *probe) inTime(ctx context.Context, method, path string, body any) session.Response {
	a, ok := p.soon(ctx, patience, method, path, body)
	p.expect(ok, match.That(fmt.Sprintf("a response within %s", patience), fmt.Sprintf("%s %s received no response", method, path)))
	return a
}

// nested creates a group whose members are groups. It skips the check if the target rejects that.
func (p *probe) nested(ctx context.Context, groups ...string) (path string) {
	ids := make([]string, len(groups))
	for i, g := range groups {
		ids[i] = strings.TrimPrefix(g, "/Groups/")
	}
	name := p.Name("outer")
	a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + name, "members": refs(ids...)})
	if a.Status >= 400 {
		p.skip(fmt.Sprintf("the target rejects groups as members (status %d)", a.Status))
	}
	p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
	return "/Groups/" + p.id(a)
}

// soon sends a request with a time limit. ok is false if no response arrives in time.
func (p *probe) soon(ctx context.Context, d time.Duration, method, path string, body any) (a session.Response, ok bool) {
	within, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	a, err := p.Send(within, method, path, body, nil)
	if err == nil {
		return a, true
	}
	answered := len(p.Exchanges) == 0 || p.Exchanges[len(p.Exchanges)-1].Status != 0 // with 429, and a retry was due
	if within.Err() == nil || ctx.Err() != nil || answered {
		p.stop(err) // the request failed for another reason
	}
	return a, false
}
