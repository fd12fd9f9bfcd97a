package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersPatchLists are the checks of PATCH for multi-valued attributes.
func usersPatchLists() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "ATT-005", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-130", Cause: "value-filters",
			Needs: []string{catalog.Patch},
			Title: "replaces the work e-mail selected by type and keeps the others",
			Why:   "Entra changes e-mail addresses, telephone numbers and postal addresses this way.",
			Fix:   "Support value filters in paths. Change only the named sub-attribute.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "mail")
			home := map[string]any{"type": "home", "value": "home-" + sent["userName"].(string)}
			p.change(ctx, path, op("add", "emails", []any{home}))
			changed := "new-" + sent["userName"].(string)
			p.change(ctx, path, op("replace", `emails[type eq "work"].value`, changed))
			body := p.read(ctx, path)
			p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", changed))
			p.expect(element(body, "emails", "work")["primary"], match.Is("primary flag of the work e-mail", true))
			p.expect(element(body, "emails", "home")["value"], match.Is("home e-mail", home["value"]))
		}),
		check(catalog.Check{
			ID: "ATT-006", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-186", Cause: "value-filters-create",
			Needs: []string{catalog.Patch},
			Title: "adds a telephone number whose type does not exist yet",
			Why:   "Entra uses the same filtered path to add a user's first number.",
			Fix:   "If nothing matches the filter, create the element that it describes.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "phone")
			p.change(ctx, path, op("add", `phoneNumbers[type eq "mobile"].value`, "+1 555 0100"))
			p.expect(element(p.read(ctx, path), "phoneNumbers", "mobile")["value"], match.Phone("mobile number", "+1 555 0100"))
		}),
		check(catalog.Check{
			ID: "ATT-019", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-118", Cause: "primary",
			Needs: []string{catalog.Patch},
			Title: "moves primary when another e-mail becomes primary",
			Why:   "With two primary values, each read may pick a different address.",
			Fix:   "When one value becomes primary, set primary to false on the others.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "first", map[string]any{"emails": p.twoMails()})
			p.change(ctx, path, op("replace", `emails[type eq "home"].primary`, true))
			body := p.read(ctx, path)
			p.expect(element(body, "emails", "home")["primary"], match.Is("primary flag of the home e-mail", true))
			p.expectPrimaries(ctx, path)
		}),
		check(catalog.Check{
			ID: "ATT-020", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-121", Cause: "primary",
			Needs: []string{catalog.Patch},
			Title: "adds a second e-mail and leaves the first unchanged and primary",
			Why:   "The sign-in address must not follow the last write.",
			Fix:   "Append the element as sent. Do not make it primary.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "second")
			other := map[string]any{"type": "other", "value": "other-" + sent["userName"].(string)}
			p.change(ctx, path, op("add", "emails", []any{other}))
			body := p.read(ctx, path)
			p.expect(element(body, "emails", "other")["value"], match.Is("added e-mail", other["value"]))
			p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", sent["userName"]))
			p.expect(element(body, "emails", "work")["primary"], match.Is("primary flag of the work e-mail", true))
			p.expectPrimaries(ctx, path)
		}),
		check(catalog.Check{
			ID: "ATT-021", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-131", Cause: "value-filters-create",
			Needs: []string{catalog.Patch},
			Title: "does not report success for a replace whose filter matched nothing, unless it created the value",
			Why:   "A success without effect goes unnoticed.",
			Fix:   "Return 400 noTarget, or create the element as Entra expects.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "none")
			a := p.patch(ctx, path, op("replace", `phoneNumbers[type eq "pager"].value`, "+1 555 0199"))
			if a.Status >= 400 {
				p.expect(a, match.SCIMError(400, "noTarget"))
				return
			}
			p.expect(a, match.Success())
			p.expect(element(p.read(ctx, path), "phoneNumbers", "pager")["value"], match.Phone("pager number after a successful PATCH", "+1 555 0199"))
		}),
		check(catalog.Check{
			ID: "ATT-022", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-130", Cause: "value-filters",
			Needs: []string{catalog.Patch},
			Title: "changes one part of an address and keeps the others",
			Why:   "Entra patches street, town and postal code separately.",
			Fix:   "Write only the sub-attribute that the path names.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "town", map[string]any{"addresses": []any{map[string]any{
				"type": "work", "streetAddress": "1 Tour Street", "locality": "London", "postalCode": "10115", "country": "GB",
			}}})
			p.change(ctx, path, op("replace", `addresses[type eq "work"].locality`, "Leeds"))
			got := element(p.read(ctx, path), "addresses", "work")
			p.expect(got["locality"], match.Is("locality", "Leeds"))
			p.expect(got["streetAddress"], match.Is("streetAddress, which the path does not name,", "1 Tour Street"))
			p.expect(got["country"], match.Is("country, which the path does not name,", "GB"))
		}),
		check(catalog.Check{
			ID: "ATT-027", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Needs: []string{catalog.Patch},
			Title: "clears a list that is set to []",
			Why:   "Clients send an empty list when a user no longer has a telephone number.",
			Fix:   "Treat a replace with an empty list as a remove.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "nophone", map[string]any{"phoneNumbers": []any{map[string]any{"type": "work", "value": "5550100"}}})
			p.change(ctx, path, op("replace", "phoneNumbers", []any{}))
			list, _ := p.read(ctx, path)["phoneNumbers"].([]any)
			p.expect(len(list) == 0, match.That("phoneNumbers is empty", "the number of telephone numbers is "+match.JSON(len(list))))
		}),
		check(catalog.Check{
			ID: "ATT-035", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-126", Cause: "value-filters",
			Needs: []string{catalog.Patch},
			Title: "removes only the value that a filter selects",
			Why:   "Removing the private address must keep the work address.",
			Fix:   "Remove exactly the elements that match the filter.",
		}, func(ctx context.Context, p *probe) {
			mails := p.twoMails()
			path, _, _ := p.user(ctx, "less", map[string]any{"emails": mails})
			p.change(ctx, path, op("remove", `emails[type eq "home"]`, nil))
			body := p.read(ctx, path)
			p.expect(element(body, "emails", "home"), match.Is("home e-mail", nil))
			p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", mails[0].(map[string]any)["value"]))
		}),
	}
}

// twoMails returns a primary work e-mail and a home e-mail.
func (p *probe) twoMails() []any {
	return []any{
		map[string]any{"type": "work", "value": p.Name("work") + "@scimdrill.example", "primary": true},
		map[string]any{"type": "home", "value": p.Name("home") + "@scimdrill.example"},
	}
}
