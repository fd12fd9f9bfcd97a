package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersRefusals are the checks of requests that PATCH must reject.
func usersRefusals() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "ATT-012", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Needs: []string{catalog.Patch},
			Title: "applies all operations of a PATCH or none",
			Why:   "After a partial PATCH, nobody knows what the account may do.",
			Fix:   "Apply all operations to a copy. Store the copy only when every operation succeeded.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "atom")
			p.expect(p.patch(ctx, path, op("replace", "displayName", "Half"), op("remove", "", nil)), match.Status(400))
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName after the failed PATCH", sent["displayName"]))
		}),
		check(catalog.Check{
			ID: "ATT-023", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-126", Cause: "read-only",
			Needs: []string{catalog.Patch},
			Title: "rejects the removal of userName",
			Why:   "A user without userName can no longer be found.",
			Fix:   "Return 400 with scimType mutability when a required attribute would lose its value.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "named")
			p.expect(p.patch(ctx, path, op("remove", "userName", nil)), match.SCIMError(400, ""))
			p.expect(p.read(ctx, path)["userName"], match.Is("userName after the rejected removal", sent["userName"]))
		}),
		check(catalog.Check{
			ID: "ATT-024", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-117", Cause: "read-only",
			Needs: []string{catalog.Patch},
			Title: "rejects a change of id",
			Why:   "Entra stores the id, so it must never change.",
			Fix:   "Return 400 for an operation on a read-only attribute, preferably with scimType mutability.",
		}, func(ctx context.Context, p *probe) {
			path, id, _ := p.plain(ctx, "fixed")
			p.expect(p.patch(ctx, path, op("replace", "id", p.Name("other"))), match.SCIMError(400, ""))
			p.expect(p.read(ctx, path)["id"], match.Is("id after the rejected change", id))
		}),
		check(catalog.Check{
			ID: "ATT-031", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-133", Cause: "error-format",
			Needs: []string{catalog.Patch},
			Title: "rejects a value of the wrong type with 400",
			Why:   "Entra retries a 500 cycle after cycle. A 400 says what to correct.",
			Fix:   "Check the type before you write. Return 400, preferably with scimType invalidValue.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "typed")
			p.expect(p.patch(ctx, path, op("replace", "active", map[string]any{"value": "maybe"})), match.SCIMError(400, ""))
			p.expect(p.read(ctx, path)["active"], match.Is("active after the rejected change", true))
		}),
		check(catalog.Check{
			ID: "ATT-032", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-133", Cause: "error-format",
			Needs: []string{catalog.Patch},
			Title: "rejects an invalid path with 400",
			Why:   "A success for a path that was not understood goes unnoticed.",
			Fix:   "Parse the path first. If that fails, return 400, preferably with scimType invalidPath.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "path")
			p.expect(p.patch(ctx, path, op("replace", `emails[type eq`, "x")), match.SCIMError(400, ""))
			p.expect(element(p.read(ctx, path), "emails", "work")["value"], match.Is("work e-mail", sent["userName"]))
		}),
		check(catalog.Check{
			ID: "ATT-033", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-114", Cause: "error-format",
			Needs: []string{catalog.Patch},
			Title: "handles an empty list of operations without a server error",
			Why:   "Validators send it. A crash looks like an outage.",
			Fix:   "Return 400 invalidSyntax, or return 204 and do nothing.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "nothing")
			p.expect(p.patch(ctx, path), match.Status(200, 204, 400))
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", sent["displayName"]))
		}),
	}
}
