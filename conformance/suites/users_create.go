package suites

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// usersCreate are the checks of creating users.
func usersCreate() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-001", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-76", Cause: "create-status",
			Title: "creates a user, returns 201 with its id, and returns it in a read",
			Why:   "Entra stores the id from this response as its link to the user.",
			Fix:   "Return 201 and the whole resource for POST /Users.",
		}, func(ctx context.Context, p *probe) {
			sent := p.person("new", nil)
			a := p.post(ctx, "Users", "userName", sent)
			p.because("no-users", a, match.Made())
			read := p.get(ctx, "/Users/"+p.id(a))
			p.because("no-read", read, match.Status(http.StatusOK))
			name, _ := resource.Value(read.Body, "userName").(string)
			wanted, _ := sent["userName"].(string)
			p.because("create", strings.EqualFold(name, wanted), match.Is("userName equals the one of the create", true))
			p.expect(a, match.Status(http.StatusCreated))
		}),
		check(catalog.Check{
			ID: "USR-033", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "ids",
			Title: "returns the same id in every response",
			Why:   "Entra stores the id from the first response permanently and compares it byte for byte.",
			Fix:   "Return the stored id unchanged in create, read, list and update.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			u := p.aUser(ctx, "same", nil)
			p.expect(u.now["id"], match.Is("id in a read", u.id))
			for _, r := range p.find(ctx, "Users", "userName", u.sent["userName"]).Page().Resources {
				if r["userName"] == u.now["userName"] {
					p.expect(r["id"], match.Is("id in the response to a filter", u.id))
				}
			}
		}),
		check(catalog.Check{
			ID: "USR-025", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-77", Cause: "location",
			Title: "returns the URL of a new user in Location and meta.location",
			Why:   "A client that follows the URL must reach the same user.",
			Fix:   "Build the URL from the base URL of the request.",
		}, func(ctx context.Context, p *probe) {
			a := p.post(ctx, "Users", "userName", p.person("place", nil))
			p.because("no-users", a, match.Made())
			id := p.id(a)
			header := a.Header.Get("Location")
			p.expect(header != "", match.That("POST /Users returns a Location header", "the header is missing"))
			addresses := map[string]string{"the Location header": header}
			if len(a.Raw) > 0 {
				location, _ := inner(a.Body, "meta")["location"].(string)
				p.expect(location != "", match.That("POST /Users returns meta.location", "the attribute is missing"))
				addresses["meta.location"] = location
			}
			for _, what := range slices.Sorted(maps.Keys(addresses)) {
				address := addresses[what]
				p.expect(p.reaches(ctx, address, id), match.That(what+" leads to the new user", what+" is "+match.JSON(address)))
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
			if a.Status == http.StatusBadRequest { // a client must not send one
				p.finding.Assertions++
				return
			}
			p.because("no-users", a, match.Made())
			p.expect(p.id(a) != wish, match.That("the target generates its own id", "it adopted the id sent by the client"))
		}),
		check(catalog.Check{
			ID: "USR-013", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-25, R-78", Cause: "client-id",
			Title: "ignores meta sent by a client",
			Why:   "Entra sends meta with resourceType in every create. A target that adopts meta shows unreliable dates.",
			Fix:   "Ignore meta in POST, PUT and PATCH.",
		}, func(ctx context.Context, p *probe) {
			long := "1999-12-31T23:59:59Z"
			a := p.post(ctx, "Users", "userName", p.person("meta", map[string]any{"meta": map[string]any{"resourceType": "User", "created": long, "lastModified": long}}))
			p.finding.Cause = "unknown-attributes"
			p.expect(a, match.Made())
			p.finding.Cause = ""
			read := p.get(ctx, "/Users/"+p.id(a))
			p.because("no-read", read, match.Status(http.StatusOK))
			meta := inner(read.Body, "meta")
			for _, name := range []string{"created", "lastModified"} {
				text, _ := meta[name].(string)
				p.expect(!strings.HasPrefix(text, "1999"), match.That("the target sets meta."+name+" itself", "meta."+name+" is the value sent by the client: "+text))
			}
		}),
		check(catalog.Check{
			ID: "USR-036", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.8"), Rule: "R-11", Cause: "key-order",
			Title: "creates a user regardless of attribute order",
			Why:   "The order of JSON keys has no meaning and varies by serializer.",
			Fix:   "Parse the whole object before you read schemas.",
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "sorted", nil)
			sent := p.person("order", nil)
			raw, err := backwards(sent)
			p.expect(err == nil, match.That("the user can be encoded as JSON", "the encoding failed"))
			a := p.postRaw(ctx, "Users", "userName", sent, raw)
			p.expect(a, match.Made())
			read := p.get(ctx, "/Users/"+p.id(a))
			p.because("no-read", read, match.Status(http.StatusOK))
			missing := 0
			for _, name := range tops(sent) {
				if name != "schemas" && read.Body[resource.Key(read.Body, name)] == nil {
					missing++
				}
			}
			p.expect(missing < len(sent)-2, match.That("the attributes are read in any order", "none of them was stored"))
		}),
		check(catalog.Check{
			ID: "USR-014", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-36, R-69, R-73", Cause: "password",
			Title: "never returns the password",
			Why:   "Provisioning logs keep responses for a month, and many people can read them.",
			Fix:   "Declare password as writeOnly with returned never, and omit it from every response.",
		}, func(ctx context.Context, p *probe) {
			secret := "Pw-" + p.Name("secret") + "-9!"
			sent := p.person("pass", map[string]any{"password": secret})
			made := p.post(ctx, "Users", "userName", sent)
			if made.Status == http.StatusBadRequest {
				p.finding.Lacks = "User.password"
				p.skip("the target accepts no password: " + made.Detail())
			}
			p.because("no-users", made, match.Made())
			read := p.get(ctx, "/Users/"+p.id(made))
			list := p.find(ctx, "Users", "userName", sent["userName"])
			p.expect(made, match.Lacks("the response to the create", "password", secret))
			p.expect(read, match.Lacks("the response to a read by id", "password", secret))
			p.expect(list, match.Lacks("the response to a filter", "password", secret))
		}),
		check(catalog.Check{
			ID: "USR-011", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-24", Cause: "external-id",
			Title: "returns externalId exactly as it was sent, and compares its letter case",
			Why:   "Entra compares externalId in each cycle. If it is missing, Entra sends it every time, and matching by it finds nobody.",
			Fix:   "Store externalId as an opaque, case-sensitive string and return it.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			external := "Ab-" + p.Name("ext") + "-yZ"
			u := p.aUser(ctx, "ext", map[string]any{"externalId": external})
			got := resource.Value(u.now, "externalId")
			if got == nil {
				p.finding.Cause = "create"
			}
			p.expect(got, match.Is("externalId", external))
			p.exactly(ctx, "externalId", external)
		}),
		check(catalog.Check{
			ID: "USR-015", Suite: "users", About: catalog.Attributes, Level: catalog.Should, Basis: microsoft(), Rule: "R-75", Cause: "unknown-attributes",
			Title: "creates a user with other attributes that tenants map",
			Why:   "Tenants map title, language and time zone. One rejected attribute blocks the whole user.",
			Fix:   "Ignore attributes that you do not store, instead of rejecting the user.",
		}, func(ctx context.Context, p *probe) {
			a := p.post(ctx, "Users", "userName", p.person("mapped", map[string]any{
				"title": "Guide", "preferredLanguage": "en-US", "nickName": "Nick", "userType": "Member", "locale": "en-GB", "timezone": "Europe/London",
			}))
			p.expect(a, match.Made())
		}),
		check(catalog.Check{
			ID: "USR-071", Suite: "users", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("3.1"), Rule: "R-82", Cause: "json-media",
			Title: "accepts a user that is sent as application/json",
			Why:   "Scripts and other directories send this media type.",
			Fix:   "Accept application/json like application/scim+json.",
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "scim", nil)
			a, err := p.MakeAs(ctx, "Users", "userName", p.person("json", nil), p.With("Content-Type", "application/json"))
			if err != nil {
				p.stop(err)
			}
			p.last = a
			p.expect(a, match.Made())
		}),
	}
}

// backwards encodes a resource with its names in reverse order and schemas last.
func backwards(body map[string]any) (string, error) {
	names := slices.DeleteFunc(tops(body), func(s string) bool { return s == "schemas" })
	slices.Reverse(names)
	parts := make([]string, 0, len(names)+1)
	for _, name := range append(names, "schemas") {
		raw, err := json.Marshal(body[name])
		if err != nil {
			return "", fmt.Errorf("encode %s: %w", name, err)
		}
		parts = append(parts, match.JSON(name)+":"+string(raw))
	}
	return "{" + strings.Join(parts, ",") + "}", nil
}

// reaches reports whether a URL leads to the user with an id. The URL may be absolute, relative to
// the host, or relative to the base URL.
func (p *probe) reaches(ctx context.Context, address, id string) bool {
	for _, text := range slices.Compact([]string{address, strings.TrimPrefix(address, "/")}) {
		a, ok, err := p.Follow(ctx, text)
		if err != nil {
			p.stop(err)
		}
		if ok && a.Status == http.StatusOK && a.Body["id"] == id {
			return true
		}
	}
	return false
}
