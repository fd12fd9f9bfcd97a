package suites

import (
	"context"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersPatchExtension are the checks of PATCH for the enterprise extension.
func usersPatchExtension() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "ATT-007", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.10"), Rule: "R-132", Cause: "extension",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "changes an enterprise attribute by its URN path",
			Why:   "Entra patches department and employee number this way.",
			Fix:   "Split the path at the last colon. Dots inside the URN are not separators.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "dept")
			p.change(ctx, path, op("add", enterprise+":department", "Tour"))
			p.expect(inner(p.read(ctx, path), enterprise)["department"], match.Is("department", "Tour"))
		}),
		check(catalog.Check{
			ID: "ATT-010", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-185", Cause: "pathless",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "accepts dotted and URN keys in a value without a path",
			Why:   "With the feature flag, all simple attributes arrive in one such object.",
			Fix:   "Treat the keys of a value without a path as paths.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "keys")
			p.change(ctx, path, op("replace", "", map[string]any{"name.givenName": "Dotted", enterprise + ":department": "Tour"}))
			body := p.read(ctx, path)
			p.expect(inner(body, "name")["givenName"], match.Is("name.givenName", "Dotted"))
			p.expect(inner(body, "name")["familyName"], match.Is("name.familyName", "keys"))
			p.expect(inner(body, enterprise)["department"], match.Is("department", "Tour"))
		}),
		check(catalog.Check{
			ID: "ATT-015", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-124", Cause: "extension",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "accepts the enterprise extension as an object in a value without a path",
			Why:   "Some clients nest the extension. Entra's flag writes flat keys. Both forms are in use.",
			Fix:   "If the value of a URN key is an object, read that schema's attributes from it.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "nested")
			p.change(ctx, path, op("add", "", map[string]any{"title": "Boss", enterprise: map[string]any{"department": "Tour", "costCenter": "C7"}}))
			body := p.read(ctx, path)
			p.expect(body["title"], match.Is("title", "Boss"))
			p.expect(inner(body, enterprise)["department"], match.Is("department", "Tour"))
			p.expect(inner(body, enterprise)["costCenter"], match.Is("costCenter", "C7"))
		}),
		check(catalog.Check{
			ID: "ATT-038", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Rule: "R-2", Cause: "letter-case-names",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Basis: observed("Captain-P-Goldfish/SCIM-SDK#301", "https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/301"),
			Title: "compares schema URNs case-insensitively",
			Why:   "Admins type the URN into attribute mappings by hand.",
			Fix:   "Fold the case of schema URNs before you compare them.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "urn")
			p.change(ctx, path, op("replace", strings.ToLower(enterprise)+":department", "Sales"))
			p.expect(inner(p.read(ctx, path), enterprise)["department"], match.Is("department, set by a lower-case URN,", "Sales"))
		}),
	}
}
