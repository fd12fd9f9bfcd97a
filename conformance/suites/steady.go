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

// often is the number of repetitions of a request that must succeed every time. A fault in
// one request of a hundred is then found in nineteen runs of twenty.
const often = 300

// queriesSteady registers the checks of queries beyond the first page and beyond plain names.
func (r *registry) queriesSteady() {
	r.check("QRY-017", func(ctx context.Context, p *probe) {
		p.three(ctx)
		a := p.get(ctx, "/Users?count=2")
		p.expect(a, match.Status(http.StatusOK))
		list, _ := a.Body["Resources"].([]any)
		if n, there := a.Body["itemsPerPage"]; there { // it is required on pages; see QRY-009
			p.expect(n, match.Is("itemsPerPage with count=2", len(list)))
			return
		}
		p.expect(len(list) <= 2, match.That("count=2 returns at most two resources", fmt.Sprintf("it returned %d", len(list))))
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
		p.expect(total > 100, match.That("totalResults counts all users", fmt.Sprintf("totalResults is %v, but at least 101 users exist", total)))
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

// most is the maximum number of resources that a walk through all pages reads.
const most = 500

// missed reads all pages. It reports a user that is on no page or on several, or "".
func (p *probe) missed(ctx context.Context, own []string) string {
	a := p.get(ctx, "/Users?startIndex=1&count=0")
	p.expect(a, match.Status(http.StatusOK))
	total, _ := a.Body["totalResults"].(float64)
	if total > most {
		Skip(fmt.Sprintf("the target has %v users; this check reads at most %d", total, most))
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
			return fmt.Sprintf("one of the users is on %d pages with count=%d", n, size)
		}
	}
	return ""
}

// attributesSteady registers the checks of repeated and concurrent changes.
func (r *registry) attributesSteady() {
	r.check("ATT-037", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "report")
		p.change(ctx, path, op("replace", "title", "Countess"), op("add", enterprise+":manager", "00000000-0000-4000-8000-000000000000"))
		p.expect(p.read(ctx, path)["title"], match.Is("title, sent together with an unknown manager,", "Countess"))
	})
	r.check("ATT-038", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "urn")
		p.change(ctx, path, op("replace", strings.ToLower(enterprise)+":department", "Sales"))
		p.expect(inner(p.read(ctx, path), enterprise)["department"], match.Is("department, set by a lower-case URN,", "Sales"))
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
		p.expect(lost == 0, match.That(fmt.Sprintf("each of %d changes is stored", often), fmt.Sprintf("%d of %d changes returned success but were not stored", lost, often)))
	})
	r.check("ATT-040", func(ctx context.Context, p *probe) {
		for range 3 {
			path, _, _ := p.plain(ctx, "both")
			answers, err := p.Together(ctx, http.MethodPatch, path, []any{
				patchOp(op("replace", "title", "Countess")), patchOp(op("replace", "displayName", "Both")),
			})
			if err != nil {
				p.stop(err)
			}
			body := p.read(ctx, path)
			for i, attribute := range []string{"title", "displayName"} {
				p.because("no-patch", answers[i], match.Not(http.StatusMethodNotAllowed, http.StatusNotImplemented))
				if answers[i].Status < 300 { // a rejected client may try again
					p.expect(body[attribute], match.Is(attribute+" after a concurrent change of another attribute", []string{"Countess", "Both"}[i]))
				}
			}
			p.expect(answers[0].Status < 300 || answers[1].Status < 300, match.That(
				"at least one of two concurrent changes succeeds", fmt.Sprintf("they returned status %d and %d", answers[0].Status, answers[1].Status)))
		}
	})
}

// groupsSteady registers the check of group names after a rename.
func (r *registry) groupsSteady() {
	r.check("MEM-035", func(ctx context.Context, p *probe) {
		path, name := p.group(ctx, "before")
		p.change(ctx, path, op("replace", "displayName", p.Name("after")))
		a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "externalId": "X2-" + name, "displayName": name})
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
	})
}

// protocolSteady registers the checks of the discovery endpoints and of repeated reads.
func (r *registry) protocolSteady() {
	r.check("HTP-005", func(ctx context.Context, p *probe) {
		ids := p.discovered(ctx, "/Schemas", "id")
		wanted := []string{coreUser}
		if r.session.Lacks(catalog.GroupsHere) == "" {
			wanted = append(wanted, coreGroup)
		}
		for _, urn := range wanted {
			p.expect(ids[strings.ToLower(urn)], match.That("/Schemas lists "+urn, "the schema is missing"))
		}
	})
	r.check("HTP-006", func(ctx context.Context, p *probe) {
		a := p.entries(ctx, "/ResourceTypes")
		for _, e := range a {
			schema, _ := e["schema"].(string)
			p.expect(!strings.Contains(strings.ToLower(schema), ":extension:"), match.That(
				"no resource type has an extension as its schema", fmt.Sprintf("resource type %v has schema %s", e["name"], schema)))
		}
		p.expect(len(a) > 0, match.That("/ResourceTypes lists resource types", "the list is empty"))
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
		p.expect(announced, match.Is("patch.supported, given that PATCH returns status "+strconv.Itoa(patch.Status)+",", patch.Status < 300))
	})
	r.check("HTP-016", func(ctx context.Context, p *probe) {
		var user map[string]any
		for _, e := range p.entries(ctx, "/Schemas") {
			if id, _ := e["id"].(string); strings.EqualFold(id, coreUser) {
				user = e
			}
		}
		p.expect(user != nil, match.That("/Schemas lists "+coreUser, "the schema is missing"))
		for _, name := range []string{"emails", "phoneNumbers", "addresses"} {
			kind := named(named(user, "attributes", name), "subAttributes", "type")
			values, _ := kind["canonicalValues"].([]any)
			p.expect(kind == nil || len(values) > 0, match.That(name+".type has canonicalValues", "canonicalValues is missing or empty"))
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
		p.expect(bad == 0, match.That(fmt.Sprintf("%d reads of one user return status 200", often), fmt.Sprintf("%d of them failed, the last with status %d", bad, last)))
	})
}

// entries returns the entries of a discovery endpoint. It skips the check if there is no such endpoint.
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

// named returns the attribute with the given name from a list in a schema or attribute, or nil.
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

// discovered returns the values of an attribute in the entries, in lower case.
func (p *probe) discovered(ctx context.Context, path, attribute string) map[string]bool {
	out := map[string]bool{}
	for _, e := range p.entries(ctx, path) {
		s, _ := e[attribute].(string)
		out[strings.ToLower(s)] = true
	}
	return out
}

// walked grades a walk over pages, which returns what went wrong, or "". Pages may change while
// others write (RFC 7644 section 3.4.2.4), so a failed walk is repeated once.
func (p *probe) walked(what string, walk func() string) {
	wrong := walk()
	if wrong != "" {
		wrong = walk()
	}
	p.expect(wrong == "", match.That(what, wrong))
}
