package suites

import (
	"context"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/filtermodel"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// filtersValues are the checks of what the value of a filter may contain, for users and groups.
func filtersValues() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-034", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter-exact",
			Needs: []string{catalog.Filter},
			Title: "finds users only by the whole userName, without wildcards",
			Why:   "Entra takes two results as an error, and one wrong result as the user. It then overwrites another person.",
			Fix:   "Compare the whole value. Escape _ and % if you use LIKE.",
		}, func(ctx context.Context, p *probe) {
			stem := p.Name("near")
			longer := p.UserName(stem+"_b") + ".com"
			if len(p.People().Domains) > 0 { // the target accepts no others
				longer = p.UserName(stem + "_bc")
			}
			p.alike(ctx, "Users", []string{p.UserName(stem + "_b"), p.UserName(stem + "xb"), p.UserName("pre" + stem + "_b"), longer}, 0)
			p.alike(ctx, "Users", []string{p.UserName(stem + "%c"), p.UserName(stem + "xyzc")}, 0)
		}),
		check(catalog.Check{
			ID: "QRY-035", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter-exact",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds groups only by the whole displayName, without wildcards",
			Why:   "A search for Sales must not find Sales EMEA. Entra would mix the members of the two groups.",
			Fix:   "Compare the whole value. Escape _ and % if you use LIKE.",
		}, func(ctx context.Context, p *probe) {
			stem := p.Name("sales")
			p.alike(ctx, "Groups", []string{stem + "_b", stem + "xb", stem + "_b EMEA", "New " + stem + "_b"}, 0)
			p.alike(ctx, "Groups", []string{stem + "%c", stem + "xyzc"}, 0)
		}),
		check(catalog.Check{
			ID: "QRY-036", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter-values",
			Needs: []string{catalog.Filter},
			Title: "finds users by values with any character in them",
			Why:   "Names contain apostrophes, ampersands and words such as and. If such a user is not found, Entra creates it again.",
			Fix:   "Decode the query once. Parse filter values as JSON strings, not by splitting the text.",
		}, func(ctx context.Context, p *probe) {
			p.has("externalId")
			p.signs(ctx, "Users", "externalId")
		}),
		check(catalog.Check{
			ID: "QRY-037", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter-values",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds groups by names with any character in them",
			Why:   "Research & Development or Sales and Marketing are usual names. If such a group is not found, Entra creates it again.",
			Fix:   "Decode the query once. Parse filter values as JSON strings, not by splitting the text.",
		}, func(ctx context.Context, p *probe) { p.signs(ctx, "Groups", "displayName") }),
	}
}

// alike makes resources with similar names, and asserts that the one at an index is found alone.
func (p *probe) alike(ctx context.Context, collection string, names []string, index int) {
	things, key := make([]*thing, 0, len(names)), "userName"
	for _, name := range names {
		body := p.person("near", nil)
		if collection == "Groups" {
			key, body = "displayName", p.team(name)
		}
		body[key] = name
		a := p.post(ctx, collection, key, body)
		if len(things) == 0 && a.Status == http.StatusBadRequest { // a rule of its own about names
			p.finding.Assertions++
			return
		}
		p.because(map[string]string{"Users": "no-users", "Groups": "no-groups"}[collection], a, match.Made())
		things = append(things, &thing{collection: collection, id: p.id(a), sent: body, now: body})
	}
	f := filtermodel.Compare(key, "eq", names[index])
	p.selects(p.get(ctx, filtered(collection, f.String())), f, things)
}

// signs makes a resource for each kind of special character and asserts that it is found alone.
// Without any, a resource must be found as well: then another check is about it.
func (p *probe) signs(ctx context.Context, collection, attribute string) {
	forms := []string{"%s plain", "R&D %s;x=1#top?", "O'Brien %s", "%s sales and marketing or hr", "not %s eq all pr", "100%%_%s", "%s%%26 %%41", "(%s) [x] {y}, z", "%s 😀 Ünïcode", `"%s"\n`}
	var things []*thing
	var asked []filtermodel.Filter
	for i, form := range forms {
		value := fmt.Sprintf(form, p.Name("sign"))
		body := p.person("sign", nil)
		if collection == "Groups" {
			body = p.team(value)
		}
		body[attribute] = value
		a := p.post(ctx, collection, keyOf(collection), body)
		if i > 0 && a.Status == http.StatusBadRequest {
			continue // a policy on names
		}
		p.because(map[string]string{"Users": "no-users", "Groups": "no-groups"}[collection], a, match.Made())
		things = append(things, &thing{collection: collection, id: p.id(a), sent: body, subjects: []string{attribute}})
		asked = append(asked, filtermodel.Compare(attribute, "eq", value))
	}
	p.aheadOf(ctx, collection, asked...)
	for i, t := range things {
		found := p.get(ctx, filtered(collection, asked[i].String()))
		if i == 0 {
			p.because(map[string]string{"Users": "filter-attributes", "Groups": "filter-groups"}[collection], found, match.Total(1))
			continue
		}
		value := t.sent[attribute]
		if len(found.Page().Resources) == 0 && found.Status == http.StatusOK {
			p.because("encoding", resource.Value(p.arranged(ctx, t), attribute), match.Is(attribute+" after the create", value))
			p.last = found
		}
		p.selects(found, asked[i], []*thing{t})
	}
}
