package suites

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// discovery are the checks of the discovery endpoints.
func discovery() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-005", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("4"), Rule: "R-58", Cause: "discovery",
			Title: "lists the user and group schemas in /Schemas",
			Why:   "Microsoft's validator reads /Schemas. It counts every unlisted schema as missing.",
			Fix:   "List every schema that your resources can have.",
		}, func(ctx context.Context, p *probe) {
			ids := p.discovered(ctx, "/Schemas", "id")
			wanted := []string{coreUser}
			if p.Lacks(catalog.GroupsHere) == "" {
				wanted = append(wanted, coreGroup)
			}
			for _, urn := range wanted {
				p.expect(ids[strings.ToLower(urn)], match.That("/Schemas lists "+urn, "the schema is missing"))
			}
		}),
		check(catalog.Check{
			ID: "HTP-006", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("6"), Rule: "R-56", Cause: "discovery",
			Title: "lists an extension in schemaExtensions, not as a resource type of its own",
			Why:   "Clients that read resource types look for a separate endpoint and miss department and manager.",
			Fix:   "Put the extension URN into schemaExtensions of User.",
		}, func(ctx context.Context, p *probe) {
			a := p.entries(ctx, "/ResourceTypes")
			for _, e := range a {
				schema, _ := e["schema"].(string)
				p.expect(!strings.Contains(strings.ToLower(schema), ":extension:"), match.That(
					"no resource type has an extension as its schema", fmt.Sprintf("resource type %v has schema %s", e["name"], schema)))
			}
			p.expect(len(a) > 0, match.That("/ResourceTypes lists resource types", "the list is empty"))
		}),
		check(catalog.Check{
			ID: "HTP-007", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7643("5"), Rule: "R-54", Cause: "discovery",
			Title: "announces PATCH if and only if PATCH works",
			Why:   "Entra does not read the announcement. Other clients do, and fall back to PUT.",
			Fix:   "Set patch.supported to match what the service supports.",
		}, func(ctx context.Context, p *probe) {
			a := p.get(ctx, "/ServiceProviderConfig")
			if a.Status == http.StatusNotFound {
				p.skip("the target has no /ServiceProviderConfig")
			}
			p.expect(a, match.Status(http.StatusOK))
			announced := inner(a.Body, "patch")["supported"]
			path, _, _ := p.plain(ctx, "promise")
			patch := p.do(ctx, http.MethodPatch, path, patchOp(op("replace", "displayName", "Promise")))
			p.expect(announced, match.Is("patch.supported, given that PATCH returns status "+strconv.Itoa(patch.Status)+",", patch.Status < 300))
		}),
		check(catalog.Check{
			ID: "HTP-016", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: validation(), Rule: "R-179", Cause: "discovery",
			Title: "lists the types of e-mails, telephones and addresses in /Schemas",
			Why:   "Without canonicalValues, Microsoft's validator does not know emails[type eq \"work\"].value and counts it as missing.",
			Fix:   "Publish canonicalValues for every type that you support.",
		}, func(ctx context.Context, p *probe) {
			var user map[string]any
			for _, e := range p.entries(ctx, "/Schemas") {
				if id, _ := e["id"].(string); strings.EqualFold(id, coreUser) {
					user = e
				}
			}
			p.expect(user != nil, match.That("/Schemas lists "+coreUser, "the schema is missing"))
			for _, name := range []string{"emails", "phoneNumbers", "addresses"} {
				kind := named(named(user, "attributes", name), "subAttributes", "type")
				values, _ := kind["canonicalValues"].([]any)
				p.expect(kind == nil || len(values) > 0, match.That(name+".type has canonicalValues", "canonicalValues is missing or empty"))
			}
		}),
	}
}

// announces returns what /ServiceProviderConfig says about a feature. It skips the check if
// the feature is not announced.
func (p *probe) announces(ctx context.Context, feature, flag string) map[string]any {
	a := p.get(ctx, "/ServiceProviderConfig")
	said := inner(a.Body, feature)
	if a.Status != http.StatusOK || said[flag] != true {
		p.skip("the target does not announce " + feature + "." + flag)
	}
	return said
}

// entries returns the entries of a discovery endpoint. It skips the check if there is no such endpoint.
func (p *probe) entries(ctx context.Context, path string) []map[string]any {
	a := p.get(ctx, path)
	if a.Status == http.StatusNotFound || a.Status == http.StatusNotImplemented {
		p.skip("the target has no " + path)
	}
	p.expect(a, match.Status(http.StatusOK))
	list, _ := a.Body["Resources"].([]any)
	var out []map[string]any
	for _, e := range list {
		if m, ok := e.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

// named returns the attribute with the given name from a list in a schema or attribute, or nil.
func named(of map[string]any, list, name string) map[string]any {
	attributes, _ := of[list].([]any)
	for _, e := range attributes {
		m, _ := e.(map[string]any)
		if s, _ := m["name"].(string); strings.EqualFold(s, name) {
			return m
		}
	}
	return nil
}

// discovered returns the values of an attribute in the entries, in lower case.
func (p *probe) discovered(ctx context.Context, path, attribute string) map[string]bool {
	out := map[string]bool{}
	for _, e := range p.entries(ctx, path) {
		s, _ := e[attribute].(string)
		out[strings.ToLower(s)] = true
	}
	return out
}
