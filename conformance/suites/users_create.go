package suites

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersCreate are the checks of creating users.
func usersCreate() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-001", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-76", Cause: "create",
			Title: "creates a user, returns 201 with its id, and stores the values as sent",
			Why:   "Entra stores the id from this response as its link to the user.",
			Fix:   "Return 201 and the whole resource for POST /Users, and store what was sent.",
		}, func(ctx context.Context, p *probe) {
			sent := p.person("new", nil)
			a := p.post(ctx, "Users", "userName", sent)
			p.because("no-users", a, match.Status(http.StatusCreated, http.StatusOK))
			p.expect(a, match.Status(http.StatusCreated))
			body := p.read(ctx, "/Users/"+p.id(a))
			for _, name := range []string{"userName", "externalId", "active", "displayName"} {
				p.expect(body[name], match.Is(name, sent[name]))
			}
			p.expect(inner(body, "name")["familyName"], match.Is("name.familyName", "new"))
			p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", sent["userName"]))
		}),
		check(catalog.Check{
			ID: "USR-033", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "client-id",
			Needs: []string{catalog.Filter},
			Title: "returns the same id in every response",
			Why:   "Entra stores the id from the first response permanently and compares it byte for byte.",
			Fix:   "Return the stored id unchanged in create, read, list and update.",
		}, func(ctx context.Context, p *probe) {
			a := p.post(ctx, "Users", "userName", p.person("same", nil))
			p.because("no-users", a, match.Status(http.StatusCreated, http.StatusOK))
			id := p.id(a)
			p.expect(p.read(ctx, "/Users/"+id)["id"], match.Is("id in a read", id))
			name, _ := a.Body["userName"].(string)
			p.only(p.find(ctx, "Users", "userName", name), id)
		}),
		check(catalog.Check{
			ID: "USR-025", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-77", Cause: "create",
			Title: "returns the URL of a new user in Location and meta.location",
			Why:   "A client that follows the URL must reach the same user.",
			Fix:   "Build the URL from the base URL of the request.",
		}, func(ctx context.Context, p *probe) {
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
		}),
		check(catalog.Check{
			ID: "USR-006", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-23", Cause: "client-id",
			Title: "does not adopt an id sent by the client",
			Why:   "Ids chosen by clients can collide with those of other tenants.",
			Fix:   "Ignore id in POST, and generate your own.",
		}, func(ctx context.Context, p *probe) {
			wish := p.Name("wish")
			a := p.post(ctx, "Users", "userName", p.person("own", map[string]any{"id": wish}))
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
			p.expect(p.id(a) != wish, match.That("the target generates its own id", "it adopted the id sent by the client"))
		}),
		check(catalog.Check{
			ID: "USR-013", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-25", Cause: "client-id",
			Title: "ignores meta sent by a client",
			Why:   "Entra sends meta with resourceType in every create. A target that adopts meta shows unreliable dates.",
			Fix:   "Ignore meta in POST, PUT and PATCH.",
		}, func(ctx context.Context, p *probe) {
			long := "1999-12-31T23:59:59Z"
			path, _, _ := p.user(ctx, "meta", map[string]any{"meta": map[string]any{"resourceType": "User", "created": long, "lastModified": long}})
			meta := inner(p.read(ctx, path), "meta")
			created, _ := meta["created"].(string)
			p.expect(!strings.HasPrefix(created, "1999"), match.That("the target sets meta.created itself", "meta.created is the value sent by the client: "+created))
		}),
		check(catalog.Check{
			ID: "USR-036", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.8"), Rule: "R-11", Cause: "create",
			Title: "creates a user regardless of attribute order",
			Why:   "The order of JSON keys has no meaning and varies by serializer.",
			Fix:   "Parse the whole object before you read schemas.",
		}, func(ctx context.Context, p *probe) {
			sent := p.person("order", nil)
			raw, err := json.Marshal(sent["userName"])
			p.expect(err == nil, match.That("userName can be encoded as JSON", "the encoding failed"))
			sent = map[string]any{"userName": sent["userName"], "externalId": sent["externalId"]}
			body := fmt.Sprintf(`{"userName":%s,"name":{"familyName":"Last"},"externalId":%s,"schemas":[%q]}`, raw, match.JSON(sent["externalId"]), coreUser)
			a := p.postRaw(ctx, "Users", "userName", sent, body)
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
			got := p.read(ctx, "/Users/"+p.id(a))
			p.expect(got["externalId"], match.Is("externalId", sent["externalId"]))
			p.expect(inner(got, "name")["familyName"], match.Is("name.familyName", "Last"))
		}),
		check(catalog.Check{
			ID: "USR-004", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Title: "treats null and empty lists as absent values",
			Why:   "Clients send null or [] for missing values. If the request is rejected, the user is not created.",
			Fix:   "Treat null and [] like a missing attribute.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "null", map[string]any{"phoneNumbers": nil, "addresses": []any{}, "title": nil})
			p.expect(p.read(ctx, path)["title"], match.Is("title", nil))
		}),
		check(catalog.Check{
			ID: "USR-021", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Needs: []string{catalog.Enterprise},
			Title: "accepts null for the enterprise extension",
			Why:   "A client may send null for the whole extension when department is empty.",
			Fix:   "Treat null like a missing extension.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.user(ctx, "noext", map[string]any{enterprise: nil})
			p.expect(p.read(ctx, path)["userName"], match.Is("userName", sent["userName"]))
		}),
		check(catalog.Check{
			ID: "USR-014", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-36", Cause: "password",
			Title: "never returns the password",
			Why:   "Provisioning logs keep responses for a month, and many people can read them.",
			Fix:   "Declare password as writeOnly with returned never, and omit it from every response.",
		}, func(ctx context.Context, p *probe) {
			secret := "Pw-" + p.Name("secret") + "-9!"
			sent := p.person("pass", map[string]any{"password": secret})
			made := p.post(ctx, "Users", "userName", sent)
			p.expect(made, match.Status(201, 200))
			read := p.get(ctx, "/Users/"+p.id(made))
			list := p.find(ctx, "Users", "userName", sent["userName"])
			p.expect(made, match.Lacks("the response to the create", "password", secret))
			p.expect(read, match.Lacks("the response to a read by id", "password", secret))
			p.expect(list, match.Lacks("the response to a filter", "password", secret))
		}),
		check(catalog.Check{
			ID: "USR-011", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-24", Cause: "create",
			Title: "returns externalId exactly as it was sent",
			Why:   "Entra compares externalId in each cycle. If it is missing, Entra sends it every time, and matching by it finds nobody.",
			Fix:   "Store externalId as an opaque, case-sensitive string and return it.",
		}, func(ctx context.Context, p *probe) {
			external := "Ab-" + p.Name("ext") + "-yZ"
			path, _, _ := p.user(ctx, "ext", map[string]any{"externalId": external})
			p.expect(p.read(ctx, path)["externalId"], match.Is("externalId", external))
		}),
		check(catalog.Check{
			ID: "USR-015", Suite: "users", About: catalog.Attributes, Level: catalog.Should, Basis: microsoft(), Rule: "R-75", Cause: "unknown-attributes",
			Title: "creates a user with other attributes that tenants map",
			Why:   "Tenants map title, language and time zone. One rejected attribute blocks the whole user.",
			Fix:   "Ignore attributes that you do not store, instead of rejecting the user.",
		}, func(ctx context.Context, p *probe) {
			more := map[string]any{"title": "Guide", "preferredLanguage": "en-US", "nickName": "Nick", "userType": "Member", "locale": "en-GB", "timezone": "Europe/London"}
			path, _, _ := p.user(ctx, "mapped", more)
			body := p.read(ctx, path)
			for _, name := range slices.Sorted(maps.Keys(more)) {
				if body[name] != nil { // a target may ignore attributes that it does not store
					p.expect(body[name], match.Is(name, more[name]))
				}
			}
		}),
	}
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
