package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// usersRefusals are the checks of requests that PATCH must reject.
func usersRefusals() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "ATT-012", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119, R-116", Cause: "atomicity",
			Needs: []string{catalog.Patch},
			Title: "applies all operations of a PATCH or none",
			Why:   "After a partial PATCH, nobody knows what the account may do.",
			Fix:   "Apply all operations to a copy. Store the copy only when every operation succeeded.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "atom", nil), p.carrier()
			p.half(ctx, u, op("replace", name, "Half"), op("remove", "", nil))
		}),
		check(catalog.Check{
			ID: "ATT-058", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Needs: []string{catalog.Patch},
			Title: "keeps nothing of a PATCH that renames to a taken userName",
			Why:   "The conflict shows only when the change is stored. The operations before it must not stay.",
			Fix:   "Apply the operations and check uniqueness in one transaction, and roll it back on a conflict.",
		}, func(ctx context.Context, p *probe) {
			u, other, name := p.aUser(ctx, "taken", nil), p.aUser(ctx, "owner", nil), p.carrier()
			p.half(ctx, u, op("replace", name, "Half"), op("replace", "userName", other.sent["userName"]))
			p.half(ctx, u, op("replace", "userName", other.sent["userName"]), op("replace", name, "Half"))
			p.becomes(ctx, other, other.now, p.last)
		}),
		check(catalog.Check{
			ID: "ATT-059", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Needs: []string{catalog.Patch},
			Title: "keeps nothing of a PATCH that fails for an unknown attribute",
			Why:   "A tenant maps an attribute that the application does not have. A partial update is repeated in every cycle.",
			Fix:   "Ignore the unknown attribute and apply the rest, or reject the whole request and change nothing.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "unknown", nil), p.carrier()
			for _, path := range []string{"noSuchAttribute", "name.noSuchPart", enterprise + ":noSuchAttribute"} {
				p.allOrNothing(ctx, u, name, "Half "+path, op("replace", path, "x"))
			}
		}),
		check(catalog.Check{
			ID: "ATT-060", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Needs: []string{catalog.Patch},
			Title: "keeps nothing of a PATCH that fails for a value of the wrong type",
			Why:   "After a partial PATCH, nobody knows what the account may do.",
			Fix:   "Check the types of all values before the first operation is stored.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "typed", nil), p.carrier()
			for i, bad := range p.mistyped() {
				p.allOrNothing(ctx, u, name, "Half "+string(rune('A'+i)), bad)
			}
		}),
		check(catalog.Check{
			ID: "ATT-057", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-114", Cause: "unknown-op",
			Needs: []string{catalog.Patch},
			Title: "rejects an unknown op and changes nothing",
			Why:   "An op that is guessed overwrites a value, and one that is ignored looks like a success.",
			Fix:   "Return 400 invalidSyntax for every op other than add, remove and replace.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "op", nil), p.carrier()
			for _, o := range []map[string]any{op("move", name, "Changed"), op("", name, "Changed"), {"path": name, "value": "Changed"}} {
				p.refused(ctx, u, http.MethodPatch, patchOp(o), http.StatusBadRequest, http.StatusUnprocessableEntity)
			}
		}),
		check(catalog.Check{
			ID: "ATT-023", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-126", Cause: "required-removed",
			Needs: []string{catalog.Patch},
			Title: "rejects the removal of userName",
			Why:   "A user without userName can no longer be found.",
			Fix:   "Return 400 with scimType mutability when a required attribute would lose its value.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "named", nil)
			p.half(ctx, u, op("remove", "userName", nil))
			for _, o := range []map[string]any{opNull("replace", "userName"), op("replace", "", map[string]any{"userName": nil})} {
				p.tried(ctx, u, o) // null may be ignored
				p.becomes(ctx, u, u.now, p.last)
			}
		}),
		check(catalog.Check{
			ID: "ATT-024", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-117", Cause: "read-only",
			Needs: []string{catalog.Patch},
			Title: "rejects a change of id",
			Why:   "Entra stores the id, so it must never change.",
			Fix:   "Return 400 for an operation on a read-only attribute, preferably with scimType mutability.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "fixed", nil)
			p.refused(ctx, u, http.MethodPatch, patchOp(op(p.spelled("replace"), "id", p.Name("other"))), http.StatusBadRequest, http.StatusForbidden, http.StatusConflict, http.StatusUnprocessableEntity)
			p.expect(u.now["id"], match.Is("id after the rejected change", u.id))
		}),
		check(catalog.Check{
			ID: "ATT-063", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.2"), Rule: "R-7, R-66", Cause: "read-only",
			Needs: []string{catalog.Patch},
			Title: "changes no read-only attribute by PATCH",
			Why:   "A client that can set meta or groups can hide changes, or give itself access.",
			Fix:   "Check the mutability of each path and key before you write. Return 400 mutability.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "fixed", nil)
			created, groups := inner(u.now, "meta")["created"], resource.Value(u.now, "groups")
			for _, o := range []map[string]any{
				op("replace", "meta.created", "2001-01-01T00:00:00Z"), op("replace", "", map[string]any{"id": p.Name("other")}),
				op("replace", "", map[string]any{"meta": map[string]any{"created": "2001-01-01T00:00:00Z"}}),
				op("add", "groups", []any{map[string]any{"value": p.Name("nobody")}}),
			} {
				p.tried(ctx, u, o)
				p.becomes(ctx, u, u.now, p.last)
				p.expect(u.now["id"], match.Is("id", u.id))
				p.expect(inner(u.now, "meta")["created"], match.Is("meta.created", created))
				p.expect(resource.Value(u.now, "groups"), match.Is("groups", groups))
			}
		}),
		check(catalog.Check{
			ID: "ATT-031", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-133", Cause: "wrong-type",
			Needs: []string{catalog.Patch},
			Title: "rejects a value of the wrong type with 400",
			Why:   "Entra retries a 500 cycle after cycle. A 400 says what to correct.",
			Fix:   "Check the type before you write. Return 400, preferably with scimType invalidValue.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "typed", nil)
			for _, o := range p.mistyped() {
				p.refused(ctx, u, http.MethodPatch, patchOp(o), http.StatusBadRequest, http.StatusUnprocessableEntity)
			}
		}),
		check(catalog.Check{
			ID: "ATT-032", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-133", Cause: "invalid-path",
			Needs: []string{catalog.Patch},
			Title: "rejects an invalid path with 400",
			Why:   "A success for a path that was not understood goes unnoticed.",
			Fix:   "Parse the path first. If that fails, return 400, preferably with scimType invalidPath.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "path", nil)
			for _, path := range []string{`emails[type eq`, `emails[type eq "work"`, `name..givenName`, `[type eq "work"]`} {
				p.refused(ctx, u, http.MethodPatch, patchOp(op(p.spelled("replace"), path, "x")), http.StatusBadRequest, http.StatusUnprocessableEntity)
			}
		}),
		check(catalog.Check{
			ID: "ATT-062", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-133", Cause: "unknown-path",
			Needs: []string{catalog.Patch},
			Title: "ignores or rejects unknown paths and changes nothing else",
			Why:   "Customers map attributes that the application does not have. A server error is retried for weeks.",
			Fix:   "Ignore what is outside your schema, or return 400 with scimType invalidPath.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "path", nil)
			for _, o := range []map[string]any{
				op("replace", "noSuchAttribute", "x"), op("add", "urn:example:none:2.0:User:thing", "x"), op("remove", "noSuchAttribute", nil),
				op("replace", "", map[string]any{"noSuchAttribute": map[string]any{"part": "x"}}),
			} {
				p.tried(ctx, u, o)
				p.becomes(ctx, u, p.tolerated(ctx, u), p.last)
			}
		}),
		check(catalog.Check{
			ID: "ATT-033", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-114", Cause: "no-operations",
			Needs: []string{catalog.Patch},
			Title: "handles a PATCH without operations without a server error",
			Why:   "Validators send it. A crash looks like an outage.",
			Fix:   "Return 400 invalidSyntax, or return 204 and do nothing.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "nothing", nil)
			for _, body := range []any{
				patchOp(),
				map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}},
				map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}, "Operations": nil},
			} {
				p.refused(ctx, u, http.MethodPatch, body, http.StatusOK, http.StatusNoContent, http.StatusBadRequest, http.StatusUnprocessableEntity)
			}
		}),
	}
}

// half sends a PATCH of which one operation must fail, and asserts that the user is as before.
func (p *probe) half(ctx context.Context, u *thing, operations ...map[string]any) {
	for _, o := range operations {
		name, _ := o["op"].(string)
		o["op"] = p.spelled(name)
	}
	p.refused(ctx, u, http.MethodPatch, patchOp(operations...),
		http.StatusBadRequest, http.StatusForbidden, http.StatusConflict, http.StatusPreconditionFailed, http.StatusUnprocessableEntity)
}

// allOrNothing sends a good operation before one that the target may ignore or reject. If it
// accepts the request, the good operation is applied, otherwise nothing is.
func (p *probe) allOrNothing(ctx context.Context, u *thing, name, value string, bad map[string]any) {
	before := resource.Value(u.now, name)
	accepted := p.tried(ctx, u, op("replace", name, value), bad)
	a, read := p.last, p.get(ctx, u.path())
	p.expect(read, match.Status(http.StatusOK))
	p.last = a
	got := resource.Value(read.Body, name)
	u.now = read.Body
	if accepted {
		p.finding.Cause = "patch-order"
		p.expect(got, match.Is(name+" after an accepted PATCH", value))
		p.finding.Cause = ""
		return
	}
	p.expect(got, match.Is(name+" after the rejected PATCH", before))
}

// mistyped are operations whose values have the wrong type.
func (p *probe) mistyped() []map[string]any {
	name := p.carrier()
	list := []map[string]any{op(p.spelled("replace"), name, map[string]any{"part": "x"})}
	if p.survey.Lacks(p.survey.Users, "active") == nil {
		list = append(list, op(p.spelled("replace"), "active", map[string]any{"value": "maybe"}), op(p.spelled("replace"), "active", "maybe"))
	}
	if p.survey.Lacks(p.survey.Users, "name.givenName") == nil {
		list = append(list, op(p.spelled("replace"), "name", "Ada Lovelace"))
	}
	if p.survey.Lacks(p.survey.Users, "emails") == nil {
		list = append(list, op(p.spelled("replace"), "emails", 7))
	}
	return list
}

// tolerated is the user as before, and with an unknown attribute if the target stores those.
func (p *probe) tolerated(ctx context.Context, u *thing) map[string]any {
	a := p.last
	read := p.get(ctx, u.path())
	p.last = a
	want := u.now
	for _, name := range []string{"noSuchAttribute", "urn:example:none:2.0:User"} {
		if v := resource.Value(read.Body, name); v != nil && read.Body != nil {
			want = resource.With(want, name, v)
		}
	}
	return want
}
