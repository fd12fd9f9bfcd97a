package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// kept are the checks that the target has what it announces and what Entra needs. Other checks
// that would need a missing part are blocked by them.
func kept() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "SUR-001", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-58", Cause: catalog.NotKept,
			Title: "keeps every attribute that /Schemas announces",
			Why:   "Customers map what /Schemas lists. A value that is accepted and dropped is missing without an error.",
			Fix:   "Store and return every attribute that /Schemas lists, or do not list it.",
		}, func(ctx context.Context, p *probe) {
			if !p.survey.Users.Described && !p.survey.Groups.Described {
				p.skip("the target has no /Schemas that lists the user or the group schema")
			}
			for _, r := range []survey.Resource{p.survey.Users, p.survey.Groups} {
				if r.Described && r.There {
					p.keepsAll(ctx, r, func(a survey.Attribute) bool { return a.Announced && a.Standard() && !a.Long() })
				}
			}
		}),
		check(catalog.Check{
			ID: "SUR-002", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("6"), Rule: "R-56", Cause: "no-resource-type",
			Title: "serves every resource type that it declares",
			Why:   "Entra asks for users and groups in each cycle. A missing endpoint puts the job into quarantine.",
			Fix:   "Serve /Users and /Groups, or do not declare the resource type.",
		}, func(ctx context.Context, p *probe) {
			for _, r := range []survey.Resource{p.survey.Users, p.survey.Groups} {
				if r.Declared { // an empty list that is missing has a check of its own
					a := p.get(ctx, r.AnyList())
					empty := p.survey.Asked && r.Made.Works && a.Status == http.StatusNotFound
					p.expect(empty || a.Status == http.StatusOK, match.That("/"+r.Name+"s returns status 200", fmt.Sprintf("%s returned status %d", a.Request, a.Status)))
				}
			}
			if !p.survey.Users.Declared && !p.survey.Groups.Declared {
				p.skip("the target declares no resource types")
			}
		}),
		check(catalog.Check{
			ID: "SUR-003", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-183", Cause: "no-patch",
			Title: "changes a user by PATCH",
			Why:   "Entra updates and disables users by PATCH only, and never falls back to PUT.",
			Fix:   "Implement PATCH /Users/{id} with a path and a value.",
		}, func(ctx context.Context, p *probe) { p.patchWorks(ctx) }),
		check(catalog.Check{
			ID: "SUR-004", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: catalog.Basis{
				Kind: catalog.Inferred, Ref: "Entra's default mapping for an application of one's own", URL: "https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes",
			}, Rule: "E-91", Cause: "not-mapped",
			Title: "keeps the attributes that Entra's default mapping sends",
			Why:   "A tenant that keeps the default mapping sends them. What the application does not have, its administrator must take out of the mapping.",
			Fix:   "Store the attributes, or tell customers which mappings to remove.",
		}, func(_ context.Context, p *probe) {
			if len(p.survey.Options.Mapped) > 0 {
				p.skip("the run has a mapping of its own")
			}
			p.creates("Users")
			p.Exchanges = p.survey.By(http.MethodPost)
			var missing []string
			for _, path := range []string{"externalId", "active", "displayName", "title", "preferredLanguage", "name", "emails", "phoneNumbers", "addresses", enterprise} {
				if l := p.survey.Lacks(p.survey.Users, path); l != nil && !l.Owed {
					missing = append(missing, path)
				}
			}
			for _, a := range p.survey.Users.Attributes {
				if l := p.survey.Lacks(p.survey.Users, a.Path); a.Mapped && l != nil && !l.Owed && !slices.Contains(missing, resource.Top(a.Path)) {
					missing = append(missing, a.Path)
				}
			}
			p.expect(len(missing) == 0, match.That(
				"users keep what Entra's default mapping sends", "the target neither announces nor returns "+strings.Join(missing, ", ")))
		}),
		check(catalog.Check{
			ID: "SUR-005", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: catalog.Basis{
				Kind: catalog.Inferred, Ref: "Entra updates attributes by PATCH only", URL: microsoft().URL,
			}, Rule: "R-183", Cause: "patch-narrow",
			Needs: []string{catalog.Patch},
			Title: "changes every attribute by PATCH that it keeps",
			Why:   "Entra has no other way to change an attribute. What PATCH refuses stays as it was created.",
			Fix:   "Let PATCH change every attribute that a create stores.",
		}, func(_ context.Context, p *probe) {
			p.Exchanges = p.survey.By(http.MethodPatch)
			var left []string
			for _, a := range p.survey.Users.Attributes {
				if a.Patch == survey.Refused || a.Patch == survey.Dropped && a.Kept() {
					left = append(left, a.Path)
				}
			}
			p.expect(len(left) == 0, match.That("PATCH changes what a create keeps", "it does not change "+strings.Join(left, ", ")))
		}),
		check(catalog.Check{
			ID: "SUR-006", Suite: "queries", About: catalog.Protocol, Level: catalog.Entra, Basis: catalog.Basis{
				Kind: catalog.Inferred, Ref: "Entra queries before it creates, and retries a create that timed out", URL: microsoft().URL,
			}, Rule: "R-86", Cause: "lag",
			Title: "shows a write in the reads and queries that follow",
			Why:   "RFC 7644 sets no limit. Entra asks before each create, and creates again what a query does not find yet.",
			Fix:   "Update the index with the write, or read from where the write went.",
		}, func(_ context.Context, p *probe) { p.prompt() }),
	}
}

// keepsAll creates a resource with the chosen attributes and asserts that each one comes back.
func (p *probe) keepsAll(ctx context.Context, r survey.Resource, chosen func(survey.Attribute) bool) {
	name := p.Name("all")
	var sent []survey.Attribute
	for _, a := range r.Attributes {
		if (chosen(a) || a.Required) && a.Post != survey.Refused {
			a.Sent = p.value(r.Name, a, name)
			sent = append(sent, a)
		}
	}
	key, cause, body := "userName", "no-users", survey.Body(sent)
	if r.Name == "Group" {
		key, cause = "displayName", "no-groups"
	}
	body["schemas"] = survey.Schemas(r.Name, body)
	a := p.post(ctx, r.Name+"s", key, body)
	p.because(cause, a, match.Made())
	read := p.get(ctx, "/"+r.Name+"s/"+p.id(a))
	p.because("no-read", read, match.Status(http.StatusOK))
	var missing, refused []string
	for _, s := range sent { // what only a create drops is judged by USR-043
		if resource.Value(read.Body, s.Path) == nil && !s.Secret() && !r.Find(s.Path).Kept() {
			missing = append(missing, s.Path)
		}
	}
	for _, s := range r.Attributes {
		if s.Post == survey.Refused && !s.Kept() && chosen(s) {
			refused = append(refused, s.Path)
		}
	}
	p.expect(len(missing) == 0, match.That(
		"a read shows every attribute of the new "+strings.ToLower(r.Name), "it does not show "+strings.Join(missing, ", ")))
	p.expect(len(refused) == 0, match.That("POST accepts every announced attribute", "it is refused with "+strings.Join(refused, ", ")))
}

// patchWorks asserts that PATCH changes one of the attributes that the target keeps.
func (p *probe) patchWorks(ctx context.Context) {
	u := p.aUser(ctx, "patch", nil)
	path := u.path()
	carriers := slices.DeleteFunc(survey.Carriers(), func(name string) bool { return p.survey.Lacks(p.survey.Users, name) != nil })
	var value any = "Changed " + p.Name("value")
	if len(carriers) == 0 {
		carriers, value = []string{"active"}, false
	}
	for i, name := range carriers {
		a := p.do(ctx, http.MethodPatch, path, patchOp(op(p.spelled("replace"), name, value)))
		last := i == len(carriers)-1
		if !last && a.Status >= 400 && a.Status < 500 {
			continue
		}
		if a.Status == http.StatusPreconditionRequired {
			p.finding.Cause = preconditions
		}
		p.expect(a, match.Success())
		read := p.get(ctx, path)
		p.because("no-read", read, match.Status(http.StatusOK))
		if got := resource.Value(read.Body, name); last || got == value {
			p.finding.Cause = "patch-ignored"
			p.expect(got, match.Is(name+" after PATCH", value))
			return
		}
	}
}

// spelled returns an op in the letter case that the target takes: checks of other things must not
// fail for it.
func (p *probe) spelled(op string) string {
	if p.survey.Capital {
		return strings.ToUpper(op[:1]) + op[1:]
	}
	return op
}
