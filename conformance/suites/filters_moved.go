package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// moving is an attribute whose value changes, and the query by its old value.
type moving struct {
	name, path string // of the attribute, and of what the query names
	old, next  any
	value      string
}

func (m moving) query() string { return filtered("Users", m.path+" eq "+quoted(m.value)) }

// moving are attributes by which queries may find a user: the first texts, and the e-mail address.
func (p *probe) moving() []moving {
	const most = 4
	var out []moving
	for _, path := range p.textNames() {
		if a := p.survey.Users.Find(path); a != nil && p.able(a) && len(out) < most {
			old := p.Name("old")
			out = append(out, moving{path, path, old, p.Name("new"), old})
		}
	}
	for _, l := range p.pluralsIfAny() {
		first, next := l.element(0), l.element(0)
		if _, text := first["value"].(string); l.name == "emails" && text {
			old := p.Mail(p.Name("old"))
			first["value"], next["value"] = old, p.Mail(p.Name("new"))
			out = append(out, moving{l.name, "emails.value", []any{first}, []any{next}, old})
		}
	}
	return out
}

// leavesOld changes several attributes of a user in one PATCH, and asserts that no query finds it by an
// old value. What no query finds before is for others to judge, and so is a value that does not change.
func (p *probe) leavesOld(ctx context.Context) {
	list, body := p.moving(), p.person("before", nil)
	operations := make([]map[string]any, len(list))
	for i, m := range list {
		body = resource.With(body, m.name, m.old)
		operations[i] = op(p.spelled("replace"), m.name, m.next)
	}
	u := p.aUserOf(ctx, complete(body))
	var asked []moving
	var queries []string
	for _, m := range list {
		if byID(p.get(ctx, m.query()).Page().Resources, u.id) != nil {
			asked, queries = append(asked, m), append(queries, m.query())
		}
	}
	if len(asked) == 0 || p.do(ctx, http.MethodPatch, u.path(), patchOp(operations...)).Status >= http.StatusMultipleChoices {
		return
	}
	u.now = p.arranged(ctx, u)
	p.ahead(ctx, queries...)
	for _, m := range asked {
		if strings.Contains(match.JSON(u.now), m.value) { // the old value is still there
			continue
		}
		found := byID(p.get(ctx, m.query()).Page().Resources, u.id)
		p.expect(found == nil, match.That("a query by the old value of "+m.path+" does not find the user", "it does after a PATCH"))
	}
}
