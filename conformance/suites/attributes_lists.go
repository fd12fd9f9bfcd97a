package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// attributesLists registers the checks of PATCH for multi-valued attributes, by value filter and as lists.
func (r *registry) attributesLists() {
	r.check("ATT-005", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "mail")
		home := map[string]any{"type": "home", "value": "home-" + sent["userName"].(string)}
		p.change(ctx, path, op("add", "emails", []any{home}))
		changed := "new-" + sent["userName"].(string)
		p.change(ctx, path, op("replace", `emails[type eq "work"].value`, changed))
		body := p.read(ctx, path)
		p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", changed))
		p.expect(element(body, "emails", "work")["primary"], match.Is("primary flag of the work e-mail", true))
		p.expect(element(body, "emails", "home")["value"], match.Is("home e-mail", home["value"]))
	})
	r.check("ATT-006", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "phone")
		p.change(ctx, path, op("add", `phoneNumbers[type eq "mobile"].value`, "+1 555 0100"))
		p.expect(element(p.read(ctx, path), "phoneNumbers", "mobile")["value"], match.Phone("mobile number", "+1 555 0100"))
	})
	r.check("ATT-019", func(ctx context.Context, p *probe) {
		path, _, _ := p.user(ctx, "first", map[string]any{"emails": p.twoMails()})
		p.change(ctx, path, op("replace", `emails[type eq "home"].primary`, true))
		body := p.read(ctx, path)
		p.expect(element(body, "emails", "home")["primary"], match.Is("primary flag of the home e-mail", true))
		p.expectPrimaries(ctx, path)
	})
	r.check("ATT-020", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "second")
		other := map[string]any{"type": "other", "value": "other-" + sent["userName"].(string)}
		p.change(ctx, path, op("add", "emails", []any{other}))
		body := p.read(ctx, path)
		p.expect(element(body, "emails", "other")["value"], match.Is("added e-mail", other["value"]))
		p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", sent["userName"]))
		p.expect(element(body, "emails", "work")["primary"], match.Is("primary flag of the work e-mail", true))
		p.expectPrimaries(ctx, path)
	})
	r.check("ATT-021", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "none")
		a := p.patch(ctx, path, op("replace", `phoneNumbers[type eq "pager"].value`, "+1 555 0199"))
		if a.Status >= 400 {
			p.expect(a, match.SCIMError(400, "noTarget"))
			return
		}
		p.expect(a, match.Success())
		p.expect(element(p.read(ctx, path), "phoneNumbers", "pager")["value"], match.Phone("pager number after a successful PATCH", "+1 555 0199"))
	})
	r.check("ATT-022", func(ctx context.Context, p *probe) {
		path, _, _ := p.user(ctx, "town", map[string]any{"addresses": []any{map[string]any{
			"type": "work", "streetAddress": "1 Tour Street", "locality": "London", "postalCode": "10115", "country": "GB",
		}}})
		p.change(ctx, path, op("replace", `addresses[type eq "work"].locality`, "Leeds"))
		got := element(p.read(ctx, path), "addresses", "work")
		p.expect(got["locality"], match.Is("locality", "Leeds"))
		p.expect(got["streetAddress"], match.Is("streetAddress, which the path does not name,", "1 Tour Street"))
		p.expect(got["country"], match.Is("country, which the path does not name,", "GB"))
	})
	r.check("ATT-027", func(ctx context.Context, p *probe) {
		path, _, _ := p.user(ctx, "nophone", map[string]any{"phoneNumbers": []any{map[string]any{"type": "work", "value": "5550100"}}})
		p.change(ctx, path, op("replace", "phoneNumbers", []any{}))
		list, _ := p.read(ctx, path)["phoneNumbers"].([]any)
		p.expect(len(list) == 0, match.That("phoneNumbers is empty", "the number of telephone numbers is "+match.JSON(len(list))))
	})
	r.check("ATT-035", func(ctx context.Context, p *probe) {
		mails := p.twoMails()
		path, _, _ := p.user(ctx, "less", map[string]any{"emails": mails})
		p.change(ctx, path, op("remove", `emails[type eq "home"]`, nil))
		body := p.read(ctx, path)
		p.expect(element(body, "emails", "home"), match.Is("home e-mail", nil))
		p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail", mails[0].(map[string]any)["value"]))
	})
}

// twoMails returns a primary work e-mail and a home e-mail.
func (p *probe) twoMails() []any {
	return []any{
		map[string]any{"type": "work", "value": p.Name("work") + "@scimdrill.example", "primary": true},
		map[string]any{"type": "home", "value": p.Name("home") + "@scimdrill.example"},
	}
}
