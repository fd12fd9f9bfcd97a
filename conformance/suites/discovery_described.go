package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// said returns what /ServiceProviderConfig says about a feature, and whether it says anything.
func (p *probe) said(ctx context.Context, feature string) (supported any, ok bool) {
	a := p.get(ctx, "/ServiceProviderConfig")
	of := inner(a.Body, feature)
	supported, ok = of[resource.Key(of, "supported")].(bool)
	return supported, ok && a.Status == http.StatusOK
}

// describesFeatures asserts that /ServiceProviderConfig has what RFC 7643 section 5 requires.
func (p *probe) describesFeatures(ctx context.Context) {
	a := p.get(ctx, "/ServiceProviderConfig")
	if absent(a) {
		p.skip("the target has no /ServiceProviderConfig")
	}
	p.because("no-discovery", a, match.Status(http.StatusOK))
	const urn = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
	p.expect(a.Body["schemas"], match.Contains("schemas of /ServiceProviderConfig", urn))
	for _, feature := range []string{"patch", "bulk", "filter", "changePassword", "sort", "etag"} {
		_, ok := inner(a.Body, feature)["supported"].(bool)
		p.expect(ok, match.That(feature+".supported is a Boolean", feature+" is "+match.JSON(a.Body[feature])))
	}
	for feature, limits := range map[string][]string{"bulk": {"maxOperations", "maxPayloadSize"}, "filter": {"maxResults"}} {
		of := inner(a.Body, feature)
		for _, limit := range limits {
			n, ok := of[limit].(float64)
			p.expect(of["supported"] != true || ok && n >= 0, match.That(feature+"."+limit+" is a number", feature+" is "+match.JSON(a.Body[feature])))
		}
	}
	schemes, ok := a.Body["authenticationSchemes"].([]any)
	p.expect(ok, match.That("authenticationSchemes is a list", "authenticationSchemes is "+match.JSON(a.Body["authenticationSchemes"])))
	for _, e := range schemes {
		scheme, _ := e.(map[string]any)
		p.expect(scheme["type"] != nil && scheme["name"] != nil, match.That("each authentication scheme has type and name", "one is "+match.JSON(e)))
	}
}

// eachByID asserts that entries of /Schemas and /ResourceTypes can be read one by one.
func (p *probe) eachByID(ctx context.Context) {
	asked := 0
	for _, list := range []struct{ path, key string }{{"/Schemas", "id"}, {"/ResourceTypes", "name"}} {
		a := p.get(ctx, list.path)
		if a.Status != http.StatusOK {
			continue // which another check judges
		}
		page := a.Page()
		entries := page.Resources
		p.expect(!page.Counted || page.Total >= len(entries), match.That("totalResults of "+list.path+" counts its entries", fmt.Sprintf("it is %d, and the list has %d entries", page.Total, len(entries))))
		entries = entries[:min(len(entries), 4)]
		var paths []string
		for _, e := range entries {
			if id, _ := e[list.key].(string); id != "" {
				paths = append(paths, list.path+"/"+url.PathEscape(id))
			}
		}
		p.ahead(ctx, paths...)
		for _, e := range entries {
			id, _ := e[list.key].(string)
			if id == "" {
				continue
			}
			asked++
			one := p.get(ctx, list.path+"/"+url.PathEscape(id))
			p.expect(one, match.Status(http.StatusOK))
			got, _ := one.Body[list.key].(string)
			p.expect(strings.EqualFold(got, id), match.That(one.Request+" returns the entry "+id, list.key+" is "+match.JSON(one.Body[list.key])))
			at, said, shown := contradiction("", e, one.Body)
			p.expect(at == "", match.That(one.Request+" returns the entry as "+list.path+" lists it, with "+at+" "+match.JSON(said), at+" is "+match.JSON(shown)))
		}
	}
	if asked == 0 {
		p.skip("neither /Schemas nor /ResourceTypes lists anything")
	}
	p.expect(p.get(ctx, "/Schemas/urn:scimdrill:unknown"), match.Status(http.StatusNotFound))
}

// describesTypes asserts that each resource type has what RFC 7643 section 6 requires.
func (p *probe) describesTypes(ctx context.Context) {
	types := p.entries(ctx, "/ResourceTypes")
	if len(types) == 0 {
		p.skip("/ResourceTypes is empty") // which another check judges
	}
	schemas := map[string]bool{}
	if a := p.get(ctx, "/Schemas"); a.Status == http.StatusOK {
		for _, e := range a.Page().Resources {
			id, _ := e["id"].(string)
			schemas[strings.ToLower(id)] = true
		}
	}
	for _, e := range types {
		for _, name := range []string{"name", "endpoint", "schema"} {
			s, _ := e[name].(string)
			p.expect(s != "", match.That("each resource type has "+name, fmt.Sprintf("%s of %v is %s", name, e["name"], match.JSON(e[name]))))
		}
		schema, _ := e["schema"].(string)
		p.expect(len(schemas) == 0 || schemas[strings.ToLower(schema)] || isCore(schema), match.That("/Schemas lists "+schema, "the schema of a resource type is missing"))
		if endpoint, _ := e["endpoint"].(string); strings.EqualFold(schema, coreUser) || strings.EqualFold(schema, coreGroup) {
			want := map[bool]string{true: "/Users", false: "/Groups"}[strings.EqualFold(schema, coreUser)]
			p.expect(strings.HasSuffix("/"+strings.Trim(endpoint, "/"), want), match.That("the endpoint of "+schema+" is "+want, "endpoint is "+match.JSON(endpoint)))
		}
	}
}

// isCore reports the schemas of users and groups, whose absence another check judges.
func isCore(schema string) bool {
	return strings.EqualFold(schema, coreUser) || strings.EqualFold(schema, coreGroup)
}

// oddAttribute says which attribute of a schema is not described as RFC 7643 section 7 requires, or "".
func oddAttribute(of map[string]any, list, prefix string) string {
	legal := []struct {
		name   string
		values []string
	}{
		{"type", []string{"string", "boolean", "decimal", "integer", "dateTime", "binary", "reference", "complex"}},
		{"mutability", []string{"readOnly", "readWrite", "immutable", "writeOnly"}},
		{"returned", []string{"always", "never", "default", "request"}},
		{"uniqueness", []string{"none", "server", "global"}},
	}
	attributes, _ := of[list].([]any)
	for _, e := range attributes {
		a, _ := e.(map[string]any)
		name, _ := a["name"].(string)
		if name == "" {
			return "an attribute below " + match.JSON(of["name"]) + " has no name"
		}
		for _, l := range legal {
			value, there := a[l.name]
			text, _ := value.(string)
			if there && value != nil && !slices.Contains(l.values, text) {
				return fmt.Sprintf("%s of %s%s is %s", l.name, prefix, name, match.JSON(value))
			}
		}
		for _, flag := range []string{"multiValued", "required", "caseExact"} {
			if value, there := a[flag]; there && value != nil {
				if _, ok := value.(bool); !ok {
					return fmt.Sprintf("%s of %s%s is %s", flag, prefix, name, match.JSON(value))
				}
			}
		}
		if odd := oddAttribute(a, "subAttributes", prefix+name+"."); odd != "" {
			return odd
		}
	}
	return ""
}
