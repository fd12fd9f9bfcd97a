package suites

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// listURN is the schema of a list response.
const listURN = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

// lists are the checks of the form of a list and of the resources in it.
func lists() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-046", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "envelope",
			Title: "returns lists with schemas, totalResults as a number, and Resources",
			Why:   "Entra reads these names as they are written. A list in another form counts as empty, and users are created again.",
			Fix:   "Return schemas with the URN of a ListResponse, totalResults as a number, and Resources with a capital R.",
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "one", nil)
			p.envelope(p.get(ctx, p.anyList("Users")))
			if p.survey.Filter.Works || !p.survey.Asked {
				p.envelope(p.find(ctx, "Users", "userName", p.Name("nobody")))
			}
			if p.groupsToo() {
				p.aGroup(ctx, "one")
				p.envelope(p.get(ctx, p.anyList("Groups")))
			}
		}),
		check(catalog.Check{
			ID: "QRY-020", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-71", Cause: "lists",
			Needs: []string{catalog.Filter},
			Title: "returns a user in a list as in a read by id",
			Why:   "Entra first reads a user by filter and then by id. It sends every apparent difference.",
			Fix:   "Serialize resources with one function, for lists and for single responses.",
		}, func(ctx context.Context, p *probe) {
			t := p.everyUser(ctx, "same")
			if p.survey.Lacks(p.survey.Users, enterprise) == nil {
				t = p.withManager(ctx, t, p.aUser(ctx, "boss", nil))
			}
			p.likeRead(t, p.found(ctx, t, "userName", t.sent["userName"]))
			p.likeRead(t, p.inList(ctx, t))
			if p.survey.Lacks(p.survey.Users, "active") != nil {
				return
			}
			off := p.aUser(ctx, "off", map[string]any{"active": false}) // whether it is found is judged by the checks of active
			if found := p.find(ctx, "Users", "userName", off.sent["userName"]).Page().Resources; len(found) == 1 {
				p.likeRead(off, found[0])
			}
		}),
		check(catalog.Check{
			ID: "QRY-047", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-71", Cause: "lists",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "returns a group in a list as in a read by id",
			Why:   "A client that reads groups from a list takes missing members for removed ones.",
			Fix:   "Serialize resources with one function, for lists and for single responses.",
		}, func(ctx context.Context, p *probe) {
			t := p.aGroup(ctx, "same", p.crew(ctx, 5)...)
			p.likeRead(t, p.found(ctx, t, "displayName", t.sent["displayName"]))
			p.likeRead(t, p.inList(ctx, t))
		}),
	}
}

// envelope asserts the form of a list response, of which it reads the names as they are written.
func (p *probe) envelope(a session.Response) {
	if a.Status == http.StatusNotFound && strings.Contains(a.Request, "filter=") { // see QRY-003
		return
	}
	p.because("no-list", a, match.Status(http.StatusOK))
	var written map[string]any
	p.expect(json.Unmarshal(a.Raw, &written) == nil, match.Member("body", fact.OtherForm, "a JSON object", a.Request+" returned another body"))
	schemas, _ := written["schemas"].([]any)
	named := slices.ContainsFunc(schemas, func(v any) bool { s, _ := v.(string); return strings.EqualFold(s, listURN) })
	p.member(named, a, written, "schemas", "schemas of a list names "+listURN)
	total, number := written["totalResults"].(float64)
	p.member(number, a, written, "totalResults", "totalResults is a number")
	list, there := written["Resources"].([]any)
	p.member(there || total == 0, a, written, "Resources", "Resources is a list, because totalResults is "+match.JSON(total))
	p.expect(float64(len(list)) <= total, match.Member("totalResults", fact.OtherValue,
		"totalResults counts at least the resources on the page", fmt.Sprintf("%s returned %d resources and totalResults %v", a.Request, len(list), total)))
	if each, there := written["itemsPerPage"]; there && each != nil {
		_, number := each.(float64)
		p.member(number, a, written, "itemsPerPage", "itemsPerPage is a number")
	}
}

// member asserts that a member of a list response is right, and says how it is wrong.
func (p *probe) member(right bool, a session.Response, written map[string]any, name, expected string) {
	kind, actual := fact.OtherForm, name+" "+match.JSON(written[name])
	if written[name] == nil {
		kind = fact.Absent
		if other := resource.Key(written, name); other != name && written[other] != nil {
			kind, actual = fact.OtherCase, other
		}
	}
	p.expect(right, match.Member(name, kind, expected, a.Request+" returned "+actual))
}

// everyUser arranges a user with a value in every attribute that the target keeps.
func (p *probe) everyUser(ctx context.Context, what string) *thing {
	name := p.Name(what)
	var kept []survey.Attribute
	for _, a := range p.survey.Users.Attributes {
		if a.Kept() && a.Post != survey.Refused {
			a.Sent = survey.Value(a, name, p.Mail(name))
			kept = append(kept, a)
		}
	}
	return p.aUser(ctx, what, survey.Body(kept))
}

// likeRead asserts that a list shows a resource as the read by id does.
func (p *probe) likeRead(t *thing, got map[string]any) {
	rules := resource.Rules{Loose: p.rules(nil).Loose, Ignored: func(path string) bool { return strings.EqualFold(path, "groups") }}
	for _, d := range resource.Compare(t.now, got, rules) {
		f := fact.Fact{
			Kind: d.Kind, Attribute: d.Path, Status: p.last.Status,
			Expected: d.Path + " is " + match.JSON(d.Want) + " in a list, as in the read by id", Actual: d.Path + " is " + match.JSON(d.Got) + " in " + p.last.Request,
		}
		f.Method, f.Route = p.last.Kind()
		p.finding.Assertions++
		p.end(Failed, f)
	}
	p.finding.Assertions++
}

// inList finds a thing in the list of its collection. New resources are mostly on the first or on
// the last page, so that few foreign ones are read.
func (p *probe) inList(ctx context.Context, t *thing) map[string]any {
	p.hasPages(t.collection)
	const size = 50
	step := size // a target may return fewer than asked for
	in := func(start int) (map[string]any, int) {
		a := p.get(ctx, fmt.Sprintf("/%s?startIndex=%d&count=%d", t.collection, start, size))
		p.because("no-list", a, match.Status(http.StatusOK))
		page := a.Page()
		if n := len(page.Resources); n > 0 {
			step = min(step, n)
		}
		if i := slices.IndexFunc(page.Resources, func(r map[string]any) bool { return r["id"] == t.id }); i >= 0 {
			return page.Resources[i], page.Total
		}
		return nil, page.Total
	}
	found, total := in(1)
	page := step
	if found == nil && total > page {
		found, _ = in(total - page + 1)
	}
	for start := page + 1; found == nil && start <= min(total, most); start += page {
		found, total = in(start)
	}
	if found == nil && total > most {
		p.skip(fmt.Sprintf("the target has %d resources; this check reads at most %d", total, most))
	}
	if found == nil && p.restless(ctx, "/"+t.collection+"?startIndex=1&count=3") {
		p.finding.Lacks = "a stable order of lists"
		p.skip("the target lists resources in another order with each read, which RFC 7644 section 3.4.2.4 allows")
	}
	p.finding.Cause = "paging-walk"
	p.expect(found != nil, match.That("the list of all resources has the new one", "it is on no page of /"+t.collection))
	p.finding.Cause = ""
	return found
}
