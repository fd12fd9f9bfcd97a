package suites

import (
	"context"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// modified are the checks of meta.lastModified after a change.
func modified() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-078", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-27", Cause: "modified-never",
			Needs: []string{catalog.Patch},
			Title: "moves meta.lastModified when a user changes",
			Why:   "Clients that synchronize by date never see the change.",
			Fix:   "Set meta.lastModified with every write that changes the resource.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "moved", nil), p.carrier()
			before := stamp(u.now)
			if before == "" { // which is judged with all of meta
				p.finding.Lacks = "User.meta.lastModified"
				p.skip("the target shows no meta.lastModified")
			}
			p.stamped(ctx, u, "a change", func(value string) { p.set(ctx, u, resource.With(u.now, name, value), op("replace", name, value)) })
			if a := p.survey.Users.Find(name); a == nil || !a.Required {
				p.stamped(ctx, u, "a removal", func(value string) {
					if resource.Value(u.now, name) == nil {
						p.set(ctx, u, resource.With(u.now, name, value), op("add", name, value))
					}
					p.set(ctx, u, resource.With(u.now, name, nil), op("remove", name, nil))
				})
			}
			if p.Lacks(catalog.Put) == "" && p.survey.Asked && p.survey.Put.Works {
				p.stamped(ctx, u, "a PUT", func(value string) {
					body := resource.With(u.sent, name, value)
					body["id"] = u.id
					p.because("no-put", p.do(ctx, http.MethodPut, u.path(), body), match.Success())
					u.now = p.arranged(ctx, u)
				})
			}
		}),
	}
}

// stamped changes a user to two values in turn, like movesStamp.
func (p *probe) stamped(ctx context.Context, u *thing, what string, change func(value string)) {
	p.movesStamp(ctx, u, what, func() { change("Moved") }, func() { change("Moved on") })
}

// movesStamp asserts that the date of the last change of a resource moves with a change. If dates are
// those of whole seconds, it moves with the second change, after a second.
func (p *probe) movesStamp(ctx context.Context, t *thing, what string, first, second func()) {
	before := stamp(t.now)
	if first(); stamp(t.now) == before {
		if err := p.Pause(ctx, 1100*time.Millisecond); err != nil {
			p.stop(err)
		}
		second()
	}
	p.expect(stamp(t.now) != before, match.That("meta.lastModified moves with "+what, "it is still "+before+" after two changes, the second of them more than a second later"))
}

// stamp is the date of the last change that a resource shows.
func stamp(now map[string]any) string {
	text, _ := inner(now, "meta")["lastModified"].(string)
	return text
}
