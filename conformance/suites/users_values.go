package suites

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersValues are the checks of the values of a new user.
func usersValues() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-005", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.3"), Rule: "R-31", Cause: "extension",
			Needs: []string{catalog.Enterprise},
			Title: "keeps the attributes of the enterprise extension",
			Why:   "Department, employee number and manager are sent in this extension.",
			Fix:   "Store the object under the enterprise URN. Return it, with the URN in schemas.",
		}, func(ctx context.Context, p *probe) {
			values := map[string]any{"department": "Tour", "employeeNumber": "E1", "costCenter": "C7", "division": "North", "organization": "Contoso"}
			path, _, _ := p.user(ctx, "ent", map[string]any{enterprise: values})
			got := inner(p.read(ctx, path), enterprise)
			for _, name := range slices.Sorted(maps.Keys(values)) {
				p.expect(got[name], match.Is(name+" of the enterprise extension", values[name]))
			}
		}),
		check(catalog.Check{
			ID: "USR-012", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.3"), Rule: "R-31", Cause: "extension",
			Needs: []string{catalog.Enterprise},
			Title: "lists the enterprise extension in schemas when it has values",
			Why:   "A client that reads schemas first ignores an extension that is not listed.",
			Fix:   "Add the URN of each extension with values to schemas.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "urn", map[string]any{enterprise: map[string]any{"department": "Tour"}})
			schemas, _ := p.read(ctx, path)["schemas"].([]any)
			p.expect(schemas, match.Contains("schemas of a user with a department", coreUser))
			p.expect(schemas, match.Contains("schemas of a user with a department", enterprise))
		}),
		check(catalog.Check{
			ID: "USR-017", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.4"), Rule: "R-121", Cause: "multi-valued",
			Title: "keeps e-mails of two types side by side",
			Why:   "Tenants map work and other addresses. If one overwrites the other, the sign-in address changes.",
			Fix:   "Store each element of a multi-valued attribute. Use type to tell the elements apart.",
		}, func(ctx context.Context, p *probe) {
			work, home := p.Name("work")+"@scimdrill.example", p.Name("home")+"@scimdrill.example"
			path, _, _ := p.user(ctx, "two", map[string]any{"emails": []any{
				map[string]any{"type": "work", "value": work, "primary": true}, map[string]any{"type": "home", "value": home},
			}})
			body := p.read(ctx, path)
			p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", work))
			p.expect(element(body, "emails", "home")["value"], match.Is("home e-mail", home))
		}),
		check(catalog.Check{
			ID: "USR-018", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.2"), Rule: "R-44", Cause: "verbatim",
			Title: "keeps every part of a work address",
			Why:   "Street, town, region, postal code and country are mapped separately. Each country has its own rules.",
			Fix:   "Store all parts of an address. Do not require one country's formats.",
		}, func(ctx context.Context, p *probe) {
			address := map[string]any{
				"type": "work", "streetAddress": "1 Tour Street", "locality": "London", "region": "Greater London", "postalCode": "SW1A 1AA", "country": "GB",
			}
			path, _, _ := p.user(ctx, "address", map[string]any{"addresses": []any{address}})
			got := element(p.read(ctx, path), "addresses", "work")
			for _, part := range []string{"streetAddress", "locality", "region", "postalCode", "country"} {
				p.expect(got[part], match.Is(part+" of the work address", address[part]))
			}
		}),
		check(catalog.Check{
			ID: "USR-019", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "returns a telephone number as it was sent",
			Why:   "Entra compares the number it reads with the number it sent. A reformatted number is sent again in every cycle.",
			Fix:   "Store values as sent. Reformat them only where you use them.",
		}, func(ctx context.Context, p *probe) {
			const number = "+1 (555) 0100-200"
			path, _, _ := p.user(ctx, "phone", map[string]any{"phoneNumbers": []any{map[string]any{"type": "work", "value": number}}})
			p.expect(element(p.read(ctx, path), "phoneNumbers", "work")["value"], match.Is("work number", number))
		}),
		check(catalog.Check{
			ID: "USR-020", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-187", Cause: "string-booleans",
			Title: "accepts a string Boolean inside a list",
			Why:   "Role and e-mail mappings send primary as \"True\". If the create is rejected, the user is missing.",
			Fix:   "Read \"True\" and \"False\" as Booleans at any depth, in POST and in PATCH.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "role", map[string]any{"roles": []any{map[string]any{"value": "Admin", "primary": "True"}}})
			roles, _ := p.read(ctx, path)["roles"].([]any)
			p.expect(len(roles) == 1, match.That("the user has one role", "it has "+match.JSON(len(roles))+" roles"))
			role, _ := roles[0].(map[string]any)
			p.expect(role["value"], match.Is("value of the role", "Admin"))
			p.expect(role["primary"], match.Is(`primary flag of the role sent as "True"`, true))
		}),
		check(catalog.Check{
			ID: "USR-022", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps letters from every script",
			Why:   "Names are written in many scripts. A garbled name is sent again in every cycle.",
			Fix:   "Read and write JSON as UTF-8 from end to end, including the database.",
		}, func(ctx context.Context, p *probe) {
			names := map[string]any{"givenName": "Zoë Søren", "familyName": "Łukasz 山田 Ελένη 𝒳"}
			path, _, _ := p.user(ctx, "scripts", map[string]any{"name": names})
			got := inner(p.read(ctx, path), "name")
			for _, part := range []string{"givenName", "familyName"} {
				p.expect(got[part], match.Is("name."+part, names[part]))
			}
		}),
		check(catalog.Check{
			ID: "USR-023", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "keeps combining characters as they were sent",
			Why:   "Names typed on a Mac often contain combining accents. A normalized form looks like a change in every cycle.",
			Fix:   "Store the code points as sent. Normalize only for comparison.",
		}, func(ctx context.Context, p *probe) {
			const decomposed = "Rene\u0301e" // e and a combining acute accent
			path, _, _ := p.user(ctx, "accent", map[string]any{"displayName": decomposed})
			p.expect(p.read(ctx, path)["displayName"], match.IsText("displayName", decomposed))
		}),
		check(catalog.Check{
			ID: "USR-024", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps characters such as / & < in a name",
			Why:   "A display name is free text. A slash or an ampersand has no special meaning.",
			Fix:   "Treat strings as opaque. Do not split or escape them on input.",
		}, func(ctx context.Context, p *probe) {
			const name = `O'Neill / Smith & Co. <"R&D"> \ 100%`
			path, _, _ := p.user(ctx, "signs", map[string]any{"displayName": name})
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name))
		}),
		check(catalog.Check{
			ID: "USR-028", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.4"), Rule: "R-15", Cause: "primary",
			Title: "never returns two primary e-mails",
			Why:   "With two primary values, each read may pick a different address.",
			Fix:   "Reject a second primary with 400 invalidValue, or keep one.",
		}, func(ctx context.Context, p *probe) {
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
		}),
		check(catalog.Check{
			ID: "USR-034", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Title: "keeps a control character in a string, or rejects it with 400",
			Why:   "People paste names from anywhere. A 500 is retried for weeks and tells nobody what is wrong.",
			Fix:   "Escape control characters before you store them, or return 400 invalidValue.",
		}, func(ctx context.Context, p *probe) {
			const odd = "Head\u0001of Sales"
			p.keptOrRefused(ctx, "title", odd)
		}),
		check(catalog.Check{
			ID: "USR-039", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "keeps a 200-character title, or rejects it with 400",
			Why:   "Entra compares the value it reads with the value it sent. A truncated title is sent again in every cycle.",
			Fix:   "Store strings in full, or return 400 invalidValue for a string that is too long.",
		}, func(ctx context.Context, p *probe) {
			p.keptOrRefused(ctx, "title", strings.Repeat("Head of everything ", 11)[:200])
		}),
	}
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

// keptOrRefused creates a user with an unusual string. The target must return it unchanged or
// reject the request with 400.
func (p *probe) keptOrRefused(ctx context.Context, attribute, text string) {
	a := p.post(ctx, "Users", "userName", p.person("text", map[string]any{attribute: text}))
	p.expect(a, match.Status(http.StatusCreated, http.StatusOK, http.StatusBadRequest))
	if a.Status != http.StatusBadRequest {
		p.expect(p.read(ctx, "/Users/"+p.id(a))[attribute], match.Is(attribute, text))
	}
}
