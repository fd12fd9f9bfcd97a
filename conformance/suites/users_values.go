package suites

import (
	"context"
	"maps"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersValues registers the checks of attribute values on create.
func (r *registry) usersValues() {
	r.check("USR-004", func(ctx context.Context, p *probe) {
		path, _, _ := p.user(ctx, "null", map[string]any{"phoneNumbers": nil, "addresses": []any{}, "title": nil})
		p.expect(p.read(ctx, path)["title"], match.Is("title", nil))
	})
	r.check("USR-005", func(ctx context.Context, p *probe) {
		values := map[string]any{"department": "Tour", "employeeNumber": "E1", "costCenter": "C7", "division": "North", "organization": "Contoso"}
		path, _, _ := p.user(ctx, "ent", map[string]any{enterprise: values})
		got := inner(p.read(ctx, path), enterprise)
		for _, name := range slices.Sorted(maps.Keys(values)) {
			p.expect(got[name], match.Is(name+" of the enterprise extension", values[name]))
		}
	})
	r.check("USR-015", func(ctx context.Context, p *probe) {
		more := map[string]any{"title": "Guide", "preferredLanguage": "en-US", "nickName": "Nick", "userType": "Member", "locale": "en-GB", "timezone": "Europe/London"}
		path, _, _ := p.user(ctx, "mapped", more)
		body := p.read(ctx, path)
		for _, name := range slices.Sorted(maps.Keys(more)) {
			if body[name] != nil { // a target may ignore attributes that it does not store
				p.expect(body[name], match.Is(name, more[name]))
			}
		}
	})
	r.check("USR-011", func(ctx context.Context, p *probe) {
		external := "Ab-" + p.Name("ext") + "-yZ"
		path, _, _ := p.user(ctx, "ext", map[string]any{"externalId": external})
		p.expect(p.read(ctx, path)["externalId"], match.Is("externalId", external))
	})
	r.check("USR-012", func(ctx context.Context, p *probe) {
		path, _, _ := p.user(ctx, "urn", map[string]any{enterprise: map[string]any{"department": "Tour"}})
		schemas, _ := p.read(ctx, path)["schemas"].([]any)
		p.expect(schemas, match.Contains("schemas of a user with a department", coreUser))
		p.expect(schemas, match.Contains("schemas of a user with a department", enterprise))
	})
	r.check("USR-014", func(ctx context.Context, p *probe) {
		secret := "Pw-" + p.Name("secret") + "-9!"
		sent := p.person("pass", map[string]any{"password": secret})
		made := p.post(ctx, "Users", "userName", sent)
		p.expect(made, match.Status(201, 200))
		read := p.get(ctx, "/Users/"+p.id(made))
		list := p.find(ctx, "Users", "userName", sent["userName"])
		p.expect(made, match.Lacks("the response to the create", "password", secret))
		p.expect(read, match.Lacks("the response to a read by id", "password", secret))
		p.expect(list, match.Lacks("the response to a filter", "password", secret))
	})
	r.check("USR-017", func(ctx context.Context, p *probe) {
		work, home := p.Name("work")+"@scimdrill.example", p.Name("home")+"@scimdrill.example"
		path, _, _ := p.user(ctx, "two", map[string]any{"emails": []any{
			map[string]any{"type": "work", "value": work, "primary": true}, map[string]any{"type": "home", "value": home},
		}})
		body := p.read(ctx, path)
		p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", work))
		p.expect(element(body, "emails", "home")["value"], match.Is("home e-mail", home))
	})
	r.check("USR-018", func(ctx context.Context, p *probe) {
		address := map[string]any{
			"type": "work", "streetAddress": "1 Tour Street", "locality": "London", "region": "Greater London", "postalCode": "SW1A 1AA", "country": "GB",
		}
		path, _, _ := p.user(ctx, "address", map[string]any{"addresses": []any{address}})
		got := element(p.read(ctx, path), "addresses", "work")
		for _, part := range []string{"streetAddress", "locality", "region", "postalCode", "country"} {
			p.expect(got[part], match.Is(part+" of the work address", address[part]))
		}
	})
	r.check("USR-019", func(ctx context.Context, p *probe) {
		const number = "+1 (555) 0100-200"
		path, _, _ := p.user(ctx, "phone", map[string]any{"phoneNumbers": []any{map[string]any{"type": "work", "value": number}}})
		p.expect(element(p.read(ctx, path), "phoneNumbers", "work")["value"], match.Is("work number", number))
	})
	r.check("USR-020", func(ctx context.Context, p *probe) {
		path, _, _ := p.user(ctx, "role", map[string]any{"roles": []any{map[string]any{"value": "Admin", "primary": "True"}}})
		roles, _ := p.read(ctx, path)["roles"].([]any)
		p.expect(len(roles) == 1, match.That("the user has one role", "it has "+match.JSON(len(roles))+" roles"))
		role, _ := roles[0].(map[string]any)
		p.expect(role["value"], match.Is("value of the role", "Admin"))
		p.expect(role["primary"], match.Is(`primary flag of the role sent as "True"`, true))
	})
	r.check("USR-021", func(ctx context.Context, p *probe) {
		path, _, sent := p.user(ctx, "noext", map[string]any{enterprise: nil})
		p.expect(p.read(ctx, path)["userName"], match.Is("userName", sent["userName"]))
	})
	r.check("USR-022", func(ctx context.Context, p *probe) {
		names := map[string]any{"givenName": "Zoë Søren", "familyName": "Łukasz 山田 Ελένη 𝒳"}
		path, _, _ := p.user(ctx, "scripts", map[string]any{"name": names})
		got := inner(p.read(ctx, path), "name")
		for _, part := range []string{"givenName", "familyName"} {
			p.expect(got[part], match.Is("name."+part, names[part]))
		}
	})
	r.check("USR-023", func(ctx context.Context, p *probe) {
		const decomposed = "Rene\u0301e" // e and a combining acute accent
		path, _, _ := p.user(ctx, "accent", map[string]any{"displayName": decomposed})
		p.expect(p.read(ctx, path)["displayName"], match.IsText("displayName", decomposed))
	})
	r.check("USR-024", func(ctx context.Context, p *probe) {
		const name = `O'Neill / Smith & Co. <"R&D"> \ 100%`
		path, _, _ := p.user(ctx, "signs", map[string]any{"displayName": name})
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name))
	})
	r.check("USR-028", func(ctx context.Context, p *probe) {
		sent := p.person("primaries", map[string]any{"emails": []any{
			map[string]any{"type": "work", "value": p.Name("w") + "@scimdrill.example", "primary": true},
			map[string]any{"type": "home", "value": p.Name("h") + "@scimdrill.example", "primary": true},
		}})
		a := p.post(ctx, "Users", "userName", sent)
		if a.Status == 400 {
			p.expect(a, match.SCIMError(400, ""))
			return
		}
		p.expect(a, match.Status(201, 200))
		p.expectPrimaries(ctx, "/Users/"+p.id(a))
	})
}

// expectPrimaries asserts that at most one e-mail is primary.
func (p *probe) expectPrimaries(ctx context.Context, path string) {
	list, _ := p.read(ctx, path)["emails"].([]any)
	primary := 0
	for _, e := range list {
		if m, ok := e.(map[string]any); ok && m["primary"] == true {
			primary++
		}
	}
	p.expect(primary <= 1, match.That("at most one e-mail is primary", match.JSON(primary)+" e-mails are primary"))
}
