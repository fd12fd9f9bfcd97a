package suites

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// undescribed reports a target without any discovery endpoint.
func (p *probe) undescribed(ctx context.Context, paths []string) bool {
	return !slices.ContainsFunc(paths, func(path string) bool { return p.get(ctx, path).Status != http.StatusNotFound })
}

// discovery are the checks of the discovery endpoints.
func discovery() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-054", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("4"), Rule: "R-53", Cause: "no-discovery",
			Title: "serves the three discovery endpoints",
			Why:   "Validators and most clients read them first. Without them, a client has to guess what the service supports.",
			Fix:   "Serve /ServiceProviderConfig, /ResourceTypes and /Schemas.",
		}, func(ctx context.Context, p *probe) {
			paths := []string{"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"}
			p.ahead(ctx, paths...)
			if p.survey.Asked && len(p.survey.Documents) == 0 && p.undescribed(ctx, paths) {
				p.finding.Lacks = "discovery"
				p.skip("the target has none of the three discovery endpoints, which RFC 7644 section 4 says MAY be retrieved")
			}
			p.ahead(ctx, paths...)
			for _, path := range paths {
				a := p.get(ctx, path)
				p.expect(a, match.Status(http.StatusOK))
				p.enumerates(a, path)
			}
		}),
		check(catalog.Check{
			ID: "HTP-055", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("5"), Rule: "R-53", Cause: "provider-config",
			Title: "describes every feature in /ServiceProviderConfig",
			Why:   "A client reads each flag without asking whether it is there.",
			Fix:   "Return patch, bulk, filter, changePassword, sort and etag with supported, and authenticationSchemes.",
		}, func(ctx context.Context, p *probe) { p.describesFeatures(ctx) }),
		check(catalog.Check{
			ID: "HTP-005", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("4"), Rule: "R-58", Cause: "schemas-unlisted",
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
			ID: "HTP-056", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("4"), Rule: "R-58, R-61", Cause: "discovery-by-id",
			Title: "returns each schema and resource type by its id",
			Why:   "A client that needs one schema asks for it by its URN.",
			Fix:   "Serve /Schemas/{urn} and /ResourceTypes/{name} for each entry of the lists.",
		}, func(ctx context.Context, p *probe) { p.eachByID(ctx) }),
		check(catalog.Check{
			ID: "HTP-057", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-59", Cause: "schema-keywords",
			Title: "describes attributes in /Schemas with the keywords of RFC 7643",
			Why:   "A client that reads an unknown type or mutability cannot map the attribute.",
			Fix:   "Use the types, mutability, returned and uniqueness values of RFC 7643 section 7, as strings and Booleans.",
		}, func(ctx context.Context, p *probe) {
			schemas := p.entries(ctx, "/Schemas")
			if len(schemas) == 0 {
				p.skip("/Schemas is empty") // which another check judges
			}
			for _, e := range schemas {
				urn, _ := e["id"].(string)
				wrong := oddAttribute(e, "attributes", "")
				p.expect(wrong == "", match.That("the attributes of "+urn+" are described as in RFC 7643 section 7", wrong))
			}
		}),
		check(catalog.Check{
			ID: "HTP-006", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("6"), Rule: "R-56", Cause: "resource-types",
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
			ID: "HTP-058", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("6"), Rule: "R-56", Cause: "resource-type-incomplete",
			Title: "describes each resource type with name, endpoint and a listed schema",
			Why:   "A client finds the endpoint and the schema of a resource type by these attributes.",
			Fix:   "Return name, endpoint and schema for each resource type, and list the schema in /Schemas.",
		}, func(ctx context.Context, p *probe) { p.describesTypes(ctx) }),
		check(catalog.Check{
			ID: "HTP-059", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("4"), Rule: "R-58, R-60", Cause: "discovery-filter",
			Title: "rejects filters on discovery endpoints with 403",
			Why:   "A filter that is ignored there returns entries that the client did not ask for.",
			Fix:   "Return 403 for a filter on /ServiceProviderConfig, /ResourceTypes and /Schemas.",
		}, func(ctx context.Context, p *probe) {
			asked := 0
			for _, r := range [][2]string{{"/ResourceTypes", `name eq "User"`}, {"/Schemas", `id eq "` + coreUser + `"`}} {
				if p.get(ctx, r[0]).Status != http.StatusOK {
					continue
				}
				asked++
				p.expect(p.get(ctx, r[0]+"?filter="+url.QueryEscape(r[1])), match.Status(http.StatusForbidden))
			}
			if asked == 0 {
				p.skip("the target has neither /ResourceTypes nor /Schemas")
			}
		}),
		check(catalog.Check{
			ID: "HTP-007", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7643("5"), Rule: "R-54", Cause: "announced-patch",
			Title: "announces PATCH if and only if PATCH works",
			Why:   "Entra does not read the announcement. Other clients do, and fall back to PUT.",
			Fix:   "Set patch.supported to match what the service supports.",
		}, func(ctx context.Context, p *probe) {
			announced, said := p.said(ctx, "patch")
			if !said {
				p.skip("the target has no /ServiceProviderConfig with patch.supported")
			}
			u := p.aUser(ctx, "promise", nil)
			patch := p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("replace"), "displayName", "Promise")))
			p.expect(announced, match.Is("patch.supported, given that PATCH returns status "+strconv.Itoa(patch.Status)+",", !absent(patch)))
		}),
		check(catalog.Check{
			ID: "HTP-060", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7643("5"), Rule: "R-54", Cause: "announced-bulk",
			Title: "announces bulk requests if and only if /Bulk works",
			Why:   "A client that trusts the announcement loses every operation of its bulk request, or never sends one.",
			Fix:   "Set bulk.supported to match what the service supports.",
		}, func(ctx context.Context, p *probe) {
			announced, said := p.said(ctx, "bulk")
			if !said {
				p.skip("the target has no /ServiceProviderConfig with bulk.supported")
			}
			gone := map[string]any{"method": http.MethodDelete, "path": "/Users/" + p.Name("nobody")}
			a := p.do(ctx, http.MethodPost, "/Bulk", map[string]any{
				"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:BulkRequest"}, "Operations": []any{gone},
			})
			works := a.Status < 300 || announced == true && a.Status < 500 && !absent(a) // one that refuses this request is there
			p.expect(announced, match.Is("bulk.supported, given that POST /Bulk returns status "+strconv.Itoa(a.Status)+",", works))
		}),
		check(catalog.Check{
			ID: "HTP-061", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7643("5"), Rule: "R-54", Cause: "announced-filter",
			Title: "announces filters if and only if filters work",
			Why:   "A client that trusts the announcement reads the whole directory, or takes the first user of a list for the one it asked for.",
			Fix:   "Set filter.supported to match what the service supports.",
		}, func(ctx context.Context, p *probe) {
			announced, said := p.said(ctx, "filter")
			if !said {
				p.skip("the target has no /ServiceProviderConfig with filter.supported")
			}
			u := p.aUser(ctx, "filtered", nil)
			a := p.find(ctx, "Users", "userName", u.sent["userName"])
			list := a.Page().Resources
			works := a.Status == http.StatusOK && len(list) == 1 && list[0]["id"] == u.id
			p.expect(announced, match.Is("filter.supported, given that a filter by userName returns status "+strconv.Itoa(a.Status)+" and "+strconv.Itoa(len(list))+" resources,", works))
		}),
		check(catalog.Check{
			ID: "HTP-062", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7643("5"), Rule: "R-54", Cause: "announced-etag",
			Title: "announces entity tags if and only if reads return them",
			Why:   "A client that trusts the announcement sends If-Match, or goes without protection from concurrent changes.",
			Fix:   "Set etag.supported to match what the service supports.",
		}, func(ctx context.Context, p *probe) {
			announced, said := p.said(ctx, "etag")
			if !said {
				p.skip("the target has no /ServiceProviderConfig with etag.supported")
			}
			u := p.aUser(ctx, "tagged", nil)
			// a framework may add tags of its own, which nobody has to announce
			p.expect(announced != true || version(p.get(ctx, u.path())) != "", match.That(
				"a read returns an ETag header or meta.version, as etag.supported says", "both are missing"))
		}),
		check(catalog.Check{
			ID: "HTP-063", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("3.11"), Rule: "R-143", Cause: "me",
			Title: "returns the user of the credentials for /Me, a redirect to it, or 501",
			Why:   "A client that asks for itself must not get somebody else or a server error.",
			Fix:   "Return 501 if you do not support /Me. Otherwise return the user, with Location.",
		}, func(ctx context.Context, p *probe) {
			a := p.get(ctx, "/Me")
			p.expect(a, match.Status(http.StatusOK, http.StatusPermanentRedirect, http.StatusTemporaryRedirect, http.StatusFound, http.StatusNotImplemented, http.StatusNotFound, http.StatusForbidden))
			if a.Status != http.StatusOK {
				return
			}
			p.expect(a.Text("id") != "" && a.Body["Resources"] == nil, match.That("/Me is one user with an id", "the response is another object"))
			p.expect(p.get(ctx, "/Users/"+a.Text("id")), match.Status(http.StatusOK))
		}),
		check(catalog.Check{
			ID: "HTP-016", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: validation(), Rule: "R-179", Cause: "canonical-types",
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
			if user == nil { // which another check judges
				p.skip("/Schemas does not list " + coreUser)
			}
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
	p.because("no-discovery", a, match.Status(http.StatusOK))
	p.enumerates(a, path)
	return a.Page().Resources
}

// enumerates asserts that a discovery endpoint which has several entries returns them as a list (RFC 7644
// section 4). Without a list, other checks are blocked.
func (p *probe) enumerates(a session.Response, path string) {
	if path == "/ServiceProviderConfig" {
		return
	}
	how := "it is a JSON object without Resources"
	if text := bytes.TrimSpace(a.Raw); a.Body == nil {
		how = "it is not a JSON object"
		if bytes.HasPrefix(text, []byte("[")) {
			how = "it is a JSON array"
		}
	}
	p.because("discovery-form", a.Page().Listed, match.That(path+" returns a ListResponse", how))
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
