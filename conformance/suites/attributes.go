package suites

import (
	"context"

	. "github.com/onsi/ginkgo/v2"

	"github.com/scimdrill/scimdrill/conformance/match"
)

func (r *registry) attributes() {
	Describe("attributes", func() {
		r.check("ATT-001", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "op", nil)
			p.expect(p.patch(ctx, path, op("Replace", "displayName", "Changed")), match.Success())
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", "Changed"))
		})
		r.check("ATT-002", func(ctx context.Context, p *probe) {
			path, _, sent := p.user(ctx, "leaver", nil)
			p.expect(p.patch(ctx, path, op("replace", "active", "False")), match.Success())
			p.expect(p.read(ctx, path)["active"], match.Is(`active after "False"`, false))
			found := p.find(ctx, "Users", "userName", sent["userName"])
			p.only(found, path[len("/Users/"):])
			user, _ := found.Body["Resources"].([]any)[0].(map[string]any)
			p.expect(user["active"], match.Is("active in the answer to a filter", false))
		})
		r.check("ATT-003", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "back", nil)
			p.expect(p.patch(ctx, path, op("replace", "active", false)), match.Success())
			p.expect(p.patch(ctx, path, op("replace", "active", true)), match.Success())
			p.expect(p.read(ctx, path)["active"], match.Is("active", true))
		})
		r.check("ATT-004", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "leaver", nil)
			p.patch(ctx, path, op("replace", "noSuchAttribute", "x"), op("replace", "active", false))
			p.expect(p.read(ctx, path)["active"], match.Is("active", false))
		})
		r.check("ATT-005", func(ctx context.Context, p *probe) {
			path, _, sent := p.user(ctx, "mail", nil)
			home := map[string]any{"type": "home", "value": "home-" + sent["userName"].(string)}
			p.expect(p.patch(ctx, path, op("add", "emails", []any{home})), match.Success())
			changed := "new-" + sent["userName"].(string)
			p.expect(p.patch(ctx, path, op("replace", `emails[type eq "work"].value`, changed)), match.Success())
			body := p.read(ctx, path)
			p.expect(element(body, "emails", "work")["value"], match.Is("the work e-mail", changed))
			p.expect(element(body, "emails", "work")["primary"], match.Is("primary of the work e-mail", true))
			p.expect(element(body, "emails", "home")["value"], match.Is("the home e-mail", home["value"]))
		})
		r.check("ATT-006", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "phone", nil)
			p.expect(p.patch(ctx, path, op("add", `phoneNumbers[type eq "mobile"].value`, "+1 555 0100")), match.Success())
			p.expect(element(p.read(ctx, path), "phoneNumbers", "mobile")["value"], match.Is("the mobile number", "+1 555 0100"))
		})
		r.check("ATT-007", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "dept", nil)
			p.expect(p.patch(ctx, path, op("add", enterprise+":department", "Tour")), match.Success())
			p.expect(inner(p.read(ctx, path), enterprise)["department"], match.Is("department", "Tour"))
		})
		r.check("ATT-008", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "report", nil)
			_, boss, _ := p.user(ctx, "boss", nil)
			p.expect(p.patch(ctx, path, op("add", enterprise+":manager", boss)), match.Success())
			manager := inner(p.read(ctx, path), enterprise)["manager"]
			object, _ := manager.(map[string]any)
			p.expect(object["value"] == boss, match.That("manager is an object whose value is the id of the manager", "manager is "+match.JSON(manager)))
		})
		r.check("ATT-009", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "names", nil)
			p.expect(p.patch(ctx, path, op("replace", "DISPLAYNAME", "Changed")), match.Success())
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", "Changed"))
		})
		r.check("ATT-010", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "keys", nil)
			p.expect(p.patch(ctx, path, op("replace", "", map[string]any{"name.givenName": "Dotted", enterprise + ":department": "Tour"})), match.Success())
			body := p.read(ctx, path)
			p.expect(inner(body, "name")["givenName"], match.Is("name.givenName", "Dotted"))
			p.expect(inner(body, "name")["familyName"], match.Is("name.familyName", "keys"))
			p.expect(inner(body, enterprise)["department"], match.Is("department", "Tour"))
		})
		r.check("ATT-011", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "order", nil)
			p.expect(p.patch(ctx, path, op("replace", "title", "one"), op("replace", "nickName", "nick"), op("replace", "title", "two")), match.Success())
			body := p.read(ctx, path)
			p.expect(body["title"], match.Is("title", "two"))
			p.expect(body["nickName"], match.Is("nickName", "nick"))
		})
		r.check("ATT-012", func(ctx context.Context, p *probe) {
			path, _, sent := p.user(ctx, "atom", nil)
			p.expect(p.patch(ctx, path, op("replace", "displayName", "Half"), op("remove", "", nil)), match.Status(400))
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName after a PATCH that was refused", sent["displayName"]))
		})
		r.check("ATT-013", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "clear", map[string]any{"title": "Boss"})
			p.expect(p.patch(ctx, path, op("remove", "title", nil)), match.Success())
			p.expect(p.read(ctx, path)["title"], match.Is("title", nil))
		})
	})
}
