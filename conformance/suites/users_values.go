package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// usersValues are the checks of the values of a new user.
func usersValues() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-005", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.3"), Rule: "R-31, R-47", Cause: "extension",
			Needs: []string{catalog.Enterprise},
			Title: "keeps the enterprise extension",
			Why:   "Department, employee number and manager are sent in this extension.",
			Fix:   "Store the object under the enterprise URN. Return it, with the URN in schemas.",
		}, func(ctx context.Context, p *probe) {
			values := p.extension()
			p.has(enterprise)
			u := p.aUser(ctx, "ent", map[string]any{enterprise: values})
			got := inner(u.now, enterprise)
			p.expect(len(got) > 0, match.That("a read shows the enterprise extension", "the extension is missing")) // USR-043 is about each attribute
		}),
		check(catalog.Check{
			ID: "USR-012", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.3"), Rule: "R-31", Cause: "extension-unlisted",
			Needs: []string{catalog.Enterprise},
			Title: "lists the enterprise extension in schemas when it has values",
			Why:   "A client that reads schemas first ignores an extension that is not listed.",
			Fix:   "Add the URN of each extension with values to schemas.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			values := p.extension()
			u := p.aUser(ctx, "urn", map[string]any{enterprise: values})
			p.because("extension", len(inner(u.now, enterprise)) > 0, match.That("a read shows the enterprise extension", "the extension is missing"))
			var schemas []any
			list, _ := u.now["schemas"].([]any)
			for _, s := range list {
				text, _ := s.(string)
				schemas = append(schemas, strings.ToLower(text))
			}
			p.expect(schemas, match.Contains("schemas of a user with enterprise attributes", strings.ToLower(enterprise)))
		}),
		check(catalog.Check{
			ID: "USR-017", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.4"), Rule: "R-121, R-16", Cause: "multi-valued",
			Title: "keeps e-mails side by side, of two types or of one",
			Why:   "Tenants map work and other addresses. If one overwrites the other, the sign-in address changes.",
			Fix:   "Store each element of a multi-valued attribute. Use type to tell the elements apart.",
		}, func(ctx context.Context, p *probe) {
			p.has("emails")
			name := p.Name("two")
			first, second := p.kinds("emails")
			sent := map[string]any{"emails": []any{
				map[string]any{"type": first, "value": p.Mail(name)}, map[string]any{"type": second, "value": p.Mail("home-" + name), "primary": true},
			}}
			u := p.aUser(ctx, "two", sent)
			for _, d := range p.lost(sent, u.now) {
				p.end(Failed, apart(p.last, d, "a user with a work and a home e-mail"))
			}
			p.finding.Assertions++
			p.twins(ctx, first)
		}),
		check(catalog.Check{
			ID: "USR-018", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.2"), Rule: "R-44", Cause: "formats",
			Title: "keeps every part of a work address",
			Why:   "Street, town, region, postal code and country are mapped separately. Each country has its own rules.",
			Fix:   "Store all parts of an address. Do not require one country's formats.",
		}, func(ctx context.Context, p *probe) {
			address := p.workAddress()
			p.aUser(ctx, "before", nil)
			a := p.post(ctx, "Users", "userName", p.person("address", map[string]any{"addresses": []any{address}}))
			p.expect(a, match.Made())
			p.finding.Cause = "create"
			read := p.get(ctx, "/Users/"+p.id(a))
			p.because("no-read", read, match.Status(http.StatusOK))
			got := element(read.Body, "addresses", p.kind("addresses"))
			for _, part := range tops(address) {
				p.expect(got[resource.Key(got, part)], match.Is(part+" of the work address", address[part]))
			}
		}),
		check(catalog.Check{
			ID: "USR-019", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-194", Cause: "verbatim",
			Title: "returns a telephone number as it was sent",
			Why:   "Entra compares the number it reads with the number it sent. A reformatted number is sent again in every cycle.",
			Fix:   "Store values as sent. Reformat them only where you use them.",
		}, func(ctx context.Context, p *probe) {
			const number = "+1 (555) 0100-200"
			u := p.aUser(ctx, "phone", map[string]any{"phoneNumbers": []any{typed(p.kind("phoneNumbers"), map[string]any{"value": number})}})
			got, _ := element(u.now, "phoneNumbers", p.kind("phoneNumbers"))["value"].(string)
			if got == "" {
				p.finding.Cause = "create"
			}
			p.expect(got, match.Is("work number", number))
			p.otherNumber(ctx, u)
		}),
		check(catalog.Check{
			ID: "USR-020", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-187", Cause: "string-booleans",
			Title: "accepts a string Boolean inside a list",
			Why:   "Role and e-mail mappings send primary as \"True\". If the create is rejected, the user is missing.",
			Fix:   "Read \"True\" and \"False\" as Booleans at any depth, in POST and in PATCH.",
		}, func(ctx context.Context, p *probe) {
			list := p.lists()
			name := list[0]
			if i := slices.Index(list, "roles"); i >= 0 {
				name = list[i]
			}
			sent := map[string]any{"value": p.valueFor(name), "primary": "True"}
			if name != "roles" && name != "entitlements" {
				sent = typed(p.kind(name), sent)
			}
			p.aUser(ctx, "before", nil)
			a := p.post(ctx, "Users", "userName", p.person("role", map[string]any{name: []any{sent}}))
			p.expect(a, match.Made())
			read := p.get(ctx, "/Users/"+p.id(a))
			p.because("no-read", read, match.Status(http.StatusOK))
			got, _ := resource.Value(read.Body, name).([]any)
			p.expect(len(got) == 1, match.That("the user has one element of "+name, "it has "+match.JSON(len(got))))
			element, _ := got[0].(map[string]any)
			p.expect(element["primary"] == true || element["primary"] == nil, match.That(
				`primary sent as "True" is true`, "it is "+match.JSON(element["primary"])))
			if element["primary"] == true && p.ability(catalog.Patch).Works && p.Lacks(catalog.Patch) == "" {
				p.quotedPrimary(ctx, name, sent)
			}
		}),
	}
}

// otherNumber changes a telephone number by PATCH, as Entra does.
func (p *probe) otherNumber(ctx context.Context, u *thing) {
	kind := p.kind("phoneNumbers")
	if kind == "" || !p.ability(catalog.Patch).Works || p.Lacks(catalog.Patch) != "" {
		return
	}
	const number = "+44 (20) 7946-0100"
	a := p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("replace"), `phoneNumbers[type eq "`+kind+`"].value`, number)))
	got, _ := element(p.arranged(ctx, u), "phoneNumbers", kind)["value"].(string)
	if a.Status < http.StatusMultipleChoices && got != "" && got != element(u.now, "phoneNumbers", kind)["value"] { // or it was not written
		p.expect(got, match.Is("work number after PATCH", number))
	}
}

// quotedPrimary adds to a user the element that a create has stored, with primary as a string.
func (p *probe) quotedPrimary(ctx context.Context, name string, element map[string]any) {
	body := p.person("added", nil)
	delete(body, name)
	u := p.aUserOf(ctx, complete(body))
	if a := p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("add"), name, []any{element}))); a.Status >= http.StatusBadRequest {
		return // whether PATCH changes it is for others to judge
	}
	list, _ := resource.Value(p.arranged(ctx, u), name).([]any)
	for _, e := range list {
		m, _ := e.(map[string]any)
		primary := m[resource.Key(m, "primary")]
		p.expect(primary == true || primary == nil, match.That(`primary added as "True" is true`, "it is "+match.JSON(primary)))
	}
}

// extension returns values for the attributes of the enterprise extension that a create stores.
func (p *probe) extension() map[string]any {
	values := map[string]any{}
	for _, name := range []string{"department", "employeeNumber", "costCenter", "division", "organization"} {
		a := p.survey.Users.Find(enterprise + ":" + name)
		if !p.survey.Asked || a != nil && a.Kept() && a.Writable() {
			values[name] = "Tour " + name
		}
	}
	if len(values) == 0 {
		p.has(enterprise)
		p.skip("the target has no text attribute of the enterprise extension")
	}
	return values
}

// workAddress is a work address with the parts that the target has.
func (p *probe) workAddress() map[string]any {
	if !slices.ContainsFunc(p.survey.Users.Under("addresses"), func(a survey.Attribute) bool { return a.Announced }) {
		p.has("addresses")
	}
	address := typed(p.kind("addresses"), map[string]any{})
	for part, value := range map[string]string{
		"streetAddress": "1 Tour Street\nFlat 2", "locality": "London", "region": "Greater London", "postalCode": "SW1A 1AA", "country": "GB",
	} {
		kept := slices.ContainsFunc(p.survey.Users.Under("addresses"), func(a survey.Attribute) bool {
			return (a.Kept() || a.Announced && a.Post == survey.Refused) && strings.HasSuffix(a.Path, "."+part)
		})
		if kept || !p.survey.Asked {
			address[part] = value
		}
	}
	return address
}

// valueFor is a value for an element of a multi-valued attribute.
func (p *probe) valueFor(attribute string) string {
	switch attribute {
	case "emails":
		return p.Mail(p.Name("mail"))
	case "phoneNumbers":
		return "+15550100200"
	}
	for _, a := range p.survey.Users.Under(attribute) {
		if text, ok := survey.Value(a, p.Name("value"), "").(string); ok && strings.HasSuffix(a.Path, ".value") {
			return text
		}
	}
	return "Admin"
}
