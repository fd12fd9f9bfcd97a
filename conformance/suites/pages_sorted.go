package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/filtermodel"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// sorted asserts that a query returns three resources by displayName, upwards and downwards.
func (p *probe) sorted(ctx context.Context, query string, want []any) {
	for _, order := range []string{"ascending", "descending"} {
		a := p.get(ctx, query+"&sortBy=displayName&sortOrder="+order)
		p.expect(a, match.Total(3))
		for i, r := range a.Page().Resources {
			p.expect(r["id"] == want[i], match.That(
				"alpha, Beta and gamma are in "+order+" order", fmt.Sprintf("the resource at position %d of %s is out of order", i+1, a.Request)))
		}
		slices.Reverse(want)
	}
}

// sortsTeams asserts the order of three groups, if a filter finds them alone.
func (p *probe) sortsTeams(ctx context.Context) {
	if !p.groupsToo() {
		return
	}
	stem := p.Name("sorted")
	list := p.teams(ctx, stem+" Beta", stem+" alpha", stem+" gamma")
	is := func(t *thing) filtermodel.Filter {
		return filtermodel.Compare("displayName", "eq", t.sent["displayName"])
	}
	query := filtered("Groups", filtermodel.Or(filtermodel.Or(is(list[0]), is(list[1])), is(list[2])).String())
	if a := p.get(ctx, query); a.Status == http.StatusOK && len(a.Page().Resources) == len(list) {
		p.sorted(ctx, query, []any{list[1].id, list[0].id, list[2].id})
	}
}
