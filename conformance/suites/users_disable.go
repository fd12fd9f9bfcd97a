package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersDisable are the checks of disabling users.
func usersDisable() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-010", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-178", Cause: "inactive-users",
			Needs: []string{catalog.Filter, catalog.Patch},
			Title: "returns inactive users by id and by filter",
			Why:   "A hidden leaver looks like a missing account. The next assignment fails or creates a duplicate.",
			Fix:   "Return users with active false in reads and queries.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "leaver")
			p.change(ctx, path, op("replace", "active", false))
			p.expect(p.read(ctx, path)["active"], match.Is("active", false))
			p.expect(p.find(ctx, "Users", "userName", sent["userName"]), match.Total(1))
		}),
		check(catalog.Check{
			ID: "ATT-002", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-187", Cause: "string-booleans",
			Needs: []string{catalog.Filter, catalog.Patch},
			Title: "disables a user when active is the string \"False\"",
			Why:   "Without the feature flag, Entra disables leavers this way. If the request is rejected, they stay active.",
			Fix:   "Read \"True\" and \"False\" as Booleans for Boolean attributes, and store a Boolean.",
		}, func(ctx context.Context, p *probe) {
			path, id, sent := p.plain(ctx, "leaver")
			p.change(ctx, path, op("replace", "active", "False"))
			p.expect(p.read(ctx, path)["active"], match.Is(`active after "False"`, false))
			user := p.only(p.find(ctx, "Users", "userName", sent["userName"]), id)
			p.expect(user["active"], match.Is("active in the filter response", false))
		}),
		check(catalog.Check{
			ID: "ATT-003", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-183", Cause: "patch-support",
			Needs: []string{catalog.Patch},
			Title: "re-enables a disabled user",
			Why:   "Entra enables a returning employee by PATCH and never creates the user again.",
			Fix:   "Let PATCH change active in both directions, like every mapped attribute.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "back")
			p.change(ctx, path, op("replace", "active", false))
			p.change(ctx, path, op("replace", "active", true))
			p.expect(p.read(ctx, path)["active"], match.Is("active", true))
		}),
		check(catalog.Check{
			ID: "ATT-004", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: observed("better-auth issue 10682", "https://github.com/better-auth/better-auth/issues/10682"), Rule: "R-75", Cause: "unknown-attributes",
			Needs: []string{catalog.Patch},
			Title: "applies a deactivation sent together with an unknown attribute",
			Why:   "Entra sends all changes to a user in one PATCH. If one attribute causes a rejection, the leaver stays active.",
			Fix:   "Ignore attributes outside your schema instead of rejecting the whole request.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "leaver")
			p.patch(ctx, path, op("replace", "noSuchAttribute", "x"), op("replace", "active", false))
			p.expect(p.read(ctx, path)["active"], match.Is("active", false))
		}),
		check(catalog.Check{
			ID: "ATT-030", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-183", Cause: "inactive-users",
			Needs: []string{catalog.Patch},
			Title: "updates a disabled user",
			Why:   "Leavers are renamed, moved and re-enabled, all by PATCH.",
			Fix:   "Allow every change regardless of active.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "moved")
			p.change(ctx, path, op("replace", "active", false))
			p.change(ctx, path, op("replace", "displayName", "Changed"))
			body := p.read(ctx, path)
			p.expect(body["displayName"], match.Is("displayName of a disabled user", "Changed"))
			p.expect(body["active"], match.Is("active", false))
		}),
	}
}
