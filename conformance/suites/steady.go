package suites

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// often is how many times a request is made that must be answered alike each time: what
// fails once in a hundred is noticed in nineteen runs of twenty.
const often = 300

// queriesSteady is about queries beyond the first page and beyond plain names.
func (r *registry) queriesSteady() {
	r.check("QRY-017", func(ctx context.Context, p *probe) {
		p.three(ctx)
		a := p.get(ctx, "/Users?count=2")
		p.expect(a, match.Status(http.StatusOK))
		list, _ := a.Body["Resources"].([]any)
		if n, there := a.Body["itemsPerPage"]; there { // it is required on pages; QRY-009 is about those
			p.expect(n, match.Is("itemsPerPage of a page of count=2", len(list)))
			return
		}
		p.expect(len(list) <= 2, match.That("count=2 gives two resources at most", fmt.Sprintf("it gives %d", len(list))))
	})
	r.check("QRY-018", func(ctx context.Context, p *probe) {
		a, b, c := p.three(ctx)
		p.walked("each of three users is on one page", func() string { return p.missed(ctx, []string{a, b, c}) })
	})
	r.check("QRY-019", func(ctx context.Context, p *probe) {
		p.many(ctx, 100)
		_, id, sent := p.plain(ctx, "last")
		p.only(p.find(ctx, "Users", "userName", sent["userName"]), id)
		a := p.get(ctx, "/Users?count=1")
		p.expect(a, match.Status(http.StatusOK))
		total, _ := a.Body["totalResults"].(float64)
		p.expect(total > 100, match.That("totalResults counts all users", fmt.Sprintf("totalResults is %v with at least 101 users there", total)))
	})
	r.check("QRY-020", func(ctx context.Context, p *probe) {
		path, id, sent := p.user(ctx, "same", map[string]any{"active": false, enterprise: map[string]any{"department": "Sales"}})
		single := p.read(ctx, path)
		listed := p.only(p.find(ctx, "Users", "userName", sent["userName"]), id)
		for _, name := range []string{"userName", "externalId", "active", "displayName", "name", "emails", enterprise} {
			p.expect(listed[name], match.Is(name+" in a list", single[name]))
		}
	})
	r.check("QRY-021", func(ctx context.Context, p *probe) {
		name := p.Name("ångström") + "@scimdrill.example"
		_, id, _ := p.user(ctx, "letters", map[string]any{"userName": name})
		p.only(p.find(ctx, "Users", "userName", strings.ToUpper(name)), id)
	})
	r.check("QRY-022", func(ctx context.Context, p *probe) {
		name := p.Name("plus") + "+test@scimdrill.example"
		_, id, _ := p.user(ctx, "plus", map[string]any{"userName": name})
		p.only(p.find(ctx, "Users", "userName", name), id)
	})
	r.check("QRY-023", func(ctx context.Context, p *probe) {
		name := "X-" + p.Name("x") + `-"quoted"\back`
		_, id, _ := p.user(ctx, "signs", map[string]any{"externalId": name})
		p.only(p.find(ctx, "Users", "externalId", name), id)
	})
	r.check("QRY-024", func(ctx context.Context, p *probe) {
		path, id, sent := p.plain(ctx, "old")
		name := p.Name("new") + "@scimdrill.example"
		p.change(ctx, path, op("replace", "userName", name))
		p.only(p.find(ctx, "Users", "userName", name), id)
		p.expect(p.find(ctx, "Users", "userName", sent["userName"]), match.Total(0))
	})
}

// most is how many resources a walk through all pages reads.
const most = 500

// missed walks through the pages and says who of the users is on no page or on two, or "".
func (p *probe) missed(ctx context.Context, own []string) string {
	a := p.get(ctx, "/Users?startIndex=1&count=0")
	p.expect(a, match.Status(http.StatusOK))
	total, _ := a.Body["totalResults"].(float64)
	if total > most {
		Skip(fmt.Sprintf("there are %v users, and a walk through more than %d is too much for a check", total, most))
	}
	size := max(2, int(total)/10)
	seen := map[any]int{}
	for start := 1; start <= int(total); start += size {
		page := p.get(ctx, fmt.Sprintf("/Users?startIndex=%d&count=%d", start, size))
		p.expect(page, match.Status(http.StatusOK))
		list, _ := page.Body["Resources"].([]any)
		for _, one := range list {
			seen[idOf(one)]++
		}
	}
	for _, id := range own {
		if n := seen[id]; n != 1 {
			return fmt.Sprintf("one of them is on %d of the pages of count=%d", n, size)
		}
	}
	return ""
}

// attributesSteady is about changes that are made often or at the same time.
func (r *registry) attributesSteady() {
	r.check("ATT-037", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "report")
		p.change(ctx, path, op("replace", "title", "Countess"), op("add", enterprise+":manager", "00000000-0000-4000-8000-000000000000"))
		p.expect(p.read(ctx, path)["title"], match.Is("title, changed beside a manager who is not there", "Countess"))
	})
	r.check("ATT-038", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "urn")
		p.change(ctx, path, op("replace", strings.ToLower(enterprise)+":department", "Sales"))
		p.expect(inner(p.read(ctx, path), enterprise)["department"], match.Is("department, by a URN in lower case", "Sales"))
	})
	r.check("ATT-039", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "often")
		lost := 0
		for i := range often {
			title := fmt.Sprintf("Title %d", i)
			p.change(ctx, path, op("replace", "title", title))
			if p.read(ctx, path)["title"] != title {
				lost++
			}
		}
		p.expect(lost == 0, match.That(fmt.Sprintf("each of %d changes is stored", often), fmt.Sprintf("%d of %d were answered with success and not stored", lost, often)))
	})
	r.check("ATT-040", func(ctx context.Context, p *probe) {
		for range 3 {
			path, _, _ := p.plain(ctx, "both")
			answers, ok := p.Together(ctx, http.MethodPatch, path, []any{
				patchOp(op("replace", "title", "Countess")), patchOp(op("replace", "displayName", "Both")),
			})
			if !ok {
				p.stop()
			}
			body := p.read(ctx, path)
			for i, attribute := range []string{"title", "displayName"} {
				p.because("no-patch", answers[i], match.Not(http.StatusMethodNotAllowed, http.StatusNotImplemented))
				if answers[i].Status < 300 { // who is refused may come again
					p.expect(body[attribute], match.Is(attribute+", changed together with another attribute", []string{"Countess", "Both"}[i]))
				}
			}
			p.expect(answers[0].Status < 300 || answers[1].Status < 300, match.That("one of two changes at the same time succeeds", "both are refused"))
		}
	})
}

// groupsSteady is about groups that change names.
func (r *registry) groupsSteady() {
	r.check("MEM-035", func(ctx context.Context, p *probe) {
		path, name := p.group(ctx, "before")
		p.change(ctx, path, op("replace", "displayName", p.Name("after")))
		a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "externalId": "X2-" + name, "displayName": name})
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
	})
}

// protocolSteady is about what the target says of itself, and that it always does.
func (r *registry) protocolSteady() {
	r.check("HTP-005", func(ctx context.Context, p *probe) {
		ids := p.discovered(ctx, "/Schemas", "id")
		wanted := []string{coreUser}
		if r.session.Lacks(catalog.GroupsHere) == "" {
			wanted = append(wanted, coreGroup)
		}
		for _, urn := range wanted {
			p.expect(ids[strings.ToLower(urn)], match.That("/Schemas lists "+urn, "/Schemas does not list it"))
		}
	})
	r.check("HTP-006", func(ctx context.Context, p *probe) {
		a := p.entries(ctx, "/ResourceTypes")
		for _, e := range a {
			schema, _ := e["schema"].(string)
			p.expect(!strings.Contains(strings.ToLower(schema), ":extension:"), match.That(
				"the schema of a resource type is no extension", fmt.Sprintf("the resource type %v has the schema %s", e["name"], schema)))
		}
		p.expect(len(a) > 0, match.That("/ResourceTypes lists resource types", "its list is empty"))
	})
	r.check("HTP-007", func(ctx context.Context, p *probe) {
		a := p.get(ctx, "/ServiceProviderConfig")
		if a.Status == http.StatusNotFound {
			Skip("the target has no /ServiceProviderConfig")
		}
		p.expect(a, match.Status(http.StatusOK))
		announced := inner(a.Body, "patch")["supported"]
		path, _, _ := p.plain(ctx, "promise")
		patch := p.do(ctx, http.MethodPatch, path, patchOp(op("replace", "displayName", "Promise")))
		p.expect(announced, match.Is("patch.supported, with a PATCH answered with status "+strconv.Itoa(patch.Status), patch.Status < 300))
	})
	r.check("HTP-016", func(ctx context.Context, p *probe) {
		var user map[string]any
		for _, e := range p.entries(ctx, "/Schemas") {
			if id, _ := e["id"].(string); strings.EqualFold(id, coreUser) {
				user = e
			}
		}
		p.expect(user != nil, match.That("/Schemas lists "+coreUser, "/Schemas does not list it"))
		for _, name := range []string{"emails", "phoneNumbers", "addresses"} {
			kind := named(named(user, "attributes", name), "subAttributes", "type")
			values, _ := kind["canonicalValues"].([]any)
			p.expect(kind == nil || len(values) > 0, match.That("the type of "+name+" has canonicalValues", "it has none"))
		}
	})
	r.check("HTP-008", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "often")
		bad, last := 0, 0
		for range often {
			if a := p.get(ctx, path); a.Status != http.StatusOK {
				bad, last = bad+1, a.Status
			}
		}
		p.expect(bad == 0, match.That(fmt.Sprintf("%d reads of one user are answered with 200", often), fmt.Sprintf("%d of them are answered otherwise, the last one with %d", bad, last)))
	})
}

// entries are those of a discovery endpoint; a target without it is skipped.
func (p *probe) entries(ctx context.Context, path string) []map[string]any {
	a := p.get(ctx, path)
	if a.Status == http.StatusNotFound || a.Status == http.StatusNotImplemented {
		Skip("the target has no " + path)
	}
	p.expect(a, match.Status(http.StatusOK))
	list, _ := a.Body["Resources"].([]any)
	var out []map[string]any
	for _, e := range list {
		if m, ok := e.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

// named is the attribute of a name in a list of a schema or of an attribute, or nil.
func named(of map[string]any, list, name string) map[string]any {
	attributes, _ := of[list].([]any)
	for _, e := range attributes {
		m, _ := e.(map[string]any)
		if s, _ := m["name"].(string); strings.EqualFold(s, name) {
			return m
		}
	}
	return nil
}

// discovered tells which values an attribute has in the entries, in lower case.
func (p *probe) discovered(ctx context.Context, path, attribute string) map[string]bool {
	out := map[string]bool{}
	for _, e := range p.entries(ctx, path) {
		s, _ := e[attribute].(string)
		out[strings.ToLower(s)] = true
	}
	return out
}

// walked judges a walk over pages, which says what was wrong, or "". Pages may change while others
// write (RFC 7644 section 3.4.2.4), so a walk that misses somebody is made once more.
func (p *probe) walked(what string, walk func() string) {
	wrong := walk()
	if wrong != "" {
		wrong = walk()
	}
	p.expect(wrong == "", match.That(what, wrong))
}
