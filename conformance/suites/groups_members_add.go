package suites

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
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
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.change(ctx, path, op("add", "members", refs(c)))
			p.expectMembers(ctx, path, "adding one member", a, b, c)
		}),
		check(catalog.Check{
			ID: "MEM-003", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-158", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds several members in one operation",
			Why:   "The gallery asks for several membership changes in one PATCH.",
			Fix:   "Process every element of the value list.",
		}, func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g")
			p.change(ctx, path, op("add", "members", refs(a, b, c)))
			p.expectMembers(ctx, path, "adding three members in one operation", a, b, c)
		}),
		check(catalog.Check{
			ID: "MEM-004", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-157", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "accepts an existing member again without duplicating it",
			Why:   "Entra never reads members back, so it sends the same add again.",
			Fix:   "Ignore a member that already exists, and return success.",
		}, func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			before := inner(p.read(ctx, path), "meta")["lastModified"]
			p.change(ctx, path, op("add", "members", refs(a)))
			p.expectMembers(ctx, path, "adding an existing member", a, b)
			p.because("unchanged", inner(p.read(ctx, path), "meta")["lastModified"], match.Is("meta.lastModified after adding an existing member", before))
		}),
		check(catalog.Check{
			ID: "MEM-010", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-163", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "does not silently drop unknown members",
			Why:   "Entra never reads members back, so a success without effect goes unnoticed.",
			Fix:   "Return an error for an unknown member id, or store it.",
		}, func(ctx context.Context, p *probe) {
			path, _ := p.group(ctx, "g")
			nobody := p.Name("no-such-id")
			answer := p.patch(ctx, path, op("add", "members", refs(nobody)))
			if answer.Status >= 400 {
				p.expect(answer, match.Status(400, 404, 409, 422))
				return
			}
			p.expectMembers(ctx, path, "a successful add of an unknown id", nobody)
		}),
		check(catalog.Check{
			ID: "MEM-013", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-168", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "keeps all 150 members of a large group",
			Why:   "Groups with hundreds of members are normal. Writing back a single page truncates them.",
			Fix:   "Never rewrite members from one page of the list.",
		}, func(ctx context.Context, p *probe) {
			ids := p.many(ctx, 150)
			path, _ := p.group(ctx, "large", ids[:149]...)
			p.change(ctx, path, op("add", "members", refs(ids[149])))
			p.expectMembers(ctx, path, "adding a member to a group of 149", ids...)
		}),
		check(catalog.Check{
			ID: "MEM-016", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.2"), Rule: "R-170", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "does not change a member's value in place",
			Why:   "No log records that an edited member became another one.",
			Fix:   "Return 400 mutability for a change to value, $ref or type of a member.",
		}, func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, _ := p.group(ctx, "g", a)
			p.patch(ctx, path, op("replace", "members[value eq "+quoted(a)+"].value", b))
			p.expectMembers(ctx, path, "changing a member in place", a)
		}),
		check(catalog.Check{
			ID: "MEM-019", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds all members of an operation or none",
			Why:   "After a partial add, nobody knows who has access.",
			Fix:   "Validate all members first, then add them.",
		}, func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a)
			nobody := p.Name("no-such-id")
			answer := p.patch(ctx, path, op("add", "members", refs(b, nobody, c)))
			if answer.Status >= 400 {
				p.expectMembers(ctx, path, "a rejected add", a)
				return
			}
			got := p.members(ctx, path)
			p.expect(slices.Contains(got, b) && slices.Contains(got, c), match.That("after a successful add, both users are members", "at least one of them is missing"))
		}),
		check(catalog.Check{
			ID: "MEM-024", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "accepts a member whose $ref is null",
			Why:   "Microsoft's own add example contains a null $ref.",
			Fix:   "Ignore null sub-attributes of a member.",
		}, func(ctx context.Context, p *probe) {
			_, a, _ := p.plain(ctx, "a")
			path, _ := p.group(ctx, "g")
			p.change(ctx, path, op("add", "members", []any{map[string]any{"$ref": nil, "value": a}}))
			p.expectMembers(ctx, path, "adding a member with a null $ref", a)
		}),
		check(catalog.Check{
			ID: "MEM-025", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.2"), Rule: "R-51", Cause: "references",
			Needs: []string{catalog.GroupsHere},
			Title: "returns member references that lead to the members",
			Why:   "A client that follows $ref must reach the user.",
			Fix:   "Build $ref from the base URL of the request.",
		}, func(ctx context.Context, p *probe) {
			_, id, _ := p.plain(ctx, "a")
			path, _ := p.group(ctx, "g", id)
			list, _ := p.read(ctx, path)["members"].([]any)
			p.expect(len(list) == 1, match.That("the group has one member", fmt.Sprintf("it has %d members", len(list))))
			p.expectReference(list[0], "User", "/Users/"+id)
		}),
		check(catalog.Check{
			ID: "MEM-030", Suite: "memberships", About: catalog.Groups, Level: catalog.Should, Basis: microsoft(), Rule: "R-158", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds 101 members in one operation",
			Why:   "Microsoft asks gallery applications for several memberships in one PATCH, without a number. A limit shows only as failures of large groups.",
			Fix:   "Accept as many members in one operation as a group can hold, or document the limit.",
		}, func(ctx context.Context, p *probe) {
			ids := p.many(ctx, 101)
			path, _ := p.group(ctx, "batch")
			p.change(ctx, path, op("add", "members", refs(ids...)))
			p.expectMembers(ctx, path, "adding 101 members in one operation", ids...)
		}),
		check(catalog.Check{
			ID: "MEM-031", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-192", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "applies an add and a removal of the same member in order",
			Why:   "One PATCH may contain several changes to a group.",
			Fix:   "Apply each operation to the result of the previous one.",
		}, func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a)
			p.change(ctx, path, op("add", "members", refs(b, c)), op("remove", "members[value eq "+quoted(b)+"]", nil))
			p.expectMembers(ctx, path, "adding two members and removing one of them", a, c)
		}),
		check(catalog.Check{
			ID: "MEM-033", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: compatibility(), Rule: "R-184", Cause: "letter-case-op",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "accepts the capitalized ops Add and Remove for members",
			Why:   "Entra sends capitalized ops. Without support for them, no membership ever changes.",
			Fix:   "Fold the case of op before you compare it.",
		}, func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, _ := p.group(ctx, "g", a)
			p.change(ctx, path, op("Add", "members", refs(b)))
			p.expectMembers(ctx, path, "a capitalized Add", a, b)
			p.change(ctx, path, op("Remove", "members[value eq "+quoted(a)+"]", nil))
			p.expectMembers(ctx, path, "a capitalized Remove", b)
		}),
	}
}

// expectReference asserts the value of a member, and its type and $ref if the target returns them.
func (p *probe) expectReference(member any, kind, path string) {
	m, _ := member.(map[string]any)
	p.expect(m["value"], match.Is("value of the member", path[strings.LastIndexByte(path, '/')+1:]))
	if m["type"] != nil {
		p.expect(m["type"], match.Is("type of the member", kind))
	}
	if ref, there := m["$ref"].(string); there {
		p.expect(p.leadsTo(ref, path), match.That("$ref of the member leads to "+path, "$ref is "+match.JSON(ref)))
	}
}
