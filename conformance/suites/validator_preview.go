package suites

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// validatorUsersPreview are the preview tests of users, which do not count in the validator.
func validatorUsersPreview() []Spec {
	return []Spec{
		forecast(test{
			number: 25, name: "Patch User - Multiple Operations on different attributes", rule: "R-113", cause: "patch-order", preview: true,
			fix: "Apply every operation of a PATCH, in order.",
		}, func(ctx context.Context, p *probe) {
			first := p.removable()
			others := slices.DeleteFunc(p.someCarriers(3), func(name string) bool { return name == first })
			u := p.applicant(ctx, "several")
			operations, want := []map[string]any{op("remove", first, nil)}, map[string]any{}
			for i, at := range others[:min(2, len(others))] {
				value := p.Name("new")
				want = resource.With(want, at, value)
				operations = append(operations, op([]string{"add", "replace"}[i], "", map[string]any{at: value}))
			}
			a := p.operate(ctx, u, operations...)
			p.readsAs(ctx, u, want, a)
			left := resource.Value(p.read(ctx, u.path()), first)
			p.last = a
			p.expect(left == nil, match.That(first+" is gone", first+" is "+match.JSON(left)+" after "+a.Request))
		}),
		forecast(test{
			number: 26, name: "Patch User - Multiple Operations on same attribute", rule: "R-113", cause: "patch-order", preview: true,
			fix: "Apply the operations of a PATCH one after the other, so that the last one wins.",
		}, func(ctx context.Context, p *probe) {
			name := p.removable()
			u := p.applicant(ctx, "same")
			last := p.Name("last")
			a := p.operate(ctx, u, op("remove", name, nil), op("add", "", map[string]any{name: p.Name("first")}), op("replace", "", map[string]any{name: last}))
			p.readsAs(ctx, u, resource.With(map[string]any{}, name, last), a)
		}),
		forecast(test{
			number: 27, name: "Delete a non-existent User", rule: "R-106", cause: "unknown-id", preview: true,
			fix: "Return 404 for DELETE of an unknown id.",
		}, func(ctx context.Context, p *probe) {
			u := p.applicant(ctx, "known")
			p.expect(p.do(ctx, http.MethodDelete, "/Users/"+unlike(u.id), nil), match.Status(http.StatusNotFound))
		}),
		forecast(test{
			number: 28, name: "Delete the same User twice", rule: "R-135", cause: "unknown-id", preview: true,
			fix: "Return 404 for the second DELETE of a user.",
		}, func(ctx context.Context, p *probe) { p.twice(ctx, p.applicant(ctx, "twice")) }),
	}
}

// validatorGroupsPreview are the preview tests of groups.
func validatorGroupsPreview() []Spec {
	return []Spec{
		forecast(test{
			number: 29, name: "Patch Group - Multiple Operations on same attribute", rule: "R-192", cause: "members-in-order", preview: true, needs: []string{catalog.GroupsHere},
			fix: "Apply the operations of a PATCH on members one after the other.",
		}, func(ctx context.Context, p *probe) {
			g, member := p.club(ctx, "group"), p.applicant(ctx, "member")
			p.operate(ctx, g, op("add", "members", refs(member.id)), op("remove", "members[value eq "+quoted(member.id)+"]", nil))
			left := p.members(ctx, g.path())
			p.expect(len(left) == 0, match.That("the group has no members", "it has "+match.JSON(left)))
		}),
		forecast(test{
			number: 30, name: "Delete a non-existent Group", rule: "R-135", cause: "group-unknown", preview: true, needs: []string{catalog.GroupsHere},
			fix: "Return 404 for DELETE of an unknown id.",
		}, func(ctx context.Context, p *probe) {
			g := p.club(ctx, "known")
			p.expect(p.do(ctx, http.MethodDelete, "/Groups/"+unlike(g.id), nil), match.Status(http.StatusNotFound))
		}),
		forecast(test{
			number: 31, name: "Delete the same Group twice", rule: "R-135", cause: "group-unknown", preview: true, needs: []string{catalog.GroupsHere},
			fix: "Return 404 for the second DELETE of a group.",
		}, func(ctx context.Context, p *probe) { p.twice(ctx, p.club(ctx, "twice")) }),
	}
}

// twice deletes a thing two times. Only the response to the second request counts.
func (p *probe) twice(ctx context.Context, t *thing) {
	a := p.do(ctx, http.MethodDelete, t.path(), nil)
	p.expect(a, match.Status(http.StatusOK, http.StatusAccepted, http.StatusNoContent))
	p.expect(p.do(ctx, http.MethodDelete, t.path(), nil), match.Status(http.StatusNotFound))
}
