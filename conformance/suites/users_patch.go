package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// usersPatch are the checks of PATCH for single-valued attributes.
func usersPatch() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "ATT-001", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-184", Cause: "letter-case-op",
			Needs: []string{catalog.Patch},
			Title: "accepts the capitalized op Replace",
			Why:   "Entra sends Add, Replace and Remove. Every update depends on them.",
			Fix:   "Fold the case of op before you compare it.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "op", nil), p.carrier()
			p.set(ctx, u, resource.With(u.now, name, "Changed"), op("Replace", name, "Changed"))
		}),
		check(catalog.Check{
			ID: "ATT-009", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.1"), Rule: "R-2", Cause: "letter-case-names",
			Needs: []string{catalog.Patch},
			Title: "compares attribute names case-insensitively",
			Why:   "Attribute names are spelled as in the tenant's mapping.",
			Fix:   "Look up attribute names case-insensitively.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "names")
			p.change(ctx, path, op("replace", "DISPLAYNAME", "Changed"))
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", "Changed"))
		}),
		check(catalog.Check{
			ID: "ATT-011", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-113", Cause: "patch-support",
			Needs: []string{catalog.Patch},
			Title: "applies several operations in order",
			Why:   "One PATCH contains all changes to a user.",
			Fix:   "Apply each operation to the result of the previous one.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "order")
			p.change(ctx, path, op("replace", "title", "one"), op("replace", "nickName", "nick"), op("replace", "title", "two"))
			body := p.read(ctx, path)
			p.expect(body["title"], match.Is("title", "two"))
			p.expect(body["nickName"], match.Is("nickName", "nick"))
		}),
		check(catalog.Check{
			ID: "ATT-013", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-125", Cause: "patch-support",
			Needs: []string{catalog.Patch},
			Title: "removes an attribute",
			Why:   "A value that cannot be removed stays in the application forever.",
			Fix:   "Support remove with a path.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "clear", map[string]any{"title": "Boss"})
			p.change(ctx, path, op("remove", "title", nil))
			p.expect(p.read(ctx, path)["title"], match.Is("title", nil))
		}),
		check(catalog.Check{
			ID: "ATT-014", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "pathless",
			Needs: []string{catalog.Patch},
			Title: "applies a replace without a path and keeps other attributes",
			Why:   "Microsoft's validator sends changes in this form. So does Entra with the feature flag.",
			Fix:   "Merge the attributes of the value into the resource.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "whole")
			p.change(ctx, path, op("replace", "", map[string]any{"displayName": "Changed", "title": "Boss"}))
			body := p.read(ctx, path)
			p.expect(body["displayName"], match.Is("displayName", "Changed"))
			p.expect(body["title"], match.Is("title", "Boss"))
			p.expect(body["externalId"], match.Is("externalId, which the PATCH does not name,", sent["externalId"]))
			p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail, which the PATCH does not name,", sent["userName"]))
		}),
		check(catalog.Check{
			ID: "ATT-016", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-120", Cause: "patch-support",
			Needs: []string{catalog.Patch},
			Title: "accepts add for an attribute without a value",
			Why:   "Entra sends add whenever the last read showed no value.",
			Fix:   "Treat add on a single-valued attribute like replace.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "none")
			p.change(ctx, path, op("add", "title", "Boss"))
			p.expect(p.read(ctx, path)["title"], match.Is("title after an add", "Boss"))
		}),
		check(catalog.Check{
			ID: "ATT-017", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-120", Cause: "patch-support",
			Needs: []string{catalog.Patch},
			Title: "overwrites an existing value on add",
			Why:   "Entra does not use add and replace consistently.",
			Fix:   "Overwrite the value on add. Never insert a second one.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "some")
			p.change(ctx, path, op("add", "displayName", "Changed"))
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName after an add", "Changed"))
		}),
		check(catalog.Check{
			ID: "ATT-018", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-123", Cause: "unchanged",
			Needs: []string{catalog.Patch},
			Title: "keeps lastModified when the value is already set",
			Why:   "A false change triggers more synchronization downstream.",
			Fix:   "Compare before you write. Keep meta when nothing changed.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "still")
			before := inner(p.read(ctx, path), "meta")["lastModified"]
			p.change(ctx, path, op("add", "displayName", sent["displayName"]))
			body := p.read(ctx, path)
			p.expect(body["displayName"], match.Is("displayName", sent["displayName"]))
			p.expect(inner(body, "meta")["lastModified"], match.Is("meta.lastModified after adding the same value", before))
		}),
		check(catalog.Check{
			ID: "ATT-025", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.10"), Rule: "R-132", Cause: "extension",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "accepts a path that begins with the core URN",
			Why:   "Mappings of custom attributes spell out the core URN.",
			Fix:   "Strip the core schema URN from paths.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "core")
			p.change(ctx, path, op("replace", coreUser+":displayName", "Changed"))
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", "Changed"))
		}),
		check(catalog.Check{
			ID: "ATT-026", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Needs: []string{catalog.Patch},
			Title: "clears an attribute that is set to null",
			Why:   "A value that cannot be cleared stays in the application forever.",
			Fix:   "Treat a replace with null as a remove.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "null", map[string]any{"title": "Boss"})
			p.change(ctx, path, opNull("replace", "title"))
			p.expect(p.read(ctx, path)["title"], match.Is("title after a replace with null", nil))
		}),
		check(catalog.Check{
			ID: "ATT-036", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-129", Cause: "patch-support",
			Needs: []string{catalog.Patch},
			Title: "changes one part of the name and keeps the others",
			Why:   "A new family name must not delete the given name.",
			Fix:   "Merge the given sub-attributes into the complex value.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "parts")
			p.change(ctx, path, op("replace", "name", map[string]any{"givenName": "Changed"}))
			p.change(ctx, path, op("replace", "name.middleName", "Mid"))
			name := inner(p.read(ctx, path), "name")
			p.expect(name["givenName"], match.Is("name.givenName", "Changed"))
			p.expect(name["middleName"], match.Is("name.middleName", "Mid"))
			p.expect(name["familyName"], match.Is("name.familyName, which the PATCH does not name,", "parts"))
		}),
	}
}
