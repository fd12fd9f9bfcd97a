package suites

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersCreate registers the checks of POST: the response, uniqueness and ids.
func (r *registry) usersCreate() {
	r.check("USR-001", func(ctx context.Context, p *probe) {
		sent := p.person("new", nil)
		a := p.post(ctx, "Users", "userName", sent)
		p.because("no-users", a, match.Not(http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented))
		p.expect(a, match.Status(http.StatusCreated))
		body := p.read(ctx, "/Users/"+p.id(a))
		for _, name := range []string{"userName", "externalId", "active", "displayName"} {
			p.expect(body[name], match.Is(name, sent[name]))
		}
		p.expect(inner(body, "name")["familyName"], match.Is("name.familyName", "new"))
		p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", sent["userName"]))
	})
	r.check("USR-002", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "twin")
		again := p.person("again", map[string]any{"userName": sent["userName"]})
		p.expect(p.post(ctx, "Users", "userName", again), match.SCIMError(http.StatusConflict, "uniqueness"))
		p.expect(p.read(ctx, path)["externalId"], match.Is("externalId of the first user", sent["externalId"]))
	})
	r.check("USR-003", func(ctx context.Context, p *probe) {
		_, _, sent := p.plain(ctx, "twin")
		upper := strings.ToUpper(sent["userName"].(string))
		again := p.person("again", map[string]any{"userName": upper})
		p.expect(p.post(ctx, "Users", "userName", again), match.Status(http.StatusConflict))
	})
	r.check("USR-006", func(ctx context.Context, p *probe) {
		wish := p.Name("wish")
		a := p.post(ctx, "Users", "userName", p.person("own", map[string]any{"id": wish}))
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
		p.expect(p.id(a) != wish, match.That("the target generates its own id", "it adopted the id sent by the client"))
	})
	r.check("USR-013", func(ctx context.Context, p *probe) {
		long := "1999-12-31T23:59:59Z"
		path, _, _ := p.user(ctx, "meta", map[string]any{"meta": map[string]any{"resourceType": "User", "created": long, "lastModified": long}})
		meta := inner(p.read(ctx, path), "meta")
		created, _ := meta["created"].(string)
		p.expect(!strings.HasPrefix(created, "1999"), match.That("the target sets meta.created itself", "meta.created is the value sent by the client: "+created))
	})
	r.check("USR-025", func(ctx context.Context, p *probe) {
		a := p.post(ctx, "Users", "userName", p.person("place", nil))
		p.because("no-users", a, match.Status(http.StatusCreated, http.StatusOK))
		id := p.id(a)
		header := a.Header.Get("Location")
		p.expect(header != "", match.That("POST /Users returns a Location header", "the header is missing"))
		location, _ := inner(a.Body, "meta")["location"].(string)
		p.expect(location != "", match.That("POST /Users returns meta.location", "the attribute is missing"))
		for what, address := range map[string]string{"the Location header": header, "meta.location": location} {
			p.expect(p.leadsTo(address, "/Users/"+id), match.That(what+" leads to /Users/"+id, what+" is "+match.JSON(address)))
		}
	})
	r.check("USR-026", func(ctx context.Context, p *probe) {
		path, id, sent := p.plain(ctx, "first")
		a := p.post(ctx, "Users", "userName", p.person("second", map[string]any{"emails": sent["emails"]}))
		if a.Status != http.StatusConflict { // a target may require unique e-mails
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
			p.expect(p.id(a) != id, match.That("the second user gets a new id", "it got the id of the first user, which has the same e-mail"))
		}
		body := p.read(ctx, path)
		p.expect(body["userName"], match.Is("userName of the first user", sent["userName"]))
		p.expect(body["externalId"], match.Is("externalId of the first user", sent["externalId"]))
	})
	r.check("USR-033", func(ctx context.Context, p *probe) {
		a := p.post(ctx, "Users", "userName", p.person("same", nil))
		p.because("no-users", a, match.Status(http.StatusCreated, http.StatusOK))
		id := p.id(a)
		p.expect(p.read(ctx, "/Users/"+id)["id"], match.Is("id in a read", id))
		name, _ := a.Body["userName"].(string)
		p.only(p.find(ctx, "Users", "userName", name), id)
	})
}

// leadsTo reports whether a URL identifies the resource at a path below the base URL. The URL
// may be absolute, relative to the host, or relative to the base URL.
func (p *probe) leadsTo(address, path string) bool {
	base, err := url.Parse(p.BaseURL() + "/")
	if err != nil {
		return false
	}
	want := strings.TrimSuffix(base.Path, "/") + path
	for _, text := range []string{address, strings.TrimPrefix(address, "/")} {
		if to, err := base.Parse(text); err == nil && to.Host == base.Host && to.Path == want {
			return true
		}
	}
	return false
}
