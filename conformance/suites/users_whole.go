package suites

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// everything is a user with every attribute that the target keeps, and with those that it
// accepts and drops if dropped is set. The values of texts are those of the survey, or different
// from each other.
func (p *probe) everything(what string, dropped, different bool) map[string]any {
	var list []survey.Attribute
	name := p.Name(what)
	for _, a := range p.survey.Users.Attributes {
		if a.Post != survey.Refused && (a.Kept() || dropped) {
			a.Sent = p.value("User", a, name)
			if a.Sent == "Tour" && different { // so that none can stand for another
				a.Sent = "Tour " + a.Path[strings.LastIndexAny(a.Path, ".:")+1:]
				if strings.HasPrefix(strings.ToLower(a.Path), "ims") { // of which a server may change blanks and case
					a.Sent = "tour"
				}
			}
			list = append(list, a)
		}
	}
	body := p.person(what, survey.Body(list))
	body["schemas"] = survey.Schemas("User", body)
	return body
}

// another returns a user with another value for every attribute that a client may change. kept
// are the names that keep their value.
func (p *probe) another(sent map[string]any, kept ...string) map[string]any {
	out := resource.Copy(sent)
	var listed []survey.Attribute
	for _, a := range p.survey.Users.Attributes {
		a.Sent = resource.Value(sent, a.Path)
		if a.Sent == nil || !a.Writable() || slices.ContainsFunc(kept, func(s string) bool { return strings.EqualFold(s, resource.Top(a.Path)) }) {
			continue
		}
		if a.Sent = survey.Other(a, a.Sent); a.Listed && !strings.Contains(a.Path, "[") {
			listed = append(listed, a)
			continue
		}
		out = resource.With(out, a.Path, a.Sent)
	}
	maps.Copy(out, survey.Body(listed))
	return out
}

// lost returns where a representation does not have what was sent. What a server adds is legal.
func (p *probe) lost(sent, got map[string]any) []resource.Difference {
	all := resource.Compare(sent, got, p.rules(tops(sent)))
	return slices.DeleteFunc(all, func(d resource.Difference) bool { return d.Want == nil })
}

// tops are the names in a resource.
func tops(body map[string]any) []string {
	out := make([]string, 0, len(body))
	for name := range body {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// at reports whether one of the differences is at a path.
func at(list []resource.Difference, path string) bool {
	return slices.ContainsFunc(list, func(d resource.Difference) bool { return d.Path == path })
}

// made is a new user with everything, in the three representations that show it.
type made struct {
	thing
	answer session.Response
	found  map[string]any // in the response to a filter; nil if it is not there
}

// aWhole creates a user with everything and reads it by id and by filter. dropped sends what the
// target drops as well.
func (p *probe) aWhole(ctx context.Context, what string, dropped bool) *made {
	var sent map[string]any
	var a session.Response
	for _, form := range []func() map[string]any{
		func() map[string]any { return p.doubled(p.everything(what, dropped, true)) },
		func() map[string]any { return p.everything(what, dropped, true) },  // a list has one element only
		func() map[string]any { return p.everything(what, dropped, false) }, // a text has a form that is not announced
	} {
		sent = form()
		if a = p.post(ctx, "Users", "userName", sent); a.Status != http.StatusBadRequest {
			break
		}
	}
	p.because("no-users", a, match.Made())
	m := &made{thing: thing{collection: "Users", id: p.id(a), sent: sent}, answer: a}
	p.ahead(ctx, m.path(), filtered("Users", "userName eq "+quoted(sent["userName"])))
	m.now = p.arranged(ctx, &m.thing)
	m.found = p.byFilter(ctx, sent["userName"], m.id)
	p.last = a
	return m
}

// byFilter returns a user as a query by userName shows it, or nil if it shows no such user.
func (p *probe) byFilter(ctx context.Context, userName any, id string) map[string]any {
	return byID(p.find(ctx, "Users", "userName", userName).Page().Resources, id)
}

// byID returns the resource with an id, or nil.
func byID(list []map[string]any, id string) map[string]any {
	if i := slices.IndexFunc(list, func(r map[string]any) bool { return r["id"] == id }); i >= 0 {
		return list[i]
	}
	return nil
}

// apart is the fact of a difference in a response.
func apart(a session.Response, d resource.Difference, where string) fact.Fact {
	f := fact.Fact{
		Layer: fact.Value, Kind: d.Kind, Status: a.Status, Attribute: d.Path,
		Expected: where + shows(d.Path, d.Want), Actual: where + shows(d.Path, d.Got),
	}
	f.Method, f.Route = a.Kind()
	return f
}

func shows(path string, v any) string {
	if v == nil {
		return " does not show " + path
	}
	return " shows " + path + " as " + match.JSON(v)
}

// stores notes each attribute that a write did not store. What only a read by id lacks is a fault
// of reads: the fact is then about the read.
func (p *probe) stores(ctx context.Context, m *made, a session.Response, cause string) {
	p.finding.Assertions++
	for _, d := range p.lost(m.sent, m.now) {
		f := apart(a, d, "a read after "+a.Request)
		label := cause
		switch {
		case m.found != nil && !at(p.lost(m.sent, m.found), d.Path):
			label, f = "lists", apart(p.get(ctx, m.path()), d, "a read by id")
			f.Layer = fact.Claim
			f.Expected += ", as a query does"
		case strings.HasPrefix(strings.ToLower(d.Path), "urn:") && cause == "create":
			label = "extension"
		}
		p.finds(d.Path, label, f)
	}
}

// echoesUser notes each attribute that the response to a write shows in another way than reads do.
func (p *probe) echoesUser(m *made, a session.Response, cause string) {
	p.finding.Assertions++
	if a.Body == nil || !slices.ContainsFunc(tops(a.Body), func(s string) bool {
		return !slices.ContainsFunc([]string{"id", "meta", "schemas", "externalId", "userName"}, func(o string) bool { return strings.EqualFold(o, s) })
	}) {
		return // no representation, which is legal
	}
	lost := p.lost(m.sent, m.now)
	for _, d := range resource.Compare(m.now, a.Body, p.rules(nil)) {
		nowhere := at(lost, d.Path) && (m.found == nil || at(p.lost(m.sent, m.found), d.Path))
		if at(lost, d.Path) && !nowhere || d.Want == nil && !nowhere { // a read by id lacks it, or the response has more
			continue
		}
		f := apart(a, d, "the response to "+a.Request)
		f.Layer = fact.Claim
		f.Expected += ", as the next read does"
		p.finds(d.Path, cause, f)
	}
}
