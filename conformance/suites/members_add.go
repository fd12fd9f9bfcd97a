package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// membersAdd registers the checks of adding members, and of changes that must keep them.
func (r *registry) membersAdd() {
	r.check("MEM-002", func(ctx context.Context, p *probe) {
		a, b, c := p.three(ctx)
		path, _ := p.group(ctx, "g", a, b)
		p.change(ctx, path, op("add", "members", refs(c)))
		p.expectMembers(ctx, path, "adding one member", a, b, c)
	})
	r.check("MEM-003", func(ctx context.Context, p *probe) {
		a, b, c := p.three(ctx)
		path, _ := p.group(ctx, "g")
		p.change(ctx, path, op("add", "members", refs(a, b, c)))
		p.expectMembers(ctx, path, "adding three members in one operation", a, b, c)
	})
	r.check("MEM-004", func(ctx context.Context, p *probe) {
		a, b, _ := p.three(ctx)
		path, _ := p.group(ctx, "g", a, b)
		before := inner(p.read(ctx, path), "meta")["lastModified"]
		p.change(ctx, path, op("add", "members", refs(a)))
		p.expectMembers(ctx, path, "adding an existing member", a, b)
		p.because("unchanged", inner(p.read(ctx, path), "meta")["lastModified"], match.Is("meta.lastModified after adding an existing member", before))
	})
	r.check("MEM-008", func(ctx context.Context, p *probe) {
		a, b, _ := p.three(ctx)
		path, name := p.group(ctx, "g", a, b)
		p.change(ctx, path, op("replace", "displayName", name+"-renamed"))
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name+"-renamed"))
		p.expectMembers(ctx, path, "renaming the group", a, b)
	})
	r.check("MEM-010", func(ctx context.Context, p *probe) {
		path, _ := p.group(ctx, "g")
		nobody := p.Name("no-such-id")
		answer := p.patch(ctx, path, op("add", "members", refs(nobody)))
		if answer.Status >= 400 {
			p.expect(answer, match.Status(400, 404, 409, 422))
			return
		}
		p.expectMembers(ctx, path, "a successful add of an unknown id", nobody)
	})
	r.check("MEM-013", func(ctx context.Context, p *probe) {
		ids := p.many(ctx, 150)
		path, _ := p.group(ctx, "large", ids[:149]...)
		p.change(ctx, path, op("add", "members", refs(ids[149])))
		p.expectMembers(ctx, path, "adding a member to a group of 149", ids...)
	})
	r.check("MEM-016", func(ctx context.Context, p *probe) {
		a, b, _ := p.three(ctx)
		path, _ := p.group(ctx, "g", a)
		p.patch(ctx, path, op("replace", "members[value eq "+quoted(a)+"].value", b))
		p.expectMembers(ctx, path, "changing a member in place", a)
	})
	r.check("MEM-019", func(ctx context.Context, p *probe) {
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
	})
	r.check("MEM-021", func(ctx context.Context, p *probe) {
		path, name := p.group(ctx, "g")
		p.change(ctx, path, op("replace", "externalId", "Y-"+name))
		p.expect(p.read(ctx, path)["externalId"], match.Is("externalId of the group", "Y-"+name))
	})
	r.check("MEM-022", func(ctx context.Context, p *probe) {
		_, taken := p.group(ctx, "taken")
		path, name := p.group(ctx, "g")
		answer := p.patch(ctx, path, op("replace", "displayName", taken))
		p.expect(answer, match.Status(200, 204, 400, 409)) // on a change, 400 is equally valid
		want := taken
		if answer.Status >= 400 {
			want = name
		}
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName after the rename request", want))
	})
	r.check("MEM-024", func(ctx context.Context, p *probe) {
		_, a, _ := p.plain(ctx, "a")
		path, _ := p.group(ctx, "g")
		p.change(ctx, path, op("add", "members", []any{map[string]any{"$ref": nil, "value": a}}))
		p.expectMembers(ctx, path, "adding a member with a null $ref", a)
	})
	r.check("MEM-030", func(ctx context.Context, p *probe) {
		ids := p.many(ctx, 101)
		path, _ := p.group(ctx, "batch")
		p.change(ctx, path, op("add", "members", refs(ids...)))
		p.expectMembers(ctx, path, "adding 101 members in one operation", ids...)
	})
	r.check("MEM-034", func(ctx context.Context, p *probe) {
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
	})
	r.check("MEM-032", func(ctx context.Context, p *probe) {
		a, b, _ := p.three(ctx)
		path, name := p.group(ctx, "g", a, b)
		p.change(ctx, path, op("replace", "", map[string]any{"displayName": name + "-renamed"}))
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name+"-renamed"))
		p.expectMembers(ctx, path, "renaming the group without a path", a, b)
	})
}
