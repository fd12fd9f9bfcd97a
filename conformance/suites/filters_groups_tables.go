package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/filtermodel"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// filtersGroupsTables are the truth tables of filters for groups. A target may reject what it does
// not support; it must not ignore it.
func filtersGroupsTables() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-065", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter-operators",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "evaluates each operator in filters of groups, or rejects it",
			Why:   "An operator that is read as another one, or ignored, returns the wrong groups without an error.",
			Fix:   "Filter groups with the code that filters users, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			stem := p.Name("team")
			name := func(word string) string { return stem + " " + word + " " + stem }
			list := p.teams(ctx, name("amber"), name("cobalt"), name("jade"))
			if list[0].sent["displayName"] != name("amber") {
				p.skip("the template of groups gives them other names")
			}
			is := func(op, value string) filtermodel.Filter { return filtermodel.Compare("displayName", op, value) }
			either := filtermodel.Or(is("eq", name("amber")), is("eq", name("jade")))
			each := filtermodel.Or(either, is("eq", name("cobalt")))
			p.selectsTeams(ctx, list, is("sw", stem+" am"), is("sw", "amber "+stem), is("ew", "balt "+stem), is("ew", stem+" cobalt"),
				is("ew", strings.ToUpper("jade "+stem)), is("co", "JADE "+stem), is("co", stem+" a_ber"))
			p.finding.Cause = "filter-logic"
			p.selectsTeams(ctx, list, each, filtermodel.And(filtermodel.Group(each), is("eq", name("jade"))),
				filtermodel.Or(is("eq", name("amber")), filtermodel.And(is("eq", name("jade")), is("eq", name("cobalt")))))
			p.finding.Cause = ""
			p.selectsTeams(ctx, list, filtermodel.Compare("noSuchAttribute", "eq", name("amber")))
			if p.survey.Lacks(p.survey.Groups, "externalId") == nil {
				p.selectsTeams(ctx, list, filtermodel.Compare("externalId", "sw", "X-"+stem+" am"))
			}
			mark := p.markOfTeams(ctx, list, is("sw", stem), filtermodel.Group(each))
			p.selectsTeams(ctx, list, filtermodel.And(mark, is("ne", name("amber"))), filtermodel.And(mark, filtermodel.Not(is("eq", name("cobalt")))),
				filtermodel.And(mark, is("gt", name("cobalt"))), filtermodel.And(mark, is("le", name("cobalt"))), filtermodel.And(mark, filtermodel.Present("displayName")))
			p.leavesOut(ctx, is("ne", name("amber")), list[0])
		}),
	}
}

// teams arranges groups with these names.
func (p *probe) teams(ctx context.Context, names ...string) []*thing {
	bodies := make([]map[string]any, len(names))
	for i, name := range names {
		bodies[i] = p.team(name)
	}
	list := make([]*thing, len(names))
	for i, id := range p.all(ctx, "Groups", bodies) {
		list[i] = &thing{collection: "Groups", id: id, sent: bodies[i], now: bodies[i], subjects: []string{"externalId"}}
	}
	return list
}

// selectsTeams asserts that each filter selects of all groups exactly those of the list that it
// describes, or is rejected.
func (p *probe) selectsTeams(ctx context.Context, list []*thing, filters ...filtermodel.Filter) {
	for _, f := range filters {
		if a := p.get(ctx, filtered("Groups", f.String())); !unsupported(a) {
			p.selects(a, f, list)
		}
	}
	p.finding.Assertions++
}

// markOfTeams returns the first filter that selects the whole list, so that another one can be
// limited to it.
func (p *probe) markOfTeams(ctx context.Context, list []*thing, filters ...filtermodel.Filter) filtermodel.Filter {
	for _, f := range filters {
		if a := p.get(ctx, filtered("Groups", f.String())); a.Status == http.StatusOK && len(a.Page().Resources) == len(list) {
			return f
		}
	}
	p.skip("the target selects groups by no other operator than eq")
	return filtermodel.Filter{}
}

// leavesOut asserts that a filter does not select a thing. What else it selects is not looked at.
func (p *probe) leavesOut(ctx context.Context, f filtermodel.Filter, t *thing) {
	a := p.get(ctx, filtered(t.collection, f.String())+"&count=100")
	there := slices.ContainsFunc(a.Page().Resources, func(r map[string]any) bool { return r["id"] == t.id })
	p.expect(a.Status != http.StatusOK || !there, match.That("the filter "+f.String()+" does not select "+t.label(f), "it does"))
}
