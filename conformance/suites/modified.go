package suites

import (
	"context"
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
			p.set(ctx, u, resource.With(u.now, name, "Moved"), op("replace", name, "Moved"))
			if stamp(u.now) == before { // dates of whole seconds
				if err := p.Pause(ctx, 1100*time.Millisecond); err != nil {
					p.stop(err)
				}
				p.set(ctx, u, resource.With(u.now, name, "Moved on"), op("replace", name, "Moved on"))
			}
			p.expect(stamp(u.now) != before, match.That("meta.lastModified moves with a change", "it is still "+before+" after two changes, the second of them more than a second later"))
		}),
	}
}

// stamp is the date of the last change that a resource shows.
func stamp(now map[string]any) string {
	text, _ := inner(now, "meta")["lastModified"].(string)
	return text
}
