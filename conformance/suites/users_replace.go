package suites

import (
	"context"
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

// usersReplace are the checks of replacing users by PUT.
func usersReplace() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-031", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-107", Cause: "put",
			Needs: []string{catalog.Put},
			Title: "stores the values sent by PUT",
			Why:   "Entra does not send PUT. Admin scripts and other directories do.",
			Fix:   "On PUT, replace the values of the resource and return it.",
		}, func(ctx context.Context, p *probe) {
			name := p.texts(1)[0]
			u := p.aUser(ctx, "put", nil)
			body := resource.With(u.sent, name, p.Name("replaced"))
			body["id"] = u.id
			a := p.put(ctx, u, body)
			p.because("no-put", a, match.Status(http.StatusOK, http.StatusNoContent))
			read := p.get(ctx, u.path())
			p.expect(read, match.Status(http.StatusOK))
			p.finding.Cause = "put"
			p.expect(resource.Value(read.Body, name), match.Is(name+" after PUT", resource.Value(body, name)))
			p.filled(ctx)
		}),
		check(catalog.Check{
			ID: "USR-047", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-107", Cause: "put",
			Needs: []string{catalog.Put},
			Title: "stores every attribute of a PUT",
			Why:   "A value that PUT drops without an error is lost.",
			Fix:   "On PUT, replace every value of the resource, those of extensions and lists included.",
		}, func(ctx context.Context, p *probe) {
			m, a := p.replaced(ctx, "all")
			if stale := p.lost(m.first, m.before); len(stale) > 0 { // not stored by the create, which USR-043 reports
				m.sent = omitting(m.sent, stale)
			}
			p.stores(ctx, &m.made, a, "put")
			p.leftovers(m, a)
		}),
		check(catalog.Check{
			ID: "USR-048", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-80", Cause: "echo",
			Needs: []string{catalog.Put},
			Title: "shows a user in the response to a PUT as in the next read",
			Why:   "A client takes over what the response shows, and does not notice what was not stored.",
			Fix:   "Build the response from the stored resource, with the code that reads use.",
		}, func(ctx context.Context, p *probe) {
			m, a := p.replaced(ctx, "echo")
			p.echoesUser(&m.made, a, "echo")
		}),
		check(catalog.Check{
			ID: "USR-049", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-108", Cause: "put",
			Needs: []string{catalog.Put},
			Title: "clears or keeps what a PUT leaves out, and invents nothing",
			Why:   "A value that nobody sent looks like a change by an administrator.",
			Fix:   "Clear the attributes that a PUT leaves out, or leave them as they are.",
		}, func(ctx context.Context, p *probe) {
			m := p.aWhole(ctx, "short", false)
			body := p.bareUser("least")
			body["userName"], body["id"] = m.sent["userName"], m.id
			a := p.put(ctx, &m.thing, body)
			p.because("no-put", a, match.Status(http.StatusOK, http.StatusNoContent))
			before := m.now
			m.now = p.arranged(ctx, &m.thing)
			p.finding.Assertions++
			for _, d := range resource.Compare(before, m.now, p.rules(tops(before))) {
				top := resource.Top(d.Path)
				derived := strings.EqualFold(top, "displayName") || body[resource.Key(body, top)] != nil
				own := p.own(resource.Difference{Path: d.Path, Got: d.Got}, before, m.now)
				if d.Got != nil && d.Want != nil && !derived && !own {
					p.finds(d.Path, "", apart(a, d, "a read after a PUT without "+d.Path))
				}
			}
		}),
		check(catalog.Check{
			ID: "USR-050", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-110", Cause: "put",
			Needs: []string{catalog.Put},
			Title: "changes nothing when a PUT sends a user as it was read",
			Why:   "Clients read a user, change one value, and send everything back, read-only attributes included.",
			Fix:   "Ignore read-only attributes in PUT, and store the others as sent.",
		}, func(ctx context.Context, p *probe) {
			if slices.ContainsFunc(p.survey.Users.Attributes, func(a survey.Attribute) bool { return a.Required && a.Secret() }) {
				p.finding.Lacks = "users whose required attributes can be read"
				p.skip("the target requires a secret, which no read shows")
			}
			m := p.aWhole(ctx, "same", false)
			a := p.put(ctx, &m.thing, m.now)
			p.expect(a, match.Status(http.StatusOK, http.StatusNoContent))
			m.sent = omitting(m.now, nil)
			m.now = p.arranged(ctx, &m.thing)
			m.found = nil
			p.stores(ctx, m, a, "put")
		}),
		check(catalog.Check{
			ID: "USR-076", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-107", Cause: "manager",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "stores the manager of a create and of a PUT",
			Why:   "A manager that is dropped without an error is missing until it changes.",
			Fix:   "Store manager.value of the enterprise extension on POST and PUT, and show it in every response.",
		}, func(ctx context.Context, p *probe) { p.managers(ctx) }),
	}
}

// managers creates and replaces a user with a manager, and looks for it in each representation.
func (p *probe) managers(ctx context.Context) {
	bosses := []*thing{p.aUser(ctx, "boss", nil), p.aUser(ctx, "chief", nil)}
	probed := p.aUser(ctx, "probed", nil)
	p.patch(ctx, probed.path(), op("add", enterprise+":manager", map[string]any{"value": bosses[0].id}))
	if managerOf(p.arranged(ctx, probed)) != bosses[0].id {
		p.finding.Lacks = "User." + enterprise + ":manager"
		p.skip("the target keeps no manager that PATCH sets")
	}
	sent := p.person("report", nil)
	led := func(boss *thing) map[string]any {
		return resource.With(sent, enterprise+":manager", map[string]any{"value": boss.id})
	}
	a := p.post(ctx, "Users", "userName", led(bosses[0]))
	p.because("no-users", a, match.Made())
	u := &thing{collection: "Users", id: p.id(a), sent: sent}
	p.ledBy(ctx, u, a, bosses[0].id)
	if p.survey.Asked && !p.survey.Put.Works {
		return
	}
	body := led(bosses[1])
	body["id"] = u.id
	a = p.put(ctx, u, body)
	p.because("no-put", a, match.Status(http.StatusOK, http.StatusNoContent))
	p.ledBy(ctx, u, a, bosses[1].id)
}

// ledBy notes each representation without the manager: a read by id, and where that shows it, a
// query and the response to the write.
func (p *probe) ledBy(ctx context.Context, u *thing, a session.Response, boss string) {
	p.finding.Assertions++
	method, _ := a.Kind()
	note := func(where, cause string, got any) {
		f := apart(a, resource.Difference{Path: "manager", Kind: fact.Absent, Want: boss, Got: got}, where)
		f.Layer = fact.Claim
		p.finds(method+" "+where, cause, f)
	}
	if got := managerOf(p.arranged(ctx, u)); got != boss {
		note("a read", "", got)
		return
	}
	if found := p.byFilter(ctx, u.sent["userName"], u.id); found != nil && managerOf(found) != boss {
		note("a query", "lists", managerOf(found))
	}
	if inner(a.Body, enterprise) != nil && managerOf(a.Body) != boss {
		note("the response", "echo", managerOf(a.Body))
	}
}

// managerOf returns the id of the manager of a user, or nil. The id may stand alone.
func managerOf(user map[string]any) any {
	extension := inner(user, enterprise)
	if id, ok := resource.Value(extension, "manager").(string); ok {
		return id
	}
	return resource.Value(extension, "manager.value")
}

// replacement is a user that a PUT replaced.
type replacement struct {
	made
	first, before map[string]any // what the create sent, and how it was read
}

// replaced replaces a user by one with another value for every attribute. A target may refuse to
// change some of them; then fewer are changed.
func (p *probe) replaced(ctx context.Context, what string) (*replacement, session.Response) {
	m := &replacement{made: *p.aWhole(ctx, what, false)}
	m.first, m.before = m.sent, m.now
	renamed := p.another(m.first)
	renamed["userName"] = p.Mail(p.Name("renamed"))
	var a session.Response
	for _, body := range []map[string]any{renamed, p.another(m.first, "userName", "externalId"), p.another(m.first, p.allBut(p.texts(3)...)...)} {
		body["id"], body["schemas"] = m.id, survey.Schemas("User", body)
		m.sent = body
		if a = p.put(ctx, &m.thing, body); a.Status < http.StatusBadRequest || a.Status >= http.StatusInternalServerError {
			break
		}
	}
	p.because("no-put", a, match.Status(http.StatusOK, http.StatusNoContent))
	m.now = p.arranged(ctx, &m.thing)
	m.found = p.byFilter(ctx, m.sent["userName"], m.id)
	p.last = a
	return m, a
}

// filled replaces a user that has only what is required by one with everything, and notes what the
// target does not store.
func (p *probe) filled(ctx context.Context) {
	u := p.aUserOf(ctx, p.bare("bare"))
	body := p.everything("filled", false, true)
	body["userName"], body["id"] = u.sent["userName"], u.id
	for _, l := range p.pluralsIfAny() {
		body = resource.With(body, l.name, l.both())
	}
	a := p.put(ctx, u, body)
	if a.Status >= http.StatusBadRequest { // what a PUT refuses is for others to judge
		return
	}
	delete(body, "id")
	for _, d := range p.lost(body, p.arranged(ctx, u)) {
		p.finds(d.Path, "", apart(a, d, "a read after "+a.Request+" of a user with nothing but its name"))
	}
}

// leftovers notes each list that still has an element from before a PUT which names others: the
// values that a PUT provides replace the existing ones (RFC 7644 section 3.5.1).
func (p *probe) leftovers(m *replacement, a session.Response) {
	p.finding.Assertions++
	for _, name := range tops(m.sent) {
		sent, _ := m.sent[name].([]any)
		now, _ := resource.Value(m.now, name).([]any)
		old, _ := resource.Value(m.before, name).([]any)
		for _, e := range now {
			if name != "schemas" && len(sent) > 0 && p.among(name, old, e) && !p.among(name, sent, e) {
				p.finds(name, "", apart(a, resource.Difference{Path: name, Kind: fact.TooMany, Got: e}, "a read after "+a.Request))
			}
		}
	}
}

// among reports whether a list has an element.
func (p *probe) among(name string, list []any, element any) bool {
	one := func(e any) map[string]any { return map[string]any{name: []any{e}} }
	return slices.ContainsFunc(list, func(e any) bool { return len(resource.Compare(one(e), one(element), p.rules([]string{name}))) == 0 })
}

// allBut returns the top names of all attributes but those of some paths.
func (p *probe) allBut(paths ...string) []string {
	var out []string
	for _, a := range p.survey.Users.Attributes {
		top := resource.Top(a.Path)
		if !slices.ContainsFunc(paths, func(s string) bool { return strings.EqualFold(resource.Top(s), top) }) {
			out = append(out, top)
		}
	}
	return out
}

// omitting returns a resource without the attributes that differ, and without what clients do not
// write.
func omitting(body map[string]any, list []resource.Difference) map[string]any {
	out := resource.Copy(body)
	for _, d := range list {
		delete(out, resource.Key(out, resource.Top(d.Path)))
	}
	for _, name := range []string{"id", "meta", "groups"} {
		delete(out, resource.Key(out, name))
	}
	return out
}
