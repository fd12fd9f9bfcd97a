package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// groupsAttributes are the checks of writing the attributes of groups, each route by itself.
func groupsAttributes() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-021", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-190", Cause: "group-attributes",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "updates the externalId of a group",
			Why:   "Groups matched by name get their externalId by PATCH.",
			Fix:   "Support PATCH of externalId on groups as on users.",
		}, func(ctx context.Context, p *probe) {
			p.has("Group.externalId")
			g := p.aGroup(ctx, "g", p.crew(ctx, 1)...)
			value := "Y-" + p.Name("ext")
			p.set(ctx, g, resource.With(g.now, "externalId", value), op("replace", "externalId", value))
		}),
		check(catalog.Check{
			ID: "MEM-074", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-190", Cause: "group-attributes",
			Needs: []string{catalog.GroupsHere},
			Title: "keeps the externalId of a new group, if groups have one",
			Why:   "Tenants may match groups by externalId. One that only some routes know is sent again in every cycle.",
			Fix:   "Store externalId of groups in POST, PUT and PATCH alike, and return it in every response.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			sent := p.team(p.Name("ext"))
			sent["externalId"] = "X-" + p.Name("value")
			g := p.makes(ctx, sent)
			if g.now["externalId"] != nil {
				p.expect(g.now["externalId"], match.Is("externalId of the new group", sent["externalId"]))
				return
			}
			elsewhere := byID(p.find(ctx, "Groups", "displayName", sent["displayName"]).Page().Resources, g.id)["externalId"] != nil
			p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("replace"), "externalId", sent["externalId"])))
			if !elsewhere && p.read(ctx, g.path())["externalId"] == nil {
				p.finding.Lacks = "Group.externalId"
				p.skip("the target does not return externalId of groups")
			}
			p.expect(false, match.That("a read shows the externalId of the new group", "it does not, although the target keeps it on another route"))
		}),
		check(catalog.Check{
			ID: "MEM-046", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-120", Cause: "group-attributes",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "takes add for the attributes of a group like replace",
			Why:   "Entra sends Add for the externalId of a group that it matched by name.",
			Fix:   "Treat add on a single-valued attribute like replace.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 1)...)
			name := p.Name("added")
			p.set(ctx, g, resource.With(g.now, "displayName", name), op("add", "displayName", name))
			if p.survey.Lacks(p.survey.Groups, "externalId") == nil {
				p.set(ctx, g, resource.With(g.now, "externalId", "Y-"+name), op("add", "externalId", "Y-"+name))
			}
		}),
		check(catalog.Check{
			ID: "MEM-047", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "pathless",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "changes several attributes of a group by one value without a path",
			Why:   "With the feature flag, Entra sends all changes of a group in one value.",
			Fix:   "Merge every key of the value into the group.",
		}, func(ctx context.Context, p *probe) {
			p.has("Group.externalId")
			g := p.aGroup(ctx, "g", p.crew(ctx, 1)...)
			for _, kind := range []string{"add", "replace"} {
				name := p.Name(kind)
				want := resource.With(resource.With(g.now, "displayName", name), "externalId", "Y-"+name)
				p.set(ctx, g, want, op(kind, "", map[string]any{"displayName": name, "externalId": "Y-" + name}))
			}
		}),
		check(catalog.Check{
			ID: "MEM-048", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-125", Cause: "group-attributes",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "removes the externalId of a group",
			Why:   "An externalId that cannot be removed links the group to an object that no longer exists.",
			Fix:   "Support remove with a path for groups as for users.",
		}, func(ctx context.Context, p *probe) {
			p.has("Group.externalId")
			if a := p.survey.Groups.Find("externalId"); a != nil && a.Required {
				p.skip("externalId of a group is required")
			}
			g := p.aGroup(ctx, "g", p.crew(ctx, 1)...)
			p.set(ctx, g, resource.With(g.now, "externalId", nil), op("remove", "externalId", nil))
			for _, o := range []map[string]any{opNull("replace", "externalId"), op("replace", "", map[string]any{"externalId": nil})} {
				g = p.aGroup(ctx, "null")
				p.finding.Cause = "null-values"
				p.set(ctx, g, resource.With(g.now, "externalId", nil), o)
			}
		}),
		check(catalog.Check{
			ID: "MEM-049", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "group-attributes",
			Needs: []string{catalog.GroupsHere, catalog.Put},
			Title: "stores the attributes of a group that a PUT names",
			Why:   "A PUT that is answered with success and stores only a part leaves both sides apart.",
			Fix:   "Write every attribute of a PUT, with the code of POST.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 2)...)
			name := p.Name("put")
			body, want := resource.Copy(g.sent), resource.Copy(g.now)
			if a := p.survey.Groups.Find("displayName"); a == nil || a.Writable() {
				body, want = resource.With(body, "displayName", name), resource.With(want, "displayName", name)
			}
			if p.survey.Lacks(p.survey.Groups, "externalId") == nil {
				body, want = resource.With(body, "externalId", "Y-"+name), resource.With(want, "externalId", "Y-"+name)
			}
			body["members"] = refs(memberIDs(g.now)...)
			a := p.write(ctx, g, want, http.MethodPut, body)
			p.finding.Cause = "members-answer"
			p.echoes(a, g.now)
		}),
		check(catalog.Check{
			ID: "MEM-050", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-114", Cause: "members-answer",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "returns the changed group, if a PATCH returns a body",
			Why:   "A client takes the body for the new state of the group.",
			Fix:   "Return 204, or build the response from the group as it is stored.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			g := p.aGroup(ctx, "g", ids[0])
			add := patchOp(op(p.spelled("replace"), "displayName", p.Name("changed")), op(p.spelled("add"), "members", refs(ids[1])))
			a := p.do(ctx, http.MethodPatch, g.path(), add)
			p.because("no-members", a, match.Success())
			p.echoes(a, p.read(ctx, g.path()))
			for _, query := range []string{"?attributes=displayName,externalId,members", "?excludedAttributes=members"} {
				a = p.do(ctx, http.MethodPatch, g.path()+query, patchOp(op(p.spelled("replace"), "displayName", p.Name("again"))))
				p.because("no-patch", a, match.Success())
				p.echoes(a, p.read(ctx, g.path()+query))
			}
		}),
		check(catalog.Check{
			ID: "MEM-051", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.9"), Rule: "R-169", Cause: "members-excluded",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "keeps the members when a request excludes them from the response",
			Why:   "Entra excludes members in every request for groups. If what is not shown is not stored, the group is empty.",
			Fix:   "Apply excludedAttributes to the response only, on a copy of the group.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 2)...)
			a := p.get(ctx, g.path()+"?excludedAttributes=members")
			p.becomes(ctx, g, g.now, a, "members")
			name := p.Name("unseen")
			a = p.do(ctx, http.MethodPatch, g.path()+"?excludedAttributes=members", patchOp(op(p.spelled("replace"), "displayName", name)))
			p.because("no-patch", a, match.Success())
			p.becomes(ctx, g, resource.With(g.now, "displayName", name), a, "members")
		}),
	}
}
