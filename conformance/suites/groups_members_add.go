package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// groupsMembersAdd are the checks of adding members.
func groupsMembersAdd() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-002", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-156", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds a member and keeps the existing ones",
			Why:   "A lost member loses access.",
			Fix:   "Append on add. Never replace the list.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[:2]...)
			p.roster(ctx, g, ids, op("add", "members", refs(ids[2])))
		}),
		check(catalog.Check{
			ID: "MEM-003", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-158", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds several members in one operation",
			Why:   "The gallery asks for several membership changes in one PATCH.",
			Fix:   "Process every element of the value list.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			p.roster(ctx, p.aGroup(ctx, "g"), ids, op("add", "members", refs(ids...)))
		}),
		check(catalog.Check{
			ID: "MEM-004", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-157", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "accepts an existing member again without duplicating it",
			Why:   "Entra never reads members back, so it sends the same add again.",
			Fix:   "Ignore a member that already exists, and return success.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			g := p.aGroup(ctx, "g", ids...)
			before := inner(g.now, "meta")["lastModified"]
			p.roster(ctx, g, ids, op("add", "members", refs(ids[0])))
			p.finding.Cause = "unchanged"
			p.expect(inner(g.now, "meta")["lastModified"], match.Is("meta.lastModified after adding an existing member", before))
		}),
		check(catalog.Check{
			ID: "MEM-056", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-157", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds the new members of a list that also names existing ones",
			Why:   "When a push is repeated, part of its members are there already. The others must not be left out.",
			Fix:   "Look at each member of the list by itself, and store a member that is named twice once.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[0])
			p.roster(ctx, g, ids, op("add", "members", refs(ids[1], ids[0], ids[2], ids[1])))
		}),
		check(catalog.Check{
			ID: "MEM-057", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-121", Cause: "members-pathless",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds members by an add without a path and keeps the existing ones",
			Why:   "With the feature flag, Entra sends changes without a path. A list that is replaced instead removes everybody else.",
			Fix:   "Treat the key members of a value without a path like the path members.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 4)
			g := p.aGroup(ctx, "g", ids[:2]...)
			p.roster(ctx, g, ids[:3], op("add", "", map[string]any{"members": refs(ids[2])}))
			p.roster(ctx, g, ids, op("add", "", map[string]any{"members": refs(ids[3], ids[0])}))
		}),
		check(catalog.Check{
			ID: "MEM-058", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.2"), Rule: "R-51", Cause: "members-refused",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "accepts members with display, type and $ref",
			Why:   "RFC 7644 shows members in this form, and other clients send it.",
			Fix:   "Take value, and ignore the other sub-attributes if you do not store them.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[0])
			p.roster(ctx, g, ids, op("add", "members", []any{
				map[string]any{"value": ids[1], "display": "Conf Member"},
				map[string]any{"value": ids[2], "type": "User", "$ref": p.BaseURL() + "/Users/" + ids[2]},
			}))
		}),
		check(catalog.Check{
			ID: "MEM-010", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-163", Cause: "members-unknown",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "does not silently drop unknown members",
			Why:   "Entra never reads members back, so a success without effect goes unnoticed.",
			Fix:   "Return an error for an unknown member id, or store it.",
		}, func(ctx context.Context, p *probe) {
			id := p.crew(ctx, 1)[0]
			g, nobody := p.aGroup(ctx, "g", id), unlike(id)
			a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("add"), "members", refs(nobody))))
			if a.Status >= 400 {
				p.expect(a, match.Status(400, 404, 409, 422))
				p.unmoved(ctx, g, a)
				return
			}
			p.rostered(ctx, g, []string{id, nobody}, a)
		}),
		widely(check(catalog.Check{
			ID: "MEM-013", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-168", Cause: "members-large",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "keeps all 150 members of a large group, and removes from the middle",
			Why:   "Groups with hundreds of members are normal. Writing back a single page truncates them.",
			Fix:   "Never rewrite members from one page of the list.",
		}, func(ctx context.Context, p *probe) {
			const all, step = 150, 50 // no operation is larger than what services document
			ids := p.crew(ctx, all)
			every := slices.Clone(ids)
			g := p.aGroup(ctx, "large")
			for n := step; n <= all; n += step {
				p.roster(ctx, g, ids[:n], op("add", "members", refs(ids[n-step:n]...)))
			}
			for _, at := range []int{110, 75} {
				gone := ids[at]
				ids = slices.Delete(ids, at, at+1)
				p.roster(ctx, g, ids, op("remove", "members", refs(gone)))
			}
			// Whoever refuses more than a number says so. Whoever accepts them stores them.
			a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("add"), "members", refs(every...))))
			if a.Status < 300 {
				p.rostered(ctx, g, every, a)
				p.listsMembers(ctx, g, every)
			}
		})),
		check(catalog.Check{
			ID: "MEM-016", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.2"), Rule: "R-170, R-50, R-67", Cause: "members-in-place",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "does not change a member's value in place",
			Why:   "No log records that an edited member became another one.",
			Fix:   "Return 400 mutability for a change to value, $ref or type of a member.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			g := p.aGroup(ctx, "g", ids[0])
			a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("replace"), member(ids[0])+".value", ids[1])))
			p.unmoved(ctx, g, a)
		}),
		check(catalog.Check{
			ID: "MEM-019", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds all members of an operation or none",
			Why:   "After a partial add, nobody knows who has access. In turn, one stale id makes the whole push fail, so say which id is unknown.",
			Fix:   "Validate all members first, then add them. Name the unknown id in the error.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g, nobody := p.aGroup(ctx, "g", ids[0]), unlike(ids[0])
			a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("add"), "members", refs(ids[1], nobody, ids[2]))))
			if a.Status >= 400 {
				p.unmoved(ctx, g, a)
				return
			}
			p.finding.Cause = "members-unknown"
			got := memberIDs(p.read(ctx, g.path()))
			p.last = a
			p.finding.Assertions++
			if !slices.Contains(got, ids[1]) || !slices.Contains(got, ids[2]) {
				f := fact.Fact{Layer: fact.Value, Attribute: "members", Kind: fact.TooFew, Status: a.Status, Idle: len(got) == 1}
				f.Method, f.Route = a.Kind()
				f.Expected, f.Actual = "after a successful add, both users are members", "at least one of them is missing after "+a.Request
				p.end(Failed, f)
			}
		}),
		check(catalog.Check{
			ID: "MEM-024", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "accepts a member whose $ref is null",
			Why:   "Microsoft's own add example contains a null $ref.",
			Fix:   "Ignore null sub-attributes of a member.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			g := p.aGroup(ctx, "g", ids[0])
			p.roster(ctx, g, ids, op("add", "members", []any{map[string]any{"$ref": nil, "value": ids[1]}}))
		}),
		check(catalog.Check{
			ID: "MEM-025", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.2"), Rule: "R-51, R-9, R-10", Cause: "references",
			Needs: []string{catalog.GroupsHere},
			Title: "returns member references that lead to the members",
			Why:   "A client that follows $ref must reach the user.",
			Fix:   "Build $ref from the base URL of the request.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			id := p.crew(ctx, 1)[0]
			g := p.aGroup(ctx, "g", id)
			list, _ := g.now["members"].([]any)
			p.expect(len(list) == 1, match.That("the group has one member", fmt.Sprintf("it has %d members", len(list))))
			p.expectReference(ctx, list[0], "User", "/Users/"+id)
		}),
		widely(check(catalog.Check{
			ID: "MEM-030", Suite: "memberships", About: catalog.Groups, Level: catalog.Should, Basis: microsoft(), Rule: "R-158", Cause: "members-batch",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds 101 members in one operation",
			Why:   "Microsoft asks gallery applications for several memberships in one PATCH, without a number. A limit shows only as failures of large groups.",
			Fix:   "Accept as many members in one operation as a group can hold, or document the limit.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 101)
			p.roster(ctx, p.aGroup(ctx, "batch"), ids, op("add", "members", refs(ids...)))
		})),
		check(catalog.Check{
			ID: "MEM-033", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: compatibility(), Rule: "R-184", Cause: "letter-case-op",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "accepts the capitalized ops Add, Remove and Replace for groups",
			Why:   "Entra sends capitalized ops. Without support for them, no membership ever changes.",
			Fix:   "Fold the case of op before you compare it.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[0])
			plain := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("add"), "members", refs(ids[1]))))
			p.because("no-members", plain, match.Success()) // otherwise, the letter case is not the reason
			p.roster(ctx, g, ids, op("Add", "members", refs(ids[2])))
			p.roster(ctx, g, ids[1:], op("Remove", "members", refs(ids[0])))
			if a := p.survey.Groups.Find("displayName"); a == nil || a.Writable() {
				name := p.Name("renamed") // W-68
				a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op("Replace", "displayName", name)))
				p.expect(a, match.Success())
				p.becomes(ctx, g, resource.With(p.arranged(ctx, g), "displayName", name), a, "members")
			}
		}),
	}
}

// member is the path of one member (W-82).
func member(id string) string { return "members[value eq " + quoted(id) + "]" }

// expectReference asserts the value of a member of a group, and its type and $ref if the target returns
// them.
func (p *probe) expectReference(ctx context.Context, member any, kind, path string) {
	m, _ := member.(map[string]any)
	id := path[strings.LastIndexByte(path, '/')+1:]
	p.expect(m["value"], match.Is("value of the member", id))
	if m["type"] != nil {
		p.expect(m["type"], match.Is("type of the member", kind))
	}
	if ref, there := m["$ref"].(string); there {
		leads := p.names(ref, path) || p.reaches(ctx, ref, id)
		p.expect(leads, match.That("$ref of the member leads to "+path, "$ref is "+match.JSON(ref)))
	}
}

// names reports whether a reference in a group has the path of a resource below the base URL. The
// reference may be absolute, or relative to the host, the base URL or the group.
func (p *probe) names(ref, path string) bool {
	base, err := url.Parse(p.BaseURL())
	if err != nil {
		return false
	}
	for _, at := range []*url.URL{base.JoinPath("/"), base.JoinPath("Groups/id")} {
		for _, text := range []string{ref, strings.TrimPrefix(ref, "/")} {
			if to, err := at.Parse(text); err == nil && to.Host == base.Host && to.Path == base.JoinPath(path).Path {
				return true
			}
		}
	}
	return false
}

// listsMembers asserts that a query shows all members of a group, if it shows any.
func (p *probe) listsMembers(ctx context.Context, g *thing, every []string) {
	found := byID(p.find(ctx, "Groups", "displayName", g.sent["displayName"]).Page().Resources, g.id)
	if n := len(slices.Compact(memberIDs(found))); n > 0 { // whether queries show members is judged by QRY-047
		p.finding.Cause = "lists"
		p.expect(n == len(every), match.That(fmt.Sprintf("a query shows %d members, as a read by id does", len(every)), fmt.Sprintf("it shows %d", n)))
		p.finding.Cause = ""
	}
}
