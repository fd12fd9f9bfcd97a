package suites

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// gains is set for a write that gives a user a further element of a list.
func (p *probe) gains(ctx context.Context, t *thing, want map[string]any, operations ...map[string]any) {
	p.keeps(t.path(), operations)
	for _, o := range operations {
		name, _ := o["op"].(string)
		o["op"] = p.spelled(name)
	}
	a := p.do(ctx, http.MethodPatch, t.path(), patchOp(operations...))
	p.alone(ctx, t, want, a)
	p.expect(a, match.Success())
	p.becomes(ctx, t, want, a)
}

// alone ends the check if a write was refused that gives a user a further element of a list, and the
// target refuses a create with two elements as well: it has one e-mail address for each user, by a rule
// of its own.
func (p *probe) alone(ctx context.Context, t *thing, want map[string]any, a session.Response) {
	rule := a.Status >= http.StatusBadRequest && a.Status < http.StatusInternalServerError
	if t.collection != "Users" || !rule || slices.Contains([]int{http.StatusUnauthorized, http.StatusNotFound, http.StatusConflict}, a.Status) {
		return
	}
	for _, name := range changed(t.now, want) {
		before, _ := resource.Value(t.now, name).([]any)
		after, _ := resource.Value(want, name).([]any)
		if len(after) < 2 || len(after) <= len(before) {
			continue
		}
		i := slices.IndexFunc(p.unitsOr(), func(u unit) bool { return u.name == name && u.kind != "" })
		if i < 0 {
			continue
		}
		refused := p.post(ctx, "Users", "userName", resource.With(p.person("two", nil), name, plural{p.unitsOr()[i], p.Name("l")}.both()))
		if refused.Status == http.StatusBadRequest || refused.Status == http.StatusUnprocessableEntity {
			p.finding.Lacks = "two elements of " + name
			p.skip("the target refuses a user with two elements of " + name)
		}
	}
	p.last = a
}
