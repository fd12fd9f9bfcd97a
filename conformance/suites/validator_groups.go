package suites

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// club arranges a group as the validator does: without members.
func (p *probe) club(ctx context.Context, what string) *thing {
	sent := p.team(p.Name(what))
	a := p.post(ctx, "Groups", "displayName", sent)
	p.prepared("no-groups", a)
	return &thing{collection: "Groups", id: p.id(a), sent: sent}
}

// unlisted asserts that a representation of a group has no members.
func (p *probe) unlisted(got map[string]any, a session.Response) {
	_, there := got[resource.Key(got, "members")]
	p.expect(!there, match.That("the response has no members", a.Request+" returned members"))
}

// validatorGroups are the required tests of groups.
func validatorGroups() []Spec {
	needs := []string{catalog.GroupsHere}
	return slices.Concat(validatorGroupReads(needs), validatorFilters("Groups", "displayName", 15, needs), validatorGroupCreate(needs), validatorGroupChange(needs), validatorMembers(needs))
}

func validatorGroupReads(needs []string) []Spec {
	return []Spec{
		forecast(test{
			number: 13, name: "Get group by id excluding members", rule: "R-169", cause: "projection-groups", needs: slices.Clone(needs),
			fix: "Omit members for excludedAttributes=members.",
		}, func(ctx context.Context, p *probe) {
			g := p.club(ctx, "read")
			a := p.get(ctx, g.path()+"?excludedAttributes=members")
			p.expect(a, match.Status(http.StatusOK))
			p.unlisted(a.Body, a)
			p.holdsAll(g.sent, a.Body, a, "the response to "+a.Request)
		}),
		forecast(test{
			number: 14, name: "Filter for an existing group by displayName excluding members", rule: "R-169", cause: "projection-groups", needs: slices.Clone(needs),
			fix: "Apply filter and excludedAttributes in one request.",
		}, func(ctx context.Context, p *probe) {
			g := p.club(ctx, "found")
			a := p.get(ctx, filtered("Groups", "displayName eq "+quoted(g.sent["displayName"]))+"&excludedAttributes=members")
			got := p.listOf(a, 1)
			p.unlisted(got, a)
			p.holdsAll(g.sent, got, a, "the response to "+a.Request)
		}),
	}
}

func validatorGroupCreate(needs []string) []Spec {
	return []Spec{
		forecast(test{
			number: 18, name: "Create a new Group", rule: "R-76", cause: "create-status", needs: slices.Clone(needs),
			fix: "Return 201 with the new group.",
		}, func(ctx context.Context, p *probe) {
			sent := p.team(p.Name("new"))
			a := p.post(ctx, "Groups", "displayName", sent)
			p.expect(a, match.Status(http.StatusCreated))
			if a.Body != nil {
				p.holdsAll(sent, a.Body, a, "the response to "+a.Request)
			}
		}),
		forecast(test{
			number: 19, name: "Create a duplicate Group", rule: "R-166", cause: "group-names", needs: slices.Clone(needs),
			fix: "Return 409 for a POST with a displayName that another group has. No RFC demands that, but the validator does.",
		}, func(ctx context.Context, p *probe) {
			g, again := p.club(ctx, "first"), p.team(p.Name("again"))
			again["displayName"] = g.sent["displayName"]
			p.expect(p.post(ctx, "Groups", "displayName", again), match.Status(http.StatusConflict))
		}),
		forecast(test{
			number: 24, name: "Delete a Group", rule: "R-135", cause: "delete", needs: slices.Clone(needs),
			fix: "Return 204 for DELETE, and 404 for a read from then on.",
		}, func(ctx context.Context, p *probe) { p.gone(ctx, p.club(ctx, "deleted")) }),
	}
}

func validatorGroupChange(needs []string) []Spec {
	change := func(ctx context.Context, p *probe, attribute string) {
		g := p.club(ctx, "changed")
		want := map[string]any{attribute: p.Name("new")}
		p.readsAs(ctx, g, want, p.operate(ctx, g, op("replace", "", maps.Clone(want))))
	}
	return []Spec{
		forecast(test{
			number: 20, name: "Patch Group - Replace Attributes", rule: "R-190", cause: "group-attributes", needs: slices.Clone(needs),
			fix: "Apply a replace without a path whose value has externalId.",
		}, func(ctx context.Context, p *probe) {
			p.has("Group.externalId")
			change(ctx, p, "externalId")
		}),
		forecast(test{
			number: 21, name: "Update Group displayName", rule: "R-128", cause: "pathless", needs: slices.Clone(needs),
			fix: "Apply a replace without a path whose value has displayName.",
		}, func(ctx context.Context, p *probe) { change(ctx, p, "displayName") }),
	}
}

func validatorMembers(needs []string) []Spec {
	return []Spec{
		forecast(test{
			number: 22, name: "Patch Group - Add Member", rule: "R-160", cause: "members-replace", needs: slices.Clone(needs),
			fix: "Accept a replace of members. The test is named Add, but it sends replace.",
		}, func(ctx context.Context, p *probe) {
			g, member := p.club(ctx, "joined"), p.applicant(ctx, "member")
			p.operate(ctx, g, op("replace", "members", refs(member.id)))
		}),
		forecast(test{
			number: 23, name: "Patch Group - Remove Member", rule: "R-159", cause: "members-remove", needs: slices.Clone(needs),
			fix: "Accept a remove of members with a value filter.",
		}, func(ctx context.Context, p *probe) {
			member := p.applicant(ctx, "member")
			g := p.club(ctx, "left")
			p.operate(ctx, g, op("add", "members", refs(member.id)))
			p.operate(ctx, g, op("remove", "members[value eq "+quoted(member.id)+"]", nil))
		}),
	}
}
