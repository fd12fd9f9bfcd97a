package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// otherLetters writes attributes in another letter case by a create, and by a PATCH of a group
// (RFC 7643 section 2.1).
func (p *probe) otherLetters(ctx context.Context) {
	for _, name := range p.texts(3) {
		if strings.ContainsAny(name, ".:") {
			continue
		}
		body := p.person("letters", nil)
		delete(body, resource.Key(body, name))
		body[strings.ToUpper(name)] = "Letters"
		a := p.post(ctx, "Users", "userName", body)
		p.expect(a, match.Made())
		read := p.get(ctx, "/Users/"+p.id(a))
		p.because("no-read", read, match.Status(http.StatusOK))
		p.expect(resource.Value(read.Body, name), match.Is(name+" of a user that was created with "+strings.ToUpper(name), "Letters"))
		break
	}
	name := p.survey.Groups.Find("displayName")
	if !p.survey.Asked || !p.survey.Groups.Made.Works || name == nil || !name.Writable() {
		return
	}
	g := p.aGroup(ctx, "letters")
	plain := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("replace"), "displayName", p.Name("plain"))))
	if plain.Status >= http.StatusBadRequest { // renames have checks of their own
		return
	}
	capital := p.Name("capital")
	p.set(ctx, g, resource.With(g.now, "displayName", capital), op("replace", "DISPLAYNAME", capital))
}
