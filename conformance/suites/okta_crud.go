package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// oktaCRUDSteps are the SCIM requests of the CRUD suite, by their numbers there. The requests to an Okta
// organization between them are replaced by what Okta then sends to the target (O-40, O-47, O-55).
func oktaCRUDSteps() []scriptStep {
	reads := func(name string, before func(ctx context.Context, s *script), asserts ...assertion) scriptStep {
		return scriptStep{name, func(ctx context.Context, s *script) session.Response {
			before(ctx, s)
			return s.ask(ctx, "/Users/"+s.saved["id"], s.runner())
		}, append([]assertion{status(http.StatusOK)}, asserts...)}
	}
	const sent = "the one that was assigned"
	return []scriptStep{
		{"4", func(ctx context.Context, s *script) session.Response {
			s.assigned(ctx)
			return s.query(ctx, s.saved["userName"], s.runner())
		}, []assertion{
			status(http.StatusOK), equals("Resources[0].userName", savedAs("userName"), sent), equals("Resources[0].emails[0].value", savedAs("email"), sent),
			equals("Resources[0].name.familyName", savedAs("familyName"), sent), equals("Resources[0].name.givenName", savedAs("givenName"), sent),
		}},
		reads("6", func(ctx context.Context, s *script) {
			s.saved["givenName"] += "update"
			s.rewritten(ctx, "name.givenName", s.saved["givenName"])
		}, equals("name.givenName", savedAs("givenName"), "the updated one")),
		reads("8", func(ctx context.Context, s *script) { s.turned(ctx, false) }, equals("active", false, "false")),
		reads("11", func(ctx context.Context, s *script) { s.turned(ctx, true) }, equals("active", true, "true")),
		reads("13", func(ctx context.Context, s *script) { s.turned(ctx, false) }, equals("active", false, "false")),
	}
}

// assigned sends what Okta sends when the person of the list is assigned.
func (s *script) assigned(ctx context.Context) {
	s.named()
	s.fetch(ctx, oktaQuery("Users", "userName", s.saved["userName"]))
	name := s.saved["userName"]
	body := ordered{
		{"schemas", []any{coreUser}},
		{"userName", name},
		{"name", ordered{{"givenName", s.saved["givenName"]}, {"familyName", s.saved["familyName"]}}},
		{"emails", []any{ordered{{"primary", true}, {"value", s.saved["email"]}, {"type", "work"}}}},
		{"title", "Engineer"},
		{"phoneNumbers", []any{ordered{{"primary", true}, {"value", "415.555.0123"}, {"type", "work"}}}},
		{"externalId", s.oktaID(name)},
		{"groups", []any{}},
		{"password", "gl^m&qW9"},
		{"active", true},
	}
	a, _ := s.create(ctx, "Users", body)
	s.saved["id"] = a.ID()
}

// rewritten sends Okta's update of one attribute.
func (s *script) rewritten(ctx context.Context, path string, value any) {
	t := &thing{collection: "Users", id: s.saved["id"]}
	a := s.fetch(ctx, t.path())
	s.replace(ctx, t, resource.With(a.Body, path, value))
}

// turned sends Okta's change of the status: by PATCH, or by PUT if the target says that it has no PATCH.
func (s *script) turned(ctx context.Context, active bool) {
	if s.Lacks(catalog.Patch) != "" {
		s.rewritten(ctx, "active", active)
		return
	}
	s.change(ctx, &thing{collection: "Users", id: s.saved["id"]}, oktaActive(active))
}

// oktaEntitlementSteps are the assertions of the entitlements suite on each endpoint.
func oktaEntitlementSteps() []scriptStep {
	return []scriptStep{{"1", nil, []assertion{
		status(http.StatusOK), notEmpty("Resources"), hasSchema(listURN), isNumber("startIndex"), equals("itemsPerPage", 1, "1"), isNumber("totalResults"),
	}}}
}

// oktaEntitlements runs the list on each endpoint of a resource type with Okta's schemas (O-90).
func oktaEntitlements(ctx context.Context, s *script) {
	types := s.ask(ctx, "/ResourceTypes", s.runner())
	s.because("no-discovery", types, match.Status(http.StatusOK))
	urns := []string{"urn:okta:scim:schemas:core:1.0:Role", "urn:okta:scim:schemas:core:1.0:Entitlement"}
	asserts := s.steps[0].asserts
	s.steps = nil
	for _, t := range types.Page().Resources {
		urn, _ := t["schema"].(string)
		endpoint, _ := t["endpoint"].(string)
		endpoint = "/" + strings.TrimLeft(strings.TrimPrefix(endpoint, s.BaseURL()), "/")
		if slices.Contains(urns, urn) && endpoint != "/" {
			s.steps = append(s.steps, scriptStep{"1", func(ctx context.Context, s *script) session.Response {
				return s.ask(ctx, endpoint+"?count=1&startIndex=1", s.runner())
			}, asserts})
		}
	}
	if len(s.steps) == 0 {
		s.finding.Lacks = "endpoints of roles or entitlements"
		s.skip("/ResourceTypes lists no resource type with a schema of Okta's for roles or entitlements")
	}
	s.play(ctx)
}
