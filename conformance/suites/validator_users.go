package suites

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// validatorUsers are the required tests of users.
func validatorUsers() []Spec {
	return slices.Concat(validatorCreate(), validatorFilters("Users", "userName", 3, nil), validatorChange())
}

func validatorCreate() []Spec {
	return []Spec{
		forecast(test{
			number: 1, name: "Create a new User", rule: "R-76", cause: "create",
			fix: "Store every attribute that /Schemas announces, return 201, and find the user by its matching attribute.",
		}, func(ctx context.Context, p *probe) {
			u := p.applicant(ctx, "new")
			a := p.find(ctx, "Users", "userName", u.sent["userName"])
			p.holdsAll(u.sent, p.listOf(a, 1), a, "the response to "+a.Request)
		}),
		forecast(test{
			number: 2, name: "Create a duplicate User", rule: "R-79", cause: "taken-name",
			fix: "Return 409 for a POST with a value of the matching attribute that is taken.",
		}, func(ctx context.Context, p *probe) {
			u, again := p.applicant(ctx, "first"), p.application("again")
			again["userName"] = u.sent["userName"]
			p.expect(p.post(ctx, "Users", "userName", again), match.Status(http.StatusConflict))
		}),
		forecast(test{
			number: 12, name: "Delete a User", rule: "R-135", cause: "delete",
			fix: "Return 204 for DELETE, and 404 for a read from then on.",
		}, func(ctx context.Context, p *probe) { p.gone(ctx, p.applicant(ctx, "leaver")) }),
	}
}

// validatorFilters are the three tests of a filter on the matching attribute. The first has the
// given number.
func validatorFilters(collection, attribute string, first int, needs []string) []Spec {
	kind, cause, rule := "user", "filter", "R-86"
	made := func(ctx context.Context, p *probe) *thing { return p.applicant(ctx, "found") }
	if collection == "Groups" {
		kind, cause, rule = "group", "filter-groups", "R-167"
		made = func(ctx context.Context, p *probe) *thing { return p.club(ctx, "found") }
	}
	again := func(spelled func(string) string) func(context.Context, *probe) {
		return func(ctx context.Context, p *probe) {
			t := made(ctx, p)
			name, _ := t.sent[attribute].(string)
			a := p.find(ctx, collection, attribute, spelled(name))
			p.holdsAll(t.sent, p.listOf(a, 1), a, "the response to "+a.Request)
		}
	}
	return []Spec{
		forecast(test{
			number: first, name: "Filter for an existing " + kind, rule: rule, cause: cause, needs: slices.Clone(needs),
			fix: "Return a list with schemas, totalResults and the one resource, in full.",
		}, again(func(s string) string { return s })),
		forecast(test{
			number: first + 1, name: "Filter for a non-existing " + kind, rule: "R-85", cause: "empty-search", needs: slices.Clone(needs),
			fix: "Return 200 with schemas and totalResults 0 when nothing matches.",
		}, func(ctx context.Context, p *probe) {
			p.listOf(p.find(ctx, collection, attribute, "nonexistent"+p.Name("nobody")), 0)
		}),
		forecast(test{
			number: first + 2, name: "Filter for an existing " + kind + " with a different case", rule: "R-93", cause: "letter-case", needs: slices.Clone(needs),
			fix: "Compare the matching attribute without regard to letter case.",
		}, again(swapped)),
	}
}

// swapped is a name in the other letter case: lower case if it is all upper case.
func swapped(s string) string {
	if upper := strings.ToUpper(s); upper != s {
		return upper
	}
	return strings.ToLower(s)
}

func validatorChange() []Spec {
	return []Spec{
		forecast(test{
			number: 6, name: "Patch User - Replace Attributes", rule: "R-185", cause: "pathless",
			fix: "Support replace with value paths, and with dotted and URN keys in a value without a path, in one PATCH.",
		}, func(ctx context.Context, p *probe) {
			u, units, name := p.applicant(ctx, "changed"), p.unitsIfAny(), p.Name("other")
			operations, want := validatorReplace(units, name)
			if p.survey.Lacks(p.survey.Users, "active") == nil {
				values, _ := operations[len(operations)-1]["value"].(map[string]any)
				values["active"], want["active"] = true, true
			}
			p.readsAs(ctx, u, want, p.operate(ctx, u, operations...))
		}),
		forecast(test{
			number: 7, name: "Update User userName", rule: "R-22", cause: "rename",
			fix: "Apply a replace without a path whose value has userName.",
		}, func(ctx context.Context, p *probe) {
			u := p.applicant(ctx, "renamed")
			want := map[string]any{"userName": p.UserName(p.Name("new"))}
			p.readsAs(ctx, u, want, p.operate(ctx, u, op("replace", "", maps.Clone(want))))
		}),
		forecast(test{
			number: 8, name: "Patch User - Disable User", rule: "R-183", cause: "inactive-users",
			fix: "Apply a replace of active with false, and show the inactive user by id and by filter.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			u := p.applicant(ctx, "leaver")
			a := p.operate(ctx, u, op("replace", "active", false))
			p.readsAs(ctx, u, map[string]any{"active": false}, a)
			found := p.find(ctx, "Users", "userName", u.sent["userName"])
			p.holdsAll(map[string]any{"active": false}, p.listOf(found, 1), found, "the response to "+found.Request)
		}),
	}
}

// validatorReplace are the operations that replace every attribute, and what they make of them. The
// last operation has no path.
func validatorReplace(units []unit, name string) (operations []map[string]any, want map[string]any) {
	want, values := everything(units, 1, name), map[string]any{}
	for _, u := range units {
		list, _ := u.value(1, name).([]any)
		switch e := u.untyped(want); {
		case e != nil:
			delete(e, "type")
			for _, a := range u.leaves {
				operations = append(operations, op("replace", u.name+"[primary eq true]."+sub(a), u.variant(a, 1, name)))
			}
		case u.kind != "" && len(list) == 1:
			for _, a := range u.leaves {
				operations = append(operations, op("replace", a.Path, u.variant(a, 1, name)))
			}
		case u.list:
			operations = append(operations, op("replace", u.name, u.value(1, name)))
		default:
			values[u.name] = u.value(1, name)
		}
	}
	return append(operations, op("replace", "", values)), want
}

// validatorManager are the tests of the manager. No export shows their requests: they are sent as
// Entra sends them.
func validatorManager() []Spec {
	words := func(number int, name, cause, fix string) test {
		return test{number: number, name: name, rule: "R-189", cause: cause, fix: fix, needs: []string{catalog.Enterprise}}
	}
	leads := func(id string) map[string]any {
		return map[string]any{enterprise: map[string]any{"manager": map[string]any{"value": id}}}
	}
	return []Spec{
		forecast(words(9, "Add Manager", "manager", "Store the manager that a PATCH adds, and return it as an object with value."),
			func(ctx context.Context, p *probe) {
				u, first, _ := p.managed(ctx)
				p.readsAs(ctx, u, leads(first), p.operate(ctx, u, op("add", manager, map[string]any{"value": first})))
			}),
		forecast(words(10, "Replace Manager", "manager", "Replace the manager by the one that a PATCH names."),
			func(ctx context.Context, p *probe) {
				u, first, second := p.managed(ctx)
				p.operate(ctx, u, op("add", manager, map[string]any{"value": first}))
				p.readsAs(ctx, u, leads(second), p.operate(ctx, u, op("replace", manager, map[string]any{"value": second})))
			}),
		forecast(words(11, "Remove Manager", "manager-clear", "Remove the manager on a PATCH that removes its path."),
			func(ctx context.Context, p *probe) {
				u, first, _ := p.managed(ctx)
				p.operate(ctx, u, op("add", manager, map[string]any{"value": first}))
				a := p.operate(ctx, u, op("remove", manager, nil))
				read := p.get(ctx, u.path())
				p.expect(read, match.Status(http.StatusOK))
				left, _ := resource.Value(read.Body, manager+".value").(string)
				p.last = a
				p.expect(left == "", match.That("the manager is gone", "the manager is "+left+" after "+a.Request))
			}),
	}
}
