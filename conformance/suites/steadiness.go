package suites

import (
	"context"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// steadiness are the checks of repeated requests.
func steadiness() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "ATT-039", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-122", Cause: "steadiness",
			Needs: []string{catalog.Patch},
			Title: "stores each of 300 changes that it reports as successful",
			Why:   "Entra never repeats a change that was reported as successful.",
			Fix:   "Respond after the commit, and check its error.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "often")
			lost := 0
			for i := range often {
				title := fmt.Sprintf("Title %d", i)
				p.change(ctx, path, op("replace", "title", title))
				if p.read(ctx, path)["title"] != title {
					lost++
				}
			}
			p.expect(lost == 0, match.That(fmt.Sprintf("each of %d changes is stored", often), fmt.Sprintf("%d of %d changes returned success but were not stored", lost, often)))
		}),
		check(catalog.Check{
			ID: "HTP-008", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.1"), Rule: "R-81", Cause: "steadiness",
			Title: "returns 200 for each of 300 identical reads",
			Why:   "One error in 100 requests means 300 errors in an initial cycle of 30,000 users.",
			Fix:   "Check the connection pool, the caches and the slowest replica.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "often")
			bad, last := 0, 0
			for range often {
				if a := p.get(ctx, path); a.Status != http.StatusOK {
					bad, last = bad+1, a.Status
				}
			}
			p.expect(bad == 0, match.That(fmt.Sprintf("%d reads of one user return status 200", often), fmt.Sprintf("%d of them failed, the last with status %d", bad, last)))
		}),
	}
}

// often is the number of repetitions of a request that must succeed every time. A fault in
// one request of a hundred is then found in nineteen runs of twenty.
const often = 300
