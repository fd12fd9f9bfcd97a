package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// capitals replaces and removes every text and one element of each list of a user by capitalized ops.
func (p *probe) capitals(ctx context.Context) {
	if !p.survey.Asked {
		return
	}
	u := p.aRichUser(ctx, "capitals")
	names := p.removables()
	want, operations := u.now, []map[string]any(nil)
	for _, name := range names {
		want, operations = resource.With(want, name, "Capital"), append(operations, op("Replace", name, "Capital"))
	}
	p.set(ctx, u, want, operations...)
	want, operations = u.now, nil
	for _, name := range names {
		want, operations = resource.With(want, name, nil), append(operations, op("Remove", name, nil))
	}
	for _, unit := range p.units() {
		l := plural{unit: unit}
		if l.list && l.kind != "" && !l.required() && !l.stuck() && resource.Element(u.now, l.name, l.kind) != nil {
			want, operations = without(want, l.name, l.kind), append(operations, op("Remove", l.of(0), nil))
		}
	}
	p.set(ctx, u, want, operations...)
}

// selfRuled are the texts for which a target may have rules of its own.
func selfRuled(name string) bool {
	return name == "externalId" || name == "userType" || name == "displayName"
}

// inLetters are the attributes that are written in other letters: every text that PATCH changes.
func (p *probe) inLetters() []string {
	names := []string{p.carrier()}
	for _, name := range append(p.possible(), p.extensions()...) {
		if !slices.Contains(names, name) && !selfRuled(name) {
			names = append(names, name)
		}
	}
	return names
}

// inCase writes the name of an attribute in other letters. The URN of its schema keeps its own: no RFC
// says that URNs are compared case-insensitively (see ATT-038).
func inCase(name string, letters func(string) string) string {
	at := strings.LastIndexByte(name, ':') + 1
	return name[:at] + letters(name[at:])
}

// extensions are the texts of the enterprise extension that PATCH changes.
func (p *probe) extensions() []string {
	var out []string
	for _, name := range p.freeTexts() {
		if p.survey.Asked && strings.HasPrefix(name, enterprise+":") && p.able(p.survey.Users.Find(name)) {
			out = append(out, name)
		}
	}
	return out
}

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
