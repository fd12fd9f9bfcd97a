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
			first, _ := p.enterpriseTwo()
			u := p.aUser(ctx, "dept", nil)
			p.set(ctx, u, resource.With(u.now, first, "Tour"), op("add", first, "Tour"))
			p.set(ctx, u, resource.With(u.now, first, "Sales"), op("replace", first, "Sales"))
			p.withoutExtension(ctx)
		}),
		check(catalog.Check{
			ID: "ATT-010", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-185", Cause: "pathless",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "accepts dotted and URN keys in a value without a path",
			Why:   "With the feature flag, all simple attributes arrive in one such object.",
			Fix:   "Treat the keys of a value without a path as paths.",
		}, func(ctx context.Context, p *probe) {
			p.has("name.givenName")
			first, second := p.enterpriseTwo()
			u := p.aUserOf(ctx, complete(resource.With(p.person("keys", nil), second, "Kept")))
			p.set(ctx, u, resource.With(resource.With(u.now, "name.givenName", "Dotted"), first, "Tour"),
				op("replace", "", map[string]any{"name.givenName": "Dotted", first: "Tour"}))
		}),
		check(catalog.Check{
			ID: "ATT-015", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-124", Cause: "extension-merge",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "merges the enterprise extension of a value without a path",
			Why:   "A client that sends a new department must not delete the employee number.",
			Fix:   "If the value of a URN key is an object, write its attributes and keep the others of that schema.",
		}, func(ctx context.Context, p *probe) {
			first, second := p.enterpriseTwo()
			for _, name := range []string{"add", "replace"} {
				u := p.aUserOf(ctx, complete(resource.With(p.person("nested", nil), second, "Kept")))
				value := resource.With(map[string]any{}, first, "Tour")
				p.set(ctx, u, resource.With(u.now, first, "Tour"), op(name, "", value))
			}
		}),
		check(catalog.Check{
			ID: "ATT-038", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Rule: "R-2", Cause: "letter-case-names",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Basis: observed("Captain-P-Goldfish/SCIM-SDK#301", "https://github.com/Captain-P-Goldfish/SCIM-SDK/issues/301"),
			Title: "compares schema URNs case-insensitively",
			Why:   "Admins type the URN into attribute mappings by hand.",
			Fix:   "Fold the case of schema URNs before you compare them.",
		}, func(ctx context.Context, p *probe) {
			first, _ := p.enterpriseTwo()
			u := p.aUser(ctx, "urn", nil)
			lower := strings.ToLower(enterprise) + strings.TrimPrefix(first, enterprise)
			p.set(ctx, u, resource.With(u.now, first, "Sales"), op("replace", lower, "Sales"))
		}),
	}
}

// withoutExtension removes the whole extension by its URN. RFC 7644 does not say that a path may be a
// URN alone, so that a target may reject it. If it reports success, the extension is gone and nothing else.
func (p *probe) withoutExtension(ctx context.Context) {
	if slices.ContainsFunc(p.survey.Users.Under(enterprise), func(a survey.Attribute) bool { return a.Required }) {
		return
	}
	first, second := p.enterpriseTwo()
	u := p.aUserOf(ctx, complete(resource.With(resource.With(p.person("stripped", nil), first, "Gone"), second, "Gone too")))
	a := p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("remove"), enterprise, nil)))
	want := u.now
	if a.Status < http.StatusBadRequest {
		want = resource.With(resource.With(u.now, first, nil), second, nil)
	}
	p.expect(a.Status < http.StatusInternalServerError, match.That("a removal of the extension by its URN is carried out or rejected", a.Request+" returned a server error"))
	p.becomes(ctx, u, want, a, enterprise)
}
