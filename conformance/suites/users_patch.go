package suites

import (
	"context"
	"fmt"
	"hash/crc32"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// usersPatch are the checks of PATCH for single-valued attributes.
func usersPatch() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "ATT-001", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-184", Cause: "letter-case-op",
			Needs: []string{catalog.Patch},
			Title: "accepts the capitalized ops Add, Replace and Remove",
			Why:   "Entra sends Add, Replace and Remove. Every update depends on them.",
			Fix:   "Fold the case of op before you compare it.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "op", nil), p.removable()
			p.set(ctx, u, resource.With(u.now, name, "Changed"), op("Replace", name, "Changed"))
			p.set(ctx, u, resource.With(u.now, name, "Added"), op("Add", name, "Added"))
			p.set(ctx, u, resource.With(u.now, name, nil), op("Remove", name, nil))
			p.capitals(ctx)
		}),
		check(catalog.Check{
			ID: "ATT-056", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-184", Cause: "letter-case-op",
			Needs: []string{catalog.Patch},
			Title: "accepts op in any letter case",
			Why:   "Microsoft asks not to require the case of op. Other clients send REPLACE.",
			Fix:   "Fold the case of op before you compare it.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "op", nil), p.removable()
			p.set(ctx, u, resource.With(u.now, name, "Changed"), op("REPLACE", name, "Changed"))
			p.set(ctx, u, resource.With(u.now, name, "Added"), op("aDD", name, "Added"))
			p.set(ctx, u, resource.With(u.now, name, nil), op("reMove", name, nil))
		}),
		check(catalog.Check{
			ID: "ATT-009", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.1"), Rule: "R-2", Cause: "letter-case-names",
			Needs: []string{catalog.Patch},
			Title: "compares attribute names case-insensitively",
			Why:   "Attribute names are spelled as in the tenant's mapping.",
			Fix:   "Look up attribute names case-insensitively.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "names", nil), p.carrier()
			for _, letters := range []func(string) string{strings.ToUpper, strings.ToLower} {
				want, operations := u.now, []map[string]any(nil)
				for _, name := range p.inLetters() {
					value := letters("Changed")
					want, operations = resource.With(want, name, value), append(operations, op("replace", inCase(name, letters), value))
				}
				p.set(ctx, u, want, operations...)
			}
			p.set(ctx, u, resource.With(u.now, name, "Pathless"), op("replace", "", map[string]any{inCase(name, strings.ToUpper): "Pathless"}))
			p.otherLetters(ctx)
		}),
		check(catalog.Check{
			ID: "ATT-011", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-113", Cause: "patch-order",
			Needs: []string{catalog.Patch},
			Title: "applies several operations in order",
			Why:   "One PATCH contains all changes to a user.",
			Fix:   "Apply each operation to the result of the previous one.",
		}, func(ctx context.Context, p *probe) {
			u, names := p.aRichUser(ctx, "order"), p.carriers(2)
			want := u.now
			var operations []map[string]any
			for _, value := range []string{"One", "Two"} {
				for _, name := range names {
					operations = append(operations, op("replace", name, value))
					want = resource.With(want, name, value)
				}
			}
			p.set(ctx, u, want, operations...)
		}),
		check(catalog.Check{
			ID: "ATT-046", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: validation(), Rule: "R-113", Cause: "patch-order",
			Needs: []string{catalog.Patch},
			Title: "applies remove, add and replace in one PATCH",
			Why:   "Microsoft's validator sends them for one attribute and for several. The last operation counts.",
			Fix:   "Apply each operation to the result of the previous one, whatever its op and its path.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aRichUser(ctx, "mixed"), p.removable()
			p.set(ctx, u, resource.With(u.now, name, "Three"),
				op("remove", name, nil), op("add", "", resource.With(map[string]any{}, name, "Two")), op("replace", name, "Three"))
			p.set(ctx, u, resource.With(u.now, name, nil), op("replace", name, "Four"), op("remove", name, nil))
		}),
		check(catalog.Check{
			ID: "ATT-047", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-113", Cause: "patch-order",
			Needs: []string{catalog.Patch},
			Title: "changes active beside other attributes",
			Why:   "A leaver whose title changes on the last day must not stay active.",
			Fix:   "Apply every operation of a PATCH, also when active is among them.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			u, name := p.aRichUser(ctx, "leaver"), p.carrier()
			p.set(ctx, u, resource.With(resource.With(u.now, name, "Left"), "active", false), op("replace", name, "Left"), op("replace", "active", false))
			p.set(ctx, u, resource.With(resource.With(u.now, name, "Back"), "active", true), op("replace", "active", true), op("replace", name, "Back"))
		}),
		check(catalog.Check{
			ID: "ATT-048", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "pathless",
			Needs: []string{catalog.Patch},
			Title: "changes active in a value without a path",
			Why:   "With the feature flag, Entra disables users in this form.",
			Fix:   "Treat active like every other key of a value without a path.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			u, name := p.aRichUser(ctx, "leaver"), p.carrier()
			p.set(ctx, u, resource.With(u.now, "active", false), op("replace", "", map[string]any{"active": false}))
			p.set(ctx, u, resource.With(resource.With(u.now, name, "Back"), "active", true),
				op("replace", "", resource.With(map[string]any{"active": true}, name, "Back")))
		}),
		check(catalog.Check{
			ID: "ATT-018", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-123", Cause: "unchanged",
			Needs: []string{catalog.Patch},
			Title: "keeps lastModified when the value is already set",
			Why:   "A false change triggers more synchronization downstream.",
			Fix:   "Compare before you write. Keep meta when nothing changed.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "still", nil), p.carrier()
			if resource.Value(u.now, name) == nil {
				p.set(ctx, u, resource.With(u.now, name, "Same"), op("add", name, "Same"))
			}
			before := inner(u.now, "meta")["lastModified"]
			p.set(ctx, u, u.now, op("add", name, resource.Value(u.now, name)))
			p.expect(inner(u.now, "meta")["lastModified"], match.Is("meta.lastModified after adding the same value", before))
		}),
		check(catalog.Check{
			ID: "ATT-026", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Needs: []string{catalog.Patch},
			Title: "clears an attribute that is set to null",
			Why:   "A value that cannot be cleared stays in the application forever.",
			Fix:   "Treat a replace with null as a remove.",
		}, func(ctx context.Context, p *probe) {
			name := p.removable()
			u := p.aUserOf(ctx, resource.With(p.person("null", nil), name, "Boss"))
			p.set(ctx, u, resource.With(u.now, name, nil), opNull("replace", name))
			p.nulls(ctx, func(names []string) (operations []map[string]any) {
				for _, name := range names {
					operations = append(operations, opNull("replace", name))
				}
				return operations
			})
		}),
		check(catalog.Check{
			ID: "ATT-064", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Needs: []string{catalog.Patch},
			Title: "clears what a value without a path sets to null",
			Why:   "A value that cannot be cleared stays in the application forever.",
			Fix:   "Treat null in a value without a path as a remove of that attribute, at any depth.",
		}, func(ctx context.Context, p *probe) {
			name := p.removable()
			u := p.aUserOf(ctx, resource.With(p.person("null", nil), name, "Boss"))
			value := resource.With(map[string]any{}, name, "x") // nested like the attribute
			nullify(value)
			p.set(ctx, u, resource.With(u.now, name, nil), op("replace", "", value))
			p.nulls(ctx, func(names []string) []map[string]any {
				value := map[string]any{}
				for _, name := range names {
					value[name] = nil
				}
				return []map[string]any{op("replace", "", value)}
			})
		}),
		check(catalog.Check{
			ID: "ATT-036", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-129", Cause: "name-parts",
			Needs: []string{catalog.Patch},
			Title: "changes one part of the name and keeps the others",
			Why:   "A new family name must not delete the given name.",
			Fix:   "Merge the given sub-attributes into the complex value.",
		}, func(ctx context.Context, p *probe) {
			p.has("name.givenName", "name.familyName")
			u := p.aUser(ctx, "parts", nil)
			p.set(ctx, u, resource.With(u.now, "name.givenName", "Changed"), op("replace", "name", map[string]any{"givenName": "Changed"}))
			p.set(ctx, u, resource.With(u.now, "name.familyName", "Married"), op("replace", "name.familyName", "Married"))
			p.set(ctx, u, resource.With(u.now, "name.givenName", "Again"), op("replace", "", map[string]any{"name": map[string]any{"givenName": "Again"}}))
			if !slices.ContainsFunc(p.survey.Users.Under("name"), func(a survey.Attribute) bool { return a.Required }) {
				if a := p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("remove"), "name", nil))); a.Status < http.StatusMultipleChoices {
					p.finding.Cause = "patch-remove"
					p.becomes(ctx, u, resource.With(u.now, "name", nil), a)
				}
			}
		}),
		check(catalog.Check{
			ID: "ATT-065", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-8", Cause: "verbatim",
			Needs: []string{catalog.Patch},
			Title: "stores strings from PATCH as sent",
			Why:   "A string that looks like a number or a Boolean differs in every cycle if it is stored as one.",
			Fix:   "Store strings as strings. Do not trim them, and do not guess a type.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "text", nil), p.carrier()
			for _, value := range []string{"00123", "true", "a  b's \"c\", d; e", "Zoë 山"} {
				p.set(ctx, u, resource.With(u.now, name, value), op("replace", name, value))
			}
			if a := p.survey.Users.Find("externalId"); a != nil && name != "externalId" && p.able(a) {
				digits := fmt.Sprintf("00%d", crc32.ChecksumIEEE([]byte(p.Name("digits"))))
				p.set(ctx, u, resource.With(u.now, "externalId", digits), op("replace", "externalId", digits))
			}
		}),
	}
}

// aRichUser arranges a user with every attribute that the target keeps, so that a write that
// loses any of them is seen.
func (p *probe) aRichUser(ctx context.Context, what string) *thing {
	if !p.survey.Asked {
		return p.aUser(ctx, what, nil)
	}
	return p.aUserOf(ctx, complete(merged(p.person(what, nil), everything(p.units(), 0, p.Name(what)))))
}

// tried sends a PATCH that the target may reject or accept, and returns whether it accepted it.
func (p *probe) tried(ctx context.Context, t *thing, operations ...map[string]any) (accepted bool) {
	for _, o := range operations {
		if name, _ := o["op"].(string); name != "" {
			o["op"] = p.spelled(name)
		}
	}
	a := p.do(ctx, http.MethodPatch, t.path(), patchOp(operations...))
	p.expect(a, match.Status(http.StatusOK, http.StatusNoContent, http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity))
	return a.Status < http.StatusMultipleChoices
}
