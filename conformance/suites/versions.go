package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// versions are the checks of entity tags.
func versions() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-012", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.14"), Rule: "R-149", Cause: "versions-stale",
			Needs: []string{catalog.Patch},
			Title: "rejects a change whose If-Match names an older version, if it announces entity tags",
			Why:   "A client sends If-Match to avoid overwriting other changes.",
			Fix:   "Compare If-Match with the current version, and return 412.",
		}, func(ctx context.Context, p *probe) {
			u, stale, name := p.versioned(ctx)
			a := p.conditional(ctx, http.MethodPatch, u, patchOp(op(p.spelled("replace"), name, p.Name("late"))), "If-Match", stale)
			p.expect(a, match.Status(http.StatusPreconditionFailed))
			p.becomes(ctx, u, u.now, a, name)
			if g, stale := p.versionedGroup(ctx); g != nil {
				a = p.conditional(ctx, http.MethodPatch, g, patchOp(op(p.spelled("remove"), "members", nil)), "If-Match", stale)
				p.expect(a, match.Status(http.StatusPreconditionFailed))
				p.becomes(ctx, g, g.now, a, "members")
			}
		}),
		check(catalog.Check{
			ID: "HTP-022", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.14"), Rule: "R-149", Cause: "versions-stale",
			Needs: []string{catalog.Patch},
			Title: "rejects a PUT and a DELETE whose If-Match names an older version",
			Why:   "Otherwise, a client deletes or overwrites what somebody else has just changed.",
			Fix:   "Compare If-Match in one place, for PATCH, PUT and DELETE.",
		}, func(ctx context.Context, p *probe) {
			u, stale, name := p.versioned(ctx)
			if p.Lacks(catalog.Put) == "" {
				a := p.conditional(ctx, http.MethodPut, u, resource.With(u.sent, name, p.Name("late")), "If-Match", stale)
				p.expect(a, match.Status(http.StatusPreconditionFailed))
				p.becomes(ctx, u, u.now, a, name)
			}
			a := p.conditional(ctx, http.MethodDelete, u, nil, "If-Match", stale)
			p.expect(a, match.Status(http.StatusPreconditionFailed))
			p.becomes(ctx, u, u.now, a, name)
		}),
		check(catalog.Check{
			ID: "HTP-023", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.14"), Rule: "R-149, R-148", Cause: "versions-current",
			Needs: []string{catalog.Patch},
			Title: "accepts a change whose If-Match names the current version",
			Why:   "A client that read the current version must be able to write.",
			Fix:   "Return the same version in ETag and in the comparison, and change it with every write.",
		}, func(ctx context.Context, p *probe) {
			u, _, name := p.versioned(ctx)
			value := p.Name("right")
			current := version(p.get(ctx, u.path()))
			a := p.conditional(ctx, http.MethodPatch, u, patchOp(op(p.spelled("replace"), name, value)), "If-Match", current)
			p.expect(a, match.Success())
			p.becomes(ctx, u, resource.With(u.now, name, value), a)
		}),
		check(catalog.Check{
			ID: "HTP-024", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.14"), Rule: "R-149", Cause: "versions-read",
			Needs: []string{catalog.Patch},
			Title: "returns 304 only for the version that is current",
			Why:   "A 304 for an older version hides every later change from the client.",
			Fix:   "Compare If-None-Match with the current version in GET.",
		}, func(ctx context.Context, p *probe) {
			u, stale, _ := p.versioned(ctx)
			p.expect(p.conditional(ctx, http.MethodGet, u, nil, "If-None-Match", stale), match.Status(http.StatusOK))
			current := version(p.get(ctx, u.path()))
			p.expect(p.conditional(ctx, http.MethodGet, u, nil, "If-None-Match", current), match.Status(http.StatusNotModified))
			p.moveVersion(ctx, u)
			if g, stale := p.versionedGroup(ctx); g != nil {
				p.expect(version(p.get(ctx, g.path())) != stale, match.That("the version of a group changes with its members", "it is still "+stale))
				p.expect(p.conditional(ctx, http.MethodGet, g, nil, "If-None-Match", stale), match.Status(http.StatusOK))
			}
		}),
	}
}

// versioned arranges a user that was changed once. stale is its first version, and name an
// attribute to change.
func (p *probe) versioned(ctx context.Context) (u *thing, stale, name string) {
	p.announces(ctx, "etag", "supported")
	u, name = p.aUser(ctx, "version", nil), p.carrier()
	stale = version(p.get(ctx, u.path()))
	p.because("versions-read", stale != "", match.That("a read returns an ETag header or meta.version", "both are missing, although etag.supported is true"))
	value := p.Name("first")
	p.set(ctx, u, resource.With(u.now, name, value), op("replace", name, value))
	return u, stale, name
}

// moveVersion changes the extension, removes a value, and replaces the user by PUT. A client that holds
// the version of before must not be told that it is current.
func (p *probe) moveVersion(ctx context.Context, u *thing) {
	moved := func(method string, body any) {
		before := p.get(ctx, u.path())
		a := p.do(ctx, method, u.path(), body)
		after := p.get(ctx, u.path())
		if a.Status >= http.StatusMultipleChoices || len(resource.Compare(before.Body, after.Body, resource.Rules{})) == 0 {
			return // writes have checks of their own
		}
		stale, now := version(before), version(after)
		p.expect(now != stale, match.That("the version after "+method+" is another one than before", "it is still "+now))
		p.expect(p.conditional(ctx, http.MethodGet, u, nil, "If-None-Match", stale), match.Status(http.StatusOK))
	}
	if list := p.extensions(); len(list) > 0 {
		moved(http.MethodPatch, patchOp(op(p.spelled("replace"), list[0], "Moved")))
	}
	name := p.removable()
	moved(http.MethodPatch, patchOp(op(p.spelled("remove"), name, nil)))
	if p.Lacks(catalog.Put) == "" && (!p.survey.Asked || p.survey.Put.Works) {
		body := resource.With(u.sent, name, "Put")
		body["id"] = u.id
		moved(http.MethodPut, body)
	}
}

// versionedGroup arranges a group whose members were changed once. stale is its first version. It
// returns nil if groups have no versions.
func (p *probe) versionedGroup(ctx context.Context) (g *thing, stale string) {
	if !p.groupsToo() {
		return nil, ""
	}
	ids := p.crew(ctx, 2)
	g = p.aGroup(ctx, "version", ids[0])
	if stale = version(p.get(ctx, g.path())); stale == "" {
		return nil, ""
	}
	p.roster(ctx, g, ids, op("add", "members", refs(ids[1])))
	return g, stale
}

// conditional sends a request with a condition.
func (p *probe) conditional(ctx context.Context, method string, t *thing, body any, header, tag string) session.Response {
	a, err := p.Send(ctx, method, t.path(), body, p.With(header, tag))
	if err != nil {
		p.stop(err)
	}
	p.last = a
	return a
}

// version is the entity tag of a response. Some targets return it only in the body.
func version(a session.Response) string {
	if tag := a.Header.Get("ETag"); tag != "" {
		return tag
	}
	tag, _ := inner(a.Body, "meta")["version"].(string)
	return tag
}
